"""A small picture of how a figure ran over the last quarters, as SVG, and the same in words.

Pure. A quarter without a figure is a gap: never a nought, and never joined over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT, MARGIN = 120, 28, 3


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one quarter; the value is None where there is none."""

    quarter: str  # "Quarter 1 2022/23"
    value: Decimal | None
    words: str  # "2,398"; "no figure"


def described(points: Sequence[Point]) -> str:
    """The picture in words: every quarter from the first with a figure."""
    known = list(_from_the_first(points))
    if not known:
        return "No figures yet."
    return f"{known[0].quarter} to {known[-1].quarter}: {', '.join(point.words for point in known)}."


def sparkline(points: Sequence[Point]) -> Markup:
    """One <svg> element, its last figure marked with a dot; "" where fewer than two quarters have a figure."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return Markup("")
    low, high = min(known), max(known)
    scale = float(high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)
    places = [
        None if point.value is None else (MARGIN + step * index, _height(float(point.value - low) / scale))
        for index, point in enumerate(points)
    ]
    shapes = "".join([*_lines(places), *_dots(places)])
    return Markup(  # noqa: S704
        f'<svg class="app-spark" role="img" aria-label="{escape(described(points))}" width="{WIDTH}" '
        f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke="#4c2c92" stroke-width="2">{shapes}</svg>'
    )


Spot = tuple[float, float]


def _height(share: float) -> float:
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)


def _lines(places: Sequence[Spot | None]) -> Iterator[str]:
    for run in _runs(places):
        if len(run) > 1:
            yield f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>'


def _dots(places: Sequence[Spot | None]) -> Iterator[str]:
    """The last figure, and every one that stands between two gaps and so has no line."""
    alone = [run[0] for run in _runs(places) if len(run) == 1]
    last = [spot for spot in places if spot is not None][-1]
    for x, y in dict.fromkeys([*alone, last]):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#4c2c92" stroke="none"/>'


def _runs(places: Sequence[Spot | None]) -> Iterator[list[Spot]]:
    """The stretches of quarters that follow one another without a gap."""
    run: list[Spot] = []
    for spot in [*places, None]:
        if spot is not None:
            run.append(spot)
        elif run:
            yield run
            run = []


def _from_the_first(points: Sequence[Point]) -> Iterator[Point]:
    started = False
    for point in points:
        started = started or point.value is not None
        if started:
            yield point
