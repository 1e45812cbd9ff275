"""One maker a noun: something valid, of which a test states only what it cares about. Saved at once."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.commissioning.models import Arrangement, Contract, Contribution, Service
from dacommission.cycle.models import DueExtension
from dacommission.db import db, unit_of_work
from dacommission.indicators.models import ContractKpi, Indicator
from dacommission.organisations.models import Organisation
from dacommission.profiles.keys import digest, key_as_list
from dacommission.profiles.models import ImportProfile, KnownSeries
from dacommission.retention.models import Disposal
from dacommission.returns.models import ContextSeries, Return, StoredObservation, StoredProblem, Upload
from dacommission.returns.workflow import ReturnStatus
from dacommission.review.models import Query, QueryMessage
from dacommission.roles import Role
from dacommission.submission.models import Deputy
from dacommission.waivers.models import Waiver
from dacommission.web.clock import end_of_day
from imports.periods import Period
from imports.reading import Status
from imports.series import SeriesKey

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
    words["returns_from"] = given.get("starts_on", words["starts_on"])
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


def extension(due: Return, **given: Any) -> DueExtension:
    """A week more, asked for by the provider."""
    words = {
        "return_id": due.id,
        "previous_due_at": due.due_at,
        "due_at": due.due_at + timedelta(days=7),
        "reason": "Somebody is ill.",
        "asked_at": LONG_AGO,
        "asked_by_id": user(Role.PROVIDER_UPLOADER, due.contract.provider).id,
    }
    return _saved(DueExtension(**{**words, **given}))


def disposal(of: Contract, **given: Any) -> Disposal:
    """A proposal of a body that has nothing else to do with the tests."""
    by = user(Role.COMMISSIONER)
    words = {
        "contract_id": of.id,
        "through_year": 2023,
        "reason": "Their time is over.",
        "proposed_at": LONG_AGO,
        "proposed_by_id": by.id,
        "proposing_body_id": by.organisation_id,
    }
    return _saved(Disposal(**{**words, **given}))


# A code, a code with a part ("PRP-06", "numerator"), or one with a category ("HUB-01", "area", "York").
FigureKey = str | tuple[str, str] | tuple[str, str, str]
FigureValue = Decimal | int | Status | None  # None is missing


def upload(due: Return | ContextSeries, figures: Mapping[FigureKey, FigureValue], **given: Any) -> Upload:
    """A kept upload with a figure in each row of column E; indicators counted since 1 April are year to date."""
    number = len(due.uploads) + 1
    content = f"Upload {number} of {due.id}".encode()
    words = {
        "return_id": due.id if isinstance(due, Return) else None,
        "series_id": due.id if isinstance(due, ContextSeries) else None,
        "number": number,
        "file_name": f"return-{number}.xlsx",
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "layout": "template",
        "reader_version": "1",
        "received_at": LONG_AGO,
    }
    period = given.pop("period", None) or getattr(due, "period", None)
    problems = given.pop("problems", [])
    if "received_by_id" not in given:
        given["received_by_id"] = _somebody(due).id
    observations = [_observation(key, value, row, period) for row, (key, value) in enumerate(figures.items(), start=5)]
    return _saved(Upload(observations=observations, problems=problems, **{**words, **given}))


def _observation(key: FigureKey, value: FigureValue, row: int, period: Period) -> StoredObservation:
    code, *more = (key,) if isinstance(key, str) else key
    measured = db.session.get_one(Indicator, code)
    status = value if isinstance(value, Status) else Status.MISSING if value is None else Status.REPORTED
    return StoredObservation(
        sheet="KPIs",
        cell=f"E{row}",
        label=measured.name,
        heading=["Value"],
        indicator_code=code,
        part=more[0] if len(more) == 1 else "value",
        breakdown=more[0] if len(more) == 2 else None,
        category=more[1] if len(more) == 2 else None,
        period_start=period.start,
        period_end=period.end,
        basis="ytd" if measured.count_type == "Y" else "period",
        value=Decimal(value) if status is Status.REPORTED else None,
        status=status,
        shown="" if value is None else str(value),
        match="code",
        confidence=Decimal(1),
    )


def problem(message: str = "Is this right?", severity: str = "question", **given: Any) -> StoredProblem:
    """Not saved: give it to `upload`."""
    words = {"rule": "V10", "severity": severity, "sheet": "KPIs", "cell": "E5", "message": message}
    return StoredProblem(**{**words, **given})


def _somebody(due: Return | ContextSeries) -> User:
    """Anybody of the provider whose return it is; of a funding body, for a series."""
    if isinstance(due, ContextSeries):
        return user(Role.COMMISSIONER)
    return user(Role.PROVIDER_MANAGER, due.contract.provider)


def submitted(due: Return, figures: Mapping[FigureKey, FigureValue], **given: Any) -> Upload:
    """An upload of these figures that the provider submitted."""
    kept = upload(due, figures, **given)
    with unit_of_work():
        due.status = ReturnStatus.SUBMITTED
        by = kept.received_by_id
        due.first_submitted_at, due.submitted_at, due.submitted_by_id = LONG_AGO, LONG_AGO, by
        due.declared_as = "manager"
        due.version += 1
    return kept


def accepted(due: Return, figures: Mapping[FigureKey, FigureValue], **given: Any) -> Upload:
    """An upload of these figures that was submitted and accepted; straight into the tables."""
    by = given.pop("by", None) or user(Role.COMMISSIONER, due.contract.lead_commissioner)
    kept = submitted(due, figures, **given)
    with unit_of_work():
        due.status, due.accepted_upload_id = ReturnStatus.ACCEPTED, kept.id
        due.decided_at, due.decided_by_id = LONG_AGO, by.id
        due.version += 1
    return kept


def deputy(of: User, **given: Any) -> Deputy:
    """An uploader who may declare in 2022 and 2023, named by a manager of his provider."""
    words = {"user_id": of.id, "starts_on": date(2022, 1, 1), "ends_on": date(2023, 12, 31), "reason": "Leave"}
    if "named_by_id" not in given:
        given["named_by_id"] = user(Role.PROVIDER_MANAGER, of.organisation).id
    return _saved(Deputy(**{**words, "named_at": LONG_AGO, **given}))


def query(due: Return, about: Upload, *, by: User, **given: Any) -> Query:
    """An open query about an upload of a submitted return."""
    words = {"return_id": due.id, "upload_id": about.id, "number": due.open_queries + 1, "due_on": date(2023, 9, 8)}
    words |= {"raised_at": LONG_AGO, "raised_by_id": by.id}
    asked = QueryMessage(kind="question", text="Is this right?", said_at=LONG_AGO, said_by_id=by.id)
    with unit_of_work():
        raised = Query(messages=[asked], **{**words, **given})
        db.session.add(raised)
        due.status, due.open_queries = ReturnStatus.QUERIED, due.open_queries + 1
        due.version += 1
    return raised


def waiver(of: Contract, **given: Any) -> Waiver:
    """Asked for by the provider's manager, of 2022/23."""
    words = {"rule": "mandatory-missing", "reason": "The system changed.", "asked_at": LONG_AGO}
    if "asked_by_id" not in given:
        given["asked_by_id"] = user(Role.PROVIDER_MANAGER, of.provider).id
    dates = {"starts_on": date(2022, 4, 1), "ends_on": date(2023, 3, 31)}
    return _saved(Waiver(contract_id=of.id, **{**words, **dates, **given}))


