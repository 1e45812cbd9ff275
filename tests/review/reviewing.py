"""A submitted return with its people and its past, for tests of what happens to it when it is reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.indicators.models import Indicator
from dacommission.review import queries
from dacommission.review.models import Query
from dacommission.roles import Role
from imports.periods import Period
from tests import make
from tests.pages import PageClient

ClientFor = Callable[[User | None], PageClient]
AT = datetime(2023, 8, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2023, 8, 3, 9, 0, tzinfo=UTC)


def known(code: str, **given: Any) -> Indicator:
    """An indicator, made where there is none of that code yet."""
    return db.session.get(Indicator, code) or make.indicator(code, **given)


class Case:
    """Quarter 2 of 2022/23, submitted with HUB-01 of 2,521 and HUB-05 of 9 out of 13."""

    def __init__(self) -> None:
        known("HUB-01", name="Referrals received")
        known("HUB-05", name="Supported", unit="percent", count_type="R", direction="higher")
        self.contract = make.contract()
        make.kpi(self.contract, "HUB-01")
        make.kpi(self.contract, "HUB-05", target=Decimal(80))
        self.due = make.due_return(self.contract, quarter=2)
        self.manager = make.user(Role.PROVIDER_MANAGER, self.contract.provider)
        self.uploader = make.user(Role.PROVIDER_UPLOADER, self.contract.provider)
        self.commissioner = make.user(Role.COMMISSIONER, self.contract.lead_commissioner)
        figures = {"HUB-01": 2521, ("HUB-05", "numerator"): 1000, ("HUB-05", "denominator"): 2521}
        self.upload = make.submitted(self.due, figures, received_by_id=self.manager.id)
        self.path = f"/returns/{self.due.id}"
        self.review = f"{self.path}/review"

    @property
    def seen(self) -> dict[str, Any]:
        """What a form of a page says of what it was made from."""
        return {"upload": str(self.due.latest_upload.id), "version": self.due.version}  # type: ignore[union-attr]

    def asked(self, text: str = "Is this right?", **given: Any) -> Query:
        """A query of the commissioner's."""
        words = {"due_on": date(2023, 9, 8), "indicator_code": "HUB-01", **given}
        question = queries.Question(text, **words)
        return queries.ask(
            self.due, question, upload=self.upload, version=self.due.version, by=self.commissioner, at=AT
        )


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection, cursor, statement, *more) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def many_figures(count: int, *, years: int = 10) -> Case:
    """A return of so many KPIs with as many years of accepted returns before it, a third of them rates."""
    case = Case()
    codes = [f"XX-{number:02d}" for number in range(1, count + 1)]
    for number, code in enumerate(codes):
        kind = {"unit": "percent", "count_type": "R", "direction": "higher"} if number % 3 == 0 else {}
        known(code, name=f"Measure {number} of what the service does", **kind)
        make.kpi(case.contract, code, target=Decimal(80) if kind else None)
    period = Period.quarter(2022, 3)
    case.due = make.due_return(case.contract, 2022, 3)
    for step in range(years * 4):
        period = period.previous()
        if period != Period.quarter(2022, 2):
            make.accepted(make.due_return(case.contract, period.year, period.number), _figures(codes, step))
    problems = [make.problem(f"{code} moved: check it.", cell=f"E{5 + place}") for place, code in enumerate(codes[:9])]
    case.upload = make.submitted(case.due, _figures(codes, 3), received_by_id=case.manager.id, problems=problems)
    case.path = f"/returns/{case.due.id}"
    case.review = f"{case.path}/review"
    return case


def _figures(codes: list[str], step: int) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for number, code in enumerate(codes):
        value = 100 + number * 7 + step * 3 % 11
        if number % 3 == 0:
            found |= {(code, "numerator"): value, (code, "denominator"): value + 40}
        else:
            found[code] = value
            found |= {(code, "area", name): value // 3 for name in ("York", "Selby", "Craven")}
    return found
