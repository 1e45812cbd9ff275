"""A sheet at a glance: which cells look like figures, like something in their place, and like words."""

from datetime import date

import pytest

from imports.tables.grid import Look, grid_of, look_of_text
from tests.imports.tables.makers import UNCALCULATED, grid, sheet


def looks(*values):
    (row,) = grid(values).rows
    return list(row.looks.values())


def test_numbers_are_figures_and_so_are_numbers_typed_as_text():
    assert looks(5, "1,418", "82%", 0) == [Look.FIGURE] * 4


def test_what_stands_in_a_figures_place_is_a_mark():
    assert looks("n/a", "<5", "-", "#REF!", UNCALCULATED) == [Look.MARK] * 5


def test_other_texts_are_words_and_dates_are_dates():
    assert looks("Referrals", date(2022, 4, 1), True) == [Look.WORDS, Look.DATE, Look.OTHER]


def test_a_text_longer_than_any_figure_is_words():
    assert look_of_text("1" * 60) is Look.WORDS


def test_hidden_cells_are_not_seen_unless_they_are_asked_for():
    hub = sheet(("Referrals", 5, 6), hidden={"C1"})

    assert grid_of(hub).rows[0].figures == [2]
    assert grid_of(hub, with_hidden=True).rows[0].figures == [2, 3]


def test_cells_under_a_merge_and_those_that_hold_only_spaces_are_not_seen():
    (row,) = grid(("2022/23", "left over", "  ", "Q1"), merges=["A1:B1"]).rows

    assert list(row.cells) == [1, 4]


def test_a_merge_is_known_by_its_upper_left_cell():
    hub = grid(("2022/23", None, "Q1"), merges=["A1:B2"])

    assert (hub.across, hub.down) == ({(1, 1): 2}, {(1, 1): 2})
    assert [row.number for row in hub.rows] == [1]


@pytest.mark.parametrize(
    "years", [(2020, 2021, 2022), (2022, 2021, 2020), ("2019*", "2020", "2022"), ("Service", 2020, 2021)]
)
def test_a_row_of_years_names_columns(years):
    (row,) = grid(years).rows

    assert row.has_years
    assert not row.holds_figures
    assert len(row.heads) == len(years)


@pytest.mark.parametrize(
    "values",
    [
        (2020, 2000, 2013),
        (2020,),
        ("2020", "2020"),
        (2020, 2021, 5),
        (*("Age", "Sex", "Need", "Risk", "Area", "Unit"), 2020, 2021),
    ],
)
def test_figures_that_only_look_like_years_are_figures(values):
    (row,) = grid(values).rows

    assert not row.has_years
    assert row.holds_figures


def test_a_row_that_numbers_the_columns_holds_no_figures():
    (numbers, few, beside_words) = grid((1, "(2)", 3), (1, 2), ("Cases", 1, 2, 3)).rows

    assert numbers.has_column_numbers
    assert not numbers.holds_figures
    assert few.holds_figures
    assert beside_words.holds_figures
