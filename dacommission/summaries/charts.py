"""Draws a chart as SVG: one drawing for the page and the PDF.

Everything is a plain attribute or a class, so a strict content policy lets it through. What it draws, the
axis and the description included, comes from what the figures show: a withheld figure leaves no trace of its
size. A period without a figure is a gap, never a nought and never joined over. `escape` guards every text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from dacommission.summaries.document import NOT_AVAILABLE, Chart, Figure, Row, Series, Table

WIDTH, HEIGHT = 420, 270
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 40, 228  # the edges of the plot
COLOURS = ("#1d70b8", "#505a5f", "#00703c", "#912b88", "#b58840")
DASHES = ("none", "6 3", "2 3", "8 3 2 3", "1 2")
FONT = "Source Sans Pro, Helvetica Neue, Arial, sans-serif"
WIDE_ENOUGH = 30  # room that a printed value needs


@dataclass(frozen=True, slots=True)
class _Scale:
    top: Decimal  # the axis's highest value
    count: int  # points on the other axis

    def x(self, index: int) -> float:
        """The middle of a point's place."""
        return LEFT + self.step * (index + 0.5)

    def y(self, value: Decimal) -> float:
        return BOTTOM - float(value / self.top) * (BOTTOM - TOP)

    @property
    def step(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(self.count, 1)


def draw(chart: Chart, *, anchor: str) -> str:
    """The chart as one <svg> element. `anchor` makes its ids the only ones on the page."""
    scale = _Scale(_top(chart), len(chart.labels))
    shapes = _columns if chart.shape == "columns" else _lines
    ids = f'aria-labelledby="{escape(anchor)}-title {escape(anchor)}-desc"'
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="app-chart" role="img" {ids} width="100%" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}" font-size="12" fill="#0b0c0c">',
            f'<title id="{escape(anchor)}-title">{escape(chart.title)}</title>',
            f'<desc id="{escape(anchor)}-desc">{escape(describe(chart))}</desc>',
            *_axes(chart, scale),
            *shapes(chart, scale),
            *_legend(chart.series),
            "</svg>",
        ]
    )


def describe(chart: Chart) -> str:
    """The chart in words, for whoever cannot see it: every figure, as shown."""
    sentences = (
        f"{series.name}: {', '.join(_said(chart.labels, series))}." for series in chart.series if series.points
    )
    return " ".join([f"{'Columns' if chart.shape == 'columns' else 'Lines'} by period.", *sentences])


def as_table(chart: Chart) -> Table:
    """The same figures to be read one by one: a row for every label, a column for every series."""
    rows = tuple(
        Row(label, tuple(series.points[index] or "" for series in chart.series))
        for index, label in enumerate(chart.labels)
    )
    return Table(f"{chart.title}: figures", ("Period", *(series.name for series in chart.series)), rows)


def _said(labels: tuple[str, ...], series: Series) -> Iterator[str]:
    for label, figure in zip(labels, series.points, strict=True):
        if figure is not None:
            yield f"{label} {_gap_words(figure) if figure.value is None else figure.text}"


def _gap_words(figure: Figure) -> str:
    return "no return" if figure.text == NOT_AVAILABLE else figure.text


def _top(chart: Chart) -> Decimal:
    """The lowest round number that no shown value exceeds, in four steps of whole numbers."""
    highest = max(_values(chart), default=Decimal(0))
    power = max(Decimal(1), Decimal(1).scaleb((highest / 4).adjusted()))
    return next(top for step in (1, 2, 3, 4, 5, 6, 8, 10) if (top := 4 * step * power) >= highest)


def _values(chart: Chart) -> Iterator[Decimal]:
    for series in chart.series:
        yield from (figure.value for figure in series.points if figure is not None and figure.value is not None)


def _axes(chart: Chart, scale: _Scale) -> Iterator[str]:
    for part in range(5):
        value = scale.top * part / 4
        y = scale.y(value)
        colour = "#505a5f" if part == 0 else "#cecece"
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>'
        yield _text(LEFT - 6, y + 4, f"{value:,.0f}", anchor="end")
    for index, label in enumerate(chart.labels):
        yield _text(scale.x(index), BOTTOM + 16, label)
    if chart.unit:
        yield _text(WIDTH - RIGHT, HEIGHT - 6, chart.unit, anchor="end", colour="#505a5f")


