"""What is typed in the page in place of a cell stands before the rules are asked, and hides nothing of the file."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from imports.corrections import Correction, absent_cell, key
from imports.read import read
from imports.reading import Basis, Part, Reading, Severity, Status
from imports.template import Entry, fill_template, make_template
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import GOOD, table

WHY = "A slip of the pen."


def workbook(*entries: Entry) -> bytes:
    """A good return but for these entries."""
    changed = {(one.code, one.part) for one in entries}
    rest = [one for one in GOOD if (one.code, one.part) not in changed]
    return fill_template(make_template(expected(), VOCABULARY), [*rest, *entries])


def correction(cell: str, value: Any = None, status: Status = Status.REPORTED, **given: Any) -> Correction:
    number = None if value is None else Decimal(value)
    return Correction(**{"sheet": "KPIs", "cell": cell, "status": status, "value": number, "reason": WHY, **given})


def read_with(content: bytes, *corrections: Correction) -> Reading:
    return read(content, filename="return.xlsx", vocabulary=VOCABULARY, expected=expected(), corrections=corrections)


def cell_of(reading: Reading, code: str, part: Part = Part.VALUE) -> str:
    return next(one.cell for one in reading.observations if (one.indicator, one.part) == (code, part))


def at(reading: Reading, cell: str) -> list[str]:
    return [one.rule for one in reading.problems if one.cell == cell]


def test_a_corrected_error_no_longer_blocks_and_the_file_is_not_forgotten():
    content = workbook(Entry("HUB-01", value=Decimal("2512.5")))
    before = read_with(content)
    cell = cell_of(before, "HUB-01")

    after = read_with(content, correction(cell, 2512))

    assert before.blocked
    assert not after.blocked
    (corrected,) = after.corrected
    now = next(one for one in after.observations if one.cell == cell)
    assert (now.value, now.status, now.shown) == (2512, Status.REPORTED, "2512.5")
    assert (corrected.replaced.status, corrected.replaced.shown, corrected.reason) == (Status.ERROR, "2512.5", WHY)
    assert key(now) == key(corrected.replaced)


def test_a_blank_cell_is_given_a_figure_or_a_status():
    content = workbook(Entry("HUB-09", value=None))
    cell = cell_of(read_with(content), "HUB-09")

    given = read_with(content, correction(cell, 4402))
    promised = read_with(content, correction(cell, status=Status.PENDING, expected_on=date(2022, 12, 1)))

    assert at(read_with(content), cell) == ["V02"]
    assert at(given, cell) == at(promised, cell) == []
    assert next(one.expected_on for one in promised.observations if one.cell == cell) == date(2022, 12, 1)


def test_the_rules_are_asked_of_what_was_typed_instead():
    content = workbook()
    few = cell_of(read_with(content), "HUB-10", Part.NUMERATOR)

    after = read_with(content, correction(few, 4601))

    assert not read_with(content).blocked
    assert after.blocked
    assert any("is more than the denominator" in one.message for one in after.problems)


def test_a_figure_of_the_wrong_kind_is_an_error_at_its_cell():
    content = workbook()
    cell = cell_of(read_with(content), "HUB-01")

    after = read_with(content, correction(cell, "1.5"))

    (problem,) = [one for one in after.problems if one.cell == cell]
    assert (problem.rule, problem.severity) == ("V03", Severity.ERROR)
    assert "Enter a whole number, not 1.5." in problem.message
    assert next(one.status for one in after.observations if one.cell == cell) is Status.ERROR


def test_what_changes_nothing_or_stands_nowhere_is_told_and_left():
    content = workbook()
    cell = cell_of(read_with(content), "HUB-01")

    after = read_with(content, correction(cell, 2512), correction("Z99", 5), correction("A1", 5, sheet="Nowhere"))

    assert [one.rule for one in after.problems] == ["correction-unused"] * 3
    assert after.corrected == ()
    assert after.observations == read_with(content).observations


def test_personal_data_is_not_corrected_away():
    content = workbook(Entry("HUB-01", value="07700 900123"))  # type: ignore[arg-type]
    cell = cell_of(read_with(content), "HUB-01")

    after = read_with(content, correction(cell, 2512))

    assert at(after, cell) == ["V13"]
    assert after.blocked


def test_a_day_that_lacks_beside_a_figure_lacks_no_more_once_the_figure_is_there():
    content = workbook(Entry("HUB-01", status=Status.PENDING))
    before = read_with(content)
    cell = cell_of(before, "HUB-01")

    after = read_with(content, correction(cell, 2512))

    assert "status-day" in {one.rule for one in before.problems}
    assert "status-day" not in {one.rule for one in after.problems}


def test_a_reason_that_lacks_for_one_of_two_counts_still_lacks_when_the_other_is_corrected():
    content = workbook(Entry("HUB-10", Part.NUMERATOR, status=Status.WITHHELD), Entry("HUB-10", Part.DENOMINATOR, None))
    before = read_with(content)
    few, many = (cell_of(before, "HUB-10", part) for part in (Part.NUMERATOR, Part.DENOMINATOR))

    one, both = read_with(content, correction(few, 5)), read_with(content, correction(few, 5), correction(many, 9))

    assert ["status-reason" in {found.rule for found in each.problems} for each in (before, one, both)] == [
        True,
        True,
        False,
    ]


def test_a_percentage_is_read_as_it_would_be_typed():
    content = table(("Hub", "HUB-10", "All", "Q2 2022-23", "95%", None))
    seen = read(content, filename="return.xlsx", vocabulary=VOCABULARY).observations[0]
    assert seen.part is Part.PERCENT

    typed = Correction(seen.sheet, seen.cell, Status.REPORTED, Decimal("0.5"), WHY)
    after = read(content, filename="return.xlsx", vocabulary=VOCABULARY, corrections=[typed])

    assert after.observations[0].value == Decimal("0.5")


def sheet(*rows: tuple) -> bytes:
    return table(("Hub", "HUB-01", "All", "Q2 2022-23", 2512, None), *rows)


def absent(code: str, value: Any, part: Part = Part.VALUE, **given: Any) -> Correction:
    return correction(absent_cell(code, part), value, **{"sheet": None, **given})


def test_a_figure_that_the_file_has_not_is_given_in_the_page():
    before, after = read_with(sheet()), read_with(sheet(), absent("CBS-01", 903))

    lacks = "CBS-01 Individuals referred is not in the file."
    assert any(lacks in one.message for one in before.problems)
    assert not any(lacks in one.message for one in after.problems)
    given = after.observations[-1]
    assert (given.sheet, given.cell, given.value) == (None, "CBS-01, not in the file", 903)
    assert (given.period, given.basis) == (expected().period, Basis.YEAR_TO_DATE)
    assert (after.corrected[0].replaced.status, after.corrected[0].reason) == (Status.MISSING, WHY)


def test_a_rates_count_that_the_file_has_not_is_checked_as_any_other():
    after = read_with(sheet(), absent("HUB-10", 9, Part.NUMERATOR), absent("HUB-10", "1.5", Part.DENOMINATOR))

    assert [(one.part, one.status) for one in after.observations[-2:]] == [
        (Part.NUMERATOR, Status.REPORTED),
        (Part.DENOMINATOR, Status.ERROR),
    ]
    assert "V03" in at(after, "HUB-10 denominator, not in the file")


@pytest.mark.parametrize(
    "typed",
    [absent("HUB-01", 1), absent("HUB-10", 1), absent("ZZZ-01", 1), absent("CBS-01", 1, sheet="Data")],
    ids=["it has", "no such part", "no such indicator", "on a sheet"],
)
def test_what_cannot_be_given_in_the_page_is_told(typed: Correction):
    after = read_with(sheet(), typed)

    assert "correction-unused" in {one.rule for one in after.problems}
    assert after.observations == read_with(sheet()).observations


def test_nothing_is_given_beside_a_file_of_another_quarter():
    other = table(("Hub", "HUB-01", "All", "Q1 2022-23", 2512, None))

    assert read_with(other, absent("CBS-01", 903)).corrected == ()
