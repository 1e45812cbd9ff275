"""What has to be asked, or only told, of a row or column of figures: what it is, which period, since when it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imports.matching import Lexicon
from imports.naming import LIKELY
from imports.reading import Basis, Observation, Problem, Severity
from imports.series import Known, Series
from imports.tables.found import Figure, Found
from imports.tables.stretches import APRIL

UNDATED = (
    "Nothing says which period these figures are about. Write it above the table, as in Quarter 1 2022/23, and upload "
    "the file again."
)
# What is asked about a period that was not found, about one that was, and what is said once for all cells alike.
UNSURE = {
    "year-missing": (
        "“{said}” does not say which year, and nothing around it does. Write the year beside it, as in Q1 2022/23.",
        "“{said}” does not say which year. It was taken to be {period}, as the return is for that year. Is it?",
        "These periods do not say which year. Write the year beside them, as in Q1 2022/23, or confirm it.",
    ),
    "which-quarters": (
        "“{said}” may be a quarter of the financial year or of the calendar year. Say which.",
        "“{said}” may be a quarter of the financial year or of the calendar year. It was taken to be {period}. Is it?",
        "These quarters may be of the financial year or of the calendar year. Say which.",
    ),
    "periods-disagree": (
        "The headings and labels of this figure name different periods, so its period is not known. Correct them.",
        "“{said}” stands under or beside another period. It was taken to be {period}. Correct the one that is wrong.",
        "These figures stand under or beside words for two different periods. Correct the ones that are wrong.",
    ),
}


def asked(series: Series, lexicon: Lexicon) -> Iterator[Problem]:
    """What somebody has to say: which indicator a row or column is."""
    if not series.is_asked:
        return
    likely = [one for one in series.candidates if one.confidence >= LIKELY]
    terms = lexicon.vocabulary.terms
    if likely:
        names = " or ".join(dict.fromkeys(f"{one.sense.code} {terms[one.sense.code].name}" for one in likely[:3]))
        message = (
            f"“{series.label}” may be {names}. Confirm it, or say what it is; until then it counts towards nothing."
        )
        yield Problem("likely-indicator", Severity.QUESTION, message, series.place.sheet, series.place.cell)
        return
    message = (
        f"“{series.label}” is not known as an indicator, so its figures count towards nothing. Say what it is, or that "
        "it is not for this return."
    )
    shared = (
        "These rows or columns are not known as indicators. Say what they are, or that they are not for this return."
    )
    yield Problem("unmatched-label", Severity.WARNING, message, series.place.sheet, series.place.cell, shared)


def assumed(found: Found, told: Known | None, seen: Sequence[tuple[Figure, Observation]]) -> Iterator[Problem]:
    """That figures were taken as counted since 1 April though no word says so, unless somebody has confirmed them."""
    named = [one for figure, one in seen if figure.dated.basis is None]
    taken = [one for one in named if one.indicator and one.basis is Basis.YEAR_TO_DATE and one.period]
    later = [one for one in taken if one.period and one.period.start.month != APRIL and one.value is not None]
    if later and not told and found.named.basis is None:
        message = (
            f"“{found.label}” was read as counted since 1 April, as {later[0].indicator} is. "
            "If it counts each quarter by itself, say so in the heading."
        )
        shared = (
            "These were read as counted since 1 April, as their indicators are. If they are not, say so in the label."
        )
        yield Problem("counted-since", Severity.WARNING, message, found.place.sheet, found.place.cell, shared)


def unsure(found: Found, undated: set[tuple[str | None, str]]) -> Iterator[Problem]:
    """What has to be asked about periods, once for each heading; once a table where nothing says any."""
    told = set()
    for figure in found.figures:
        rule, part = figure.dated.unsure, figure.dated.part
        said = " ".join(part.text.split()) if part else ""
        if not rule or (rule, said, figure.said_in) in told:
            continue
        if part is None and (found.place.sheet, found.named.title) in undated:
            continue
        undated |= {(found.place.sheet, found.named.title)} if part is None else set()
        told.add((rule, said, figure.said_in))
        period = figure.dated.period
        without, taken, shared = UNSURE[rule]
        message = (taken if period else without).format(said=said, period=period) if part else UNDATED
        spot = figure.said_in or figure.address
        yield Problem(rule, Severity.QUESTION, message, found.place.sheet, spot, shared if part else UNDATED)
