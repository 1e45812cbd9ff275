"""What was read beside the workbook: the grid, what became of each cell, and how both lead to each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dacommission.returns.beside import MOST_FIGURES, of_reading
from dacommission.returns.fates import ASKED, FIGURE, OTHER, REASONS, UNKNOWN, Fate, fates
from dacommission.returns.grid import LARGE, UNCALCULATED, GridSheet, grids, ids_of, part
from imports.personal_data import NOT_REPEATED
from imports.reading import Cell, Kind, Severity, Sheet, Workbook, column_letters
from imports.series import Aside, Reason, Sense
from imports.sheets import Spot
from tests.due_returns.readings import observation, problem, reading
from tests.imports.vocabulary import VOCABULARY


def cell(row: int, column: int, value: object, **given: object) -> Cell:
    kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
    held = value if isinstance(value, str) else Decimal(str(value))
    return Cell(**{"row": row, "column": column, "kind": kind, "value": held, "shown": str(value), **given})


def sheet(*cells: Cell, name: str | None = "Hub", **given: object) -> Sheet:
    return Sheet(name, {(one.row, one.column): one for one in cells}, **given)  # type: ignore[arg-type]


def grid(*cells: Cell, fate: dict[Spot, Fate] | None = None, **given: object) -> GridSheet:
    (made,) = grids(Workbook("xlsx", (sheet(*cells, **given),)), fate or {})
    return made


def texts(made: GridSheet) -> list[list[str]]:
    return [[one.text for one in row.cells] for row in made.rows]


def test_cells_stand_where_they_stand_in_the_file_under_their_letters() -> None:
    made = grid(cell(1, 2, "April"), cell(2, 1, "Referrals"), cell(2, 2, 7))

    assert [letters for letters, _ in made.columns] == ["A", "B"]
    assert texts(made) == [["", "April"], ["Referrals", "7"]]


def test_a_merged_cell_reaches_as_far_as_in_the_file() -> None:
    made = grid(cell(1, 1, "Quarter 1"), cell(3, 3, 7), merges=((1, 1, 2, 2),))

    first = made.rows[0].cells[0]
    assert (first.text, first.across, first.down) == ("Quarter 1", 2, 2)
    assert [len(row.cells) for row in made.rows] == [2, 1, 3]


def test_a_merge_that_begins_where_nothing_is_shown_is_left_out() -> None:
    made = grid(cell(1, 1, "a"), merges=((5, 5, 6, 6),))

    assert texts(made) == [["a"]]


def test_hidden_rows_columns_and_sheets_are_marked() -> None:
    made = grid(cell(1, 1, "a"), cell(1, 2, "b", hidden=True), cell(2, 1, "c", hidden=True))
    whole = grid(cell(1, 1, "a", hidden=True), hidden=True)

    assert [hidden for _, hidden in made.columns] == [False, True]
    assert [row.hidden for row in made.rows] == [False, True]
    assert (whole.hidden, whole.rows[0].hidden, whole.columns[0][1]) == (True, False, False)


def test_many_blank_rows_are_one_line_and_few_are_shown() -> None:
    made = grid(cell(2, 1, "a"), cell(4, 1, "b"), cell(9, 1, "c"))

    assert [(row.number, row.gap) for row in made.rows] == [
        (1, ""), (2, ""), (3, ""), (4, ""), (9, "Rows 5 to 8 are empty."),
    ]  # fmt: skip


def test_of_a_large_sheet_the_rows_that_matter_are_shown() -> None:
    cells = [cell(row, column, row) for row in range(1, 2001) for column in range(1, 9)]

    made = grid(*cells, fate={Spot("Hub", "B1500"): Fate(FIGURE, "HUB-01", "#x")})

    assert [row.number for row in made.rows] == [*range(1, 11), 1500]
    assert made.rows[-1].gap == "Rows 11 to 1499 are not shown."
    assert made.left_out == LARGE


def test_what_is_left_out_of_a_part_of_a_sheet_is_not_said_to_be_empty() -> None:
    cells = [cell(row, 1, row) for row in (*range(1, 10), 40)]

    made = part(sheet(*cells), {Spot("Hub", "A40"): Fate(ASKED, "question 1")}, {1, 9, 40})

    assert [(row.number, row.gap) for row in made.rows] == [
        (1, ""), (9, "Rows 2 to 8 are not shown."), (40, "Rows 10 to 39 are empty."),
    ]  # fmt: skip


def test_of_a_wide_sheet_the_columns_that_matter_are_shown() -> None:
    cells = [cell(1, column, column) for column in range(1, 200)]

    made = grid(*cells, fate={Spot("Hub", f"{column_letters(150)}1"): Fate(FIGURE, "HUB-01")})

    assert [letters for letters, _ in made.columns] == ["A", "B", "C", "D", "ET"]
    assert made.left_out == LARGE


def test_a_blank_cell_of_which_something_is_said_is_there_to_be_led_to() -> None:
    made = grid(cell(1, 1, "Referrals"), fate={Spot("Hub", "C2"): Fate("error", "error")})

    assert list(ids_of([made])) == ["cell-Hub!C2"]


def test_what_leads_to_a_person_is_not_repeated_and_long_words_are_cut() -> None:
    made = grid(
        cell(1, 1, "jo@example.org"),
        cell(1, 2, "Words " * 40),
        cell(1, 3, 4505577104),
        cell(1, 4, 0, kind=Kind.UNCALCULATED),
        cell(1, 5, 12),
    )
    (kept_back,) = grids(Workbook("xlsx", (sheet(cell(1, 1, "Jo")),)), {}, {("Hub", "A1")})

    (row,) = texts(made)
    assert (row[0], row[3], row[4]) == (NOT_REPEATED, UNCALCULATED, "12")
    assert row[1].endswith("…")
    assert row[2] == NOT_REPEATED
    assert texts(kept_back) == [[NOT_REPEATED]]


def test_a_file_without_sheets_has_one_table_and_an_empty_sheet_none() -> None:
    made = grids(Workbook("csv", (sheet(cell(1, 1, "a"), name=None), Sheet("Empty", {}))), {})

    assert [one.name for one in made] == ["The file"]


def test_each_cell_says_what_became_of_it() -> None:
    seen = [
        observation(cell="A1"),
        observation("HUB-05", cell="A2", part="numerator"),
        observation(None, cell="A3", proposed=Sense("HUB-09")),
        observation(None, cell="A4"),
        observation("HUB-09", cell="A1"),
    ]
    asides = [Aside(Spot("KPIs", "B1"), "80", Reason.TARGET), Aside(Spot("KPIs", "B2"), "5", Reason.UNKNOWN)]

    found = fates(seen, [], asides=asides, unknown=[Spot("KPIs", "B3")])

    words = {spot.cell: (fate.key, fate.word) for spot, fate in found.items()}
    assert words == {
        "A1": (FIGURE, "HUB-01"),
        "A2": (FIGURE, "HUB-05 numerator"),
        "A3": (ASKED, "HUB-09?"),
        "A4": (ASKED, "not recognised"),
        "B1": (OTHER, "target"),
        "B2": (UNKNOWN, "not understood"),
        "B3": (UNKNOWN, "not understood"),
    }


def test_the_gravest_problem_of_a_cell_shows_before_what_it_is() -> None:
    found = fates(
        [observation(cell="A1")],
        [
            problem(cell="A1"),
            problem(Severity.ERROR, cell="A1"),
            problem(Severity.WARNING, cell="A2"),
            problem(cell=None),
        ],
    )

    assert found == {
        Spot("KPIs", "A1"): Fate("error", "HUB-01, error", "#KPIs%21A1"),
        Spot("KPIs", "A2"): Fate("warning", "warning"),
    }


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(Reason)


def test_figures_and_cells_lead_to_each_other_and_the_counts_add_up() -> None:
    held = Workbook("xlsx", (sheet(cell(5, 6, 2398), cell(6, 6, 80), cell(7, 6, 3), name="KPIs"),))
    read = replace(
        reading(b"", observation()),
        workbook=held,
        asides=(Aside(Spot("KPIs", "F6"), "80", Reason.TARGET),),
        problems=(problem(), problem(Severity.WARNING, cell=None, sheet=None, message="All of it.")),
    )

    beside, counts = of_reading(read, VOCABULARY)

    assert counts is not None
    assert beside.figures[0].cell == "cell-KPIs!F5"
    assert beside.problems[0].cells[0].anchor == "cell-KPIs!F5"
    assert {
        one.anchor: one.fate.href for row in beside.sheets[0].rows for one in row.cells if one.fate and one.fate.href
    } == {"cell-KPIs!F5": "#KPIs%21F5"}
    assert (counts.figures.count, counts.not_figures, counts.unknown.count, counts.numbers) == (1, 1, 1, 3)
    assert counts.unknown.links == [("KPIs!F7", "#cell-KPIs%21F7")]
    assert [(heading, len(rows)) for heading, rows in beside.lists] == [
        ("Errors", 0),
        ("Questions", 1),
        ("Warnings", 1),
    ]


def test_figures_that_are_not_known_as_a_kpi_are_counted_apart_among_the_figures() -> None:
    held = Workbook("xlsx", (sheet(cell(5, 6, 2398), cell(6, 6, 80), name="KPIs"),))
    read = reading(b"", observation(), observation(cell="F6", indicator=None))

    _, counts = of_reading(replace(read, workbook=held), VOCABULARY)

    assert counts is not None
    assert (counts.figures.count, counts.unmatched.count, counts.numbers) == (2, 1, 2)
    assert counts.unmatched.links == [("KPIs!F6", "#cell-KPIs%21F6")]


def test_a_file_that_could_not_be_opened_has_neither_grid_nor_counts() -> None:
    beside, counts = of_reading(reading(b"", observations=(), layout=None), VOCABULARY)

    assert (beside.sheets, counts) == ([], None)


def test_of_very_many_figures_the_first_are_shown_and_those_of_which_something_is_said() -> None:
    seen = [observation(cell=f"F{row}") for row in range(1, MOST_FIGURES + 11)]

    beside, _ = of_reading(reading(b"", *seen, problems=(problem(cell=f"F{MOST_FIGURES + 5}"),)), VOCABULARY)

    assert beside.count == MOST_FIGURES + 10
    assert len(beside.figures) == MOST_FIGURES
    assert [row.place for row in beside.figures][-2:] == [f"KPIs!F{MOST_FIGURES - 1}", f"KPIs!F{MOST_FIGURES + 5}"]
