"""What a part of a package is tied to, and what kinds its parts are: read, and added to.

Targets are kept as they are written; new ones are told from the root of the package.
"""

from __future__ import annotations

import posixpath

from imports.marked.archive import Archive
from imports.marked.markup import Element, Markup, quoted

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORKSHEET = f"{OFFICE}.spreadsheetml.worksheet+xml"
COMMENTS = f"{OFFICE}.spreadsheetml.comments+xml"
STYLES = f"{OFFICE}.spreadsheetml.styles+xml"
DRAWING = f"{OFFICE}.vmlDrawing"
NONE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Relations:
    """The relationships of one part; "" is the package itself."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive = archive
        self._folder, name = posixpath.split(part)
        self._path = posixpath.join(self._folder, "_rels", f"{name}.rels")
        self._part = Markup(archive.part(self._path) if self._path in archive else NONE)

    def target(self, identity: str) -> str | None:
        """The name of the part that a relationship leads to; None where it leads to none of this package."""
        found = next((one for one in self._all() if one.attributes.get("Id") == identity), None)
        return self._name(found) if found else None

    def first(self, kind: str) -> str | None:
        """The name of the first part tied by a kind of relationship, such as "comments"."""
        found = next((one for one in self._all() if _kind(one) == kind), None)
        return self._name(found) if found else None

    def family(self, kind: str) -> str:
        """Where the types of relationships are named, by one of a kind: it differs in the strict form."""
        types = (one.attributes.get("Type", "") for one in self._all() if _kind(one) == kind)
        return next(types, "").rpartition("/")[0]

    def kind(self, identity: str) -> str:
        """Of what kind a relationship is: "worksheet"."""
        return next((_kind(one) for one in self._all() if one.attributes.get("Id") == identity), "")

    def add(self, family: str, kind: str, part: str) -> str:
        """Tie another part, and give back by what the tie is known."""
        taken = {one.attributes.get("Id") for one in self._part.root.children}
        identity = next(name for number in range(1, len(taken) + 2) if (name := f"points{number}") not in taken)
        own = self._part.prefix.encode("ascii")
        told = b'Id="%b" Type="%b/%b" Target="/%b"' % tuple(map(quoted, (identity, family, kind, part)))
        self._part.put_in(self._part.root, b"<%bRelationship %b/>" % (own, told))
        self._archive.put(self._path, self._part.changed())
        self._part = Markup(self._archive.part(self._path))
        return identity

    def drop(self) -> None:
        """Untie everything."""
        if self._path in self._archive:
            self._archive.put(self._path, NONE)

    def _all(self) -> list[Element]:
        return self._part.root.every("Relationship")

    def _name(self, relationship: Element) -> str | None:
        if relationship.attributes.get("TargetMode") == "External":
            return None
        target = relationship.attributes.get("Target", "")
        name = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        return name if name in self._archive else None


class Kinds:
    """What kinds of parts a package says it has."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def add(self, part: str, kind: str) -> None:
        """Say of what kind a new part is."""
        self._write(f'Override PartName="/{part}" ContentType="{kind}"')

    def add_ending(self, ending: str, kind: str) -> None:
        """Say of what kind the parts are whose names end so, where nothing says it."""
        endings = {one.attributes.get("Extension", "").lower() for one in self._markup().root.every("Default")}
        if ending not in endings:
            self._write(f'Default Extension="{ending}" ContentType="{kind}"')

    def _write(self, told: str) -> None:
        part = self._markup()
        part.put_in(part.root, f"<{part.prefix}{told}/>".encode("ascii"))
        self._archive.put(CONTENT_TYPES, part.changed())

    def _markup(self) -> Markup:
        return Markup(self._archive.part(CONTENT_TYPES))


def _kind(relationship: Element) -> str:
    return relationship.attributes.get("Type", "").rpartition("/")[2]


def free_name(archive: Archive, pattern: str) -> str:
    """The first name of a pattern that no part has: "xl/comments{}.xml" → "xl/comments2.xml"."""
    number = 1
    while pattern.format(number) in archive:
        number += 1
    return pattern.format(number)
