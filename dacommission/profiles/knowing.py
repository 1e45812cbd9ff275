"""What is known of a contract's own workbooks, and how it is learned: from what was confirmed about a kept upload.

What was recognised by its words alone is remembered with its place, to tell what moved, and recognised anew each
time: only what somebody said is handed to the reader as known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.indicators.store import vocabulary
from dacommission.profiles.answers import combined, from_carried, parsed
from dacommission.profiles.choices import choices
from dacommission.profiles.keys import digest, key_as_list, key_from_list
from dacommission.profiles.models import ImportProfile, KnownSeries, LayoutChange
from dacommission.returns.models import Upload
from imports.corrections import is_absent
from imports.drift import Change, drift, followed, sentences
from imports.kinds import Basis, Part
from imports.reading import Expected, Reading
from imports.series import NOTHING_KNOWN, Known, Profile, Reason, Sense, Series, SeriesKey
from imports.sheets import Spot
from imports.workbook.addresses import address


def profile_of(contract: Contract) -> ImportProfile | None:
    """What is kept of a contract's layout; None before the first upload of its own workbook."""
    return db.session.scalar(select(ImportProfile).where(ImportProfile.contract_id == contract.id))


def known(contract: Contract) -> Profile:
    """What people have confirmed about the layout of a contract's workbooks."""
    kept = profile_of(contract)
    if kept is None:
        return NOTHING_KNOWN
    series = {key_of(row): _known(row) for row in kept.rows if row.confirmed_at is not None}
    return Profile(series, kept.quarters, with_hidden=kept.with_hidden)


def known_with(contract: Contract, answers: str, expected: Expected) -> Profile:
    """The same with what was answered about one file. Raises NotAsSent when nobody can have answered so."""
    return combined(known(contract), from_carried(answers, choices(expected, vocabulary())))


def changes(contract: Contract, series: Iterable[Series]) -> tuple[Change, ...]:
    """What is different in a workbook from the last one of the contract that was kept."""
    return drift(_last_layout(profile_of(contract)), series)


def _last_layout(kept: ImportProfile | None) -> dict[SeriesKey, Known]:
    """Every row of the last kept workbook, in its order."""
    if kept is None or kept.upload_id is None:
        return {}
    return {key_of(row): _known(row) for row in kept.rows if row.upload_id == kept.upload_id}


def key_of(row: KnownSeries) -> SeriesKey:
    """By what a row is known again."""
    return key_from_list(row.key)


def sense_of(row: KnownSeries) -> Sense | None:
    """What a row means; None where it is not for the return, or nobody has said."""
    if row.code is None:
        return None
    return Sense(row.code, Part(row.part), row.category, Basis(row.basis) if row.basis else None, row.breakdown)


def _known(row: KnownSeries) -> Known:
    return Known(sense_of(row), Spot(row.sheet, row.cell), row.label)


def reads_hidden(reading: Reading) -> bool:
    """Whether figures were read from hidden rows, columns or sheets, which happens only where somebody says so."""
    if not reading.tables or reading.workbook is None:
        return False
    sheets = {sheet.name: sheet for sheet in reading.workbook.sheets}
    hidden = {name for name, sheet in sheets.items() if sheet.hidden}
    seen = [one for one in reading.observations if not is_absent(one.cell)]
    return any(one.sheet in hidden or sheets[one.sheet].cells[address(one.cell)].hidden for one in seen)


def _with_hidden(reading: Reading, before: bool) -> bool:
    """What is remembered of hidden cells: what was done with those of this file, or as before where it has none."""
    left_out = any(one.reason is Reason.HIDDEN for one in reading.asides)
    return reads_hidden(reading) or (before and not left_out)


def learn(upload: Upload, reading: Reading, answers: str, *, by: User, at: datetime) -> None:
    """Keeps what was confirmed about a workbook's layout, inside the unit of work that keeps its upload.

    Nothing where the file is no workbook of the provider's own, or was there before.
    """
    series, said = {one.key: one for one in reading.series}, parsed(answers)
    if not series or upload.due is None or upload.was_there(at):
        return
    kept = profile_of(upload.due.contract) or _new_profile(upload.due.contract)
    changed = sentences(drift(_last_layout(kept), series.values()))
    db.session.add_all(LayoutChange(upload_id=upload.id, sentence=sentence) for sentence in changed)
    rows = {key_of(row): row for row in kept.rows}
    were = followed(rows, series)
    for position, one in enumerate(series.values()):
        row = rows[were[one.key]] if one.key in were else _new_row(kept)
        row.key, row.key_sha256 = key_as_list(one.key), digest(one.key)
        row.label, row.sheet, row.cell = one.label, one.place.sheet, one.place.cell
        row.position, row.upload_id = position, upload.id
        if one.key in said.series and not one.is_asked:
            mean(row, said.series[one.key].sense, by=by, at=at)
            row.version = (row.version or 0) + 1
        elif row.confirmed_at is None:
            _recognise(row, one.sense)
    kept.upload_id, kept.quarters = upload.id, said.quarters or kept.quarters
    kept.with_hidden = _with_hidden(reading, bool(kept.with_hidden))
    kept.version = (kept.version or 0) + 1
    db.session.flush()
    answered = sum(key in series for key in said.series)
    audit.record("profile-learned", subject=kept, by=by, upload=str(upload.id), rows=len(series), answered=answered)


def mean(row: KnownSeries, sense: Sense | None, *, by: User, at: datetime) -> None:
    """Somebody said what a row means; None: it is not for the return. Inside a unit of work."""
    _say(row, sense)
    row.meaning = "figure" if sense else "not-ours"
    row.confirmed_at, row.confirmed_by_id = at, by.id


def _recognise(row: KnownSeries, sense: Sense | None) -> None:
    """It was recognised by its words, or not at all; nobody said so."""
    _say(row, sense)
    row.meaning = "figure" if sense else "unknown"


def _say(row: KnownSeries, sense: Sense | None) -> None:
    row.code = sense.code if sense else None
    row.part = str(sense.part if sense else Part.VALUE)
    row.breakdown, row.category = (sense.breakdown, sense.category) if sense else (None, None)
    row.basis = str(sense.basis) if sense and sense.basis else None


def _new_profile(contract: Contract) -> ImportProfile:
    made = ImportProfile(contract=contract)
    db.session.add(made)
    return made


def _new_row(kept: ImportProfile) -> KnownSeries:
    made = KnownSeries()
    kept.rows.append(made)
    return made
