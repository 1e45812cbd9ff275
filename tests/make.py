"""One maker a noun: something valid, of which a test states only what it cares about. Saved at once."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dacommission.accounts.models import User
from dacommission.commissioning.models import Arrangement, Contract, Contribution, Service
from dacommission.db import db, unit_of_work
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return
from dacommission.roles import Role
from dacommission.web.clock import end_of_day

_numbers = itertools.count(1)
LONG_AGO = datetime(2022, 1, 1, tzinfo=UTC)


def _saved(record: Any) -> Any:
    with unit_of_work():
        db.session.add(record)
    return record


def organisation(kind: str = "provider", **given: Any) -> Organisation:
    number = next(_numbers)
    words = {"name": f"{kind.title()} {number}", "short_name": f"Body {number}", "kind": kind}
    return _saved(Organisation(**{**words, **given}))


def user(role: Role | str, body: Organisation | None = None, **given: Any) -> User:
    kinds = {"provider-manager": "provider", "provider-uploader": "provider", "board-member": "board-agency"}
    body = body or organisation(kinds.get(str(role), "funding-body"))
    number = next(_numbers)
    words = {
        "email": f"person{number}@example.org",
        "name": f"Person {number}",
        "role": str(role),
        "organisation_id": body.id,
        "created_at": LONG_AGO,
    }
    return _saved(User(**{**words, **given}))


def arrangement(**given: Any) -> Arrangement:
    words = {
        "name": f"Arrangement {next(_numbers)}",
        "starts_on": date(2019, 4, 1),
        "ends_on": date(2024, 3, 31),
    }
    return _saved(Arrangement(**{**words, **given}))


def service(**given: Any) -> Service:
    words = {"name": f"Service {next(_numbers)}", "kind": "community", "duty": "community"}
    return _saved(Service(**{**words, **given}))


def contract(
    provider: Organisation | None = None,
    *,
    lead: Organisation | None = None,
    paid_by: tuple = (),
    **given: Any,
) -> Contract:
    """A contract of 2019 to 2024; `paid_by` are funding bodies with a contribution in 2022/23."""
    provider, lead = provider or organisation("provider"), lead or organisation("funding-body")
    words = {
        "reference": f"DA-{next(_numbers):03d}",
        "title": "Domestic abuse support",
        "provider_id": provider.id,
        "lead_commissioner_id": lead.id,
        "regime": "PCR2015",
        "starts_on": date(2019, 4, 1),
        "ends_on": date(2024, 3, 31),
        "contributions": [
            Contribution(body_id=body.id, stream="Core", financial_year=2022, amount=Decimal("1000.00"))
            for body in paid_by
        ],
    }
    return _saved(Contract(**{**words, **given}))


def indicator(code: str = "HUB-01", **given: Any) -> Indicator:
    words = {
        "code": code,
        "name": f"Indicator {code}",
        "definition": "What is counted.",
        "unit": "referrals",
        "count_type": "F",
        "direction": "volume",
        "family": code.split("-")[0],
        "position": next(_numbers),
    }
    return _saved(Indicator(**{**words, **given}))


def kpi(of: Contract, indicator_code: str, financial_year: int = 2022, **given: Any) -> ContractKpi:
    words = {"contract_id": of.id, "indicator_code": indicator_code, "financial_year": financial_year}
    return _saved(ContractKpi(**{**words, **given}))


def due_return(of: Contract, financial_year: int = 2022, quarter: int = 1, **given: Any) -> Return:
    words = {
        "contract_id": of.id,
        "financial_year": financial_year,
        "quarter": quarter,
        "due_at": end_of_day(date(financial_year, 7, 21)),
    }
    return _saved(Return(**{**words, **given}))
