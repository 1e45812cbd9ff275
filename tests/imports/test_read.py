"""The pipeline as a whole, and the JSON it answers with."""

import json
from decimal import Decimal

from openpyxl import Workbook as Book

from imports.headings import Heading, Page, find, text
from imports.read import read, to_json, understand
from imports.reading import Cell, Kind, Part, Problem, Severity, Sheet, Workbook
from imports.template import Entry, fill_template, make_template
from imports.workbook import open_here
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import saved, table

OBSERVATION = {
    *("sheet", "cell", "label", "heading", "indicator", "part", "category", "period", "period_start"),
    *("period_end", "basis", "value", "status", "shown", "match", "confidence"),
}


def test_the_json_is_as_agreed():
    content = fill_template(
        make_template(expected(), VOCABULARY), [Entry("CBS-01", value=903), Entry("WF-01.a", value=Decimal("1.5"))]
    )

    answer = to_json(read(content, filename="return.xlsx", vocabulary=VOCABULARY))

    assert json.loads(json.dumps(answer)) == answer
    assert set(answer) == {"file", "sha256", "observations", "problems"}
    assert all(set(seen) == OBSERVATION for seen in answer["observations"])
    by_code = {seen["indicator"]: seen for seen in answer["observations"]}
    assert by_code["CBS-01"] == {
        "sheet": "KPIs",
        "cell": "F9",
        "label": "Individuals referred",
        "heading": ["Value"],
        "indicator": "CBS-01",
        "part": "value",
        "category": None,
        "period": "2022-Q2",
        "period_start": "2022-04-01",
        "period_end": "2022-09-30",
        "basis": "ytd",
        "value": 903,
        "status": "reported",
        "shown": "903",
        "match": "code",
        "confidence": 1,
    }
    assert by_code["WF-01.a"]["value"] == 1.5
    assert by_code["HUB-09"]["value"] is None
    assert by_code["HUB-09"]["period_start"] == "2022-07-01"


def test_a_file_refused_is_an_object_with_its_problem():
    answer = to_json(read(b"", filename="empty.xlsx", vocabulary=VOCABULARY))

    assert (answer["file"], answer["observations"]) == ("empty.xlsx", [])
    (problem,) = answer["problems"]
    assert set(problem) == {"rule", "severity", "sheet", "cell", "message"}
    assert problem["severity"] == "error"


def test_an_unsure_period_is_null():
    content = table(("Hub", "HUB-01", "All", "Q4 2023", 5, None))

    (seen,) = to_json(understand(open_here(content, "x.xlsx"), VOCABULARY))["observations"]

    assert (seen["period"], seen["period_start"], seen["period_end"]) == (None, None, None)


def test_another_layout_is_refused_with_what_was_found():
    book = Book()
    book.active.title = "Hub"
    for row in (["Hub return"], ["Kettle", "Teapot"], [], [], [], ["Pages", 7, 8]):
        book.active.append(row)

    reading = understand(open_here(saved(book), "x.xlsx"), VOCABULARY)

    assert reading.layout is None
    (problem,) = reading.problems
    assert (problem.rule, problem.severity) == ("unknown-layout", Severity.ERROR)
    assert problem.message == (
        "This file is not laid out in a way that can be read. It holds the sheet “Hub” with the headings "
        "“Kettle”, “Teapot”, and 2 numbers in all. Download the return workbook and copy your figures into it, or "
        "send one row a figure with the columns Measure, Breakdown, Period and Value."
    )


def test_numbers_typed_as_text_are_counted_too():
    message = understand(open_here(b"Kettle;1,418;none\n", "x.csv"), VOCABULARY).problems[0].message

    assert "and 1 number in all" in message


