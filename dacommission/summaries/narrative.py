"""A summary's sentences: text that holds tokens where figures belong, such as {{ HUB-01 }}.

A token becomes a figure with its source, so that a sentence cannot disagree with the tables. A figure that
is missing is written [x], never 0. Nothing here finds figures: what is known is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dacommission.summaries.document import Figure, Paragraph
from imports.reading import Problem, Severity

TOKEN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
CODE = re.compile(r"[A-Z]{2,4}-\d{2}(\.[a-z])?")
# What may follow an indicator's code, and the part of it that is meant.
PARTS = {
    "": "value",
    "per month": "per-month",
    "numerator": "numerator",
    "denominator": "denominator",
    "change": "change",
}
WAYS = "{{ HUB-01 }}, {{ HUB-09 per month }}, {{ HUB-05 numerator }}, {{ provider HUB-01 }} or {{ period }}"
NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?%?(?![\w/-])")

# The annual summary's sentences, until somebody writes others.
YEAR = """\
In {{ period }} {{ provider HUB-01 }} received {{ HUB-01 }} referrals and answered {{ HUB-09 }} helpline \
calls, an average of {{ HUB-09 per month }} per month. Of the referrals, {{ HUB-05 }} were supported by the \
hub with triage or short-term help. {{ CBS-01 }} people were referred to the community-based service for \
longer-term support.

Refuges and dispersed homes gave safe accommodation to {{ SA-01 }} adults and {{ SA-02 }} children, and \
{{ XS-01 }} safety plans were made across the services. The whole family approach supported {{ WFA-01 }} \
adults and {{ WFA-02 }} children. The Respect service supported {{ RES-01 }} parents and {{ RES-02 }} \
children.

{{ provider PRP-01 }} supported {{ PRP-01 }} service users through the +Choices programme to change their \
behaviour. At exit, {{ PRP-06 }} of those assessed showed evidence of reduced risk."""

# The same for one quarter; people are counted from April, because the same person may come in two quarters.
QUARTER = """\
In {{ dates }} {{ provider HUB-01 }} received {{ HUB-01 }} referrals and answered {{ HUB-09 }} helpline \
calls, an average of {{ HUB-09 per month }} per month. Of the referrals, {{ HUB-05 }} were supported by the \
hub with triage or short-term help, and {{ XS-01 }} safety plans were made across the services.

From 1 April to the end of {{ period }} {{ CBS-01 }} people were referred to the community-based service. \
Refuges and dispersed homes gave safe accommodation to {{ SA-01 }} adults and {{ SA-02 }} children. The \
whole family approach supported {{ WFA-01 }} adults and {{ WFA-02 }} children. The Respect service \
supported {{ RES-01 }} parents and {{ RES-02 }} children.

From 1 April to the end of {{ period }} {{ provider PRP-01 }} supported {{ PRP-01 }} service users through \
the +Choices programme. At exit in the quarter, {{ PRP-06 }} of those assessed showed evidence of reduced \
risk."""


@dataclass(frozen=True, slots=True)
class Token:
    """One place for a figure or a name. `part` is "provider", "period" or "dates" for a name."""

    written: str  # as typed between the braces
    part: str
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What tokens can stand for."""

    figures: Mapping[tuple[str, str], Figure]  # by indicator and part
    period: str  # "2022/23"
    dates: str  # "April 2022 to March 2023"
    providers: Mapping[str, str] = field(default_factory=dict)  # indicator → who reports it
    indicators: frozenset[str] = frozenset()  # every code there is, reported or not


def default(kind: str) -> str:
    """The sentences a new summary starts with, for a "year" or a "quarter"."""
    return YEAR if kind == "year" else QUARTER


