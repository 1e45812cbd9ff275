"""How complete the returns of a quarter or a year are, counted honestly.

What is owed: the return of every quarter that has closed, is within the contract's term and is awaited; a
backfilled one is not. Its figures are the contract's mandatory KPIs of the year; a nil return owes none. A figure
is reported when the return that was handed in has a value for it: uploaded and not submitted is not handed in,
and neither is what was sent back. A rate's count that was left blank counts as the KPI that is the same count. What
a figure says instead of a value (withheld, not collected …) counts apart.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager

from dacommission.db import db
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.store import measure_of
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.workflow import ReturnStatus
from imports.reading import Basis, Part, Status

COUNTS = frozenset({Part.NUMERATOR, Part.DENOMINATOR})  # of a rate
HANDED_IN = frozenset({ReturnStatus.SUBMITTED, ReturnStatus.QUERIED, ReturnStatus.ACCEPTED})
TOLD_APART = {
    Status.WITHHELD: "withheld",
    Status.PENDING: "not yet available",
    Status.NOT_COLLECTED: "not collected",
    Status.NOT_APPLICABLE: "not applicable",
    Status.SUPPRESSED: "suppressed by the provider",
}


@dataclass(frozen=True)
class Latest:
    """The upload that speaks for a return."""

    upload_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class Owed:
    """A KPI of which a figure is owed, and by part of a rate the code of the indicator that is the same count."""

    code: str
    borrowed: Mapping[Part, str]


@dataclass(frozen=True)
class Completeness:
    """What is owed, and what of it has come."""

    owed: int = 0
    accepted: int = 0
    nil: int = 0  # of those accepted
    late: int = 0
    figures: int = 0  # mandatory ones
    reported: int = 0
    instead: Mapping[Status, int] = field(default_factory=dict)  # what was said in place of a figure

    def __add__(self, other: Completeness) -> Completeness:
        return Completeness(
            self.owed + other.owed,
            self.accepted + other.accepted,
            self.nil + other.nil,
            self.late + other.late,
            self.figures + other.figures,
            self.reported + other.reported,
            Counter(self.instead) + Counter(other.instead),
        )

    @property
    def returns_words(self) -> str:
        """ "3 of 4 returns accepted (1 of them nil), 1 late"."""
        if not self.owed:
            return "No return is owed"
        words = f"{self.accepted} of {self.owed} return{'' if self.owed == 1 else 's'} accepted"
        if self.nil:
            words += f" ({self.nil} of them nil)"
        return f"{words}, {self.late} late" if self.late else words

    @property
    def figures_words(self) -> str:
        """ "57 of 60 mandatory figures reported, 2 withheld"; "" where none is owed."""
        if not self.figures:
            return ""
        words = f"{self.reported:,} of {self.figures:,} mandatory figures reported"
        told = [f"{self.instead[one]:,} {apart}" for one, apart in TOLD_APART.items() if self.instead.get(one)]
        return ", ".join([words, *told])


def total(found: Iterable[Completeness]) -> Completeness:
    """All of them together."""
    return sum(found, Completeness())


def latest_uploads(returns: Collection[Return]) -> dict[uuid.UUID, Latest]:
    """By return: its last upload that was not withdrawn. One query."""
    found = (
        select(Upload.return_id, Upload.id, Upload.kind)
        .where(Upload.return_id.in_([due.id for due in returns]), Upload.withdrawn_at.is_(None))
        .order_by(Upload.return_id, Upload.number)
    )
    return {return_id: Latest(upload_id, kind) for return_id, upload_id, kind in db.session.execute(found) if return_id}


class Figures:
    """The mandatory figures of a year's returns: which are owed, and what was said of each. Two queries."""

    def __init__(self, returns: Collection[Return], latest: Mapping[uuid.UUID, Latest], year: int) -> None:
        self.latest = latest
        handed_in = [latest[due.id].upload_id for due in returns if due.status in HANDED_IN and due.id in latest]
        self.mandatory = _mandatory({due.contract_id for due in returns}, year)
        self.said = _said(handed_in)

    def of(self, due: Return) -> Completeness:
        """What one return owes and has; nothing where it is nil."""
        latest = self.latest.get(due.id)
        if latest is not None and latest.kind == "nil":
            return Completeness()
        said = [self._status(due, latest, kpi) for kpi in self.mandatory.get(due.contract_id, ())]
        instead: Counter[Status] = Counter(status for status in said if status is not Status.REPORTED)
        return Completeness(figures=len(said), reported=said.count(Status.REPORTED), instead=instead)

    def _status(self, due: Return, latest: Latest | None, kpi: Owed) -> Status:
        """Reported when every part has a value; else what the first part without one says."""
        if latest is None:
            return Status.MISSING
        said = self._parts(due, latest, kpi.code)
        for part, other in kpi.borrowed.items():
            if said.get(part, Status.MISSING) is Status.MISSING:
                said[part] = self._parts(due, latest, other).get(Part.VALUE, Status.MISSING)
        if not said or (kpi.borrowed and said.keys() < COUNTS):
            return Status.MISSING
        return next((status for status in said.values() if status is not Status.REPORTED), Status.REPORTED)

    def _parts(self, due: Return, latest: Latest, code: str) -> dict[Part, Status]:
        """What is said of each part of a KPI; of one told for several months, what the first without a value says."""
        found: dict[Part, Status] = {}
        for part, status, end in self.said.get((latest.upload_id, code), ()):
            if due.period.start <= end <= due.period.end and found.get(part, Status.REPORTED) is Status.REPORTED:
                found[part] = status
        return found


def _mandatory(contracts: Collection[uuid.UUID], year: int) -> dict[uuid.UUID, list[Owed]]:
    found = (
        select(ContractKpi)
        .join(ContractKpi.indicator)
        .options(contains_eager(ContractKpi.indicator))
        .where(ContractKpi.contract_id.in_(list(contracts)), ContractKpi.financial_year == year, ContractKpi.mandatory)
        .order_by(ContractKpi.contract_id, ContractKpi.indicator_code)
    )
    owed: dict[uuid.UUID, list[Owed]] = {}
    for kpi in db.session.scalars(found):
        measure = measure_of(kpi.indicator)
        above = "" if measure.numerator_category else measure.numerator_indicator
        linked = {Part.NUMERATOR: above, Part.DENOMINATOR: measure.denominator_indicator}
        borrowed = {part: code for part, code in linked.items() if code}
        owed.setdefault(kpi.contract_id, []).append(Owed(kpi.indicator_code, borrowed))
    return owed


def _said(uploads: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], list[tuple[Part, Status, date]]]:
    """By upload and indicator: the part, status and last day of each whole figure, as corrected."""
    later = aliased(StoredObservation)
    seen = (
        StoredObservation.upload_id,
        StoredObservation.indicator_code,
        StoredObservation.part,
        StoredObservation.status,
        StoredObservation.period_end,
    )
    found = (
        select(*seen)
        .outerjoin(later, later.corrects_id == StoredObservation.id)
        .where(later.id.is_(None), StoredObservation.upload_id.in_(list(uploads)))
        .where(StoredObservation.category.is_(None), StoredObservation.basis != Basis.TOTAL)
        .distinct()
        .order_by(*seen)
    )
    said: dict[tuple[uuid.UUID, str], list[tuple[Part, Status, date]]] = {}
    for upload_id, code, part, status, end in db.session.execute(found):
        if code and end:
            said.setdefault((upload_id, code), []).append((Part(part), Status(status), end))
    return said
