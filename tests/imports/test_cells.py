"""What one cell says, and what it refuses to say."""

from datetime import date
from decimal import Decimal

import pytest

from imports import cells
from imports.cells import Unreadable, amount, count, has_two_figures, is_figure, number, of_words, percentage
from imports.reading import Cell, Kind, Status


def text(value):
    return Cell(1, 1, Kind.TEXT, value, shown=value)


def figure(value, number_format="General"):
    return Cell(1, 1, Kind.NUMBER, Decimal(value), shown=str(value), number_format=number_format)


TEXT_NUMBERS = [
    ("1,784 ", "1784"),
    (" 94.0 ", "94"),
    ("1\u00a0784", "1784"),
    ("12,345,678.50", "12345678.5"),
    ("(12)", "-12"),
    ("-3", "-3"),
    ("−3", "-3"),
    ("-£3", "-3"),
    ("£-3", "-3"),
    ("£1,200", "1200"),
    ("GBP 1,200", "1200"),
    (".5", "0.5"),
    ("0", "0"),
    ("-0", "0"),
    ("１２", "12"),
    ("12*", "12"),
    ("12¹", "12"),
    ("80%", "80"),
    ("80 %", "80"),
]

STATUSES = {
    Status.SUPPRESSED: ["<5", "< 5", "<=5", "≤5", "<10", "*", "[c]", "c", "fewer than 5", "5 or fewer"],
    Status.MISSING: ["", "  ", "-", "–", "—", "--", "..", ":", "[x]", "not recorded", "< Select >"],
    Status.NOT_APPLICABLE: ["n/a", "N/A", "NA", "not applicable", "Not Applicable ", "[z]"],
    Status.PENDING: [
        "TBC",
        "tbd",
        "Not yet available",
        "awaiting system fix",
        "Awaiting",
        "to follow",
        "TBC Friday",
    ],
}

NO_NUMBERS = [
    *(
        "18 - 20",
        "<1500",
        "<11",
        "nine",
        "1e3",
        "NaN",
        "inf",
        "٣",
        "½",
        "75% (n=58)",
        "£5k",
        "00012",
        "1,78",
        "E07",
    ),
    *("5.", "(12", "12)", "1.2.3", "+", "1 2", "no", "three people", "[r]"),
]


@pytest.mark.parametrize(("written", "value"), TEXT_NUMBERS)
def test_a_number_typed_as_text_is_that_number(written, value):
    assert number(text(written)).value == Decimal(value)


def test_minus_nought_is_nought():
    assert str(number(text("-0")).value) == "0"
    assert str(number(figure("-0")).value) == "0"


@pytest.mark.parametrize(("status", "written"), [(s, w) for s, words in STATUSES.items() for w in words])
def test_a_word_for_no_figure_is_a_status_and_never_nought(status, written):
    meaning = number(text(written))

    assert (meaning.value, meaning.status) == (None, status)


@pytest.mark.parametrize("written", NO_NUMBERS)
def test_other_text_is_refused(written):
    with pytest.raises(Unreadable, match="is not a number"):
        number(text(written))


@pytest.mark.parametrize("written", ["nil", "None", "zero"])
def test_a_word_for_nought_asks_for_the_figure(written):
    with pytest.raises(Unreadable, match="Type 0 if there were none"):
        number(text(written))


@pytest.mark.parametrize("cell", [None, Cell(1, 1, Kind.BLANK), Cell(1, 1, Kind.NUMBER, Decimal(3), under_merge=True)])
def test_a_blank_cell_is_missing(cell):
    assert number(cell) == cells.BLANK


def test_a_percentage_is_in_percent_however_it_was_typed():
    assert percentage(figure("0.8", "0%")).value == 80
    assert percentage(figure("0.57", "0.0%")).value == Decimal("57")
    assert percentage(text("80%")).value == 80
    assert percentage(figure(80)).value == 80
    assert percentage(text("n/a")).value is None


def test_a_percent_sign_in_quotes_is_no_percentage():
    assert number(figure(80, '0" %"')).value == 80


def test_a_fraction_without_a_percent_sign_could_be_either():
    with pytest.raises(Unreadable, match=r"0\.75 could be a share or a percentage"):
        percentage(figure("0.75"))


def test_money_and_negatives_are_no_percentages():
    with pytest.raises(Unreadable, match="not an amount of money"):
        percentage(text("£80"))
    with pytest.raises(Unreadable, match="Enter nought or more, not -5%"):
        percentage(text("-5%"))


def test_a_count_is_whole():
    assert count(figure(7)).value == 7
    with pytest.raises(Unreadable, match=r"^Enter a whole number, not 1\.5\.$"):
        count(figure("1.5"))


def test_a_count_is_nought_or_more():
    assert count(figure(0)).value == 0
    with pytest.raises(Unreadable, match=r"^Enter nought or more, not -3\.$"):
        count(figure(-3))


