"""What can be done to services, arrangements and contracts. Each is one unit of work and one audit event."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.audit import record
from dacommission.commissioning.models import Arrangement, Contract, Contribution, ExtensionOption, Service
from dacommission.db import check_version, db, unit_of_work
from dacommission.roles import Permission
from dacommission.web.clock import today
from imports.periods import Period


class Refused(Exception):
    """Something typed cannot be saved. Holds the field's name and a sentence that says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ArrangementFields:
    name: str
    starts_on: date
    ends_on: date | None = None
    description: str = ""


@dataclass(frozen=True)
class ServiceFields:
    name: str
    kind: str  # of models.SERVICE_KINDS
    duty: str  # of models.DUTIES
    description: str = ""
    indicator_family: str = ""


@dataclass(frozen=True)
class ContractFields:
    reference: str
    title: str
    provider_id: uuid.UUID
    lead_commissioner_id: uuid.UUID
    arrangement_id: uuid.UUID | None
    regime: str  # of models.REGIMES
    starts_on: date
    ends_on: date  # without its extension options
    service_ids: frozenset[uuid.UUID] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class OptionFields:
    months: int
    decide_by: date | None = None
    notice_months: int | None = None
    status: str = "open"  # of models.OPTION_STATUSES


@dataclass(frozen=True)
class ContributionFields:
    body_id: uuid.UUID
    stream: str
    financial_year: int  # 2022 for 2022/23
    amount: Decimal | None  # None: not known yet


def add_arrangement(given: ArrangementFields, *, by: User) -> Arrangement:
    """A new joint arrangement. Raises Refused when its name is taken."""
    added = Arrangement(**_plain(given))
    with unit_of_work():
        _name_is_free(Arrangement, given.name)
        db.session.add(added)
        db.session.flush()
        record("arrangement-added", subject=added, by=by)
    return added


def edit_arrangement(arrangement: Arrangement, given: ArrangementFields, *, version: int, by: User) -> None:
    """Raises Conflict when somebody else changed it since, Refused when its new name is taken."""
    with unit_of_work():
        check_version(arrangement, version)
        _name_is_free(Arrangement, given.name, besides=arrangement.id)
        record("arrangement-edited", subject=arrangement, by=by, changed=_change(arrangement, _plain(given)))


def add_service(given: ServiceFields, *, by: User) -> Service:
    """A new service. Raises Refused when its name is taken."""
    added = Service(**_plain(given))
    with unit_of_work():
        _name_is_free(Service, given.name)
        db.session.add(added)
        db.session.flush()
        record("service-added", subject=added, by=by)
    return added


def edit_service(service: Service, given: ServiceFields, *, version: int, by: User) -> None:
    """Raises Conflict when somebody else changed it since, Refused when its new name is taken."""
    with unit_of_work():
        check_version(service, version)
        _name_is_free(Service, given.name, besides=service.id)
        record("service-edited", subject=service, by=by, changed=_change(service, _plain(given)))


def add_contract(given: ContractFields, *, by: User) -> Contract:
    """A new contract. Raises Refused when its reference is taken.

    Its returns are awaited from the last quarter that has ended, so that what is long past is not late at once.
    """
    added = Contract(**_plain(given, leaving_out="service_ids"))
    added.returns_from = max(given.starts_on, Period.quarter_of(today()).previous().start)
    with unit_of_work():
        _reference_is_free(given.reference)
        added.services = _services(given.service_ids)
        db.session.add(added)
        db.session.flush()
        record("contract-added", subject=added, by=by)
    return added


def edit_contract(contract: Contract, given: ContractFields, *, version: int, by: User) -> None:
    """Raises Conflict when somebody else changed it since, Refused when it cannot be saved as typed."""
    with unit_of_work():
        check_version(contract, version)
        _reference_is_free(given.reference, besides=contract.id)
        changed = _change(contract, _plain(given, leaving_out="service_ids"))
        if {service.id for service in contract.services} != given.service_ids:
            contract.services = _services(given.service_ids)
            changed.append("services")
        _still_seen(contract, "lead_commissioner", by=by)
        record("contract-edited", subject=contract, by=by, changed=changed)


def add_option(contract: Contract, given: OptionFields, *, version: int, by: User) -> ExtensionOption:
    """One more option to extend, after those there are. Raises Conflict when the contract changed since."""
    with unit_of_work():
        check_version(contract, version)
        number = max((option.number for option in contract.extension_options), default=0) + 1
        added = ExtensionOption(number=number, **_plain(given))
        contract.extension_options.append(added)
        db.session.flush()
        record("extension-option-added", subject=contract, by=by, option=number)
    return added


