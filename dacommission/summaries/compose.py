"""Writes the joint impact summary: from figures to blocks, in the order in which they are read.

Pure. Every number in it is a figure with its sources. How figures give each other away is in `relations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dacommission.indicators.units import UNITS
from dacommission.summaries import narrative
from dacommission.summaries.document import (
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Notes,
    Row,
    Series,
    Table,
)
from dacommission.summaries.figures import Figures
from dacommission.summaries.quality import context, discrepancies, notes_on_quality
from imports.periods import Period

MARKING = "OFFICIAL-SENSITIVE"
EVERYWHERE = "Across the services"
HOW_TO_READ = (
    "[x] means not available: nobody has reported it. It is never nought.",
    "[z] means not applicable.",
    "People are counted once in a financial year, from 1 April. They are never added across quarters, services "
    "or providers, because the same person may use several.",
    "Rates are worked out from the counts beneath them, added first and divided last; percentages are never averaged.",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A service, or what cuts across them, with the indicators that tell of it."""

    title: str
    codes: tuple[str, ...]


def compose(figures: Figures, text: str, *, today: date) -> Document:
    """The whole summary with its narrative. `today` decides which returns are missing rather than to come."""
    brief = figures.known
    known = known_words(figures, text)
    key_codes = list(dict.fromkeys(code for code, _ in known.figures))
    blocks: list[Block] = [Heading("In brief"), *narrative.write(text, known)]
    if key_codes:
        blocks.append(_key_figures(figures, key_codes))
    for section in sections(figures):
        blocks += _section(figures, section, key_codes)
    blocks += _trend(figures, key_codes)
    blocks += [*context(figures), *discrepancies(figures), *notes_on_quality(figures, today)]
    blocks.append(Notes("How to read this summary", HOW_TO_READ))
    return Document(
        title=f"Joint impact summary {brief.period.label}",
        subtitle=f"{brief.arrangement}, {brief.period.span}",
        marking=MARKING,
        blocks=tuple(blocks),
    )


def known_words(figures: Figures, text: str) -> narrative.Known:
    """What the tokens of a text stand for."""
    brief = figures.known
    wanted = [
        (piece.indicator, piece.part)
        for pieces in narrative.parse(text)
        for piece in pieces
        if isinstance(piece, narrative.Token) and piece.indicator in brief.indicators
    ]
    found = {
        (code, part): figure
        for code, part in wanted
        if code and part != "provider" and (figure := figures.part(code, brief.period, part))
    }
    providers = {
        code: " and ".join(dict.fromkeys(brief.contracts[key].provider for key in reporters))
        for code, _ in wanted
        if code and (reporters := figures.reporters(code, brief.period.year))
    }
    return narrative.Known(found, brief.period.label, brief.period.span, providers, frozenset(brief.indicators))


def sections(figures: Figures) -> Iterator[Section]:
    """The services in the catalogue's order; then what is counted across them."""
    brief = figures.known
    codes = figures.codes()
    families = list(dict.fromkeys(brief.indicators[code].family for code in codes))
    names = {family: name for name, family in reversed(brief.services) if family}
    for family in families:
        if family in names:
            yield Section(names[family], tuple(c for c in codes if brief.indicators[c].family == family))
    others = tuple(code for code in codes if brief.indicators[code].family not in names)
    if others:
        yield Section(EVERYWHERE, others)


def _key_figures(figures: Figures, codes: Iterable[str]) -> KeyFigures:
    """The indicators that the narrative names, beside the year before."""
    period = figures.known.period
    return KeyFigures(
        f"Key figures, with the change on {period.year_earlier().label}",
        tuple(
            KeyFigure(figures.measure(code).name, figures.figure(code, period), (figures.change(code, period),))
            for code in codes
        ),
    )


def _section(figures: Figures, section: Section, key_codes: list[str]) -> Iterator[Block]:
    yield Heading(section.title)
    yield _table(figures, section)
    charted = next((code for code in key_codes if code in section.codes), None)
    if charted:
        yield _chart(figures, charted)
    if figures.known.period.kind == "year":
        for code in section.codes:
            yield from _breakdowns(figures, code)


