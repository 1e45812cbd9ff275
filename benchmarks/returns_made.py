"""Returns of a known size to measure with: one row a figure, and tables of months. The same at every run."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import xlsxwriter

from imports.reading import Vocabulary

SHEETS, ROWS = 15, 55
HEADINGS = ("Service", "Measure", "Breakdown", "Period", "Value", "Comment")
QUARTERS = 4
MONTHS = (
    *("Apr-22", "May-22", "Jun-22", "Jul-22", "Aug-22", "Sep-22"),
    *("Oct-22", "Nov-22", "Dec-22", "Jan-23", "Feb-23", "Mar-23"),
)
TABLE_ROWS = 23  # of 14 cells, so that 15 sheets hold about as much as the other return
LARGE_SHEETS, LARGE_ROWS = 44, 447  # as much as the largest real workbook seen: 276,000 cells


def one_row_a_figure(vocabulary: Vocabulary, edition: int) -> bytes:
    """15 sheets, about 5,000 cells and 200 KB: every count and its categories, quarter by quarter, with comments."""
    out = io.BytesIO()
    lines = _lines(vocabulary, edition)
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number in range(1, SHEETS + 1):
        sheet = book.add_worksheet(f"Service {number}")
        sheet.write_row(0, 0, HEADINGS)
        for place in range(ROWS):
            sheet.write_row(place + 1, 0, (f"Service {number}", *next(lines)))
    book.close()
    return out.getvalue()


def tables_of_months(vocabulary: Vocabulary, edition: int, *, sheets: int = SHEETS, rows: int = TABLE_ROWS) -> bytes:
    """A title, a year over its months, and a measure in each row with its total; 15 sheets of about 330 cells.

    No two rows are the same measure: once every name has had its row, it has others for single teams.
    """
    out = io.BytesIO()
    names = [term.name for term in vocabulary.terms.values() if term.whole and not term.numerator]
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number in range(1, sheets + 1):
        sheet = book.add_worksheet(f"Service {number}")
        sheet.write(0, 0, f"Quarterly figures of service {number}")
        sheet.merge_range(2, 1, 2, len(MONTHS), "Financial year 2022/23")
        sheet.write_row(3, 0, ("Measure", *MONTHS, "Total"))
        for place in range(rows):
            team, name = divmod((number - 1) * rows + place, len(names))
            figures = [(place * month * 7 + edition + number) % 97 for month in range(1, len(MONTHS) + 1)]
            label = f"{names[name]}, team {team}" if team else names[name]
            sheet.write_row(place + 4, 0, (label, *figures, sum(figures)))
    book.close()
    return out.getvalue()


def large(vocabulary: Vocabulary) -> bytes:
    """Tables of months as large as the largest workbook that was ever seen."""
    return tables_of_months(vocabulary, 1, sheets=LARGE_SHEETS, rows=LARGE_ROWS)


def _lines(vocabulary: Vocabulary, edition: int) -> Iterator[tuple[str | int, ...]]:
    counts = [term for term in vocabulary.terms.values() if term.whole and not term.numerator]
    for term in counts:
        categories = [name for key in term.breakdowns for name in vocabulary.breakdowns[key]]
        for category in ("All", *categories):
            for quarter in range(1, QUARTERS + 1):
                comment = _words(f"{edition} {term.code} {category} {quarter}")
                value = quarter * 7 + edition
                yield f"{term.code} {term.name}", category, f"Q{quarter} 2022-23", value, comment


def _words(seed: str) -> str:
    """A comment that does not pack well, as comments do not: words of letters, the same for the same seed."""
    letters = b"".join(hashlib.sha512(f"{seed} {part}".encode()).digest() for part in range(5))
    text = "".join(chr(97 + byte % 26) for byte in letters)
    return " ".join(text[start : start + 7] for start in range(0, len(text), 7))
