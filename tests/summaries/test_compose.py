"""A summary is composed of what was reported, and says what was not."""

from datetime import date

from fact_makers import A, B, figures, kpi, year

from dacommission.summaries.compose import EVERYWHERE, compose
from dacommission.summaries.disclosure import protect
from dacommission.summaries.document import Chart, Heading, KeyFigures, Notes, Paragraph, Table, to_json
from dacommission.summaries.quality import DISCREPANCIES
from dacommission.summaries.relations import related

TODAY = date(2023, 9, 1)
TEXT = "{{ provider HUB-01 }} took {{ HUB-01 }} referrals."
HUB = year(A, "HUB-01", 2398, 2512, 2371, 2458)
CRIMES = [(q, n) for q, n in enumerate((1573, 1778, 1501, 1435), 1)]


def composed(*observations, text=TEXT, **more):
    return compose(figures(*observations, **more), text, today=TODAY)


def kinds(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def table(document, start):
    return next(block for block in kinds(document, Table) if block.title.startswith(start))


def notes(document, title="How complete the figures are"):
    return next(block.items for block in kinds(document, Notes) if block.title == title)


def test_a_year_has_its_sentences_key_figures_and_services():
    found = composed(*HUB, services=[("The hub", "HUB", "hub")])

    assert found.title == "Joint impact summary 2022/23"
    assert found.subtitle == "Joint arrangement, April 2022 to March 2023"
    assert kinds(found, Paragraph)[0].text == "IDAS took 9,739 referrals."
    assert [item.figure.text for item in kinds(found, KeyFigures)[0].items] == ["9,739"]
    assert "The hub" in [block.text for block in kinds(found, Heading)]
    assert table(found, "The hub").columns == (
        "Indicator",
        *("Q1", "Q2", "Q3", "Q4", "2022/23", "2021/22", "Change on 2021/22"),
    )


def test_what_no_service_tells_of_stands_together_at_the_end():
    found = composed(*HUB, (A, "XS-01", 1, 50), (A, "WFA-01", 1, 60), services=[("The hub", "HUB", "hub")])

    headings = [block.text for block in kinds(found, Heading)]
    assert headings.index("The hub") < headings.index(EVERYWHERE)
    assert len(table(found, EVERYWHERE).rows) == 2


def test_a_text_without_figures_has_no_key_figures():
    assert kinds(composed(*HUB, text="Nothing to count."), KeyFigures) == []


def test_targets_are_shown_only_where_there_are_any():
    found = composed(*HUB, kpis=[kpi(A, "HUB-03", 25)])

    assert table(found, EVERYWHERE).columns[-2:] == ("Target", "Rating")
    rows = {row.heading: row.cells for row in table(found, EVERYWHERE).rows}
    assert rows["Repeat referral rate (HUB-03)"][-2] == "at most 25%"
    assert rows["Referrals received (HUB-01)"][-2] == ""
    assert "Target" not in table(composed(*HUB, kpis=[kpi(A, "HUB-01", None)]), EVERYWHERE).columns


def test_a_quarter_shows_the_year_so_far_and_no_breakdowns():
    found = composed(*HUB[:2], (A, "HUB-01", 2, 9, "value", "area", "York"), period="2022-Q2")

    assert table(found, EVERYWHERE).columns[1:4] == ("Q1", "Q2", "Quarter 2 2021/22")
    assert not [block for block in kinds(found, Table) if "by area" in block.title]
    (chart,) = kinds(found, Chart)
    assert [point and point.text for point in chart.series[-1].points] == ["2,398", "2,512", None, None]


def test_last_year_stands_in_the_chart_only_when_there_was_one():
    before = year(A, "HUB-01", 1, 2, 3, 4, of=2021)

    assert [series.name for series in kinds(composed(*HUB), Chart)[0].series] == ["2022/23"]
    assert [s.name for s in kinds(composed(*HUB, *before), Chart)[0].series] == ["2021/22", "2022/23"]
    assert table(composed(*HUB, *before), "Key figures by year").columns == ("Indicator", "2021/22", "2022/23")


def test_people_counted_since_april_are_drawn_as_lines():
    found = composed(*year(A, "WFA-01", 71, 118, 165, 210), text="{{ WFA-01 }}")

    assert kinds(found, Chart)[0].shape == "lines"
    assert "since 1 April" in kinds(found, Chart)[0].title


def test_breakdowns_show_the_year_and_its_total():
    areas = [(A, "HUB-01", q, n, "value", "area", name) for name, n in (("York", 900), ("Selby", 3)) for q in (1, 2)]

    found = table(composed(*HUB, *areas), "Referrals received by area")

    assert [(row.heading, row.cells[0].text) for row in found.rows] == [
        ("York", "1,800"),
        ("Selby", "6"),
        ("All", "9,739"),
    ]


def test_overlapping_categories_are_said_to_overlap_and_are_not_held_against_the_total():
    found = composed(*HUB, (A, "HUB-01", 1, 7, "value", "x", "One"))

    assert table(found, "Referrals received by trait").notes == ("One person may be in several categories.",)
    assert not [block for block in kinds(found, Table) if block.title == DISCREPANCIES]


def test_a_breakdown_that_nobody_lists_has_its_key_as_its_name():
    assert table(composed(*HUB, (A, "HUB-01", 1, 7, "value", "odd", "One")), "Referrals received by odd")


def test_categories_that_do_not_make_the_whole_are_a_discrepancy():
    areas = [(A, "HUB-01", q, 2400, "value", "area", "York") for q in (1, 2, 3, 4)]

    (row,) = table(composed(*HUB, *areas), DISCREPANCIES).rows

    assert row.heading == "Referrals received by area, 2022/23"
    assert [cell.text for cell in row.cells] == ["9,739", "9,600", "139"]


def test_a_stated_total_that_its_quarters_do_not_make_is_a_discrepancy():
    total = (A, "HUB-01", "2022", 9839, "value", None, None, 2022, "total")

    (row,) = table(composed(*HUB, total), DISCREPANCIES).rows

    assert [cell.text for cell in row.cells] == ["9,839", "9,739", "100"]


def test_the_police_series_stands_beside_with_its_discrepancy_and_scope():
    stated = ("2022", 6387, "value", None, None, 2022, "total")
    found = composed(*HUB, series=[*CRIMES, stated], resolution="Not resolved yet")

    crimes = table(found, "Crimes by quarter")
    assert [row.cells[-1].text for row in crimes.rows] == ["1,573", "1,778", "1,501", "1,435", "6,287", "6,387"]
    assert crimes.notes == ("Source: Police.", "Area: North Yorkshire.", "Not resolved yet")
    (row,) = table(found, DISCREPANCIES).rows
    assert [cell.text for cell in row.cells] == ["6,387", "6,287", "100"]


def test_a_series_without_stated_totals_has_no_such_row_and_an_older_one_is_left_out():
    crimes = table(composed(*HUB, series=CRIMES), "Crimes by quarter")
    assert [row.heading for row in crimes.rows][-1] == "Sum of the quarters"

    old = [(q, n, "value", None, None, 2018) for q, n in CRIMES]
    assert "Crimes" not in [block.text for block in kinds(composed(*HUB, series=old), Heading)]


def test_missing_returns_and_incomplete_totals_are_named():
    found = composed(*HUB[:3], contracts=[A])

    assert notes(found) == (
        "IDAS (DA-1): no return has been accepted for Quarter 4 2022/23.",
        "Referrals received (HUB-01) is incomplete: 3 of 4 quarters.",
    )


def test_a_quarter_that_is_not_over_is_not_missing():
    found = compose(figures(*HUB[:1], contracts=[A]), TEXT, today=date(2022, 9, 30))

    assert not [item for item in notes(found) if "no return" in item]


def test_when_nothing_is_missing_it_says_so():
    found = composed(*HUB, contracts=[A])

    assert notes(found) == ("Every return that was due has been accepted.",)


def test_why_people_of_two_contracts_are_not_added_stands_under_the_table():
    found = composed(*year(A, "WFA-01", 1, 2, 3, 40), *year(B, "WFA-01", 1, 2, 3, 40))

    assert table(found, EVERYWHERE).remarks[0].startswith("WFA-01: WFA-01 Adults supported")
    assert table(protect(found).document, EVERYWHERE).remarks == ()


def test_small_categories_of_a_year_are_withheld_with_the_next_smallest():
    areas = [
        (A, "HUB-01", q, n, "value", "area", name)
        for name, counts in (
            ("York", (2000, 2000, 2000, 2000)),
            ("Selby", (398, 512, 371, 455)),
            ("Lost", (0, 0, 0, 3)),
        )
        for q, n in enumerate(counts, 1)
    ]
    known = figures(*HUB, *areas)

    protected = protect(related(compose(known, TEXT, today=TODAY), known))

    rows = {row.heading: row.cells[0].text for row in table(protected.document, "Referrals received by area").rows}
    assert rows == {"York": "8,000", "Selby": "[c]", "Lost": "[c]", "All": "9,739"}
    assert '"1736"' not in to_json(protected.document)


def test_what_a_quarter_added_to_the_year_so_far_cannot_be_worked_out():
    known = figures(*year(A, "WFA-01", 71, 118, 121, 210))

    protected = protect(related(compose(known, "{{ WFA-01 }}", today=TODAY), known))

    (row,) = table(protected.document, EVERYWHERE).rows
    assert [cell.text for cell in row.cells[:5]] == ["71", "[c]", "121", "210", "210"]


def test_the_counts_beneath_rates_are_related_over_the_year():
    parts = [(A, "PRP-06", q, n, "numerator") for q, n in enumerate((9, 14, 13, 12), 1)]
    parts += [(A, "PRP-06", q, n, "denominator") for q, n in enumerate((13, 18, 17, 16), 1)]
    known = figures(*parts)

    found = related(compose(known, "{{ PRP-06 }}", today=TODAY), known)

    assert [[each.total.value, *(part.value for part in each.parts)] for each in found.sums] == [
        [48, 9, 14, 13, 12],
        [64, 13, 18, 17, 16],
    ]


def test_the_counts_beneath_the_rates_of_categories_are_related_to_the_whole():
    shares = [("York", 30, 40), ("Selby", 3, 10)]
    parts = [(A, "PRP-03", 1, n, "numerator", "area", name) for name, n, _ in shares]
    parts += [(A, "PRP-03", 1, d, "denominator", "area", name) for name, _, d in shares]
    parts += [(A, "PRP-03", 1, 33, "numerator"), (A, "PRP-03", 1, 50, "denominator")]
    known = figures(*parts)

    protected = protect(related(compose(known, "{{ PRP-03 }}", today=TODAY), known))

    rows = table(protected.document, "Accepted as suitable by area").rows
    assert [row.cells[0].text for row in rows] == ["[c]", "[c]", "66%"]


def test_overlapping_categories_and_medians_are_sums_of_nothing():
    known = figures(*HUB, (A, "HUB-01", 1, 7, "value", "x", "One"), (A, "HUB-13.b", 1, 9, "value", "area", "York"))

    found = related(compose(known, TEXT, today=TODAY), known)

    assert [each.total.key for each in found.sums] == ["HUB-01 value 2022"]
