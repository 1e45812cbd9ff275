"""What the words of a heading or a label say of the figures beneath or beside them, apart from what is counted.

"Q1 target" says a period and that the figures are targets; "Referrals (cumulative)" says since when they count.
Only whole words of well-known meaning are understood; all others are left for `imports.naming`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from imports import period_parts
from imports.cells import tidy
from imports.period_part import PeriodPart
from imports.reading import Basis, Part


class Role(StrEnum):
    """What a row or column is for, where it is not for the figures themselves."""

    TARGET = "target"
    EARLIER = "earlier"
    CHANGE = "change"
    AVERAGE = "average"
    RATING = "rating"
    COMMENT = "comment"
    REFERENCE = "reference"  # numbers and codes of rows
    UNIT = "unit"
    LABEL = "label"


ASIDE = frozenset(set(Role) - {Role.REFERENCE, Role.UNIT, Role.LABEL})  # whose numbers are no figures


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says; `rest` is what of it names something that is counted."""

    text: str
    rest: str
    period: PeriodPart | None = None
    role: Role | None = None
    basis: Basis | None = None
    part: Part | None = None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORDS = {
    Role.CHANGE: _words(
        "change changes variance variances difference diff var yoy qoq movement increase decrease swing growth versus "
        "vs v against compared comparison direction dot travel trend trends delta gap +/- +/ + achievement attainment"
    ),
    Role.RATING: _words("rag brag rating status traffic light met weight weighting"),
    Role.EARLIER: _words("previous prev last prior preceding earlier comparator ago before pre"),
    Role.TARGET: _words(
        "target targets goal baseline baselines benchmark planned plan profile profiled forecast forecasts budget "
        "trajectory expected projected projection threshold tolerance tolerances ambition minimum maximum lower upper "
        "limit limits sla lcl ucl ci ceiling floor estimate estimated contracted"
    ),
    Role.COMMENT: _words(
        "comment comments note notes commentary narrative explanation explanations remark remarks reason reasons "
        "action actions mitigation mitigations evidence source context definition guidance rationale query queries "
        "response feedback exception"
    ),
    Role.AVERAGE: _words("average averages mean avg median max min rank ranking share"),
    Role.REFERENCE: _words("ref reference code id serial #"),
    Role.UNIT: _words("unit units uom frequency owner lead"),
    Role.LABEL: _words(
        "indicator indicators measure measures metric metrics kpi kpis outcome outcomes output outputs question "
        "service services area areas team teams project lot category categories breakdown group type region district "
        "authority site name title heading detail details requirement objective domain theme description item line "
        "row"
    ),
}
_PLAIN = _words(
    "target targets baseline baselines benchmark planned plan change changes "
    "variance difference movement previous last prior rag rating comment comments commentary note notes average mean "
    "rank numerator denominator % ytd minimum maximum lcl ucl"
)
_BY_WORD = {word: role for role, words in _WORDS.items() for word in words}
# Which role a heading of several words has: "Change from last year" is a change, "Target met" a rating.
_ORDER = (Role.CHANGE, Role.RATING, Role.COMMENT, Role.EARLIER, Role.TARGET, Role.AVERAGE, Role.REFERENCE, Role.UNIT)
# Words that say nothing of their own beside words of a role, of a part, or of the figures themselves.
_FILLERS = _words(
    "a an the of for in to on from by at per and or with as is this our same agreed contract contractual annual "
    "annually yearly quarterly monthly year years quarter quarters qtr month months period periods reporting current "
    "total totals value values figure figures number numbers no no. num count counts actual actuals result results "
    "outturn performance data return returns submission reported achieved delivered % percent percentage pc £ gbp n "
    "q1 q2 q3 q4 h1 h2 set date end start point points pp financial calendar fy between over under since than more "
    "less explain explaining please give any your provider commissioner additional further supporting progress where "
    "if not below above off numeric absolute full whole half mid latest revised original"
)
_VALUES = _words(
    "actual actuals act curr current value values figure figures number numbers count counts result results outturn "
    "performance reported achieved delivered n no no. data return submission this quarter qtr month period for in the "
    "of total"
)
_SO_FAR = re.compile(
    r"\b(?:ytd|year[- ]to[- ]date|cumulative(?:ly)?|cum\.?|running total|(?:so far|to date)(?: this year)?"
    r"|since (?:1(?:st)? )?april)\b"
)
_TOTAL = re.compile(
    r"^(?:(?:grand|annual|year|yearly|full[- ]year|year[- ]end|quarter|quarterly|qtr|q|month|monthly|half[- ]year"
    r"|overall|sub[- ]?|running)?[- ]*totals?|full[- ]year|whole year|year[- ]end(?: position| outturn)?"
    r"|annual(?: figure| outturn)?|year|all|overall|sum|all year)"
    r"(?: for (?:the )?(?:year|quarter|period)| year| quarter)?$"
)
_PARTS = {
    Part.NUMERATOR: frozenset({"numerator", "num", "numerators"}),
    Part.DENOMINATOR: frozenset({"denominator", "den", "denom", "denominators", "base", "cohort", "out"}),
    Part.PERCENT: frozenset({"%", "percent", "percentage", "rate", "pc", "%age", "per cent", "proportion", "share"}),
}
_BESIDE_PARTS = _words("value actual achieved of the number total figure how many")
_TOKENS = re.compile(r"[a-z]+(?:[-'’][a-z]+)*\.?|\+/-?|(?<!\d)\+|[%£#]|\d+(?:\.\d+)?")
_NUMBER_OF_MONTH = re.compile(r"^(?:month|period|[mp]) ?\d{1,2}\b[\s:(-]*", re.IGNORECASE)
_BEFORE = _words("last before earlier pre ago")
_STATED = re.compile(r"[(\[]([^()\[\]]*\d[^()\[\]]*)[)\]]")
_SPLIT = re.compile(r"\s+[-–:|/]\s+|:\s+|\s*[(\[](?=[^)\]]*[)\]])|[)\]]\s*|\n+")
LONGEST = 200  # characters; a longer text names nothing


