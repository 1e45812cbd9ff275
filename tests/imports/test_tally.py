"""Every number of a workbook is a figure, something else with its reason, or not understood; the three add up."""

from dataclasses import replace

from imports.cells import is_figure
from imports.read import read
from imports.series import Aside, Reason
from imports.sheets import Spot
from imports.tally import REASONS, tally
from tests.imports.vocabulary import VOCABULARY
from tests.imports.whole_return import VOCABULARY as WHOLE_VOCABULARY
from tests.imports.whole_return import due, template
from tests.imports.workbooks import table


def test_a_return_workbook_is_accounted_for_to_the_last_number():
    reading = read(template(), filename="return.xlsx", vocabulary=WHOLE_VOCABULARY, expected=due())

    found = tally(reading)

    assert reading.workbook is not None
    assert found.numbers == sum(is_figure(cell) for sheet in reading.workbook.sheets for cell in sheet.cells.values())
    assert found.unknown == ()
    assert len(set(found.figures)) == len(found.figures) == len(reading.observations) - _blank(reading)
    assert Reason.EARLIER in found.others


def _blank(reading):
    return sum(not one.shown for one in reading.observations)


def test_a_number_nobody_accounts_for_is_not_understood():
    content = table(("Hub", "HUB-01", "All", "Q2 2022-23", 5, None), (None, None, None, None, None, 77))
    reading = read(content, filename="return.xlsx", vocabulary=VOCABULARY)

    found = tally(replace(reading, asides=()))
    known = tally(replace(reading, asides=(Aside(Spot("Data", "F3"), "77", Reason.COMMENT),)))

    assert (found.figures, found.unknown) == ((Spot("Data", "E2"),), (Spot("Data", "F3"),))
    assert (known.unknown, known.others) == ((), {Reason.COMMENT: (Spot("Data", "F3"),)})
    assert found.numbers == known.numbers == 2


def test_a_file_that_could_not_be_opened_holds_no_number():
    assert tally(read(b"", filename="empty.xlsx", vocabulary=VOCABULARY)).numbers == 0


def test_every_reason_has_words():
    assert set(REASONS) == set(Reason)