def test_of_many_sheets_only_the_first_are_described():
    cell = Cell(1, 1, Kind.NUMBER, Decimal(3), "3")
    workbook = Workbook("xlsx", tuple(Sheet(f"S{number}", {(1, 1): cell}) for number in range(7)))

    message = understand(workbook, VOCABULARY).problems[0].message

    assert "the sheet “S4” without headings; 2 more sheets, and 7 numbers in all" in message
    assert "S5" not in message


def test_a_workbook_with_no_sheet_holds_nothing_at_all():
    assert "It holds nothing at all" in understand(Workbook("csv", ()), VOCABULARY).problems[0].message


def test_a_workbook_of_empty_sheets_has_nothing_filled_in():
    (problem,) = understand(Workbook("xlsx", (Sheet("Sheet1", {}),)), VOCABULARY).problems

    assert problem.rule == "empty-return"


def test_a_table_without_a_sheet_has_no_name():
    sheet = Sheet(None, {(1, 1): Cell(1, 1, Kind.NUMBER, Decimal(7), "7")})

    assert (
        "It holds one table without headings" in understand(Workbook("csv", (sheet,)), VOCABULARY).problems[0].message
    )


def test_what_was_noticed_while_opening_comes_first():
    noticed = Problem("dropped-cells", Severity.WARNING, "A cell beyond the last column was left out.")
    content = table(("Hub", "HUB-01", "All", "Q1 2022-23", "lots", None))
    opened = open_here(content, "x.xlsx")

    for sheets in (opened.sheets, ()):
        reading = understand(Workbook("xlsx", sheets, (noticed,)), VOCABULARY)

        assert reading.problems[0] == noticed
        assert len(reading.problems) == 2


def test_a_cell_under_a_merge_is_neither_heading_nor_figure():
    cells = {
        (1, 1): Cell(1, 1, Kind.TEXT, "Code", "Code"),
        (1, 2): Cell(1, 2, Kind.TEXT, "Value", "Value", under_merge=True),
    }

    assert find(Page(Sheet("S", cells)), (Heading("value", "Value"),), needed={"value"}, within=5) is None
    assert text(cells[1, 2]) == ""


def test_headings_beyond_the_rows_looked_at_are_not_found():
    page = Page(Sheet("S", {(9, 1): Cell(9, 1, Kind.TEXT, "Value", "Value")}))

    assert find(page, (Heading("value", "Value"),), needed={"value"}, within=8) is None
    assert find(page, (Heading("value", "Value"),), needed={"value"}, within=9).columns == {"value": 1}


def test_a_cover_below_a_hundred_rows_is_not_looked_for():
    def label(row, key, value):
        return {(row, 1): Cell(row, 1, Kind.TEXT, key, key), (row, 2): Cell(row, 2, Kind.TEXT, value, value)}

    cells = label(200, "Template version", "1") | label(201, "Contract reference", "X")

    assert understand(Workbook("xlsx", (Sheet("Cover", cells),)), VOCABULARY).layout is None


def test_the_cover_may_say_its_quarter_in_months_alone():
    def label(row, key, value):
        return {(row, 1): Cell(row, 1, Kind.TEXT, key, key), (row, 2): Cell(row, 2, Kind.TEXT, value, value)}

    cells = label(1, "Template version", "1") | label(2, "Contract reference", "X")
    cells |= label(3, "Reporting period", "April to June 2022")

    assert understand(Workbook("xlsx", (Sheet("Cover", cells),)), VOCABULARY).cover.period.key == "2022-Q1"


def test_parts_are_as_the_contract_writes_them():
    assert [part.value for part in Part] == ["value", "numerator", "denominator", "percent"]


def test_a_workbook_in_which_nothing_is_filled_in_is_an_empty_return():
    book = Book()
    for row in (["Measure", "Q1 2022/23", 2023], ["Referrals received"], ["Cases closed"]):
        book.active.append(row)

    (problem,) = understand(open_here(saved(book), "x.xlsx"), VOCABULARY).problems

    assert (problem.rule, problem.severity) == ("empty-return", Severity.ERROR)
    assert "nothing is filled in" in problem.message
