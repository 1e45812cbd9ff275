"""Which of the returns that wait for a workbook a file is for: by its cover, or by whose KPIs its figures are.

A file with one row a figure may hold the figures of several contracts: each return takes those of its own KPIs,
and is told nothing about the others'. Reads only; nothing is kept.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.store import kpis_of
from dacommission.profiles.knowing import known
from dacommission.returns.checking import Checked, check
from dacommission.returns.deadlines import is_open_for_uploads
from dacommission.returns.expected import expected
from dacommission.returns.models import Return
from dacommission.returns.workflow import ReturnStatus, Step, steps_from
from dacommission.roles import Permission
from dacommission.web.clock import today
from imports.checks import PERSONAL_DATA
from imports.headings import folded
from imports.reading import Problem, Reading

NOBODYS = "This file is for none of your returns that wait for a workbook. {said}"
SAYS_COVER = "Its cover says {contract}, {period}."
SAYS_FIGURES = "Its figures belong to no KPI of theirs in a quarter that is over."
SHARED = (
    "{codes} {are} of several of these contracts, so nobody could say whose the figures are. Send a file for each "
    "contract."
)
PAID_BY_OTHERS = (
    "Send each contract's figures in a file of its own, because other bodies pay for {contracts} than for {first}."
)


@dataclass(frozen=True)
class ForReturn:
    """One return that a file is for, and what it holds for it."""

    due: Return
    checked: Checked

    @property
    def place(self) -> str:
        """Names the return and the file."""
        return f"{self.due.id}:{self.checked.reading.sha256}"

    @property
    def key(self) -> str:
        """Names besides what was read, down to the last figure and problem."""
        return f"{self.place}:{self.checked.fingerprint}"


@dataclass(frozen=True)
class Matched:
    """One file, and the returns that it is for; `trouble` says why there is none."""

    name: str
    content: bytes
    found: tuple[ForReturn, ...] = ()
    problems: tuple[Problem, ...] = ()
    trouble: str = ""


def waiting(user: User) -> list[Return]:
    """The returns to which somebody may add an upload now, the earliest due first."""
    takes = [status for status in ReturnStatus if Step.RECEIVE in steps_from(status)]
    found = Return.visible_to(user, Permission.RETURNS_UPLOAD).where(Return.status.in_(takes)).order_by(None)
    ordered = found.order_by(Return.due_at, Return.contract_id, Return.id)
    return [due for due in db.session.scalars(ordered) if _is_open(due, user)]


def _is_open(due: Return, user: User) -> bool:
    return is_open_for_uploads(due, today(), on_behalf=user.organisation_id != due.contract.provider_id)


def matched(content: bytes, name: str, candidates: Sequence[Return]) -> Matched:
    """What a file is, and for which of the candidates."""
    reading = check(content, name, expected=None).reading
    if reading.layout is None:
        return Matched(name, content, problems=reading.problems)
    if reading.cover.contract is not None or reading.layout == "template":
        return _by_cover(content, name, reading, candidates)
    if contract := _known_layout(reading, candidates):
        own = [due for due in candidates if due.contract == contract]
        known_as = check(content, name, expected=None, profile=known(contract)).reading
        return _by_figures(content, name, known_as, own)
    return _by_figures(content, name, reading, candidates)


def _known_layout(reading: Reading, candidates: Sequence[Return]) -> Contract | None:
    """The contract of whose workbooks most rows of a file are known; None where none is, or of several as many."""
    keys = {one.key for one in reading.series}
    if not keys:
        return None
    contracts = {due.contract_id: due.contract for due in candidates}.values()
    counted = Counter({contract: len(keys & {*known(contract).series}) for contract in contracts})
    (first, most), (_, next_most) = [*counted.most_common(2), (None, 0), (None, 0)][:2]
    return first if most > next_most else None


def _by_cover(content: bytes, name: str, reading: Reading, candidates: Sequence[Return]) -> Matched:
    cover = reading.cover
    for due in candidates:
        if folded(due.contract.reference) == folded(cover.contract or "") and due.period == cover.period:
            return Matched(name, content, (ForReturn(due, _checked(content, name, due)),))
    said = SAYS_COVER.format(contract=cover.contract or "no contract", period=cover.period or "no quarter")
    return Matched(name, content, trouble=NOBODYS.format(said=said))


def _by_figures(content: bytes, name: str, reading: Reading, candidates: Sequence[Return]) -> Matched:
    """Every candidate of whose KPIs there is a figure of its quarter."""
    seen = [(one.indicator, one.period) for one in reading.observations if one.indicator and one.period]
    owed = {due: {kpi.indicator_code for kpi in kpis_of(due.contract_id, due.financial_year)} for due in candidates}
    takes = {
        due: {code for code, period in seen if code in codes and due.period.contains(period)}
        for due, codes in owed.items()
    }
    dues = [due for due in candidates if takes[due]]
    if not dues:
        return Matched(name, content, trouble=NOBODYS.format(said=SAYS_FIGURES))
    if len(dues) == 1:
        return Matched(name, content, (ForReturn(dues[0], _checked(content, name, dues[0])),))
    if shared := _shared([takes[due] for due in dues]):
        are = "is a KPI" if len(shared) == 1 else "are KPIs"
        return Matched(name, content, trouble=SHARED.format(codes=", ".join(shared), are=are))
    if trouble := _paid_by_others(dues):
        return Matched(name, content, trouble=trouble)
    theirs = {due: set().union(*(owed[other] for other in dues if other is not due)) for due in dues}
    return Matched(name, content, tuple(_own_part(content, name, due, theirs[due] - owed[due]) for due in dues))


def _checked(content: bytes, name: str, due: Return) -> Checked:
    """A file read as one return's, with what is known of its contract's workbooks."""
    return check(content, name, expected=expected(due), profile=known(due.contract))


def _shared(takes: Sequence[set[str]]) -> list[str]:
    """The codes that more than one return would take."""
    counted = Counter(code for codes in takes for code in codes)
    return sorted(code for code, times in counted.items() if times > 1)


def _paid_by_others(dues: Sequence[Return]) -> str:
    """Why a file may not be split: whoever may see one contract's figures could read another's in it; "" if none."""
    first, *rest = sorted((due.contract for due in dues), key=lambda one: one.reference)
    others = {one.reference for one in rest if _payers(one) != _payers(first)}
    return PAID_BY_OTHERS.format(contracts=" and ".join(sorted(others)), first=first.reference) if others else ""


def _payers(contract: Contract) -> set[uuid.UUID]:
    """The bodies that lead a contract or pay towards it in any year: those that may see its returns."""
    return {contract.lead_commissioner_id, *(share.body_id for share in contract.contributions)}


def _own_part(content: bytes, name: str, due: Return, theirs: set[str]) -> ForReturn:
    """What the file holds for one return: no figures of the others' KPIs, and no words, which may be theirs."""
    whole = _checked(content, name, due)
    others = {one.spot for one in whole.reading.observations if one.indicator in theirs}
    own = tuple(one for one in whole.reading.observations if one.indicator not in theirs)
    problems = tuple(
        problem for problem in whole.reading.problems if problem.spot not in others or problem.rule == PERSONAL_DATA
    )
    return ForReturn(due, Checked(content, replace(whole.reading, observations=own, problems=problems, passages=())))
