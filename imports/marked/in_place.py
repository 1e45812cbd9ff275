"""A provider's own Excel workbook with its points marked: parts that need no mark stay byte for byte.

Works on bytes from outside, so only `child` and tests call it.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from imports.marked import comments, notes
from imports.marked.archive import Archive
from imports.marked.markup import Element, Markup, quoted
from imports.marked.ours import SHEET_NAME
from imports.marked.plan import Plan
from imports.marked.points_sheet import as_text, points_sheet
from imports.marked.relations import COMMENTS, DRAWING, STYLES, WORKSHEET, Kinds, Relations, free_name
from imports.marked.sheet_cells import SheetCells
from imports.marked.styles import PLAIN, Styles
from imports.sheets import Spot
from imports.workbook.addresses import address
from imports.workbook.refusal import damaged


def marked(content: bytes, plan: Plan) -> bytes:
    """The workbook with a comment and a highlight at each questioned cell, and the sheet that lists every point.

    Raises Refused where the package is not one that can be written again.
    """
    book = _Book(Archive(content), plan)
    for sheet in book.sheets:
        if sheet.name != plan.ours and (plan.ours or sheet.name in plan.comments):
            book.mark(sheet)
    book.add_points()
    return book.archive.packed()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    number: int  # from 1, in the order of the tabs


class _Book:
    """One workbook while it is being marked."""

    def __init__(self, archive: Archive, plan: Plan) -> None:
        self.archive, self._plan = archive, plan
        self._main = Relations(archive, "").first("officeDocument") or _missing("workbook")
        self._folder = posixpath.dirname(self._main)
        self._ties = Relations(archive, self._main)
        self._kinds = Kinds(archive)
        self._workbook = Markup(archive.part(self._main))
        self.sheets = [
            _Sheet(element.attributes.get("name", ""), part, number)
            for number, element in enumerate(self._listed(), start=1)
            if (part := self._sheet_part(_identity(element.attributes))) is not None
        ]
        self._family = self._ties.family("worksheet")
        self._styles_part = self._ties.first("styles") or self._new_styles()
        self._styles = Styles(archive.part(self._styles_part))
        self._before: dict[tuple[str, str], str] = {}

    def mark(self, sheet: _Sheet) -> None:
        """Highlight a sheet's questioned cells, put right those that no longer are, and comment them."""
        said = self._plan.comments.get(sheet.name, {})
        fills = self._plan.fills.get(sheet.name, {})
        places = {address(written): written for written in said}
        content = self.archive.part(sheet.part)
        cells = SheetCells(content, places, self._styles.highlights if self._plan.ours else ())
        for place, written in places.items():
            style = cells.style_of(place)
            again = style in self._styles.highlights
            self._before[sheet.name, written] = fills.get(written, "") if again else self._styles.told(style)
            cells.give(place, self._styles.highlighted(style))
        for place, style in cells.styled.items():
            if place not in places:
                fill = fills.get(Spot.at(sheet.name, *place).cell, "")
                cells.give(place, self._styles.restored(style, fill))
        self._comment(sheet, cells, {written: as_text(words) for written, words in said.items()})
        changed = cells.changed()
        if changed != content:
            self.archive.put(sheet.part, changed)

    def _comment(self, sheet: _Sheet, cells: SheetCells, said: dict[str, str]) -> None:
        """Put our comments in the place of those of an earlier time, with a box for each."""
        ties = Relations(self.archive, sheet.part)
        part, drawing = ties.first("comments"), ties.target(cells.legacy) if cells.legacy else None
        boxes = self.archive.part(drawing) if drawing else notes.empty(sheet.number)
        if (cells.legacy and not drawing) or not notes.takes_boxes(boxes) or not (part or said):
            return
        there = self.archive.part(part) if part else comments.EMPTY.format(self._namespace).encode("ascii")
        kept, bare = comments.without_ours(there)
        boxes = notes.without(boxes, {address(one) for one in bare})
        if said:
            kept, alone = comments.with_ours(kept, said)
            boxes = notes.with_boxes(boxes, [(address(one), said[one]) for one in alone])
        if drawing is None:
            drawing = self._new_drawing(ties, cells)
        self.archive.put(part or self._new_comments(ties), kept)
        self.archive.put(drawing, boxes)

    def add_points(self) -> None:
        """Add the sheet with every point, or write it anew, and the styles that were needed."""
        content = points_sheet(
            self._plan,
            self._styles,
            namespace=self._namespace,
            names=[sheet.name for sheet in self.sheets],
            fill=lambda sheet, cell: self._before.get((sheet, cell), ""),
        )
        self.archive.put(self._styles_part, self._styles.changed())
        ours = next((sheet for sheet in self.sheets if sheet.name == self._plan.ours), None)
        if ours is None:
            self._add_sheet(content)
        else:
            Relations(self.archive, ours.part).drop()
            self.archive.put(ours.part, content)

    def _add_sheet(self, content: bytes) -> None:
        part = free_name(self.archive, posixpath.join(self._folder, "worksheets/sheet{}.xml"))
        self.archive.put(part, content)
        self._kinds.add(part, WORKSHEET)
        identity = self._ties.add(self._family, "worksheet", part)
        listed = next(iter(self._workbook.root.every("sheets")))
        numbers = [int(told) for one in self._listed() if (told := one.attributes.get("sheetId", "")).isdecimal()]
        words = b'name="%b" sheetId="%d" xmlns:r="%b" r:id="%b"' % (
            quoted(self._free_sheet_name()), max(numbers, default=0) + 1, quoted(self._family), quoted(identity),
        )  # fmt: skip
        self._workbook.put_in(listed, b"<%bsheet %b/>" % (self._workbook.prefix.encode("ascii"), words))
        self.archive.put(self._main, self._workbook.changed())

    def _free_sheet_name(self) -> str:
        taken = {one.attributes.get("name", "").casefold() for one in self._listed()}
        names = (SHEET_NAME if number == 1 else f"{SHEET_NAME} {number}" for number in range(1, len(taken) + 2))
        return next(name for name in names if name.casefold() not in taken)

    def _new_comments(self, ties: Relations) -> str:
        part = free_name(self.archive, posixpath.join(self._folder, "comments{}.xml"))
        self._kinds.add(part, COMMENTS)
        ties.add(self._family, "comments", part)
        return part

    def _new_drawing(self, ties: Relations, cells: SheetCells) -> str:
        part = free_name(self.archive, posixpath.join(self._folder, "drawings/vmlDrawing{}.vml"))
        self._kinds.add_ending("vml", DRAWING)
        cells.tie(ties.add(self._family, "vmlDrawing", part), self._family)
        return part

    def _new_styles(self) -> str:
        part = posixpath.join(self._folder, "styles.xml")
        self.archive.put(part, PLAIN.format(self._namespace).encode("ascii"))
        self._kinds.add(part, STYLES)
        self._ties.add(self._family, "styles", part)
        return part

    @property
    def _namespace(self) -> str:
        return self._workbook.namespace

    def _listed(self) -> list[Element]:
        listed = self._workbook.root.first("sheets")
        return listed.every("sheet") if listed else []

    def _sheet_part(self, identity: str) -> str | None:
        return self._ties.target(identity) if self._ties.kind(identity) == "worksheet" else None


def _identity(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _missing(what: str) -> str:
    raise damaged(f"its {what} is missing")
