"""The kinds of things that the package tells apart: of cells, of figures, of matches, of problems.

Constants alone.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a spreadsheet program holds in a cell, before anybody says what it means."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCALCULATED = "uncalculated"  # a formula whose result was never stored


class Status(StrEnum):
    """What a figure says of itself. Missing is not nought, and neither is anything else here."""

    REPORTED = "reported"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"  # not yet available; the observation says when it will be
    NOT_COLLECTED = "not_collected"
    WITHHELD = "withheld"  # known and not given; the comment says why
    ERROR = "error"


class Part(StrEnum):
    """Which part of an indicator a cell holds."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    PERCENT = "percent"  # a rate as written, in percent: 80, not 0.8


class Basis(StrEnum):
    """What stretch of time a figure covers within its period."""

    PERIOD = "period"
    YEAR_TO_DATE = "ytd"  # since 1 April; the period is the last one included
    TOTAL = "total"  # a total of the year, as stated


class Match(StrEnum):
    """How a label was recognised as an indicator."""

    PROFILE = "profile"
    CODE = "code"
    ALIAS = "alias"
    LIKENESS = "likeness"
    NONE = "none"


class Severity(StrEnum):
    """How grave a problem is: an error stands in the way of submitting, a question asks for an explanation."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
