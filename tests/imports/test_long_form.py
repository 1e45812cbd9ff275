"""Sheets with one row a figure: what is read from them, and what is asked."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dacommission.indicators.catalogue import vocabulary
from imports.read import read, to_json, understand
from imports.reading import Basis, Match, Part, Severity, Status
from imports.series import Sense
from imports.workbook import open_here
from tests.imports.vocabulary import Q1, VOCABULARY, expected
from tests.imports.workbooks import changed, table

RETURNS = Path(__file__).parents[1] / "returns"
REAL_FILES = sorted(path for path in RETURNS.glob("foundation-*-long*") if path.suffix in (".xlsx", ".csv"))
TOLD = ("part", "category", "period", "basis", "value", "status", "label", "sheet", "cell")


def understood(content, due=None, filename="return.xlsx"):
    return understand(open_here(content, filename), VOCABULARY, due)


def only(reading):
    (seen,) = reading.observations
    return seen


def one(*, measure="HUB-01", breakdown="All", period="Q1 2022-23", value=5, due=None):
    return understood(table(("Our service", measure, breakdown, period, value, None)), due)


@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("known", [VOCABULARY, vocabulary()], ids=["small", "catalogue"])
def test_a_real_return_is_read_exactly(path, known):
    truth = json.loads(path.with_suffix(".truth.json").read_text())["facts"]

    found = to_json(read(path.read_bytes(), filename=path.name, vocabulary=known))["observations"]

    assert [{"code": seen["indicator"], **{key: seen[key] for key in TOLD}} for seen in found] == truth


def test_every_real_file_is_there():
    assert len(REAL_FILES) == 5


def test_a_pending_figure_keeps_its_comment():
    path = RETURNS / "foundation-2022-Q1-long.xlsx"

    seen = understood(path.read_bytes()).observations[-1]

    assert (seen.status, seen.shown, seen.comment) == (Status.PENDING, "TBC", "awaiting system fix")


def test_the_header_may_stand_lower_and_be_worded_otherwise():
    content = table(("PRP-01", 122, "2022/23 Q4", "note"), header=("KPI code", "Actual", "Quarter", "Notes"), above=7)

    seen = only(understood(content))

    assert (seen.indicator, seen.value, seen.period.key, seen.cell) == ("PRP-01", 122, "2022-Q4", "B9")
    assert (seen.heading, seen.comment, seen.label) == (("Actual",), "note", "PRP-01")


def test_a_header_far_down_is_found():
    reading = understood(table(("Hub", "HUB-01", "All", "Q1 2022-23", 5, None), above=60))

    assert reading.layout == "long"
    assert only(reading).cell == "E62"


def test_a_context_series_is_read_with_its_stated_totals():
    crimes = "Domestic abuse related crimes"
    rows = [("Q1 2020-21", 1420), ("Q2 2020-21", 1615), ("2020-21", 5766)]

    reading = understood(table(*((crimes, *row) for row in rows), header=("Measure", "Period", "Value")))

    assert [(s.indicator, s.period.key, s.basis, s.value) for s in reading.observations] == [
        ("CTX-01", "2020-Q1", Basis.PERIOD, 1420),
        ("CTX-01", "2020-Q2", Basis.PERIOD, 1615),
        ("CTX-01", "2020", Basis.TOTAL, 5766),
    ]
    assert reading.problems == ()


def test_the_year_of_people_since_april_is_no_total():
    assert only(one(measure="PRP-01", period="2022/23")).basis is Basis.YEAR_TO_DATE
    assert only(one(measure="HUB-01 (YTD)", period="Q2 2022/23")).basis is Basis.PERIOD
    assert only(one(measure="Referrals received (YTD)", period="Q2 2022/23")).basis is Basis.YEAR_TO_DATE


def test_year_and_quarter_may_stand_in_two_columns():
    header = ("Measure", "Financial year", "Quarter", "Value")
    reading = understood(table(("HUB-01", "2022/23", "Q2", 5), ("HUB-09", "2022/23", None, 9), header=header))

    assert [seen.period.key for seen in reading.observations] == ["2022-Q2", "2022"]


def test_a_true_date_is_its_month():
    assert only(one(period=datetime(2022, 4, 1))).period.key == "2022-04"  # noqa: DTZ001


def test_a_quarter_without_a_year_takes_the_returns():
    assert only(one(period="Quarter 1", due=expected(Q1, codes=("HUB-01",)))).period == Q1


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("Q4 2023", "could be a quarter of 2023/24 or of the calendar year 2023"),
        ("Q1", "does not say which year"),
        ("soon", "is not a period we can read"),
        (None, "This row does not say which period it is about"),
    ],
)
def test_an_unsure_period_is_asked_about(period, message):
    reading = one(period=period)

    assert only(reading).period is None
    (problem,) = reading.problems
    assert (problem.rule, problem.severity, problem.cell) == ("period", Severity.ERROR, "D2")
    assert message in problem.message


def test_an_unsure_label_is_asked_about_once():
    row = ("Our service", "Referrals", "All", "Q1 2022-23", 5, None)

    reading = understood(table(row, row))

    assert {seen.indicator for seen in reading.observations} == {None}
    (problem,) = reading.problems
    assert (problem.rule, problem.severity, problem.cell) == ("ambiguous-label", Severity.QUESTION, "B2")
    assert problem.message == (
        "“Referrals” could be HUB-01 Referrals received or PRP-02 Referrals to the perpetrator programme. "
        "Put the code in front of the name."
    )


def test_an_unsure_label_is_decided_by_the_rows_of_its_own_service():
    rows = [
        ("Hub", "Helpline calls answered", "All", "Q1 2022-23", 9, None),
        ("Hub", "Referrals", "All", "Q1 2022-23", 5, None),
        ("Perpetrator programme", "Service users supported", "All", "Q1 2022-23", 7, None),
        ("Perpetrator programme", "Referrals", "All", "Q1 2022-23", 6, None),
    ]

    reading = understood(table(*rows))

    assert [seen.indicator for seen in reading.observations] == ["HUB-09", "HUB-01", "PRP-01", "PRP-02"]
    assert reading.observations[1].confidence == Decimal("0.9")
    assert reading.problems == ()


def test_an_unknown_label_is_kept_and_a_like_one_named():
    reading = one(measure="Helpline calls that volunteers answered")

    assert (only(reading).indicator, only(reading).match, only(reading).value) == (None, Match.NONE, 5)
    assert only(reading).proposed == Sense("HUB-09")
    (problem,) = reading.problems
    assert problem.rule == "unmatched-label"
    assert problem.message.endswith("Did you mean HUB-09 Helpline calls answered?")


def test_a_category_of_an_unknown_label_is_kept_as_written():
    assert only(one(measure="Waiting", breakdown="Selby")).category == "Selby"


def test_a_figure_without_a_measure_is_said_not_to_be_read():
    reading = one(measure=None)

    assert reading.observations == ()
    assert [(p.rule, p.cell) for p in reading.problems] == [("unmatched-label", "E2")]


def test_an_unknown_category_is_asked_about():
    reading = one(breakdown="Neighbours")

    assert (only(reading).category, only(reading).breakdown) == ("Neighbours", None)
    (problem,) = reading.problems
    assert (problem.rule, problem.cell) == ("unknown-category", "C2")


def test_a_category_means_the_same_in_every_quarter():
    rows = [("Hub", "HUB-01", "Police", period, 5, None) for period in ("Q1 2022-23", "Q2 2022-23")]

    reading = understood(table(*rows))

    assert [(s.breakdown, s.category) for s in reading.observations] == [("referral-source", "Police")] * 2


def test_breakdown_and_category_may_be_two_columns():
    header = ("Measure", "Breakdown", "Category", "Period", "Value")
    rows = [("HUB-01", "Risk", "Unknown", "Q1 2022-23", 5), ("HUB-01", "Risk", "Extreme", "Q1 2022-23", 5)]

    reading = understood(table(*rows, header=header))

    assert [(s.breakdown, s.category) for s in reading.observations] == [("risk", "Unknown"), (None, "Extreme")]
    assert [problem.cell for problem in reading.problems] == ["C3"]


def test_an_aliass_own_category_counts():
    reading = one(measure="Self-referrals to the programme", breakdown=None)

    assert only(reading).category == "Self"
    assert [problem.cell for problem in reading.problems] == ["E2"]  # Self stands in two of its breakdowns


def test_a_percent_sign_makes_a_percentage_of_a_rate():
    seen = only(one(measure="Exits with evidenced reduced risk", value="75%"))

    assert (seen.part, seen.value) == (Part.PERCENT, 75)


def test_a_rates_name_beside_a_bare_number_is_asked_about():
    reading = one(measure="Evidenced reduced risk at exit", value=48)

    assert (only(reading).part, only(reading).value) == (Part.PERCENT, 48)
    assert ("V03", Severity.QUESTION, "E2") in [(p.rule, p.severity, p.cell) for p in reading.problems]


def test_a_rates_name_without_a_figure_is_not_asked_about():
    assert one(measure="Evidenced reduced risk at exit", value=None).problems == ()
    assert one(measure="Evidenced reduced risk at exit", value="n/a").problems == ()


def test_what_is_no_figure_is_said_at_its_cell():
    reading = one(value="lots")

    assert only(reading).status is Status.ERROR
    assert [(p.rule, p.cell) for p in reading.problems] == [("V03", "E2")]
    assert reading.problems[0].message.startswith("HUB-01: “lots” is not a number.")


def test_a_figure_without_any_indicator_is_read_as_it_stands():
    assert only(one(measure="Average weeks", value=2.5)).value == Decimal("2.5")


def test_hidden_rows_are_not_read_and_said_so():
    def hide(book):
        book["Data"].row_dimensions[2].hidden = True

    reading = understood(changed(table(("Hub", "HUB-01", "All", "Q1 2022-23", 5, None)), hide))

    assert reading.observations == ()
    (hidden,) = reading.problems
    assert (hidden.rule, hidden.severity, hidden.cell) == ("hidden", Severity.WARNING, "E2")
    assert hidden.message == ("1 hidden row was not read. Unhide what belongs to the return and upload the file again.")


def test_the_rows_of_a_hidden_sheet_are_said_once_not_to_be_read():
    def hide(book):
        copy = book.copy_worksheet(book["Data"])
        copy.title, copy.sheet_state = "Old", "hidden"

    rows = [("Hub", code, "All", "Q1 2022-23", 5, None) for code in ("HUB-01", "HUB-09")]
    reading = understood(changed(table(*rows), hide))

    assert {seen.sheet for seen in reading.observations} == {"Data"}
    (hidden,) = [problem for problem in reading.problems if problem.rule == "hidden"]
    assert hidden.message.startswith("2 hidden rows were not read.")


def test_a_hidden_column_of_services_hides_no_figure():
    def hide(book):
        book["Data"].column_dimensions["A"].hidden = True

    reading = understood(changed(table(("Hub", "HUB-01", "All", "Q1 2022-23", 5, None)), hide))

    assert only(reading).value == 5
    assert reading.problems == ()


def test_of_two_columns_that_may_hold_the_figures_the_second_is_named():
    header = ("Measure", "Indicator name", "Period", "Actual", "Total")

    reading = understood(table(("HUB-01", "Referrals", "Q1 2022-23", 5, 9), header=header))

    assert only(reading).value == 5
    (problem,) = reading.problems
    assert (problem.rule, problem.severity, problem.cell) == ("duplicate-heading", Severity.WARNING, "E1")
    assert problem.message == "Two columns may hold the figures. Only “Actual” was read, not this one."


def test_a_sheet_of_numbers_that_is_no_table_is_said_not_to_be_read():
    def add(book):
        sheet = book.create_sheet("Targets")
        sheet["B3"], sheet["B4"] = 80, 90

    reading = understood(changed(table(("Hub", "HUB-01", "All", "Q1 2022-23", 5, None)), add))

    assert only(reading).value == 5
    (problem,) = reading.problems
    assert (problem.rule, problem.sheet, problem.cell) == ("unread-sheet", "Targets", "B3")


def test_notes_beneath_the_rows_are_no_figures():
    reading = understood(
        table(
            ("Hub", "HUB-01", "All", "Q1 2022-23", 5, None),
            (None, "Figures are provisional.", None, None, None, None),
        )
    )

    assert only(reading).indicator == "HUB-01"


def test_a_blank_value_is_missing():
    assert only(one(value=None)).status is Status.MISSING
    assert only(one(value=None)).shown == ""


def test_a_csv_has_cells_and_no_sheet():
    content = b'Measure,Period,Value\nHUB-01,Q1 2022-23,"2,398"\n'

    seen = only(understood(content, filename="return.csv"))

    assert (seen.sheet, seen.cell, seen.value) == (None, "C2", 2398)
