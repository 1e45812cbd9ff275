"""One provider's own workbook in the demo, with what was answered about its rows. All invented.

It came a day before the return workbook of the same quarter, which followed it; what was said of its rows is known
from then on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import Workbook

from dacommission.accounts.models import User
from dacommission.demo.registry import PERPETRATORS
from dacommission.profiles.answers import carried, combined
from dacommission.returns.checking import check
from dacommission.returns.expected import expected
from dacommission.returns.models import Return
from dacommission.submission import actions
from imports.kinds import Basis, Part
from imports.series import NOTHING_KNOWN, Known, Profile, Sense
from imports.template import Entry

OWN = (PERPETRATORS, 2022, 4)
SHEET, TITLE = "Quarter", "Our numbers"
ROWS: Mapping[str, Sense | None] = {
    "Men with us since April": Sense("PRP-01", basis=Basis.YEAR_TO_DATE),
    "New enquiries": Sense("PRP-02"),
    "Left safer than they came": Sense("PRP-06", Part.NUMERATOR),
    "Left, and we could tell": Sense("PRP-06", Part.DENOMINATOR),
    "Room hire in pounds": None,
}
ROOM_HIRE = 450


def send_own_workbook(due: Return, entries: Sequence[Entry], *, by: User, at: datetime) -> None:
    """Uploads the quarter in the provider's own words a day before, each row answered as its page asks."""
    content, name = _workbook(due, entries), f"{TITLE} {due.period.key}.xlsx"
    wanted = expected(due)
    asked = check(content, name, expected=wanted).reading
    answers = Profile({one.key: Known(ROWS[one.label]) for one in asked.series if one.label in ROWS})
    known = combined(NOTHING_KNOWN, answers)
    reading = check(content, name, expected=wanted, profile=known).reading
    early, said = at - timedelta(days=1), carried(answers)
    actions.receive(due, content=content, filename=name, reading=reading, by=by, at=early, answers=said)


def _workbook(due: Return, entries: Sequence[Entry]) -> bytes:
    values = {(entry.code, entry.part): entry.value for entry in entries if entry.category is None}
    book = Workbook()
    page = book.active
    page.title = SHEET
    page.append([TITLE])
    page.append([])
    page.append(["", due.period.label])
    for label, sense in ROWS.items():
        page.append([label, values[sense.code, sense.part] if sense else ROOM_HIRE])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
