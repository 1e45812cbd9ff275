"""From problems to words beside cells: what is said, what is listed, and what is never repeated."""

from __future__ import annotations

import pytest

from imports.marked.ours import MARK, SAID, is_ours
from imports.marked.plan import Row, heard
from imports.marked.points import BLANK, LONGEST_SAID, MOST, UNSAID, plan_of
from imports.personal_data import NOT_REPEATED
from imports.reading import Cell, Kind, Problem, Severity, Sheet, Workbook

ERROR, QUESTION, WARNING = Severity.ERROR, Severity.QUESTION, Severity.WARNING


def workbook(*words: str, sheet: str | None = "KPIs") -> Workbook:
    """One column of words."""
    cells = {(row, 1): Cell(row, 1, Kind.TEXT, word, word) for row, word in enumerate(words, start=1)}
    return Workbook("xlsx", (Sheet(sheet, cells),))


def planned(*problems: Problem, words: tuple[str, ...] = ("one", "two"), sheet: str | None = "KPIs"):
    return plan_of(problems, workbook(*words, sheet=sheet), "return.xlsx")


def problem(
    cell: str | None, message: str = "Mend it.", severity: Severity = ERROR, rule: str = "V03", **more
) -> Problem:
    return Problem(rule, severity, message, more.pop("sheet", "KPIs"), cell, **more)


def test_several_points_of_a_cell_are_one_comment_the_most_pressing_first():
    plan = planned(problem("A1", "Why?", QUESTION), problem("A1"), problem("A1"), problem("A2", "Look.", WARNING))

    assert plan.comments == {"KPIs": {"A1": f"{SAID}Error: Mend it.\nQuestion: Why?", "A2": f"{SAID}Warning: Look."}}


def test_every_cell_of_a_fault_has_its_own_row_and_what_is_about_no_cell_has_one_too():
    plan = planned(
        problem("A1", "One and two differ: 1.", fault="They differ."),
        problem("A9", "One and two differ: 2.", fault="They differ."),
        problem(None, "The file is late.", WARNING, sheet=None),
        problem(None, "The sheet is odd.", QUESTION),
    )

    assert plan.rows == (
        Row("Error", "KPIs", "A1", "one", "They differ."),
        Row("Error", "KPIs", "A9", BLANK, "They differ."),
        Row("Question", "KPIs", "", "", "The sheet is odd."),
        Row("Warning", "", "", "", "The file is late."),
    )
    assert plan.comments["KPIs"]["A9"] == f"{SAID}Error: One and two differ: 2."


def test_what_may_lead_to_a_person_is_not_repeated():
    telephone = "ring 07700 900123"
    plan = planned(
        problem("A1", "This cell seems to hold a telephone number.", rule="V13"),
        problem("A1", "Not a number."),
        problem("A2", f"“{telephone}” is not a number."),
        words=("Name Surname", telephone),
    )

    assert {row.typed for row in plan.rows} == {NOT_REPEATED}
    assert plan.comments["KPIs"]["A2"] == f"{SAID}Error: {UNSAID}"
    assert telephone.encode() not in plan.told()


def test_what_was_typed_is_repeated_in_short():
    assert planned(problem("A1"), words=("x" * 200,)).rows[0].typed == "x" * 100 + "…"


@pytest.mark.parametrize("cell", ["XFE1", "A1048577", "A0", "a1", "B5:C6", "$A$1", ""])
def test_what_is_no_cell_of_a_sheet_is_listed_and_not_marked(cell):
    plan = planned(problem(cell))

    assert plan.comments == {}
    assert [row.typed for row in plan.rows] == [""]


def test_a_point_about_a_sheet_that_is_not_there_is_listed_alone():
    plan = planned(problem("A1", sheet="Gone"))

    assert plan.comments == {}
    assert [row.sheet for row in plan.rows] == ["Gone"]


def test_a_file_without_sheets_is_marked_too():
    assert list(planned(problem("A1", sheet=None), sheet=None).comments) == [""]


def test_no_more_than_so_many_points_are_listed_and_marked():
    plan = planned(*(problem(f"A{row}", f"Mend {row}.") for row in range(1, MOST + 3)), problem("A1", "x" * 3_000))

    assert (len(plan.rows), plan.unlisted, len(plan.comments["KPIs"])) == (MOST, 3, MOST)
    assert len(plan.comments["KPIs"]["A1"]) == LONGEST_SAID


def our_sheet(*rows: tuple[str, ...]) -> Sheet:
    cells = {(1, 1): Cell(1, 1, Kind.TEXT, MARK, MARK), (6, 6): Cell(6, 6, Kind.TEXT, "none", "none")}
    for number, row in enumerate(rows, start=5):
        for column, words in enumerate(row, start=1):
            cells[number, column] = Cell(number, column, Kind.TEXT, words, words)
    return Sheet("Points to mend", cells)


def test_our_own_sheet_tells_how_the_cells_looked_before():
    given = Workbook("xlsx", (our_sheet(("Error", "KPIs", "F7", "x", "Mend it.", "solid fgColor.rgb=FF0000FF")),))

    plan = plan_of((), given, "return.xlsx")

    assert plan.ours == "Points to mend"
    assert plan.fills == {"KPIs": {"F7": "solid fgColor.rgb=FF0000FF"}, "": {"": "none"}}


def test_a_sheet_is_ours_by_its_first_words_alone():
    other = Sheet("Points to mend", {(1, 1): Cell(1, 1, Kind.TEXT, "Points to mend", "Points to mend")})

    assert [is_ours(sheet) for sheet in (our_sheet(), other, Sheet("Empty", {}))] == [True, False, False]


def test_a_plan_is_heard_as_it_was_told():
    plan = planned(problem("A1", "“Ünicode”\n"), problem(None))

    assert heard(plan.told()) == plan
    assert plan.told().count(b"\n") == 1