def _quarters(figures: Figures) -> tuple[Period, ...]:
    """The quarters of the year up to the end of the period."""
    period = figures.known.period
    return tuple(quarter for quarter in period.whole_year.quarters if quarter.end <= period.end)


def _table(figures: Figures, section: Section) -> Table:
    """Each indicator by quarter, for the period, a year before, and against its target where one is set."""
    period, quarters = figures.known.period, _quarters(figures)
    shown = (*quarters, period) if period.kind == "year" else quarters
    before = period.year_earlier()
    rated = any(target.words for code in section.codes if (target := figures.target(code)))
    columns = [f"Q{each.number}" if each.kind == "quarter" else each.label for each in (*shown, before)]
    columns[-1] = before.label
    columns += [f"Change on {before.label}", *(("Target", "Rating") if rated else ())]
    rows = []
    for code in section.codes:
        cells: list[Figure | str] = [figures.figure(code, each) for each in (*shown, before)]
        cells.append(figures.change(code, period))
        if rated:
            target = figures.target(code)
            cells += [target.words if target else "", figures.rated(code, period)]
        rows.append(Row(_row_name(figures, code), tuple(cells)))
    title = f"{section.title}: {period.year_label} by quarter"
    return Table(title, ("Indicator", *columns), tuple(rows), remarks=tuple(_refusals(figures, section)))


def _row_name(figures: Figures, code: str) -> str:
    since = ", since 1 April" if figures.measure(code).count_type == "Y" else ""
    return f"{figures.measure(code).name}{since} ({code})"


def _refusals(figures: Figures, section: Section) -> Iterator[str]:
    """Why there is no figure where somebody reported one."""
    for code in section.codes:
        found = figures.result(code, figures.known.period)
        if found.note:
            yield f"{code}: {found.note}"


def _chart(figures: Figures, code: str) -> Chart:
    """The quarters of this year beside those of the last: what grows through the year as lines."""
    period, measure = figures.known.period, figures.measure(code)
    quarters = period.whole_year.quarters
    shown = _quarters(figures)
    this = tuple(figures.figure(code, quarter) if quarter in shown else None for quarter in quarters)
    before = tuple(figures.figure(code, quarter.year_earlier()) for quarter in quarters)
    series = [Series(period.year_label, this)]
    if any(figure.value is not None for figure in before):
        series.insert(0, Series(period.year_earlier().year_label, before))
    grows = measure.count_type == "Y"
    return Chart(
        title=f"{measure.name} by quarter{', since 1 April' if grows else ''}",
        labels=tuple(f"Q{quarter.number}" for quarter in quarters),
        series=tuple(series),
        shape="lines" if grows else "columns",
        unit=_unit_words(figures, code),
    )


def _unit_words(figures: Figures, code: str) -> str:
    return UNITS[figures.measure(code).unit].name


def _breakdowns(figures: Figures, code: str) -> Iterator[Table]:
    """Each way in which an indicator's year was reported split up, with its total."""
    year, measure = figures.known.period, figures.measure(code)
    for key in figures.breakdowns(code):
        known = figures.known.breakdowns.get(key)
        name = known.name if known else key
        rows = [
            Row(category, (figures.figure(code, year, (key, category)),)) for category in figures.categories(code, key)
        ]
        notes = ("One person may be in several categories.",) if known and known.overlapping else ()
        total = Row("All", (figures.figure(code, year),))
        yield Table(
            f"{measure.name} by {name[0].lower()}{name[1:]}, {year.label}",
            (name, year.label),
            (*rows, total),
            notes,
        )


def _trend(figures: Figures, codes: list[str]) -> Iterator[Block]:
    """The key figures of every year there is."""
    years = [Period.financial_year(year) for year in figures.years()]
    if figures.known.period.kind != "year" or len(years) < 2 or not codes:
        return
    yield Heading("Over the years")
    rows = tuple(Row(_row_name(figures, code), tuple(figures.figure(code, year) for year in years)) for code in codes)
    yield Table("Key figures by year", ("Indicator", *(year.label for year in years)), rows)
