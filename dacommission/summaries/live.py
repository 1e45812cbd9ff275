"""The live summary of an arrangement, as commissioners see it: what was accepted, written up now."""

from __future__ import annotations

from datetime import date

from dacommission.summaries import narrative
from dacommission.summaries.accepted import accepted
from dacommission.summaries.brief import Brief
from dacommission.summaries.compose import compose, known_words
from dacommission.summaries.document import Document
from dacommission.summaries.figures import Figures
from dacommission.summaries.models import Summary
from imports.reading import Problem


def live_document(summary: Summary, *, today: date) -> Document:
    """The summary with its own narrative and the figures accepted so far."""
    return compose(brief_of(summary), summary.narrative, today=today)


def brief_of(summary: Summary) -> Brief:
    return accepted(summary.arrangement, summary.period)


def narrative_problems(summary: Summary, text: str) -> tuple[Problem, ...]:
    """What is wrong with a text for this summary: see `narrative.problems`."""
    brief = brief_of(summary)
    return narrative.problems(text, known_words(brief, Figures(brief), text))
