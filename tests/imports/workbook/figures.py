"""One workbook with one of everything, and what every reader must find in it, whatever the format.

`files/figures.xls` and `files/figures.ods` were made of it by LibreOffice: see `test_formats`.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from imports.reading import Kind

# Address → kind, value, what is shown, number format.
FOUND: dict[str, tuple[Kind, object, str, str]] = {
    "A1": (Kind.TEXT, "Figures of the quarter", "Figures of the quarter", "General"),
    "B2": (Kind.TEXT, "Apr¹", "Apr¹", "General"),
    "B3": (Kind.NUMBER, Decimal(1234), "1234", "#,##0"),
    "C3": (Kind.NUMBER, Decimal("12.5"), "12.5", "General"),
    "B4": (Kind.NUMBER, Decimal("0.8"), "0.8", "0%"),
    "C4": (Kind.NUMBER, Decimal("0.125"), "0.125", "0.0%"),
    "B5": (Kind.NUMBER, Decimal(1200), "1200", '"£"#,##0.00'),
    "C5": (Kind.NUMBER, Decimal(-5), "-5", "#,##0;(#,##0)"),
    "B6": (Kind.DATE, date(2022, 4, 30), "2022-04-30", "dd/mm/yyyy"),
    "C6": (Kind.DATE, date(2022, 4, 30), "2022-04-30 09:30", "dd/mm/yyyy hh:mm"),
    "B7": (Kind.NUMBER, Decimal("0.3125"), "07:30", "[h]:mm"),
    "C7": (Kind.NUMBER, Decimal("0.395833333333333"), "09:30", "hh:mm"),
    "B8": (Kind.BOOLEAN, True, "TRUE", "General"),
    "C8": (Kind.BOOLEAN, False, "FALSE", "General"),
    "B9": (Kind.ERROR, None, "#DIV/0!", "General"),
    "C9": (Kind.ERROR, None, "#N/A", "General"),
    "B10": (Kind.NUMBER, Decimal("1246.5"), "1246.5", "General"),
    "C10": (Kind.NUMBER, Decimal(42), "42", "General"),
    "B11": (Kind.NUMBER, Decimal(77), "77", "General"),
    "B12": (Kind.NUMBER, Decimal(3), "3", '[<5]"<5";0'),
    "A13": (Kind.TEXT, "Two  spaces\nand a line", "Two  spaces\nand a line", "General"),
    "B13": (Kind.TEXT, "90", "90", "General"),
    "C13": (Kind.TEXT, "n/a", "n/a", "General"),
    "D3": (Kind.NUMBER, Decimal(99), "99", "General"),
}
HIDDEN = {"A11", "B11", "D2", "D3"}
FORMULAS = {"B9": "1/0", "C9": "NA()", "B10": "SUM(B3,C3:C3)", "C10": "Other!A1*2"}
OTHER = {"A1": "21", "A2": "21", "A3": "21", "C5": "repeated", "D5": "repeated"}


def figures() -> bytes:
    """The workbook as openpyxl writes it: its formulas were never calculated."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Return"
    values: dict[str, object] = {
        **{"A1": "Figures of the quarter", "A2": "Measure", "C2": "May", "D2": "Hidden"},
        "B2": CellRichText("Apr", TextBlock(InlineFont(vertAlign="superscript"), "1")),
        **{"A3": "Referrals", "B3": 1234, "C3": 12.5, "D3": 99},
        **{"A4": "Answered", "B4": 0.8, "C4": 0.125},
        **{"A5": "Paid", "B5": 1200, "C5": -5},
        **{"A6": "Day", "B6": date(2022, 4, 30), "C6": datetime.fromisoformat("2022-04-30T09:30")},
        **{"A7": "Length", "B7": timedelta(hours=7, minutes=30), "C7": time(9, 30)},
        **{"A8": "Yes", "B8": True, "C8": False},
        **{"A9": "Error", "A10": "Total", "A11": "Hidden row", "B11": 77, "A12": "Small", "B12": 3},
        **{"A13": "Two  spaces\nand a line", "B13": "90", "C13": "n/a"},
        **{address: f"={formula}" for address, formula in FORMULAS.items()},
    }
    for address, value in values.items():
        sheet[address] = value
    for address, (_, _, _, number_format) in FOUND.items():
        sheet[address].number_format = number_format
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[11].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["B3"].comment = Comment("Checked", "A")
    other = book.create_sheet("Other")
    for address in OTHER:
        other[address] = 21 if address.startswith("A") else "repeated"
    secret = book.create_sheet("Secret")
    secret["B2"] = 5
    secret.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
