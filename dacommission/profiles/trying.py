"""What is known of a contract's workbooks, tried on a kept upload: what it would be read as now. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.store import vocabulary
from dacommission.profiles.knowing import known
from dacommission.returns import shown
from dacommission.returns.checking import check
from dacommission.returns.expected import expected
from dacommission.returns.models import Return, Upload
from dacommission.returns.shown import FigureRow
from dacommission.roles import Permission

OWN_LAYOUTS = ("tables", "long")  # of which rows are known
NOT_READ = "Not read"


@dataclass(frozen=True)
class Difference:
    """A cell that would be read as something else now."""

    place: str
    label: str
    then: str
    now: str


@dataclass(frozen=True)
class Tried:
    """What became of trying."""

    alike: int  # figures that would be read as they were
    differences: tuple[Difference, ...]
    asked: tuple[str, ...]  # rows about which somebody would be asked


def uploads_to_try(contract: Contract, user: User) -> list[Upload]:
    """The kept workbooks of the provider's own layout, the latest first; none that holds another contract's figures."""
    returns = Return.visible_to(user, Permission.RETURNS_FIGURES).where(Return.contract_id == contract.id)
    other, due = aliased(Upload), aliased(Return)
    elsewhere = (
        select(other.id)
        .join(due, other.return_id == due.id)
        .where(other.sha256 == Upload.sha256, due.contract_id != contract.id)
    )
    found = (
        select(Upload)
        .where(Upload.return_id.in_(returns.with_only_columns(Return.id).order_by(None)))
        .where(Upload.layout.in_(OWN_LAYOUTS), Upload.disposed_at.is_(None), ~elsewhere.exists())
    )
    return list(db.session.scalars(found.order_by(Upload.received_at.desc(), Upload.id)))


def tried(contract: Contract, upload: Upload) -> Tried:
    """What an upload would be read as now, held against what was kept of it. It must be one of those to try."""
    if upload.due is None or upload.content is None:
        return Tried(0, (), ())
    words = vocabulary()
    wanted = expected(upload.due)
    reading = check(upload.content, upload.file_name, expected=wanted, profile=known(contract)).reading
    as_kept = [one for one in upload.observations if one.corrects_id is None]
    then = {row.place: row for row in shown.figures(as_kept, words)}
    now = {row.place: row for row in shown.figures(reading.observations, words)}
    places = list(dict.fromkeys([*then, *now]))
    differing = [place for place in places if _words(then.get(place)) != _words(now.get(place))]
    return Tried(
        alike=len(places) - len(differing),
        differences=tuple(_difference(place, then.get(place), now.get(place)) for place in differing),
        asked=tuple(dict.fromkeys(one.label for one in reading.series if one.is_asked)),
    )


def _difference(place: str, then: FigureRow | None, now: FigureRow | None) -> Difference:
    row = now or then
    return Difference(place, row.label if row else "", _words(then), _words(now))


def _words(row: FigureRow | None) -> str:
    """ "HUB-01 Referrals received: 2,398, Quarter 1 2022/23, in the period"."""
    if row is None:
        return NOT_READ
    said = [row.indicator or "No indicator", *([row.part] if row.part != "Value" else []), row.category]
    when = f"{row.period}, {row.basis}" if row.period else "period not known"
    return f"{', '.join(word for word in said if word)}: {row.value or row.status}; {when}"
