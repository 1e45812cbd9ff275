"""How the trials ask the reader: with the catalogue, with words taken out of it, or with a profile."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch

from dacommission.indicators.catalogue import vocabulary
from imports.read import read, to_json
from imports.reading import Part, Reading, Vocabulary, Workbook
from imports.series import Known, Profile, Sense
from imports.sheets import Spot
from imports.workbook import Refusal, open_here
from tests.trials.sheets import Trial
from tests.trials.truth import Fact, Score, score

catalogue = cache(vocabulary)


def asked(trial: Trial, words: Vocabulary | None = None, profile: Profile | None = None) -> Reading:
    """The reading of a trial. Opened in this process: the sandbox has its own tests, and costs time."""
    more = {"profile": profile} if profile else {}
    with patch("imports.read.open_workbook", _opened_here):
        return read(trial.content, filename=trial.filename, vocabulary=words or catalogue(), **more)


def _opened_here(content: bytes, *, filename: str) -> Workbook | Refusal:
    return open_here(content, filename)


@cache
def as_it_is(trial: Trial) -> Reading:
    """The reading with the whole catalogue and without a profile, made once."""
    return asked(trial)


def printed(trial: Trial, words: Vocabulary | None = None, profile: Profile | None = None) -> Mapping[str, Any]:
    """What the command line would print."""
    return to_json(asked(trial, words, profile) if words or profile else as_it_is(trial))


def scored(trial: Trial, words: Vocabulary | None = None, profile: Profile | None = None) -> Score:
    return score(trial.facts, printed(trial, words, profile))


def without_words_of(trials: Iterable[Trial]) -> Vocabulary:
    """The catalogue without every alias that stands word for word in those workbooks."""
    seen = {_plain(part) for trial in trials for fact in trial.facts.values() for part in _parts(fact.label)}
    whole = catalogue()
    terms = {
        code: replace(term, aliases=tuple(alias for alias in term.aliases if _plain(alias.text) not in seen))
        for code, term in whole.terms.items()
    }
    return replace(whole, terms=terms)


def _parts(label: str) -> list[str]:
    return [label, *label.split(" / ")]


def _plain(text: str) -> str:
    """Without capitals, marks and punctuation."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"[a-z0-9%]+", letters))


def learned(reading: Reading, facts: Mapping[Spot, Fact]) -> Profile:
    """What somebody who knows the truth would have answered to every row and column of figures of a reading."""
    known = {}
    for series in reading.series:
        true = [facts[place] for spot in series.cells if (place := Spot(spot.sheet, spot.cell)) in facts]
        senses = {Sense(fact.code, Part(fact.part), fact.category) if fact.code else None for fact in true}
        assert len(senses) < 2, f"{series.label} holds figures of several meanings: {senses}"
        known[series.key] = Known(senses.pop() if senses else None)
    return Profile(series=known)
