"""The live summary of an arrangement, as commissioners see it: what was accepted, written up now.

The facts are read afresh every time. What was worked out from the very same facts before is used again, which
can never be out of date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dacommission.summaries import narrative
from dacommission.summaries.accepted import accepted
from dacommission.summaries.brief import Facts, brief_of
from dacommission.summaries.compose import compose, known_words
from dacommission.summaries.document import Document
from dacommission.summaries.figures import Figures
from dacommission.summaries.models import Summary
from dacommission.summaries.pages import Shown, shown
from dacommission.summaries.relations import related
from imports.reading import Problem

KEPT = 8  # summaries


@dataclass(frozen=True, slots=True)
class Live:
    """A live summary, and its blocks with the charts drawn."""

    document: Document
    blocks: tuple[Shown, ...]


def live(summary: Summary, *, today: date) -> Live:
    """The summary with its own narrative and the figures accepted so far."""
    return _composed(accepted(summary.arrangement, summary.period), summary.narrative, today)


@lru_cache(maxsize=KEPT)
def _composed(facts: Facts, text: str, today: date) -> Live:
    document = compose(Figures(brief_of(facts)), text, today=today)
    return Live(document, shown(document))


def unprotected(summary: Summary, *, today: date) -> Document:
    """The same, with all that protection must know of how its figures hang together."""
    figures = _figures(summary)
    return related(compose(figures, summary.narrative, today=today), figures)


def narrative_problems(summary: Summary, text: str) -> tuple[Problem, ...]:
    """What is wrong with a text for this summary: see `narrative.problems`."""
    return narrative.problems(text, known_words(_figures(summary), text))


def _figures(summary: Summary) -> Figures:
    return Figures(brief_of(accepted(summary.arrangement, summary.period)))
