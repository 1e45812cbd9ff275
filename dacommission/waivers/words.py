"""Waivers and the rules that can be waived, in words."""

from __future__ import annotations

from dacommission.waivers.models import Waiver
from imports.checks import RULES
from imports.periods import Period
from imports.rules import Rule, in_order


def rule_choices() -> list[tuple[str, str]]:
    """The rules that can be waived, each with what it asks for."""
    return [(rule.key, rule_words(rule)) for rule in in_order() if rule.waivable]


def rule_words(rule: Rule) -> str:
    """ "V02: A mandatory KPI has a figure …": the first sentence of why it is a rule."""
    said = " ".join((rule.find.__doc__ or rule.key).split("\n\n")[0].split())
    return f"{rule.code}: {said}"


def waiver_words(waiver: Waiver) -> str:
    """Which rule a waiver is about; its key where there is no such rule any more."""
    known = RULES.get(waiver.rule)
    return rule_words(known) if known else waiver.rule


def quarters_words(waiver: Waiver) -> str:
    """ "Quarter 1 2023/24 to Quarter 4 2023/24"."""
    first, last = Period.quarter_of(waiver.starts_on), Period.quarter_of(waiver.ends_on)
    return first.label if first == last else f"{first.label} to {last.label}"
