"""The demo's services, arrangement, contracts and KPIs. References and targets are invented and say so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dacommission.accounts.models import User
from dacommission.commissioning import actions
from dacommission.commissioning.actions import ArrangementFields, ContractFields, ContributionFields, ServiceFields
from dacommission.commissioning.models import Contract
from dacommission.commissioning.return_rules import ReturnRules, change_rules
from dacommission.indicators.kpis import KpiFields, add_kpi
from dacommission.organisations.models import Organisation

YEARS = (2021, 2022, 2023)
FUNDING_BODIES = ("north-yorkshire", "york", "police")
SERVICES = (
    ServiceFields("IDAS hub and helpline", "hub", "community", "Triage, short-term support and helpline.", "HUB"),
    ServiceFields("Community-based support", "community", "community", "Longer-term support in the community.", "CBS"),
    ServiceFields(
        "Refuge and dispersed accommodation", "safe-accommodation", "safe-accommodation", "42 commissioned units.", "SA"
    ),
    ServiceFields("Whole family approach", "whole-family", "community", "Support for adults and children.", "WFA"),
    ServiceFields("Respect", "capva", "community", "Young people who are abusive towards their family.", "RES"),
    ServiceFields("+Choices", "perpetrator", "community", "Behaviour change for adults who abuse.", "PRP"),
)
VICTIMS = "DEMO-2019-VICTIMS"
PERPETRATORS = "DEMO-2019-CHOICES"
INVENTED = "The reference, the dates in the year and every target are invented for the demo."
RULES = ReturnRules(
    returns_from=date(2021, 4, 1),
    return_working_days=15,
    return_day=None,
    submission_rule="manager",
    acceptance_rule="any",
    retention_years=6,
    follows_id=None,
)

# Invented targets, taken from what is typical: (target, tolerance, lowest, highest).
TARGETS: dict[str, tuple[str | None, str | None, str | None, str | None]] = {
    "HUB-05": ("80", "5", None, None),
    "SA-07": (None, None, "85", "95"),
    "SA-10": ("40", "5", None, None),
    "PRP-06": ("75", "5", None, None),
}


def add_contracts(bodies: dict[str, Organisation], *, by: User) -> dict[str, Contract]:
    """The two contracts of the joint arrangement, by reference."""
    services = [actions.add_service(given, by=by).id for given in SERVICES]
    arrangement = actions.add_arrangement(
        ArrangementFields(
            "Joint domestic abuse services, 2019 to 2024",
            date(2019, 4, 1),
            date(2024, 3, 31),
            "Commissioned together by the two councils and the Police, Fire and Crime Commissioner, phased in from "
            "March 2019. The contracts that start on 1 April 2024 are a new arrangement.",
        ),
        by=by,
    ).id
    held = (
        (VICTIMS, "Domestic abuse victims' services", "idas", services[:5]),
        (PERPETRATORS, "+Choices perpetrator programme", "foundation", services[5:]),
    )
    added = {}
    for reference, title, provider, covered in held:
        given = ContractFields(
            reference=reference,
            title=title,
            provider_id=bodies[provider].id,
            lead_commissioner_id=bodies["police"].id,
            arrangement_id=arrangement,
            regime="PCR2015",
            starts_on=date(2019, 4, 1),
            ends_on=date(2024, 3, 31),
            service_ids=frozenset(covered),
            note=f"{INVENTED} What each body paid is not published.",
        )
        added[reference] = actions.add_contract(given, by=by)
        change_rules(added[reference], RULES, version=added[reference].version, by=by)
        _add_contributions(added[reference], bodies, by=by)
    return added


def _add_contributions(contract: Contract, bodies: dict[str, Organisation], *, by: User) -> None:
    for body in FUNDING_BODIES:
        for year in YEARS:
            given = ContributionFields(bodies[body].id, "Core", year, None)
            actions.add_contribution(contract, given, version=contract.version, by=by)


def add_kpis(contract: Contract, codes: list[str], *, by: User) -> None:
    """Each indicator as a KPI of the contract in each of the demo's years."""
    for year in YEARS:
        for code in codes:
            target, tolerance, lowest, highest = TARGETS.get(code, (None,) * 4)
            given = KpiFields(
                indicator_code=code,
                financial_year=year,
                target=_number(target),
                tolerance=_number(tolerance),
                range_low=_number(lowest),
                range_high=_number(highest),
            )
            add_kpi(contract, given, by=by)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