def parse(text: str) -> tuple[tuple[str | Token, ...], ...]:
    """The paragraphs (an empty line between), each cut into plain text and tokens."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return tuple(_cut(paragraph) for paragraph in paragraphs if paragraph)


def write(text: str, known: Known) -> tuple[Paragraph, ...]:
    """The text with every token resolved. A token that means nothing stays as typed: see `problems`."""
    return tuple(
        Paragraph(tuple(piece if isinstance(piece, str) else _resolved(piece, known) for piece in pieces))
        for pieces in parse(text)
    )


def problems(text: str, known: Known) -> tuple[Problem, ...]:
    """What is wrong with the tokens (errors), and numbers typed by hand (questions), in reading order."""
    found = []
    for pieces in parse(text):
        for piece in pieces:
            found += _text_problems(piece) if isinstance(piece, str) else _token_problems(piece, known)
    return tuple(found)


def _cut(paragraph: str) -> tuple[str | Token, ...]:
    pieces: list[str | Token] = []
    end = 0
    for match in TOKEN.finditer(paragraph):
        if match.start() > end:
            pieces.append(paragraph[end : match.start()])
        pieces.append(_token(match[1].strip()))
        end = match.end()
    if end < len(paragraph):
        pieces.append(paragraph[end:])
    return tuple(pieces)


def _token(written: str) -> Token:
    first, _, rest = " ".join(written.split()).partition(" ")
    if written in ("period", "dates"):
        return Token(written, written)
    if first == "provider" and CODE.fullmatch(rest):
        return Token(written, "provider", rest)
    if CODE.fullmatch(first) and rest in PARTS:
        return Token(written, PARTS[rest], first)
    return Token(written, "unknown")


def _resolved(token: Token, known: Known) -> str | Figure:
    if token.part in ("period", "dates"):
        return known.period if token.part == "period" else known.dates
    if token.indicator is None:
        return "{{ " + token.written + " }}"
    if token.part == "provider":
        return known.providers.get(token.indicator, "[x]")
    return known.figures.get((token.indicator, token.part)) or Figure(
        f"{token.indicator} {token.part} {known.period}", token.indicator, token.part
    )


def _token_problems(token: Token, known: Known) -> list[Problem]:
    shown = "{{ " + token.written + " }}"
    if token.part in ("period", "dates"):
        return []
    if token.indicator is None:
        return [_problem("unknown-token", f"{shown} is not a figure or a name. Write {WAYS}.")]
    if token.indicator not in known.indicators:
        message = f"{shown} names {token.indicator}, which is no indicator. Write a code from the list."
        return [_problem("unknown-indicator", message)]
    if token.part == "provider" and token.indicator not in known.providers:
        message = f"{shown}: no provider reports {token.indicator} in {known.period}. Write the name instead."
        return [_problem("no-provider", message)]
    if token.part in ("value", "provider") or (token.indicator, token.part) in known.figures:
        return []
    words = next(words for words, part in PARTS.items() if part == token.part)
    message = f"{shown}: {token.indicator} has no {words}. Write {{{{ {token.indicator} }}}} instead."
    return [_problem("no-such-part", message)]


def _text_problems(text: str) -> list[Problem]:
    return [*_stray_braces(text), *_typed_numbers(text)]


def _stray_braces(text: str) -> list[Problem]:
    """A token that lost a brace would be printed as it stands."""
    brace = re.search(r"[{}]", text)
    if brace is None:
        return []
    near = text[max(brace.start() - 12, 0) : brace.end() + 12].strip()
    message = f"“{near}” has a brace that belongs to no figure. Write two on each side: {{{{ HUB-01 }}}}."
    return [_problem("stray-brace", message)]


def _typed_numbers(text: str) -> list[Problem]:
    return [
        _problem(
            "typed-number",
            f"{match[0]} is typed by hand and has no source. If it is one of the figures, write its token.",
            Severity.QUESTION,
        )
        for match in NUMBER.finditer(text)
        if not re.search(r"(19|20)\d\d", match[0]) and not _is_date(text, match.end())
    ]


def _is_date(text: str, end: int) -> bool:
    months = "January February March April May June July August September October November December"
    return text[end:].lstrip().startswith(tuple(months.split()))


def _problem(rule: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(rule, severity, message)
