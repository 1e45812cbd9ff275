"""Who may declare and submit a return: the rule of its contract, and nothing else. Pure.

The provider's manager does by default; a deputy in his stead; whoever uploaded it where the contract says so.
A commissioner declares only what was loaded on the provider's behalf. Matrix row 9.
"""

from __future__ import annotations

from dataclasses import dataclass

from dacommission.roles import Role

TWO_PEOPLE = (
    "You uploaded this workbook yourself. Under this contract somebody else of your organisation declares and "
    "submits it."
)
NOT_THE_UPLOADER = "Under this contract whoever uploads a workbook may submit it. Somebody else uploaded this one."
PROVIDERS_OWN = (
    "The provider uploaded this workbook, so the provider's manager submits it. A commissioner submits only what "
    "was loaded on the provider's behalf."
)
NOT_ENTITLED = "A manager of your organisation, or a deputy whom the manager names, declares and submits this return."


@dataclass(frozen=True, slots=True)
class Declarer:
    """Somebody who may have the permission to submit, as far as the rule asks."""

    role: Role
    of_provider: bool  # belongs to the provider whose return it is
    deputises: bool = False  # named by the provider's manager for today


def capacity(rule: str, who: Declarer) -> str | None:
    """As what somebody may declare returns under a contract's rule: a key of DECLARED_AS. None: not at all."""
    if not who.of_provider:
        return "commissioner" if who.role is Role.COMMISSIONER else None
    if who.role is Role.PROVIDER_MANAGER:
        return "manager"
    if who.deputises:
        return "deputy"
    return "uploader" if rule == "one-person" and who.role is Role.PROVIDER_UPLOADER else None


def refusal(rule: str, who: Declarer, *, uploaded_it: bool, on_behalf: bool) -> str:
    """Why somebody may not declare one upload, in a sentence; "" where he may."""
    held = capacity(rule, who)
    if held is None:
        return NOT_ENTITLED
    if held == "commissioner":
        return "" if on_behalf else PROVIDERS_OWN
    if held == "uploader":
        return "" if uploaded_it else NOT_THE_UPLOADER
    return TWO_PEOPLE if rule == "two-people" and uploaded_it else ""
