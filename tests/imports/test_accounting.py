"""Every number of a workbook becomes a figure, or a number that is none for a reason, or is not understood."""

from dataclasses import replace

import pytest

from imports.accounting import accounted, hidden, not_understood
from imports.cells import is_figure
from imports.marked.ours import MARK
from imports.read import read as read_file
from imports.reading import Passage, Severity
from imports.series import Aside, Reason
from imports.sheets import Spot
from imports.tally import tally
from tests.imports.tables.makers import asides, read, sentence, sheet
from tests.imports.vocabulary import VOCABULARY
from tests.imports.workbooks import good_return

YEAR = ("Our return 2022/23",)
CALLS = "Helpline calls answered"
QUARTERS = ("Indicator", "Q1", "Q2")


def counted(reading):
    found = tally(reading)
    return len(found.figures), sum(map(len, found.others.values())), len(found.unknown)


def test_the_three_counts_add_up_to_every_number_of_the_workbook():
    hub = sheet(
        YEAR,
        ("No.", *QUARTERS, "Target"),
        (1, CALLS, 5, "n/a", 9),
        (2, "Kettles boiled", 7, 8, None),
        (),
        (None, None, 12345),
        merges=["C4:D4"],
        hidden={"E3"},
    )
    lists = replace(sheet((1, 2), (3, 4), name="Lists"), hidden=True)

    reading = read(hub, lists)

    every = sum(is_figure(cell) for one in reading.workbook.sheets for cell in one.cells.values())
    assert sum(counted(reading)) == tally(reading).numbers == every == 11


def test_no_number_is_both_a_figure_and_none():
    reading = read(sheet(YEAR, (*QUARTERS, "Target"), (CALLS, 5, 6, 9), ("Target", 7, 8, 9)))

    places = {Spot(seen.sheet, seen.cell) for seen in reading.observations}
    assert not places & {aside.place for aside in reading.asides}
    assert len(reading.asides) == len({aside.place for aside in reading.asides})


def test_words_in_a_figures_place_are_no_numbers():
    assert counted(read(sheet(YEAR, QUARTERS, (CALLS, 5, "n/a")))) == (1, 0, 0)


def test_a_number_under_a_merge_is_covered():
    reading = read(sheet(YEAR, QUARTERS, (CALLS, 5, 6), ("Spend", 7, 8), merges=["B4:C4"]))

    assert asides(reading) == {"C4": "covered"}


def test_a_number_beside_words_outside_every_table_is_a_detail():
    reading = read(sheet(YEAR, QUARTERS, (CALLS, 5, 6)), sheet(("Telephone", 1234), name="Contact"))

    assert asides(reading) == {"B1": "detail"}


def test_a_number_that_stands_alone_is_not_understood():
    reading = read(sheet(YEAR, QUARTERS, (CALLS, 5, 6)), sheet((7, "see overleaf"), name="Notes"))

    assert asides(reading) == {"A1": "unknown"}
    assert sentence(reading, "not-understood") == (
        "1 number was not understood (A1), so nothing was read from there. Put a heading above and a label beside "
        "what belongs to the return."
    )


def test_the_numbers_of_a_workbook_without_a_layout_are_accounted_for_too():
    reading = read(sheet(("Telephone", 1234), (None, 5)))

    assert reading.layout is None
    assert counted(reading) == (0, 1, 1)


def test_the_numbers_of_the_return_workbook_are_all_accounted_for():
    reading = read_file(good_return(), filename="return.xlsx", vocabulary=VOCABULARY)

    assert counted(reading)[2] == 0
    assert sum(counted(reading)) == tally(reading).numbers


def test_the_numbers_that_we_wrote_ourselves_are_ours():
    ours = sheet((MARK,), (None, 7), name="Points")

    reading = read(sheet(YEAR, QUARTERS, (CALLS, 5, 6)), ours)

    assert asides(reading) == {"B2": "template"}


def test_a_number_in_the_words_of_an_answer_is_no_aside():
    workbook = read(sheet(("How many?", 7))).workbook
    said = Passage("narrative", "Hub", "B1", "How many?", "7")

    assert accounted(workbook, (), [said], ()) == ()


def test_the_first_reason_is_the_one_that_counts():
    workbook = read(sheet(("Telephone", 7))).workbook
    first, second = (Aside(Spot("Hub", "B1"), "7", reason) for reason in (Reason.TARGET, Reason.LABEL))

    assert accounted(workbook, (), (), [first, second]) == (first,)


def several(reason, count, sheet="Hub"):
    return [Aside(Spot(sheet, f"B{row}"), "7", reason) for row in range(1, count + 1)]


def test_hidden_numbers_are_asked_about_once_a_sheet():
    hub, money = hidden([*several(Reason.HIDDEN, 5), *several(Reason.HIDDEN, 1, "Money"), *several(Reason.TARGET, 2)])

    assert (hub.rule, hub.severity, hub.sheet, hub.cell) == ("hidden-figures", Severity.QUESTION, "Hub", "B1")
    assert hub.message.startswith("5 hidden numbers were not read (B1, B2, B3 …).")
    assert money.message.startswith("1 hidden number was not read (B1).")


def test_numbers_that_nobody_understood_are_told_once_a_sheet():
    hub, scratch = not_understood([*several(Reason.UNKNOWN, 3), *several(Reason.UNKNOWN, 4, "Scratch")])

    assert (hub.severity, hub.sheet, scratch.sheet) == (Severity.WARNING, "Hub", "Scratch")
    assert hub.message.startswith("3 numbers were not understood (B1, B2, B3),")
    assert scratch.message.startswith("4 numbers were not understood (B1, B2, B3 …),")


@pytest.mark.parametrize("tell", [hidden, not_understood])
def test_nothing_is_said_where_all_is_understood(tell):
    assert list(tell(several(Reason.TARGET, 3))) == []
