"""What changed in a workbook's layout since it was last read."""

from __future__ import annotations

import pytest

from imports.drift import ChangeKind, drift, sentences
from imports.series import Known, Series, SeriesKey
from imports.sheets import Spot
from tests.profiles.layouts import key, series


def known(*found: Series) -> dict[SeriesKey, Known]:
    return {one.key: Known(one.sense, one.place, one.label) for one in found}


def told(before: dict[SeriesKey, Known], *now: Series) -> list[str]:
    return sentences(drift(before, now))


def test_nothing_is_told_where_nothing_changed_or_nothing_was_known():
    rows = series("refuge", "A5"), series("outreach", "A6")

    assert drift(known(*rows), rows) == ()
    assert drift({}, rows) == ()


def test_what_moved_is_new_or_is_missing_is_told_with_its_row():
    before = known(series("refuge", "A14"), series("safety plans", "A15"))

    said = told(before, series("refuge", "A16"), series("outreach", "A22"))

    assert said == [
        "Row 14 of “Quarter” is now row 16: “Refuge”.",
        "Row 22 of “Quarter” is new: “Outreach”.",
        "“Safety plans” is missing: it stood at Quarter!A15.",
    ]


def test_another_name_in_the_place_of_a_missing_one_may_be_the_same():
    before = known(series("refuge", "A5"), series("safety plans", "A6"), series("calls", "A7"))

    changes = drift(before, [series("refuge", "A5"), series("plans made", "A6"), series("calls", "A7")])

    assert [change.kind for change in changes] == [ChangeKind.RENAMED]
    assert changes[0].was == key("safety plans")
    assert sentences(changes) == ["Row 6 of “Quarter”, “Plans made”, may be what was “Safety plans”."]


def test_another_name_between_the_same_neighbours_may_be_the_same_wherever_they_are_now():
    before = known(series("refuge", "A5"), series("safety plans", "A6"), series("calls", "A7"))

    said = told(before, series("refuge", "A8"), series("plans made", "A9"), series("calls", "A10"))

    assert "Row 9 of “Quarter”, “Plans made”, may be what was “Safety plans”." in said
    assert not any("missing" in sentence or "new" in sentence for sentence in said)


def test_one_missing_row_is_not_two_new_ones():
    before = known(series("safety plans", "A6"))

    said = told(before, series("plans made", "A6"), series("outreach", "A6"))

    assert len([sentence for sentence in said if "may be" in sentence]) == 1


def test_many_rows_that_moved_by_as_much_are_told_together():
    rows = [f"measure {number}" for number in range(5, 9)]
    before = known(*(series(row, f"A{at}") for at, row in enumerate(rows, start=5)))

    said = told(before, *(series(row, f"A{at}") for at, row in enumerate(rows, start=7)), series("calls", "A40"))

    assert said == ["Rows 5 to 8 of “Quarter” are now rows 7 to 10.", "Row 40 of “Quarter” is new: “Calls”."]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (Spot("Q1", "A5"), Spot("Q2", "A5"), "Row 5 of “Q1” is now row 5 of “Q2”: “Refuge”."),
        (Spot(None, "A5"), Spot(None, "B5"), "A5 is now B5: “Refuge”."),
        (Spot(None, "A5"), Spot(None, "B6"), "Row 5 is now row 6: “Refuge”."),
    ],
)
def test_a_row_that_moved_to_another_sheet_or_column_is_told_in_the_words_that_differ(before, now, said):
    row = series("refuge", place=before)

    assert told(known(row), series("refuge", place=now)) == [said]


def test_a_column_of_figures_is_told_as_a_column():
    columns = [
        series("", at, key=key("", column=(word,)), label=word) for word, at in (("adults", "C4"), ("all", "D4"))
    ]
    moved = [series("", "E4", key=columns[0].key, label="adults"), series("", "D5", key=columns[1].key, label="all")]
    fresh = series("", "F4", key=key("", column=("children",)), label="children")

    assert told(known(*columns), *moved, fresh) == [
        "Column C of “Quarter” is now column E: “adults”.",
        "Quarter!D4 is now Quarter!D5: “all”.",
        "Column F of “Quarter” is new: “children”.",
    ]


def test_a_row_whose_place_is_not_known_has_not_moved():
    row = series("refuge")

    assert drift({row.key: Known(None, None, "Refuge")}, [row]) == ()
    assert told({row.key: Known(None, None, "Refuge")}, series("calls", "A9"))[1:] == ["“Refuge” is missing."]


def test_a_row_whose_sheet_or_title_has_another_name_is_the_same_row():
    row, other = series("refuge"), series("calls", "A6")
    now = series("refuge", key=key("refuge", sheet="second quarter"), place=Spot("Second quarter", "A5"))

    assert told(known(row, other), now, other) == ["Row 5 of “Quarter” is now row 5 of “Second quarter”: “Refuge”."]


def test_a_row_without_words_is_known_again_only_where_it_stood():
    row = series("", key=key(""), label="(no name)")

    said = told(known(row), series("", "A9", key=key("", sheet="other"), label="(no name)"))

    assert len(said) == 2
