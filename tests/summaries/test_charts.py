"""A chart shows what is shown, and a gap where nothing is."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from summary_makers import figure

from dacommission.summaries.charts import as_table, describe, draw
from dacommission.summaries.document import Chart, Series

SVG = "{http://www.w3.org/2000/svg}"


def chart(*counts, shape="columns", **more):
    points = tuple(figure(count, period=f"2022-Q{number}") for number, count in enumerate(counts, 1))
    labels = tuple(f"Q{number}" for number in range(1, len(counts) + 1))
    return Chart("Referrals", labels, (Series("2022/23", points),), shape=shape, unit="referrals", **more)


def elements(drawn, name):
    return ElementTree.fromstring(drawn).findall(f"{SVG}{name}")


def texts(drawn):
    return [element.text for element in elements(drawn, "text")]


@pytest.mark.parametrize("shape", ["columns", "lines"])
def test_values_stand_at_their_points(shape):
    drawn = draw(chart(2398, 2512, shape=shape), anchor="c")

    assert {"2,398", "2,512", "Q1", "Q2", "2022/23", "referrals"} <= set(texts(drawn))


def test_a_chart_has_a_title_and_a_description_of_its_own():
    drawn = draw(chart(5), anchor="chart-3")
    root = ElementTree.fromstring(drawn)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-3-title chart-3-desc"
    assert root.find(f"{SVG}title").text == "Referrals"
    assert root.find(f"{SVG}desc").text == "Columns by period. 2022/23: Q1 5."


@pytest.mark.parametrize("shape", ["columns", "lines"])
def test_a_strict_content_policy_finds_nothing_to_refuse(shape):
    drawn = draw(chart(5, None, 7, shape=shape), anchor="c")

    assert "style=" not in drawn
    assert "<style" not in drawn
    assert "<script" not in drawn


def test_words_cannot_become_markup():
    drawn = draw(replace(chart(5), title='<script>"&'), anchor='a"b')

    assert ElementTree.fromstring(drawn).find(f"{SVG}title").text == '<script>"&'


def test_a_missing_return_is_a_gap_in_the_line():
    drawn = draw(chart(5, 6, None, 8, shape="lines"), anchor="c")

    lines = [element.get("points") for element in elements(drawn, "polyline")]
    assert [len(points.split()) for points in lines] == [2, 1]
    assert {"No", "return"} <= set(texts(drawn))


def test_a_missing_column_is_not_a_column_of_nought():
    assert len(elements(draw(chart(5, None), anchor="c"), "rect")) == 2  # one column and the legend
    assert len(elements(draw(chart(5, 0), anchor="c"), "rect")) == 3


def test_a_period_in_which_nothing_was_due_is_empty():
    series = Series("2023/24", (figure(5), None))
    drawn = draw(Chart("Referrals", ("Q1", "Q2"), (series,)), anchor="c")

    assert "No" not in texts(drawn)
    assert describe(Chart("Referrals", ("Q1", "Q2"), (series,), shape="lines")) == "Lines by period. 2023/24: Q1 5."
    assert "No" not in texts(draw(Chart("Referrals", ("Q1", "Q2"), (series,), shape="lines"), anchor="c"))


@pytest.mark.parametrize("shape", ["columns", "lines"])
def test_a_withheld_point_leaves_no_trace_of_its_size(shape):
    withheld = figure(None, period="2022-Q2", text="[c]", status="suppressed")
    drawn = replace(chart(5, 6, shape=shape), series=(Series("2022/23", (figure(5), withheld)),))

    assert [text for text in texts(draw(drawn, anchor="c")) if text not in ("Q1", "Q2", "2022/23", "referrals")] == [
        *("0", "2", "4", "6", "8"),
        *(("5", "[c]")),
    ]
    assert describe(drawn).endswith("Q2 [c].")


def test_two_years_stand_side_by_side_with_the_latest_solid():
    years = [Series(year, tuple(figure(n, period=year) for n in (10, 30))) for year in ("2021", "2022")]
    drawn = draw(Chart("Referrals", ("Q1", "Q2"), tuple(years)), anchor="c")

    fills = [element.get("fill") for element in elements(drawn, "rect")]
    assert fills.count("#1d70b8") == fills.count("#ffffff") == 3


def test_the_higher_line_is_labelled_above_and_the_lower_beneath():
    low, high = (Series(name, (figure(count, period=name),)) for name, count in (("2021", 10), ("2022", 30)))
    drawn = draw(Chart("Referrals", ("Q1",), (low, high), shape="lines"), anchor="c")

    places = {element.text: float(element.get("y")) for element in elements(drawn, "text")}
    spots = [float(element.get("cy")) for element in elements(drawn, "circle")]
    assert places["30"] < min(spots)
    assert places["10"] > max(spots)


@pytest.mark.parametrize("shape", ["columns", "lines"])
def test_a_crowded_chart_leaves_most_values_to_its_table(shape):
    drawn = draw(chart(*range(100, 120), None, 101, shape=shape), anchor="c")

    assert len([text for text in texts(drawn) if text.startswith("1") and text != "0"]) <= 2
    assert "[x]" in texts(drawn)
    assert "No" not in texts(drawn)


@pytest.mark.parametrize(("highest", "top"), [(0, "4"), (3, "4"), (17, "20"), (2512, "3,200"), (9739, "12,000")])
def test_the_axis_ends_at_a_round_number(highest, top):
    axis = [text for text in texts(draw(chart(highest), anchor="c")) if text != f"{highest:,}"]

    assert top in axis


def test_a_chart_without_any_value_is_still_drawn():
    assert "No" in texts(draw(chart(None), anchor="c"))
    assert draw(Chart("Nothing", (), ()), anchor="c")


def test_the_same_figures_make_a_table():
    first, second = figure(5), figure(None, period="2022-Q2")
    years = (Series("2021/22", (None, first)), Series("2022/23", (first, second)))

    table = as_table(Chart("Referrals", ("Q1", "Q2"), years))

    assert table.columns == ("Period", "2021/22", "2022/23")
    assert [row.cells for row in table.rows] == [("", first), (first, second)]