@lru_cache(maxsize=8192)
def of_heading(text: str) -> Said:
    """What a column's heading says; a year or month alone within it is a period."""
    return _said(text, alone=True)


@lru_cache(maxsize=8192)
def of_label(text: str) -> Said:
    """What a row's label says; a year within it is none of the figures'."""
    return _said(text, alone=False)


def _said(text: str, *, alone: bool) -> Said:
    written = tidy(text).strip()
    if len(written) > LONGEST:
        return Said(text, written)
    period, rest = period_parts.within(_STATED.sub(_unless_other, written).strip(), alone=alone)
    rest = _NUMBER_OF_MONTH.sub("", rest) if period else rest
    folded = rest.casefold().strip(" *†‡^:;,-()")
    basis, folded = _basis(folded)
    if period and not basis and _SO_FAR.search(period.text.casefold()):
        basis = Basis.YEAR_TO_DATE
    part = _part(folded)
    if part or not folded:
        return Said(text, "", period, None, basis, part)
    role = Role.EARLIER if basis and folded in _BEFORE else _role(folded, label=not alone)
    if role:
        return Said(text, "" if role in ASIDE else folded, period, role, basis)
    if frozenset(_TOKENS.findall(folded)) <= _VALUES and (alone or written.casefold() != "no"):
        return Said(text, "", period, None, basis)
    role, rest = _role_aside(rest, label=not alone)
    return Said(text, rest, period, role, basis)


def _unless_other(bracketed: re.Match[str]) -> str:
    """Nothing in the place of another number in brackets: "Q1 (target 40)" heads no targets, nor "(last year: 45)"."""
    roles = {_BY_WORD.get(token) for token in _TOKENS.findall(bracketed[1].casefold())}
    is_other = not roles.isdisjoint((Role.TARGET, Role.EARLIER))
    return bracketed[0] if not is_other or period_parts.within(bracketed[1], alone=True)[0] else " "


def _basis(folded: str) -> tuple[Basis | None, str]:
    """What stretch of time the words say, and the words without those that say nothing else."""
    if match := _SO_FAR.search(folded):
        rest = f"{folded[: match.start()]} {folded[match.end() :]}"
        rest = " ".join(rest.split()).strip(" *:;,-()")
        return Basis.YEAR_TO_DATE, "" if rest in ("total", "figure", "actual", "position", "people", "number") else rest
    if _TOTAL.match(folded):
        return Basis.TOTAL, ""
    return None, folded


def _part(folded: str) -> Part | None:
    words = frozenset(_TOKENS.findall(folded)) - _BESIDE_PARTS
    return next((part for part, known in _PARTS.items() if words and words <= known), None)


def _role(folded: str, *, label: bool = False) -> Role | None:
    """The role of words that all belong to one; None where any of them names something else.

    A row's label has one only by a plain word for it: a row named "Travel" or "Feedback" may well be counted.
    """
    tokens = _TOKENS.findall(folded)
    roles = {_BY_WORD[token] for token in tokens if token in _BY_WORD}
    others = [token for token in tokens if token not in _BY_WORD and token not in _FILLERS and not token[0].isdigit()]
    if others or not roles:
        return None
    if label and _PLAIN.isdisjoint(tokens):
        return None
    found = next((role for role in _ORDER if role in roles), Role.LABEL)
    return _sure(found, tokens)


def _sure(role: Role, tokens: list[str]) -> Role | None:
    """Words such as "last" and "met" need others beside them to be what they seem."""
    if role is Role.EARLIER and len(tokens) == 1 and tokens[0] in _BEFORE:
        return None
    return role


def _role_aside(rest: str, *, label: bool) -> tuple[Role | None, str]:
    """The role that stands apart from what is counted: "Referrals – target"; a number in brackets says none."""
    pieces = [piece.strip() for piece in _SPLIT.split(rest) if piece.strip()]
    for piece in pieces if len(pieces) > 1 else ():
        role = _role(piece.casefold(), label=label)
        if role in ASIDE and not re.search(r"\d", piece) and (role is not Role.COMMENT):
            return role, " ".join(other for other in pieces if other is not piece)
    return None, rest
