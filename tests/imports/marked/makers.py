"""Workbooks to be marked, plans to mark them by, and what became of their parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
import xlsxwriter

from imports.marked.converted import ALWAYS
from imports.marked.in_place import marked
from imports.marked.ours import SAID
from imports.marked.plan import Plan, Row
from imports.marked.styles import HIGHLIGHT

Words = Mapping[str, Mapping[str, str]]
LONG = ("Service", "Measure", "Breakdown", "Period", "Value", "Comment")
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501"
    "0127"  # a picture of one point
    "18e3660000000049454e44ae426082"
)


def plan(words: Words, *rows: Row, **more: object) -> Plan:
    """A comment for each cell, with a row of the list for each unless rows are given."""
    said = {sheet: {cell: SAID + text for cell, text in cells.items()} for sheet, cells in words.items()}
    listed = rows or tuple(
        Row("Error", sheet, cell, "typed", text) for sheet, cells in words.items() for cell, text in cells.items()
    )
    return Plan("return.xlsx", tuple(listed), said, **more)


def mark(content: bytes, words: Words, *rows: Row, **more: object) -> bytes:
    return marked(content, plan(words, *rows, **more))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def comments_in(content: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def highlighted_in(content: bytes) -> set[tuple[str, str]]:
    return {
        (sheet.title, cell.coordinate)
        for sheet in book(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == HIGHLIGHT
    }


def without_marks(sheet: bytes) -> bytes:
    """A worksheet's bytes without what marking changes of it: styles, the tie to the drawing, cells put in."""
    sheet = re.sub(rb"<legacyDrawing [^>]*/>", b"", sheet)
    sheet = re.sub(rb'<c r="[A-Z]+[0-9]+" s="[0-9]+"/>', b"", sheet)
    return re.sub(rb' s="[0-9]+"', b"", sheet)


def rich() -> bytes:
    """A provider's own workbook with much that a library would lose: its value cells are E2 to E4 of "Data"."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        made.set_properties({"created": ALWAYS})
        sheet = made.add_worksheet("Data")
        blue = made.add_format({"bg_color": "#D9E1F2", "num_format": "#,##0", "bold": True})
        sheet.write_row("A1", LONG, made.add_format({"bold": True}))
        sheet.write_row("A2", ("Hub", "HUB-01", "All", "Q2 2022-23"))
        sheet.write_row("A3", ("Hub", "HUB-09", "All", "Q2 2022-23"))
        sheet.write_row("A4", ("Hub", "CBS-04", "All", "Q2 2022-23"))
        sheet.write("E2", "twelve", blue)
        sheet.write("E3", 4402, blue)
        sheet.write("E4", -3)
        sheet.write_comment("E3", "Counted by hand, I think", {"author": "The provider"})
        sheet.write_comment("A1", "The column for services", {"author": "The provider"})
        sheet.conditional_format("E2:E4", {"type": "cell", "criteria": ">", "value": 9000, "format": blue})
        sheet.data_validation("A2:A4", {"validate": "list", "source": ["Hub", "Refuge"]})
        sheet.insert_image("H2", "point.png", {"image_data": io.BytesIO(PICTURE)})
        sheet.insert_button("H8", {"caption": "Press"})
        sheet.freeze_panes(1, 0)
        sheet.protect("", {"format_cells": True})
        sheet.add_table("J1:K3", {"columns": [{"header": "Old"}, {"header": "New"}]})
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$E$2:$E$4"})
        sheet.insert_chart("H12", chart)
        notes = made.add_worksheet("Our notes")
        notes.write("A1", "Not for the return")
        notes.hide()
        made.define_name("Calls", "=Data!$E$3")
    return content.getvalue()
