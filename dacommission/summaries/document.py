"""What a summary says, as blocks that know nothing of pages or files.

A figure stands in the blocks once for every place it is shown, always with the same key. Formats read the
blocks; they compute nothing. A document can be written down and read back without loss, so that a release
can be frozen and its digest taken. Nothing here decides what may be shown: see `disclosure`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

WITHHELD, NOT_AVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"


@dataclass(frozen=True, slots=True)
class Figure:
    """One result as people see it: rounded, worded and sourced.

    `value` is exact and unrounded until the document is protected; percentages are in percent.
    """

    key: str
    indicator: str
    part: str = "value"  # or numerator, denominator, per-month, change, rating, travel
    breakdown: str | None = None  # a breakdown's key, such as "referral-source"
    category: str | None = None  # None for the whole
    period: str = ""  # a period's key, such as "2022-Q1"
    value: Decimal | None = None
    text: str = NOT_AVAILABLE
    unit: str = ""  # a unit's key; unset is treated as people
    status: str = "missing"
    complete: bool = True
    coverage: str = ""  # "3 of 4 quarters" where a part is missing
    exactly: str = ""  # of a rating: the value that only just misses its target, "79.998%"; never released
    sources: tuple[int, ...] = ()  # the observations it rests on
    name: str = ""  # the indicator's name
    kind: str = "count"  # "count", "rate", "mean" or "derived": what must hold before it may be shown
    decimals: int = 0
    sensitive: bool = True  # counts people, households, families, referrals or cases
    whole_only: bool = False  # never released for less than the whole partnership
    of: tuple[Figure, ...] = ()  # a rate's numerator and denominator; what a derived figure was made from

    @property
    def words(self) -> str:
        """The text, with what is missing from it or tells more: "7,281 (3 of 4 quarters)"."""
        more = self.coverage or self.exactly
        return f"{self.text} ({more})" if more else self.text


def figure_key(
    indicator: str,
    period: str,
    part: str = "value",
    *,
    breakdown: str | None = None,
    category: str | None = None,
    scope: str = "",
) -> str:
    """The same for every showing of one figure: "HUB-01 value 2022-Q1 referral-source=Self"."""
    ends = [f"{breakdown}={category}"] if category is not None else []
    return " ".join([indicator, part, period, *ends, *([f"@{scope}"] if scope else [])])


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        return "".join(piece.words if isinstance(piece, Figure) else piece for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    label: str
    figure: Figure
    beside: tuple[Figure, ...] = ()  # how it compares: the change, the rating


@dataclass(frozen=True, slots=True)
class KeyFigures:
    title: str
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Row:
    heading: str
    cells: tuple[Figure | str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` names every column, the row headings' first. `remarks` may quote counts and are never released."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    points: tuple[Figure | None, ...]  # None where nothing was due


@dataclass(frozen=True, slots=True)
class Chart:
    """One unit on one axis. `labels` name the points of every series, such as quarters."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    shape: str = "columns"  # or "lines"
    unit: str = ""  # as written on the axis


@dataclass(frozen=True, slots=True)
class Notes:
    title: str
    items: tuple[str, ...]


Block = Heading | Paragraph | KeyFigures | Table | Chart | Notes


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that is the sum of others, whether or not all of them are shown."""

    total: Figure
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`sums` and `running` (year-to-date series in order) say how figures give each other away.

    They, and every figure's `of`, are for protection alone and never stand in a release.
    """

    title: str
    subtitle: str = ""
    marking: str = ""
    blocks: tuple[Block, ...] = ()
    sums: tuple[Sum, ...] = field(default=(), repr=False)
    running: tuple[tuple[Figure, ...], ...] = field(default=(), repr=False)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that is shown, once, in the order of the blocks."""
        return tuple({figure.key: figure for figure in shown_in(self.blocks)}.values())


def shown_in(value: Any) -> Iterator[Figure]:
    """The figures in a block, or in anything made of blocks; not those they were computed from."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from shown_in(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from shown_in(getattr(value, each.name))


def with_figures(value: Any, change: Callable[[Figure], Figure]) -> Any:
    """The same block, or blocks, with every shown figure changed."""
    if isinstance(value, Figure):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_figures(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in fields(value)]
        return replace(value, **{name: with_figures(getattr(value, name), change) for name in names})
    return value


CLASSES: dict[str, type] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "key-figures": KeyFigures,
    "key-figure": KeyFigure,
    "table": Table,
    "row": Row,
    "chart": Chart,
    "series": Series,
    "notes": Notes,
    "sum": Sum,
    "document": Document,
}
NAMES = {made: name for name, made in CLASSES.items()}


def to_json(document: Document) -> str:
    """The whole document in one canonical text. ValueError where one key stands for two figures."""
    known: dict[str, Figure] = {}
    body = _written(document, known)
    figures = {key: _figure_written(figure) for key, figure in known.items()}
    return json.dumps({"document": body, "figures": figures}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Document:
    """The document that `to_json` wrote."""
    stored = json.loads(text)
    known: dict[str, Figure] = {}
    for key in stored["figures"]:
        _figure_read(key, stored["figures"], known)
    document = _read(stored["document"], known)
    if not isinstance(document, Document):
        raise ValueError("This is not a stored summary.")
    return document


def digest(document: Document) -> str:
    """SHA-256 of the canonical text, in hexadecimal: what a release is known and signed by."""
    return hashlib.sha256(to_json(document).encode()).hexdigest()


def _written(value: Any, known: dict[str, Figure]) -> Any:
    if isinstance(value, Figure):
        if known.setdefault(value.key, value) != value:
            raise ValueError(f"{value.key} stands for two different figures.")
        for made_from in value.of:
            _written(made_from, known)
        return {"figure": value.key}
    if isinstance(value, tuple):
        return [_written(item, known) for item in value]
    if is_dataclass(value):
        body = {each.name: _written(getattr(value, each.name), known) for each in fields(value)}
        return {"is": NAMES[type(value)], **body}
    return value


def _figure_written(figure: Figure) -> dict[str, Any]:
    plain = {each.name: getattr(figure, each.name) for each in fields(figure)}
    return plain | {
        "value": None if figure.value is None else str(figure.value),
        "sources": list(figure.sources),
        "of": [made_from.key for made_from in figure.of],
    }


def _figure_read(key: str, stored: dict[str, Any], known: dict[str, Figure]) -> Figure:
    if key not in known:
        plain = stored[key]
        known[key] = Figure(
            **plain
            | {
                "value": None if plain["value"] is None else Decimal(plain["value"]),
                "sources": tuple(plain["sources"]),
                "of": tuple(_figure_read(other, stored, known) for other in plain["of"]),
            }
        )
    return known[key]


def _read(value: Any, known: dict[str, Figure]) -> Any:
    if isinstance(value, list):
        return tuple(_read(item, known) for item in value)
    if isinstance(value, dict):
        if "is" not in value:
            return known[value["figure"]]
        body = {name: _read(item, known) for name, item in value.items() if name != "is"}
        return CLASSES[value["is"]](**body)
    return value
