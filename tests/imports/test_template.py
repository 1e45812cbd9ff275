"""The return workbook: made, filled in as a provider would, and read back."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from imports import template_layout as layout
from imports.read import understand
from imports.reading import Basis, Line, Part, Severity, Status
from imports.template import Entry, fill_template, filled_template, make_template
from imports.workbook import open_here
from tests.imports.vocabulary import CODES, Q2, VOCABULARY, expected

ENTRIES = (
    Entry("HUB-01", value=2512, comment="=1+1 is text"),
    Entry("HUB-01", value=2000, breakdown="risk", category="High"),
    Entry("HUB-01", value=500, breakdown="Risk", category="Standard"),
    Entry("HUB-01", value=12, breakdown="risk", category="Unknown"),
    Entry("HUB-05", Part.NUMERATOR, 2021),
    Entry("HUB-09", value="4,402 "),
    Entry("HUB-10", Part.NUMERATOR, 4402),
    Entry("HUB-10", Part.DENOMINATOR, 4600),
    Entry("CBS-01", value=903),
    Entry("CBS-02", value=521),
    Entry("CBS-03", value=330),
    Entry("CBS-04", value=325),
    Entry("CBS-05", value=526),
    Entry("SA-04.a", value=42),
    Entry("SA-05", value=3864),
    Entry("SA-06", value=0),
    Entry("WF-01.a", value=Decimal("12.5")),
    Entry("CON-02.a", status=Status.PENDING, expected_on=date(2022, 12, 31)),
)
# What every spreadsheet program has known since 2007.
FUNCTIONS = {"IF", "IFERROR", "AND", "OR", "NOT", "ISERROR", "ISNUMBER", "ISTEXT", "ISLOGICAL", "ISNA", "ERROR.TYPE"}
FUNCTIONS |= {
    "SUM",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "COUNTIFS",
    "SUMIFS",
    "SUMPRODUCT",
    "MIN",
    "MAX",
    "ABS",
    "INT",
    "MOD",
}
FUNCTIONS |= {"ROUND", "INDEX", "MATCH", "ROW", "ROWS", "CHOOSE", "HYPERLINK", "DATE", "DATEVALUE", "VALUE", "TEXT"}
FUNCTIONS |= {"TRIM", "LEFT", "MID", "RIGHT", "LEN", "FIND", "SUBSTITUTE"}


def made(due=None):
    return make_template(due or expected(), VOCABULARY)


def having(code, **said):
    """What is expected, with more said of one line."""
    due = expected()
    return replace(due, lines=tuple(replace(line, **said) if line.code == code else line for line in due.lines))


def kpi_rows(content):
    """The sheet of KPIs: each row's cells by their column's heading, by code."""
    sheet = book(content)[layout.KPIS]
    titles = [cell.value for cell in sheet[4]]
    return {row[0].value: dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=5)}


def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def understood(content, due=None):
    return understand(open_here(content, "return.xlsx"), VOCABULARY, due)


def test_what_is_filled_in_is_what_is_read():
    reading = understood(fill_template(made(), ENTRIES), expected())

    told = [seen for seen in reading.observations if seen.shown]
    assert [(seen.indicator, seen.part, seen.category) for seen in told] == sorted(
        [(entry.code, entry.part, entry.category) for entry in ENTRIES],
        key=lambda entry: (entry[2] is not None, CODES.index(entry[0])),
    )
    values = {(seen.indicator, seen.part, seen.category): seen.value for seen in told}
    for entry in ENTRIES:
        wanted = None if entry.value is None else Decimal(str(entry.value).replace(",", "").strip())
        assert values[entry.code, entry.part, entry.category] == wanted
    assert reading.problems == ()


def test_every_figure_read_stands_in_its_cell():
    content = fill_template(made(), ENTRIES)
    sheets = book(content)

    for seen in understood(content).observations:
        assert (sheets[seen.sheet][seen.cell].value is None) == (seen.shown == "" or seen.status is Status.PENDING)
        if seen.value is not None:
            assert str(sheets[seen.sheet][seen.cell].value).replace(",", "").strip() == str(seen.value)


def test_an_empty_workbook_is_read_as_missing_not_as_nought():
    reading = understood(made())

    assert {seen.value for seen in reading.observations} == {None, Decimal(521)}
    assert {seen.status for seen in reading.observations if seen.value is None} == {Status.MISSING}
    assert all(seen.category is None for seen in reading.observations)


def test_a_breakdown_that_was_begun_has_its_blanks_stated():
    content = fill_template(made(), [Entry("HUB-01", value=2000, breakdown="risk", category="High")])

    split = [seen for seen in understood(content).observations if seen.category]

    assert [(seen.category, seen.status) for seen in split] == [
        ("High", Status.REPORTED),
        ("Standard", Status.MISSING),
        ("Unknown", Status.MISSING),
    ]
    assert {seen.breakdown for seen in split} == {"risk"}


def test_the_basis_follows_the_count_type():
    by_code = {seen.indicator: seen for seen in understood(made()).observations}

    assert by_code["HUB-01"].basis is Basis.PERIOD
    assert by_code["CBS-01"].basis is Basis.YEAR_TO_DATE
    assert by_code["CBS-05"].basis is Basis.PERIOD
    assert {seen.period for seen in by_code.values()} == {Q2}


def test_the_cover_says_whose_workbook_it_is():
    cover = understood(made()).cover

    assert (cover.template_version, cover.contract, cover.provider, cover.period) == (
        layout.VERSION,
        "DA-2019-HUB",
        "IDAS",
        Q2,
    )
    assert cover.cells["contract"] == ("Cover", "B5")


def test_the_past_stands_beside_and_is_never_read_as_an_answer():
    content = made(having("HUB-01", year_ago={Part.VALUE: Decimal(2222)}, so_far={Part.VALUE: Decimal(2398)}))
    rows = kpi_rows(content)

    assert rows["HUB-01"]["Last quarter"].value == 2398
    assert rows["HUB-01"]["Same quarter last year"].value == 2222
    assert rows["HUB-01"]["This year, before this quarter"].value == 2398
    assert rows["HUB-10"]["Last quarter"].value == "4187 of 4500"
    assert rows["HUB-05"]["Last quarter"].value is None
    assert all(seen.value in (None, 521) for seen in understood(content).observations)


def test_the_target_and_the_due_day_are_at_hand():
    content = made(replace(having("HUB-10", target="90% or more"), due_on=date(2022, 10, 21)))

    assert kpi_rows(content)["HUB-10"]["Target"].value == "90% or more"
    cover = {row[0].value: row[1] for row in book(content)[layout.COVER].iter_rows(max_col=2)}
    assert cover["Due by the end of"].value.date() == date(2022, 10, 21)
    assert cover["Due by the end of"].is_date


def test_what_last_quarter_closed_with_is_brought_forward():
    seen = next(seen for seen in understood(made()).observations if seen.indicator == "CBS-02")

    assert seen.value == 521


def test_a_rate_is_worked_out_in_the_workbook_and_read_from_its_counts():
    sheet = book(made())[layout.KPIS]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}

    assert rows["HUB-10"][5].value == '=IFERROR(G8/H8,"")'
    assert rows["HUB-10"][5].number_format == "0.0%"
    assert rows["HUB-05"][5].value == '=IFERROR(G6/IF(H6="",F5,H6),"")'
    assert "leave empty to use HUB-01" in rows["HUB-05"][2].value
    assert not [seen for seen in understood(made()).observations if seen.part is Part.PERCENT]


def test_a_ratio_is_no_percentage():
    rows = {r[0].value: r for r in book(made(expected(codes=("CBS-10",))))[layout.KPIS].iter_rows(min_row=5)}

    assert rows["CBS-10"][5].number_format == "0.0"
    assert rows["CBS-10"][3].value == "Ratio"


def test_only_the_cells_to_fill_in_are_unlocked():
    sheet = book(made())[layout.KPIS]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    unlocked = {code: [c.column_letter for c in row if not c.protection.locked] for code, row in rows.items()}

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert unlocked["HUB-01"] == ["F", "I", "J", "P"]
    assert unlocked["HUB-10"] == ["G", "H", "I", "J", "P"]


def test_what_may_be_typed_is_checked_with_a_plain_message():
    rules = book(made())[layout.KPIS].data_validations.dataValidation
    messages = {rule.error for rule in rules if rule.type}

    assert messages == {
        "Enter a day after 30/09/2022, as 31/01/2023.",
        "Enter a whole number, nought or more. If there is no figure, leave the cell empty and choose a status.",
        "Enter a number, nought or more. If there is no figure, leave the cell empty and choose a status.",
        "Enter an amount in pounds. If there is no figure, leave the cell empty and choose a status.",
        "Choose a status from the list, or leave it empty.",
    }


def test_cells_checked_alike_are_checked_as_ranges():
    rules = book(made())[layout.BREAKDOWNS].data_validations.dataValidation

    assert [str(rule.sqref) for rule in rules] == ["E5:E12", "F5:F12"]


def test_text_that_looks_like_a_formula_stays_text():
    due = expected(provider="=cmd()")

    cell = book(make_template(due, VOCABULARY))[layout.COVER]["B7"]

    assert (cell.value, cell.data_type) == ("=cmd()", "s")
    assert understood(make_template(due, VOCABULARY)).cover.provider == "=cmd()"


def test_what_a_cell_cannot_hold_is_left_out_of_its_text():
    assert book(made(expected(provider="ID\x07AS")))[layout.COVER]["B7"].value == "IDAS"


def test_the_header_stays_in_view_and_no_cells_are_merged():
    for sheet in book(made()).worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
    assert book(made())[layout.KPIS].freeze_panes == "C5"


def test_a_contract_without_kpis_has_a_workbook_all_the_same():
    reading = understood(made(expected(codes=())))

    assert (reading.layout, reading.observations) == ("template", ())


def test_a_short_list_of_breakdowns_is_no_hindrance():
    known = replace(VOCABULARY, breakdowns={"risk": ("High", "Low")}, breakdown_names={"risk": "Risk"})
    known = replace(known, terms={"HUB-01": replace(known.terms["HUB-01"], breakdowns=("risk",))})

    content = make_template(expected(codes=("HUB-01",)), known)
    content = fill_template(content, [Entry("HUB-01", value=4, breakdown="risk", category="Low")])

    assert [seen.value for seen in understand(open_here(content, "x.xlsx"), known).observations] == [None, None, 4]


def test_a_breakdown_without_categories_has_no_rows():
    known = replace(VOCABULARY, breakdowns={**VOCABULARY.breakdowns, "risk": ()})

    sheet = book(make_template(expected(codes=("HUB-01",)), known))[layout.BREAKDOWNS]

    assert [row[2].value for row in sheet.iter_rows(min_row=5)] == ["Referral source"] * 3 + ["Need"] * 2


def test_an_entry_without_a_row_is_refused():
    with pytest.raises(KeyError):
        fill_template(made(), [Entry("PRP-01", value=3)])


def test_an_opening_figure_is_counted_at_the_quarters_start():
    rows = {row[0].value: row for row in book(made())[layout.KPIS].iter_rows(min_row=5)}

    assert rows["CBS-02"][4].value == "At the quarter’s start"
    assert rows["CBS-05"][4].value == "At the quarter’s end"
    assert rows["CBS-01"][4].value == "Since 1 April 2022, not only in this quarter"


def test_a_line_that_is_not_mandatory_may_stay_blank():
    due = expected(codes=())
    due = replace(due, lines=(Line("HUB-01", False),))

    reading = understood(make_template(due, VOCABULARY), due)

    assert not [problem for problem in reading.problems if problem.severity is Severity.ERROR]


def test_a_row_is_as_high_as_its_longest_text():
    sheet = book(made())[layout.KPIS]

    heights = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}

    assert heights["HUB-05"] >= 2 * 15
    assert heights["Key performance indicators"] is None


def test_nothing_is_longer_than_spreadsheet_programs_allow():
    terms = {code: replace(term, definition="word " * 400) for code, term in VOCABULARY.terms.items()}

    for sheet in book(make_template(expected(), replace(VOCABULARY, terms=terms))).worksheets:
        for check in sheet.data_validations.dataValidation:
            assert len(check.prompt or "") <= 255
            assert len(check.error or "") <= 255
            assert max(len(check.promptTitle or ""), len(check.errorTitle or "")) <= 32
            assert len(check.formula1 or "") <= 255
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            assert len(cell.value) <= 8192
            assert cell.value.count("IF(") <= 64
            assert max(map(len, re.findall(r'"((?:[^"]|"")*)"', cell.value)), default=0) <= 255
        assert all((known.height or 0) <= 409 for known in sheet.row_dimensions.values())


def test_a_workbook_may_be_made_filled_in():
    made_so = understood(filled_template(expected(), VOCABULARY, ENTRIES))

    assert made_so.observations == understood(fill_template(made(), ENTRIES)).observations


def test_a_figure_that_is_cut_and_pasted_breaks_no_check():
    for cell in (cell for row in book(made())[layout.ALL_CHECKS].iter_rows() for cell in row if cell.data_type == "f"):
        assert not re.search(r"KPIs!\$?[A-Z]+\$?\d+(?![\d:])", re.sub(r'"[^"]*"', "", cell.value)), cell.coordinate


def test_the_sheets_of_checks_are_locked_and_print_across_the_page_under_their_headings():
    for name, first in ((layout.CHECKS, "A5"), (layout.ALL_CHECKS, "B5")):
        sheet = book(made())[name]

        assert sheet.protection.sheet
        assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
        assert (sheet.freeze_panes, sheet.print_title_rows) == (first, "$4:$4")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)  # 9: A4


def test_no_formula_needs_a_newer_spreadsheet_program():
    for sheet in book(made()).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            formula = re.sub(r'"[^"]*"', "", cell.value)
            assert set(re.findall(r"([A-Z.]+)\(", formula)) <= FUNCTIONS, cell.coordinate
