"""An OpenDocument spreadsheet's bytes → its sheets of cells, and what had to be left out."""

from __future__ import annotations

from imports.sheets import Problem, Sheet, Workbook
from imports.workbook import limits, xml
from imports.workbook.container import Container
from imports.workbook.merges import mark_under_merges
from imports.workbook.ods_content import ContentReader
from imports.workbook.ods_names import MANIFEST
from imports.workbook.ods_sheet import Table
from imports.workbook.ods_styles import Looks, StyleReader
from imports.workbook.opened import Opened, cells_outside
from imports.workbook.refusal import PROTECTED, Refused, damaged
from imports.workbook.room import Room

CONTENT, STYLES, LIST = "content.xml", "styles.xml", "META-INF/manifest.xml"
WHOLE_PACKAGE = "encrypted-package"  # everything in one protected part


def read_ods(content: bytes) -> Opened:
    """All sheets, in the order of their tabs. Raises Refused for what is no sound workbook."""
    container = Container(content)
    _refuse_protected(container)
    looks = Looks()
    if STYLES in container:
        xml.parse(container.chunks(STYLES), StyleReader(looks), named=True)
    reader = ContentReader(looks, Room(limits.CELLS))
    xml.parse(container.chunks(CONTENT), reader, named=True)
    if not reader.tables:
        raise damaged("it has no sheet with cells")
    problems: list[Problem] = []
    for table in reader.tables:
        problems.extend(cells_outside(table.name, table.outside))
    area = sum(table.rows * table.columns for table in reader.tables)
    return Opened(Workbook("ods", tuple(map(_sheet, reader.tables)), tuple(problems)), area)


def _sheet(table: Table) -> Sheet:
    mark_under_merges(table.cells, table.merges)
    return Sheet(table.name, table.cells, table.hidden, tuple(table.merges))


def _refuse_protected(container: Container) -> None:
    if WHOLE_PACKAGE in container:
        raise Refused(*PROTECTED)
    if LIST in container:
        xml.parse(container.chunks(LIST), _ListReader(), named=True)


class _ListReader(xml.Reader):
    """Looks through the list of parts for one that only a password opens."""

    def __init__(self) -> None:
        super().__init__()
        self.opening = {f"{MANIFEST}encryption-data": self._protected}

    def _protected(self, _: xml.Attributes) -> None:
        raise Refused(*PROTECTED)