def edit_option(contract: Contract, option: ExtensionOption, given: OptionFields, *, version: int, by: User) -> None:
    """Raises Conflict when the contract or one of its options or contributions changed since."""
    with unit_of_work():
        check_version(contract, version)
        changed = _change(option, _plain(given))
        record("extension-option-edited", subject=contract, by=by, option=option.number, changed=changed)


def remove_option(contract: Contract, option: ExtensionOption, *, version: int, by: User) -> None:
    """Raises Conflict when the contract or one of its options or contributions changed since."""
    with unit_of_work():
        check_version(contract, version)
        record("extension-option-removed", subject=contract, by=by, option=option.number)
        contract.extension_options.remove(option)


def add_contribution(contract: Contract, given: ContributionFields, *, version: int, by: User) -> Contribution:
    """What a body pays from a stream in a year. Raises Refused when that is recorded already."""
    with unit_of_work():
        check_version(contract, version)
        _contribution_is_new(contract, given)
        added = Contribution(**_plain(given))
        contract.contributions.append(added)
        db.session.flush()
        record("contribution-added", subject=contract, by=by, **_about(added))
    return added


def edit_contribution(
    contract: Contract, contribution: Contribution, given: ContributionFields, *, version: int, by: User
) -> None:
    """Raises Conflict when the contract changed since, Refused when it cannot be saved as typed."""
    with unit_of_work():
        check_version(contract, version)
        _contribution_is_new(contract, given, besides=contribution)
        changed = _change(contribution, _plain(given))
        _still_seen(contract, "body", by=by)
        record("contribution-edited", subject=contract, by=by, changed=changed, **_about(contribution))


def remove_contribution(contract: Contract, contribution: Contribution, *, version: int, by: User) -> None:
    """Raises Conflict when the contract changed since, Refused when one's own body would lose sight of it."""
    with unit_of_work():
        check_version(contract, version)
        about = _about(contribution)
        contract.contributions.remove(contribution)
        _still_seen(contract, "body", by=by)
        record("contribution-removed", subject=contract, by=by, **about)


def _plain(given: Any, leaving_out: str = "") -> dict[str, Any]:
    return {one.name: getattr(given, one.name) for one in fields(given) if one.name != leaving_out}


def _change(subject: object, values: dict[str, Any]) -> list[str]:
    """Sets what differs; gives the names of the fields that did."""
    changed = [name for name, value in values.items() if getattr(subject, name) != value]
    for name in changed:
        setattr(subject, name, values[name])
    return changed


def _about(contribution: Contribution) -> dict[str, Any]:
    return {
        "body": str(contribution.body_id),
        "stream": contribution.stream,
        "year": str(contribution.financial_year),
    }


def _services(ids: frozenset[uuid.UUID]) -> list[Service]:
    return list(db.session.scalars(select(Service).where(Service.id.in_(ids)).order_by(Service.name, Service.id)))


def _name_is_free(kind: type[Arrangement] | type[Service], name: str, *, besides: uuid.UUID | None = None) -> None:
    found = db.session.scalar(select(kind.id).where(kind.name == name))
    if found is not None and found != besides:
        raise Refused("name", f"There is one called {name} already. Choose another name.")


def _reference_is_free(reference: str, *, besides: uuid.UUID | None = None) -> None:
    found = db.session.scalar(select(Contract.id).where(Contract.reference == reference))
    if found is not None and found != besides:
        raise Refused("reference", f"The reference {reference} is taken. Give the contract another.")


def _contribution_is_new(contract: Contract, given: ContributionFields, *, besides: Contribution | None = None) -> None:
    for held in contract.contributions:
        same = (held.body_id, held.stream, held.financial_year) == (
            given.body_id,
            given.stream,
            given.financial_year,
        )
        if same and held is not besides:
            raise Refused("stream", "This body's contribution from this stream in this year is recorded already.")


def _still_seen(contract: Contract, field: str, *, by: User) -> None:
    """Nobody may edit a contract out of his own body's sight: another body has to do that."""
    db.session.flush()
    seen = Contract.visible_to(by, Permission.CONTRACTS_EDIT).where(Contract.id == contract.id)
    if db.session.scalar(seen) is None:
        raise Refused(
            field,
            "Your body would then neither lead nor pay for this contract, and could no longer see it. "
            "Ask the lead commissioner to make this change.",
        )
