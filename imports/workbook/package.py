"""Which parts of a package make up the workbook: its kind, its sheets in order, its shared parts.

Follows relationships inside the file only. Reads no cell.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from imports.workbook import limits, xml
from imports.workbook.container import Container
from imports.workbook.refusal import Refused, damaged, too_many_sheets

CONTENT_TYPES = "[content_types].xml"
ROOT_RELATIONSHIPS = "_rels/.rels"
HIDDEN_STATES = ("hidden", "veryHidden")
YES = ("1", "true")

WORKBOOK = "spreadsheetml.sheet.main+xml"
# Part of a main part's content type → rule and what to say. Looked through in order.
OTHER_TYPES = (
    (
        "macroenabled.main+xml",
        "macros",
        "This workbook can contain macros (.xlsm). Save it as an Excel workbook without macros (.xlsx) "
        "and upload it again.",
    ),
    (
        "sheet.binary",
        "binary-workbook",
        "This is a binary workbook (.xlsb). Open it in Excel, save it as an Excel workbook (.xlsx) "
        "and upload it again.",
    ),
    (
        "spreadsheetml.template",
        "template-file",
        "This is an Excel template (.xltx). Open it in Excel, save it as an Excel workbook (.xlsx) "
        "and upload it again.",
    ),
    (
        "wordprocessingml",
        "word-document",
        "This is a Word document, not a workbook. Put the figures into the return workbook and upload that.",
    ),
    (
        "presentationml",
        "presentation",
        "This is a PowerPoint presentation, not a workbook. Put the figures into the return workbook and upload that.",
    ),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    kind: str  # the last word of its type, the same in both variants of the standard: "worksheet"
    target: str  # the name of a part, in small letters
    external: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that hold the cells of a workbook, and how it counts days."""

    sheets: tuple[SheetPart, ...]
    strings: str | None
    styles: str | None
    since_1904: bool
    recalculated: bool


def read_package(container: Container) -> Package:
    """Find the workbook in a package. Raises Refused, saying what the file is, when there is none."""
    main = _main_part(container)
    relationships = _relationships(container, main)
    reader = _WorkbookReader()
    xml.parse(container.chunks(main), reader)
    sheets = tuple(_sheet_parts(reader.sheets, relationships))
    if not sheets:
        raise damaged("it has no sheet with cells")
    by_kind = {relationship.kind: relationship.target for relationship in relationships.values()}
    return Package(
        sheets=sheets,
        strings=_present(container, by_kind.get("sharedStrings")),
        styles=_present(container, by_kind.get("styles")),
        since_1904=reader.since_1904,
        recalculated=reader.recalculated,
    )


def _main_part(container: Container) -> str:
    if CONTENT_TYPES not in container:
        raise _no_workbook(container)
    types = _ContentTypeReader()
    xml.parse(container.chunks(CONTENT_TYPES), types)
    for mark, rule, message in OTHER_TYPES:
        if any(mark in found for found in types.by_part.values()):
            raise Refused(rule, message)
    if any(name.endswith("vbaproject.bin") for name in container.names):
        raise Refused(*OTHER_TYPES[0][1:])
    for relationship in _read_relationships(container, ROOT_RELATIONSHIPS, folder="").values():
        if relationship.kind == "officeDocument" and not relationship.external:
            found = types.by_part.get(relationship.target, types.by_ending.get("xml", ""))
            if WORKBOOK in found:
                return relationship.target
    raise _no_workbook(container)


def _no_workbook(container: Container) -> Refused:
    if any(name.endswith(".iwa") for name in container.names):
        return Refused(
            "numbers-file",
            "This is an Apple Numbers file. In Numbers choose File, Export To, Excel, and upload that file.",
        )
    return Refused(
        "no-workbook",
        "This is a zip archive with no workbook in it. Take the workbook out of the archive "
        "and upload the workbook itself.",
    )


def _relationships(container: Container, part: str) -> Mapping[str, Relationship]:
    folder, name = posixpath.split(part)
    return _read_relationships(container, posixpath.join(folder, "_rels", f"{name}.rels"), folder=folder)


def _read_relationships(container: Container, part: str, *, folder: str) -> Mapping[str, Relationship]:
    reader = _RelationshipReader(folder)
    xml.parse(container.chunks(part), reader)
    return reader.found


def _sheet_parts(sheets: list[xml.Attributes], relationships: Mapping[str, Relationship]) -> list[SheetPart]:
    """The sheets that have cells, in the order of their tabs; sheets of charts and dialogues have none."""
    parts = []
    for attributes in sheets:
        identity = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        relationship = relationships.get(identity)
        name = attributes.get("name", "")
        if relationship is None or relationship.external:
            raise damaged(f"its sheet {name[:40]!r} is not in the file")
        if relationship.kind == "worksheet":
            parts.append(SheetPart(name, relationship.target, attributes.get("state") in HIDDEN_STATES))
    return parts


def _present(container: Container, part: str | None) -> str | None:
    return part if part is not None and part in container else None


class _ContentTypeReader(xml.Reader):
    def __init__(self) -> None:
        super().__init__()
        self.by_part: dict[str, str] = {}
        self.by_ending: dict[str, str] = {}
        self.opening = {"Override": self._override, "Default": self._default}

    def _override(self, attributes: xml.Attributes) -> None:
        part = attributes.get("PartName", "").lower().lstrip("/")
        self.by_part[part] = attributes.get("ContentType", "").lower()

    def _default(self, attributes: xml.Attributes) -> None:
        self.by_ending[attributes.get("Extension", "").lower()] = attributes.get("ContentType", "").lower()


class _RelationshipReader(xml.Reader):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.found: dict[str, Relationship] = {}
        self._folder = folder
        self.opening = {"Relationship": self._relationship}

    def _relationship(self, attributes: xml.Attributes) -> None:
        target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
        self.found[attributes.get("Id", "")] = Relationship(
            kind=attributes.get("Type", "").rpartition("/")[2],
            target=target.lstrip("/").lower(),
            external=attributes.get("TargetMode") == "External",
        )


class _WorkbookReader(xml.Reader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[xml.Attributes] = []
        self.since_1904 = False
        self.recalculated = False
        self.opening = {"sheet": self._sheet, "workbookPr": self._properties, "calcPr": self._calculation}

    def _sheet(self, attributes: xml.Attributes) -> None:
        if len(self.sheets) >= limits.SHEETS:
            raise too_many_sheets()
        if any(sheet.get("name") == attributes.get("name") for sheet in self.sheets):
            raise damaged("two of its sheets have the same name")
        self.sheets.append(attributes)

    def _properties(self, attributes: xml.Attributes) -> None:
        self.since_1904 = attributes.get("date1904") in YES

    def _calculation(self, attributes: xml.Attributes) -> None:
        self.recalculated = attributes.get("fullCalcOnLoad") in YES
