"""What can be done to what is known of a contract's workbooks. Each is one unit of work and one audit event.

Kept uploads stay as they are: what is corrected here counts for workbooks to come.
"""

from __future__ import annotations

from datetime import datetime

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.commissioning.actions import Refused
from dacommission.db import check_version, db, unit_of_work
from dacommission.profiles.choices import Choices
from dacommission.profiles.knowing import mean
from dacommission.profiles.models import ImportProfile, KnownSeries
from imports.series import Sense

NO_SUCH_KPI = "Choose a KPI of this contract."
NO_SUCH_CATEGORY = "{code} is not counted by this. Choose another category, or none."


def correct(row: KnownSeries, sense: Sense | None, *, allowed: Choices, version: int, by: User, at: datetime) -> None:
    """Says what a row means; None: it is not for the return. Raises Refused, and Conflict when it was changed since."""
    with unit_of_work():
        check_version(row, version)
        if sense is not None and not allowed.allows(sense):
            raise _refused(sense, allowed)
        mean(row, sense, by=by, at=at)
        audit.record("profile-corrected", subject=row, by=by, meaning=row.meaning, indicator=row.code)


def _refused(sense: Sense, allowed: Choices) -> Refused:
    if allowed.allows(Sense(sense.code, sense.part)):
        return Refused("category", NO_SUCH_CATEGORY.format(code=sense.code))
    return Refused("meaning", NO_SUCH_KPI)


def forget_row(row: KnownSeries, *, version: int, by: User) -> None:
    """Takes a row out of what is known: it is recognised or asked anew. Raises Conflict."""
    with unit_of_work():
        check_version(row, version)
        audit.record("profile-row-forgotten", subject=row, by=by, meaning=row.meaning, indicator=row.code)
        db.session.delete(row)


def forget_all(profile: ImportProfile, *, version: int, by: User) -> None:
    """Forgets everything that is known of a contract's workbooks. Raises Conflict."""
    with unit_of_work():
        check_version(profile, version)
        audit.record("profile-forgotten", subject=profile, by=by, rows=len(profile.rows))
        db.session.delete(profile)


def say_quarters(profile: ImportProfile, quarters: str, *, version: int, by: User) -> None:
    """Says which year "Q1 2022" is a quarter of: a key of QUARTERS. Raises Conflict."""
    with unit_of_work():
        check_version(profile, version)
        profile.quarters = quarters
        audit.record("profile-quarters", subject=profile, by=by, quarters=quarters)
