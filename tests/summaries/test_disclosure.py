"""What leaves the commissioners holds no small count, in no block and in no shape."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summary_makers import derived, document, figure, rate

from dacommission.summaries import charts
from dacommission.summaries.disclosure import MARKER_NOTE, protect, typed_leaks
from dacommission.summaries.document import (
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    Notes,
    Paragraph,
    Row,
    Series,
    Sum,
    Table,
    to_json,
)
from dacommission.summaries.suppression import CannotProtect


def by_source(*counts, total=None, **more):
    """One indicator by referral source, with its total."""
    parts = tuple(figure(n, category=f"Source {place}", breakdown="source", **more) for place, n in enumerate(counts))
    whole = figure(sum(counts) if total is None else total, **more)
    return whole, parts


def a_table(*figures):
    return Table("By source", ("Source", "Count"), tuple(Row(f.category or "All", (f,)) for f in figures))


def texts(protected):
    return {f.key.split("source=")[-1]: f.text for f in protected.document.figures}


def test_one_small_count_and_the_next_smallest_are_withheld_everywhere():
    whole, parts = by_source(3, 12, 20)
    live = document(
        Paragraph(("Of ", whole, " referrals ", parts[0], " came from there.")),
        KeyFigures("", (KeyFigure("From there", parts[0]),)),
        a_table(*parts, whole),
        Chart("Sources", ("A", "B", "C"), (Series("2022/23", parts),)),
        sums=(Sum(whole, parts),),
    )

    protected = protect(live)

    assert protected.withheld == {parts[0].key, parts[1].key}
    assert protected.document.blocks[0].text == "Of 35 referrals [c] came from there."
    assert protected.document.blocks[1].items[0].figure.text == "[c]"
    assert [row.cells[0].text for row in protected.document.blocks[2].rows] == ["[c]", "[c]", "20", "35"]
    assert charts.describe(protected.document.blocks[3]).endswith("A [c], B [c], C 20.")


def test_a_release_keeps_nothing_it_was_protected_with():
    whole, parts = by_source(3, 12, 20)
    share = rate(7791, 9739)
    live = document(
        a_table(*parts, whole), Paragraph((share,)), sums=(Sum(whole, parts),), running=((parts[1], parts[2]),)
    )

    released = protect(live).document

    assert released.sums == ()
    assert released.running == ()
    assert all(f.of == () for f in released.figures)
    assert "7791" not in to_json(released)


def test_the_note_does_not_say_how_large_a_withheld_figure_is():
    whole, parts = by_source(3, 12, 20)

    released = protect(document(a_table(*parts, whole), sums=(Sum(whole, parts),))).document

    assert released.blocks[-1] == Notes("Withheld figures", (MARKER_NOTE,))
    assert "4" not in MARKER_NOTE
    assert protect(document(Paragraph((figure(50),)))).document.blocks == (Paragraph((figure(50),)),)


def test_what_a_total_leaves_unexplained_is_protected_too():
    whole, parts = by_source(30, 25, total=58)

    assert protect(document(a_table(*parts, whole), sums=(Sum(whole, parts),))).withheld == {parts[1].key}


def test_a_missing_part_stays_missing_and_a_sum_without_parts_says_nothing():
    whole, parts = by_source(30, 25)
    lost = figure(None, category="Lost", breakdown="source")

    live = document(a_table(*parts, lost, whole), sums=(Sum(whole, (*parts, lost)), Sum(whole, (lost,))))
    protected = protect(live)

    assert texts(protected)["Lost"] == "[x]"
    assert protected.withheld == frozenset()


def test_a_unit_nobody_named_is_treated_as_people():
    assert protect(document(Paragraph((figure(3, unit=""),)))).withheld


def test_few_bed_spaces_are_shown():
    assert not protect(document(Paragraph((figure(3, unit="bed-spaces", sensitive=False),)))).withheld


def test_a_small_step_of_a_year_to_date_series_withholds_the_value_before():
    year = tuple(figure(n, "SA-01", f"2022-Q{quarter}") for quarter, n in enumerate((61, 98, 100, 164), 1))

    protected = protect(document(a_table(*year), running=(year,)))

    assert protected.withheld == {"SA-01 value 2022-Q2"}


def test_two_small_steps_together_withhold_enough():
    year = tuple(figure(n, "SA-01", f"2022-Q{quarter}") for quarter, n in enumerate((50, 51, 53, 90), 1))

    shown = [f.value for f in protect(document(a_table(*year), running=(year,))).document.figures if f.value]

    assert all(later - earlier > 4 for earlier, later in zip(shown, shown[1:], strict=False))


def test_a_running_series_with_one_value_gives_nothing_away():
    assert not protect(document(Paragraph((figure(50),)), running=((figure(50), figure(None, period="x")),))).withheld


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [(3, 40), (38, 40), (2, 4), (0, 12), (12, 12)],
)
def test_a_rate_that_gives_a_small_count_away_is_withheld(numerator, denominator):
    protected = protect(document(Paragraph((rate(numerator, denominator),))))

    assert [f.text for f in protected.document.figures] == ["[c]"]


@pytest.mark.parametrize(("numerator", "denominator"), [(10, 40), (0, 40), (40, 40), (48, 64)])
def test_other_rates_are_shown_with_no_more_digits_than_their_text(numerator, denominator):
    (shown,) = protect(document(Paragraph((rate(numerator, denominator),)))).document.figures

    assert shown.value == Decimal(shown.text.rstrip("%"))


def test_a_rate_of_nights_is_shown_whatever_is_left_over():
    share = rate(89, 91, "SA-07", sensitive=False)

    assert not protect(document(Paragraph((share,)))).withheld


def test_a_rate_without_its_counts_cannot_be_checked_and_is_withheld():
    bare = figure(75, "PRP-06", kind="rate", text="75%", unit="percent")
    empty = replace(rate(10, 40), of=(figure(None, part="numerator"), figure(40, part="denominator")))

    assert protect(document(Paragraph((bare,)))).withheld == {bare.key}
    assert protect(document(Paragraph((empty,)))).withheld == {empty.key}


def test_how_near_a_rate_came_to_its_target_is_never_released():
    share = rate(7791, 9739)
    rating = replace(derived("Within tolerance, just missing the target", share), exactly="79.998%")

    protected = protect(document(Paragraph((share, rating))))

    assert not protected.withheld
    assert "just missing the target" in to_json(protected.document)
    assert "79.998" not in to_json(protected.document)


def test_a_rate_nobody_reported_stays_missing():
    missing = figure(None, "PRP-06", kind="rate", unit="percent")

    assert not protect(document(Paragraph((missing, derived("not rated", missing))))).withheld


def test_a_complement_cannot_be_had_by_subtraction():
    share = rate(9, 13, "PRP-06")
    live = document(a_table(*share.of), Paragraph((share,)))

    protected = protect(live)

    assert share.key in protected.withheld
    assert len(protected.withheld & {count.key for count in share.of}) == 1


def test_a_mean_of_few_people_is_withheld():
    def mean(people):
        nights = figure(people * 30, "SA-13", part="numerator", sensitive=False)
        return figure(30, "SA-13", kind="mean", unit="nights", of=(nights, figure(people, "SA-13", part="denominator")))

    assert protect(document(Paragraph((mean(9),)))).withheld
    assert not protect(document(Paragraph((mean(10),)))).withheld
    assert protect(document(Paragraph((figure(30, "SA-13", kind="mean"),)))).withheld


def test_what_is_derived_from_a_withheld_figure_is_withheld_with_it():
    small, large = figure(3), figure(40, "HUB-02")
    per_month = replace(derived("1", small, part="per-month"), value=Decimal(1))
    live = document(
        Paragraph((small, large, per_month, derived("met", rate(38, 40)), derived("higher", large, part="travel")))
    )

    shown = [f.text for f in protect(live).document.figures]

    assert shown == ["[c]", "40", "[c]", "[c]", "higher"]


def test_safe_accommodation_is_released_for_the_whole_partnership_only():
    whole, parts = by_source(30, 40, 50, whole_only=True)
    points = (Series("by area", parts), Series("all", (whole, None, None)))
    live = document(
        a_table(*parts),
        a_table(*parts, whole),
        Chart("Both", ("A", "B", "C"), points),
        Chart("Areas", ("A", "B", "C"), points[:1]),
        KeyFigures("", (KeyFigure("one", parts[0]), KeyFigure("all", whole))),
        KeyFigures("", (KeyFigure("one", parts[0]),)),
        Paragraph((parts[0], " of ", whole)),
        Table("Empty", ("Nothing",), ()),
        sums=(Sum(whole, parts),),
    )

    blocks = protect(live).document.blocks

    assert [type(block) for block in blocks] == [Table, Chart, KeyFigures, Paragraph, Table, Notes]
    assert [row.heading for row in blocks[0].rows] == ["All"]
    assert [series.name for series in blocks[1].series] == ["all"]
    assert [item.label for item in blocks[2].items] == ["all"]
    assert blocks[3].text == "[c] of 120"


def test_what_was_withheld_before_stays_withheld():
    whole, parts = by_source(30, 12, 20)
    live = document(a_table(*parts, whole), sums=(Sum(whole, parts),))

    protected = protect(live, before={parts[0].key: False, whole.key: True})

    assert protected.withheld == {parts[0].key, parts[1].key}
    assert whole.key in protected.shown


def test_what_was_shown_before_protects_nothing_now():
    whole, parts = by_source(3, 12, 20)
    live = document(a_table(*parts, whole), sums=(Sum(whole, parts),))

    assert protect(live, before={parts[1].key: True}).withheld == {parts[0].key, parts[2].key}
    with pytest.raises(CannotProtect):
        protect(live, before={f.key: True for f in (whole, *parts[1:])})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Only three young women came.", "“three young women” counts very few people."),
        ("There were 2 cases of that.", "“2 cases” counts very few people."),
        ("We saw 12 of them.", "“12” in the text equals a withheld figure."),
    ],
)
def test_numbers_typed_into_the_text_are_found(text, sentence):
    whole, parts = by_source(3, 12, 20)
    live = document(Paragraph((text, whole)), a_table(*parts, whole), sums=(Sum(whole, parts),))

    (found,) = typed_leaks(live, protect(live))

    assert found.startswith(sentence)


def test_harmless_numbers_in_the_text_are_left_alone():
    whole, parts = by_source(3, 12, 20)
    live = document(
        Heading("12"), Paragraph(("Since 2022 in 35 places, 4 services.",)), a_table(*parts), sums=(Sum(whole, parts),)
    )

    assert typed_leaks(live, protect(live)) == ()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_no_withheld_count_stands_anywhere_in_a_release(counts):
    whole, parts = by_source(*counts)
    live = document(
        a_table(*parts, whole),
        Chart("Sources", tuple(f.category for f in parts), (Series("year", parts),)),
        sums=(Sum(whole, parts),),
    )

    protected = protect(live)

    shown = {f.key: f.value for f in protected.document.figures if f.value is not None}
    assert all(count.key not in shown for count in (*parts, whole) if 1 <= count.value <= 4)
    hidden = [part for part in parts if part.key in protected.withheld]
    if whole.key in shown and hidden:
        assert len(hidden) > 1
        assert shown[whole.key] - sum(shown.get(part.key, 0) for part in parts) > 4
    assert all(charts.draw(b, anchor="c").count("<rect") == 1 + len(parts) - len(hidden) for b in _charts(protected))


def _charts(protected):
    return [block for block in protected.document.blocks if isinstance(block, Chart)]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_no_small_step_of_a_year_can_be_had_by_subtraction(steps):
    totals = [20 + sum(steps[: place + 1]) for place in range(4)]
    year = tuple(figure(n, "SA-01", f"2022-Q{quarter}") for quarter, n in enumerate(totals, 1))

    protected = protect(document(a_table(*year), running=(year,)))

    shown = [f.value for f in protected.document.figures if f.value is not None]
    assert all(later - earlier not in (1, 2, 3, 4) for earlier, later in zip(shown, shown[1:], strict=False))