def context_series(indicator_code: str = "CTX-01", **given: Any) -> ContextSeries:
    words = {
        "name": f"Series {next(_numbers)}",
        "indicator_code": indicator_code,
        "source": "Police, extract of 3 May 2023",
        "scope": "The county's police area",
    }
    return _saved(ContextSeries(**{**words, **given}))


def known_row(of: Contract, label: str = "New people", **given: Any) -> KnownSeries:
    """A row of a contract's own workbooks that somebody said is HUB-01; of the contract's profile, new or not."""
    profile = db.session.scalars(select(ImportProfile).where(ImportProfile.contract_id == of.id)).first()
    profile = profile or _saved(ImportProfile(contract_id=of.id))
    key = SeriesKey("quarter", "hub", (label.casefold(),), ())
    words = {
        "profile_id": profile.id,
        "key": key_as_list(key),
        "key_sha256": digest(key),
        "meaning": "figure",
        "code": "HUB-01",
        "label": label,
        "sheet": "Quarter",
        "cell": "A5",
        "position": len(profile.rows),
        "confirmed_at": LONG_AGO,
    }
    if "confirmed_by_id" not in given:
        given["confirmed_by_id"] = user(Role.PROVIDER_MANAGER, of.provider).id
    return _saved(KnownSeries(**{**words, **given}))
