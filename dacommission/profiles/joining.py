"""A row's numerator, denominator and percentage as one question: they are of the same KPI. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dacommission.profiles.asked import NOT_OURS, Offer, Question
from dacommission.profiles.choices import PART_WORDS, Choices, as_value, from_value
from imports.reading import Part
from imports.series import Profile, Sense, SeriesKey

PARTS = {str(part): part for part in PART_WORDS}  # as a key's last heading names it
TOGETHER = "One answer is for its {parts}."


def joined(questions: Sequence[Question], allowed: Choices, answers: Profile) -> list[Question]:
    """The questions with those about the parts of one row made one, where nobody has answered them differently."""
    rows: dict[object, list[Question]] = {}
    for question in questions:
        rows.setdefault(_row(question), []).append(question)
    made: list[Question] = []
    for alike in rows.values():
        made += [_together(alike, allowed)] if _go_together(alike, answers) else told_apart(alike)
    return made


def told_apart(questions: Iterable[Question]) -> list[Question]:
    """The questions, each saying which part of its row it is about, where a heading does."""
    return [
        replace(one, label=f"{one.label}, {PART_WORDS[part]}") if (part := _part(one.key)) else one for one in questions
    ]


def _row(question: Question) -> object:
    """What the parts of one row have in common; the name of the question where it is about no part."""
    if _part(question.key) is None or question.is_shared:
        return question.name
    return replace(question.key, column=question.key.column[:-1]), question.places


def _part(key: SeriesKey) -> Part | None:
    return PARTS.get(key.column[-1]) if key.column else None


def _go_together(alike: Sequence[Question], answers: Profile) -> bool:
    said = [answers.series.get(one.key) for one in alike]
    senses = {one and (one.sense and replace(one.sense, part=Part.VALUE)) for one in said}
    return len(alike) > 1 and len({one is None for one in said}) == 1 and len(senses) == 1


def _together(alike: Sequence[Question], allowed: Choices) -> Question:
    first = alike[0]
    parts = tuple((one.key, part) for one in alike if (part := _part(one.key)))
    kpis = _kpis(allowed, parts)
    offers: dict[str, Offer] = {}
    for offer in (offer for one in alike for offer in one.offers):
        sense = from_value(offer.value)
        if as_value(Sense(sense.code, parts[0][1])) in kpis:
            offers.setdefault(_value(sense, parts), Offer(_value(sense, parts), _words(allowed, sense), offer.hint))
    words = [PART_WORDS[part] for _, part in parts]
    together = TOGETHER.format(parts=f"{', '.join(words[:-1])} and {words[-1]}")
    return replace(
        first,
        parts=parts,
        spots=tuple(dict.fromkeys(spot for one in alike for spot in one.spots)),
        why=" ".join(filter(None, (first.why, together))),
        offers=tuple(offers.values()),
        chosen=_chosen(alike, parts),
        kpis=tuple(kpis.items()),
    )


def _kpis(allowed: Choices, parts: Sequence[tuple[SeriesKey, Part]]) -> dict[str, str]:
    """The KPIs that have all of these parts: the value of each in a form, and its words."""
    return {
        as_value(Sense(term.code, parts[0][1])): allowed.words(Sense(term.code))
        for term in allowed.terms
        if all(allowed.allows(Sense(term.code, part)) for _, part in parts)
    }


def _value(sense: Sense, parts: Sequence[tuple[SeriesKey, Part]]) -> str:
    """A KPI as the form carries it: by the first of the parts."""
    return as_value(replace(sense, part=parts[0][1]))


def _words(allowed: Choices, sense: Sense) -> str:
    return allowed.words(replace(sense, part=Part.VALUE))


def _chosen(alike: Sequence[Question], parts: Sequence[tuple[SeriesKey, Part]]) -> str:
    """What is chosen already for all of them alike; "" where that differs."""
    chosen = {one.chosen if one.chosen in ("", NOT_OURS) else _value(from_value(one.chosen), parts) for one in alike}
    return chosen.pop() if len(chosen) == 1 else ""