def _legend(series: tuple[Series, ...]) -> Iterator[str]:
    x = LEFT
    for place, each in enumerate(series):
        yield f'<rect x="{x}" y="8" width="11" height="11" {_paint(place, len(series))}/>'
        yield _text(x + 16, 18, each.name, anchor="start")
        x += 34 + 7 * len(each.name)


def _colour(place: int, count: int) -> str:
    """The last series, which is the latest, always has the first colour."""
    return COLOURS[(count - 1 - place) % len(COLOURS)]


def _paint(place: int, count: int) -> str:
    """The latest series is solid and every second one an outline: colour is never the only difference."""
    colour = _colour(place, count)
    return f'fill="{"#ffffff" if (count - 1 - place) % 2 else colour}" stroke="{colour}" stroke-width="2"'


def _columns(chart: Chart, scale: _Scale) -> Iterator[str]:
    count = len(chart.series)
    width = scale.step * 0.8 / max(count, 1)
    for place, series in enumerate(chart.series):
        for index, figure in enumerate(series.points):
            x = scale.x(index) - scale.step * 0.4 + width * place
            if figure is None:
                continue
            if figure.value is None:
                yield _gap(x + width / 2, figure, narrow=width < WIDE_ENOUGH)
                continue
            y = scale.y(figure.value)
            size = f'width="{width - 2:.1f}" height="{BOTTOM - y:.1f}"'
            yield f'<rect x="{x + 1:.1f}" y="{y:.1f}" {size} {_paint(place, count)}/>'
            if width >= WIDE_ENOUGH:
                yield _text(x + width / 2, y - 4, figure.text, size=11)


def _lines(chart: Chart, scale: _Scale) -> Iterator[str]:
    count = len(chart.series)
    for place, series in enumerate(chart.series):
        dash = DASHES[(count - 1 - place) % len(DASHES)]
        stroke = f'stroke="{_colour(place, count)}" stroke-width="2" stroke-dasharray="{dash}"'
        for run in _runs(series):
            points = " ".join(f"{scale.x(index):.1f},{scale.y(value):.1f}" for index, value, _ in run)
            yield f'<polyline points="{points}" fill="none" {stroke}/>'
            for index, value, _ in run:
                spot = f'cx="{scale.x(index):.1f}" cy="{scale.y(value):.1f}"'
                yield f'<circle {spot} r="3.5" {_paint(place, count)}/>'
    for index in range(len(chart.labels)):
        yield from _line_labels([series.points[index] for series in chart.series], scale, index)


def _runs(series: Series) -> list[list[tuple[int, Decimal, Figure]]]:
    """The stretches without a gap: index, value and figure of each point."""
    runs: list[list[tuple[int, Decimal, Figure]]] = [[]]
    for index, figure in enumerate(series.points):
        if figure is None or figure.value is None:
            runs.append([])
        else:
            runs[-1].append((index, figure.value, figure))
    return [run for run in runs if run]


def _line_labels(figures: list[Figure | None], scale: _Scale, index: int) -> Iterator[str]:
    """The values at one place: the highest above its point, the lowest beneath, where there is room."""
    here = [figure for figure in figures if figure is not None]
    shown = sorted((f.value, f.text) for f in here if f.value is not None)
    narrow = scale.step < WIDE_ENOUGH
    if shown and (not narrow or index == scale.count - 1):
        value, text = shown[-1]
        yield _text(scale.x(index), scale.y(value) - 8, text, size=11)
        if len(shown) > 1:
            value, text = shown[0]
            yield _text(scale.x(index), min(scale.y(value) + 16, BOTTOM - 4), text, size=11)
    for figure in here:
        if figure.value is None:
            yield _gap(scale.x(index), figure, narrow=narrow)


def _gap(x: float, figure: Figure, *, narrow: bool) -> str:
    if figure.text == NOT_AVAILABLE and not narrow:
        return _text(x, BOTTOM - 18, "No", size=10) + _text(x, BOTTOM - 6, "return", size=10)
    return _text(x, BOTTOM - 6, figure.text, size=10)


def _text(x: float, y: float, words: str, *, anchor: str = "middle", size: int = 12, colour: str = "#0b0c0c") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">'
        f"{escape(words)}</text>"
    )
