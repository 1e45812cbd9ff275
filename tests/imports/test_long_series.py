"""The rows of a long sheet as series: what is proposed, what was confirmed, and what a service's name forbids."""

from decimal import Decimal

from dacommission.indicators.catalogue import vocabulary
from imports.read import understand
from imports.reading import Match, Part
from imports.series import NOTHING_KNOWN, Known, Profile, Reason, Sense
from imports.workbook import open_here
from tests.imports.workbooks import table

CATALOGUE = vocabulary()
Q1 = "Q1 2022-23"


def understood(*rows, profile=NOTHING_KNOWN, header=None):
    content = table(*rows, header=header) if header else table(*rows)
    return understand(open_here(content, "return.xlsx"), CATALOGUE, profile=profile)


def test_a_label_that_is_only_alike_is_proposed():
    reading = understood(("Hub", "Calls to the helpline which staff answered", "All", Q1, 812, None))

    (seen,), (series,) = reading.observations, reading.series
    assert (seen.indicator, seen.proposed, seen.match) == (None, Sense("HUB-09"), Match.NONE)
    assert Decimal("0.5") <= seen.confidence < Decimal("0.9")
    assert series.is_asked
    assert series.candidates[0].sense == Sense("HUB-09")
    assert (series.place.cell, [spot.cell for spot in series.cells]) == ("B2", ["E2"])


def test_a_label_whose_words_mean_the_same_is_accepted():
    reading = understood(("Community", "People referred to community service", "All", Q1, 90, None))

    assert (reading.observations[0].indicator, reading.observations[0].match) == ("CBS-01", Match.LIKENESS)
    assert not reading.series[0].is_asked


def test_a_known_name_in_another_services_rows_is_asked_about():
    reading = understood(("Refuge", "People supported", "All", Q1, 90, None))

    assert reading.observations[0].indicator is None
    assert [problem.rule for problem in reading.problems] == ["ambiguous-label"]


def test_a_label_that_means_nothing_known_has_no_candidates():
    reading = understood(("Hub", "Average weeks waiting", "All", Q1, 3, None))

    (series,) = reading.series
    assert (series.candidates, series.confidence, reading.observations[0].proposed) == ((), 0, None)


def test_codes_are_no_series():
    assert understood(("Hub", "HUB-01", "All", Q1, 5, None)).series == ()


def test_rows_of_one_label_and_category_are_one_series():
    rows = [("Hub", "Referrals received", "Police", period, 5, None) for period in (Q1, "Q2 2022-23")]

    (series,) = understood(*rows, ("Hub", "HUB-09", "All", Q1, 9, None)).series

    assert [spot.cell for spot in series.cells] == ["E2", "E3"]
    assert (series.label, series.key.row, series.key.column) == (
        "Referrals received / Police",
        ("referrals received",),
        ("police",),
    )


def test_what_was_confirmed_is_known_again():
    rows = [("Hub", "Gizmos", "All", Q1, 5, None), ("Hub", "Gizmos", "Police", Q1, 2, None)]
    whole, police = (series.key for series in understood(*rows).series)
    sense = Sense("HUB-01", category="Police", breakdown="referral-source")

    reading = understood(*rows, profile=Profile({whole: Known(Sense("HUB-01")), police: Known(sense)}))

    assert [(seen.indicator, seen.category, seen.match) for seen in reading.observations] == [
        ("HUB-01", None, Match.PROFILE),
        ("HUB-01", "Police", Match.PROFILE),
    ]
    assert [series.sense for series in reading.series] == [Sense("HUB-01"), sense]


def test_what_is_not_for_the_return_is_set_aside():
    rows = [("Hub", "Gizmos", "All", Q1, 5, None), ("Hub", "Gizmos", "All", "Q2 2022-23", "n/a", None)]
    key = understood(*rows).series[0].key

    reading = understood(*rows, profile=Profile({key: Known(None)}))

    assert reading.observations == ()
    assert [(aside.place.cell, aside.reason) for aside in reading.asides] == [("E2", Reason.NOT_OURS)]
    assert reading.series[0].not_ours


def test_percentages_and_counts_of_a_row_say_what_it_can_be():
    header = ("Measure", "Period", "Numerator", "Denominator")

    reading = understood(("Survivors feeling safer at exit", Q1, 40, 50), header=header)
    share = understood(("Community", "Clients feeling safer when they left", "All", Q1, "80%", None))
    broken = understood(("Community", "Clients feeling safer when they left", "All", Q1, "many", None))

    assert [seen.part for seen in reading.observations] == [Part.NUMERATOR, Part.DENOMINATOR]
    assert share.observations[0].part is Part.PERCENT
    assert broken.observations[0].part is not Part.PERCENT