def test_a_count_is_neither_a_percentage_nor_money():
    with pytest.raises(Unreadable, match="not a percentage"):
        count(figure("0.8", "0%"))
    with pytest.raises(Unreadable, match="not an amount of money"):
        count(text("£12"))


def test_pounds_have_two_decimal_places_and_may_be_negative():
    assert amount(text("£21,832.75"), places=2, signed=True).value == Decimal("21832.75")
    assert amount(text("-£5"), places=2, signed=True).value == -5
    with pytest.raises(Unreadable, match=r"at most 2 decimal places, not 1\.234"):
        amount(figure("1.234"), places=2)


def test_digits_that_no_spreadsheet_shows_are_dropped():
    assert count(figure("3.0000000000000004")).value == 3


@pytest.mark.parametrize("cell", [figure("1e15"), figure("1E+400"), text("1" * 5000)])
def test_a_number_too_large_for_any_return_is_refused(cell):
    with pytest.raises(Unreadable, match="too large to be a figure"):
        number(cell)


def test_a_format_that_shows_something_else_says_what_people_see():
    assert number(figure(3, '[<5]"<5";0')).status is Status.SUPPRESSED
    assert number(figure(5, '[<=5]"<6";0')).status is Status.SUPPRESSED
    assert number(figure(5, '[<5]"<5";0')).value == 5


def test_a_mark_beside_a_number_is_a_flag():
    assert number(text("[0.10]")).flags == {"low reliability"}
    assert number(text("12 [p][r]")).flags == {"provisional", "revised"}
    assert number(text("12*")).flags == {"note"}


def test_dates_and_truth_values_are_refused():
    with pytest.raises(Unreadable, match=r"a date \(05 April 2022\), not a figure"):
        number(Cell(1, 1, Kind.DATE, date(2022, 4, 5), shown="5-Apr"))
    with pytest.raises(Unreadable, match=r"a date \(12:30\)"):
        number(Cell(1, 1, Kind.DATE, None, shown="12:30"))
    with pytest.raises(Unreadable, match="TRUE is not a number"):
        number(Cell(1, 1, Kind.BOOLEAN, True, shown="TRUE"))


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), None])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(Unreadable, match="This is not a number"):
        number(Cell(1, 1, Kind.NUMBER, value))


@pytest.mark.parametrize("word", ["#REF!", "#DIV/0!"])
def test_an_error_is_neither_blank_nor_nought(word):
    meaning = number(Cell(1, 1, Kind.ERROR, word, shown=word))

    assert (meaning.value, meaning.status) == (None, Status.ERROR)
    assert meaning.fault == f"This cell shows {word}. Correct its formula or type the figure."


def test_a_formula_never_calculated_is_not_blank():
    meaning = number(Cell(1, 1, Kind.UNCALCULATED, formula="=A1+A2"))

    assert meaning.status is Status.ERROR
    assert "never calculated" in meaning.fault
    assert "save it and upload it again" in meaning.fault


def test_every_kind_of_cell_has_a_reader():
    assert set(cells._READERS) == set(Kind)


@pytest.mark.parametrize("word", ["#DIV/0!", "#ref!", "#N/A", "#NAME?"])
def test_an_error_of_the_spreadsheets_written_as_text_is_the_same_error(word):
    meaning = number(text(word))

    assert meaning.status is Status.ERROR
    assert meaning.fault == f"This cell shows {word}. Correct its formula or type the figure."


@pytest.mark.parametrize(
    ("written", "is_one"), [("1,784 ", True), ("80%", True), ("n/a", False), ("2022-04-01", False), ("1" * 41, False)]
)
def test_only_numbers_are_figures(written, is_one):
    assert is_figure(text(written)) is is_one


@pytest.mark.parametrize(
    "text",
    ["34 (71%)", "71% (34)", "75% (n=44)", "75% (33/44)", "34 / 48", "34 out of 48", "34/48 (71%)", "1,204 of 1,500"],
)
def test_two_figures_in_one_cell_are_refused_with_what_to_do(text):
    assert has_two_figures(text)
    with pytest.raises(Unreadable, match="give each of them a cell of its own"):
        of_words(text)


@pytest.mark.parametrize(
    "text", ["34", "71%", "(34)", "04/05", "2022/23", "18 - 24", "Q1 (target 40)", "1 of the 3 staff"]
)
def test_other_texts_are_not_two_figures(text):
    assert not has_two_figures(text)


@pytest.mark.parametrize("text", ["12 (est.)", "12 (estimated)", "12 [e]"])
def test_an_estimate_is_its_figure_and_flagged(text):
    assert of_words(text)[:3] == (Decimal(12), Status.REPORTED, frozenset({"estimated"}))


@pytest.mark.parametrize("text", ["about 12", "c. 12", "~12", "approx. 12"])
def test_a_rough_number_is_no_figure(text):
    with pytest.raises(Unreadable, match="Type the figure alone"):
        of_words(text)


def test_a_provisional_or_revised_figure_may_say_so_in_words():
    assert of_words("12 (prov.)").flags == {"provisional"}
    assert of_words("12 (revised)").flags == {"revised"}
