"""What can be done to indicators and their aliases. Each is one unit of work and one audit event."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, select

from dacommission.accounts.models import User
from dacommission.audit import record
from dacommission.commissioning.actions import Refused
from dacommission.db import check_version, db, unit_of_work
from dacommission.indicators.models import Indicator, IndicatorAlias


@dataclass(frozen=True)
class IndicatorFields:
    """What may be edited of an indicator. Its code, unit and count type stay as they were: figures rest on them."""

    name: str
    definition: str
    direction: str
    decimals: int = 0
    numerator_label: str = ""
    denominator_label: str = ""
    core: bool = False
    typical_target: str = ""
    breakdowns: tuple[str, ...] = ()  # keys
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class AliasFields:
    text: str
    part: str = "value"  # of imports.reading.Part
    category: str | None = None
    basis: str | None = None  # of imports.reading.Basis


def add_indicator(code: str, unit: str, count_type: str, given: IndicatorFields, *, by: User) -> Indicator:
    """A new indicator, after those there are. Raises Refused when its code is taken."""
    family = code.partition("-")[0]
    added = Indicator(code=code, unit=unit, count_type=count_type, family=family, **_plain(given))
    with unit_of_work():
        if db.session.get(Indicator, code) is not None:
            raise Refused("code", f"The code {code} is taken. Choose another.")
        added.position = (db.session.scalar(select(func.max(Indicator.position))) or 0) + 1
        db.session.add(added)
        db.session.flush()
        record("indicator-added", subject=added, by=by)
    return added


def edit_indicator(indicator: Indicator, given: IndicatorFields, *, version: int, by: User) -> None:
    """Raises Conflict when somebody else changed it since."""
    with unit_of_work():
        check_version(indicator, version)
        record("indicator-edited", subject=indicator, by=by, changed=_change(indicator, _plain(given)))


def add_alias(indicator: Indicator, given: AliasFields, *, by: User) -> IndicatorAlias:
    """One more way in which workbooks write it. Raises Refused when it is known already."""
    with unit_of_work():
        for held in indicator.aliases:
            if (held.text.casefold(), held.category) == (given.text.casefold(), given.category):
                raise Refused("text", "This indicator is known by these words already.")
        added = IndicatorAlias(**_plain(given))
        indicator.aliases.append(added)
        db.session.flush()
        record("indicator-alias-added", subject=indicator, by=by, words=given.text)
    return added


def remove_alias(indicator: Indicator, alias: IndicatorAlias, *, by: User) -> None:
    with unit_of_work():
        record("indicator-alias-removed", subject=indicator, by=by, words=alias.text)
        indicator.aliases.remove(alias)


def _plain(given: Any) -> dict[str, Any]:
    values = {one.name: getattr(given, one.name) for one in fields(given)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _change(subject: object, values: dict[str, Any]) -> list[str]:
    """Sets what differs; gives the names of the fields that did."""
    changed = [name for name, value in values.items() if getattr(subject, name) != value]
    for name in changed:
        setattr(subject, name, values[name])
    return changed
