"""What can be done to the KPIs of a contract. Each is one unit of work and one audit event."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.audit import record
from dacommission.commissioning.actions import Refused
from dacommission.commissioning.models import Contract
from dacommission.db import check_version, db, unit_of_work
from dacommission.indicators.models import ContractKpi, Indicator

SHARED_FAMILIES = frozenset({"XS"})  # suggested for every service


@dataclass(frozen=True)
class KpiFields:
    """An indicator written into a contract for a financial year, and what it has to reach."""

    indicator_code: str
    financial_year: int  # 2022 for 2022/23
    target: Decimal | None = None  # in the indicator's unit; percent in percent
    tolerance: Decimal | None = None  # in the same unit; None: a tenth of the target
    range_low: Decimal | None = None
    range_high: Decimal | None = None
    minimum_denominator: int = 10
    mandatory: bool = True


def kpi_fields(kpi: ContractKpi) -> KpiFields:
    """The KPI as it is now."""
    return KpiFields(**{name: getattr(kpi, name) for name in KpiFields.__dataclass_fields__})


def add_kpi(contract: Contract, given: KpiFields, *, by: User) -> ContractKpi:
    """An indicator becomes a KPI of a contract for a year. Raises Refused when it is one already."""
    with unit_of_work():
        if given.indicator_code in _codes(contract, given.financial_year):
            raise Refused("indicator", "It is a KPI of this contract in this year already.")
        added = ContractKpi(contract_id=contract.id, **asdict(given))
        db.session.add(added)
        db.session.flush()
        record("kpi-added", subject=added, by=by)
    return added


def edit_kpi(kpi: ContractKpi, given: KpiFields, *, version: int, by: User) -> None:
    """Its indicator and year stay. Raises Conflict when somebody else changed it since."""
    with unit_of_work():
        check_version(kpi, version)
        held = asdict(kpi_fields(kpi))
        given = replace(given, indicator_code=kpi.indicator_code, financial_year=kpi.financial_year)
        changed = {name: value for name, value in asdict(given).items() if value != held[name]}
        for name, value in changed.items():
            setattr(kpi, name, value)
        record("kpi-edited", subject=kpi, by=by, changed=sorted(changed))


def remove_kpi(kpi: ContractKpi, *, version: int, by: User) -> None:
    """Raises Conflict when somebody else changed it since. Figures reported for it stay."""
    with unit_of_work():
        check_version(kpi, version)
        record("kpi-removed", subject=kpi, by=by)
        db.session.delete(kpi)


def add_suggested_kpis(contract: Contract, financial_year: int, *, by: User) -> int:
    """The suggested set for the services covered, without targets; gives how many were not there already."""
    with unit_of_work():
        families = {service.indicator_family for service in contract.services} | SHARED_FAMILIES
        suggested = select(Indicator.code).where(Indicator.core, Indicator.family.in_(families))
        new = set(db.session.scalars(suggested)) - _codes(contract, financial_year)
        _add_all(contract, [KpiFields(code, financial_year) for code in sorted(new)])
        record("kpis-suggested", subject=contract, by=by, year=financial_year, added=len(new))
    return len(new)


def copy_kpis(contract: Contract, *, from_year: int, to_year: int, by: User) -> int:
    """Another year's KPIs with their targets; gives how many were not there already."""
    with unit_of_work():
        held = _codes(contract, to_year)
        query = select(ContractKpi).where(
            ContractKpi.contract_id == contract.id, ContractKpi.financial_year == from_year
        )
        new = [
            replace(kpi_fields(kpi), financial_year=to_year)
            for kpi in db.session.scalars(query.order_by(ContractKpi.indicator_code))
            if kpi.indicator_code not in held
        ]
        _add_all(contract, new)
        record("kpis-copied", subject=contract, by=by, year=to_year, from_year=from_year, added=len(new))
    return len(new)


def _add_all(contract: Contract, new: list[KpiFields]) -> None:
    db.session.add_all(ContractKpi(contract_id=contract.id, **asdict(given)) for given in new)
    db.session.flush()


def _codes(contract: Contract, financial_year: int) -> set[str]:
    query = select(ContractKpi.indicator_code).where(
        ContractKpi.contract_id == contract.id, ContractKpi.financial_year == financial_year
    )
    return set(db.session.scalars(query))
