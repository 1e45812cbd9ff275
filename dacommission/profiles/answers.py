"""What an uploader answered about a file's layout, as it travels in the form of its own page. Pure.

Answers are a Profile that says nothing but what was answered about this file.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from dacommission.profiles.choices import Choices
from dacommission.profiles.keys import key_as_list, key_from_list, sense_as_list, sense_from_list
from dacommission.profiles.models import QUARTERS
from dacommission.returns.checking import NOT_AS_SENT, NotAsSent
from imports.series import NOTHING_KNOWN, Known, Profile, SeriesKey

YEARS = range(1990, 2100)


def carried(answers: Profile) -> str:
    """The answers in a shape in which a form can carry them; "" where nothing was answered."""
    if answers == NOTHING_KNOWN:
        return ""
    series = [[key_as_list(key), known.sense and sense_as_list(known.sense)] for key, known in answers.series.items()]
    about = {"quarters": answers.quarters, "year": answers.year, "with_hidden": answers.with_hidden}
    return json.dumps({"series": series, **about}, sort_keys=True)


def from_carried(text: str, allowed: Choices) -> Profile:
    """The answers that came back from the browser. Raises NotAsSent when nobody can have given them."""
    answers = parsed(text)
    if not all(known.sense is None or allowed.allows(known.sense) for known in answers.series.values()):
        raise NotAsSent(NOT_AS_SENT)
    return answers


def parsed(text: str) -> Profile:
    """The same, whatever they say. Raises NotAsSent when they are no answers."""
    try:
        return _parsed(json.loads(text)) if text else NOTHING_KNOWN
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAsSent(NOT_AS_SENT) from None


def _parsed(said: dict[str, Any]) -> Profile:
    series = {key_from_list(key): Known(sense and sense_from_list(sense)) for key, sense in said["series"]}
    quarters, year, with_hidden = said["quarters"], said["year"], said["with_hidden"]
    if quarters not in QUARTERS or (year is not None and year not in YEARS) or not isinstance(with_hidden, bool):
        raise ValueError("no answers")
    return Profile(series, quarters, year, with_hidden)


def combined(stored: Profile, answers: Profile) -> Profile:
    """What is known of the layout, and over it what was answered about this file."""
    series: dict[SeriesKey, Known] = dict(stored.series)
    for key, known in answers.series.items():
        series[key] = replace(stored.series.get(key, known), sense=known.sense)
    return Profile(
        series,
        answers.quarters or stored.quarters,
        answers.year or stored.year,
        answers.with_hidden or stored.with_hidden,
    )
