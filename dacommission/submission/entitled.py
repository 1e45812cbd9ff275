"""Who may declare which return today: the contract's rule, asked with what is known about somebody.

The rule itself is in declaring.py.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import db
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus, StepNotAllowed
from dacommission.roles import Role
from dacommission.submission import declaring
from dacommission.submission.declaring import Declarer
from dacommission.submission.models import Deputy


class NotEntitled(StepNotAllowed):
    """Somebody else has to declare this return; the message says who."""


def deputises(user: User, day: date) -> bool:
    """Whether somebody stands in for the provider's manager on a day."""
    named = select(Deputy.id).where(Deputy.user_id == user.id, Deputy.starts_on <= day, Deputy.ends_on >= day)
    return user.role == Role.PROVIDER_UPLOADER and db.session.scalar(named.limit(1)) is not None


def capacity(user: User, contract: Contract, day: date) -> str | None:
    """As what somebody may declare returns of a contract: a key of DECLARED_AS. None: not at all."""
    return declaring.capacity(contract.submission_rule, _declarer(user, contract, day))


def refusal(user: User, due: Return, upload: Upload | None, day: date) -> str:
    """Why somebody may not declare an upload, or his own one that is to come; "" where he may."""
    return declaring.refusal(
        due.contract.submission_rule,
        _declarer(user, due.contract, day),
        uploaded_it=upload is None or upload.received_by_id == user.id,
        on_behalf=user.organisation_id != due.contract.provider_id if upload is None else upload.on_behalf,
    )


def declares_as(user: User, due: Return, upload: Upload, day: date) -> str:
    """As what somebody declares an upload. Raises NotEntitled where he may not."""
    held, reason = capacity(user, due.contract, day), refusal(user, due, upload, day)
    if reason or held is None:
        raise NotEntitled(reason)
    return held


def has_submitted(user: User, due: Return, upload: Upload | None) -> bool:
    """Whether somebody has submitted the return with this very upload, and nobody has decided on it since."""
    waits = due.status in (ReturnStatus.SUBMITTED, ReturnStatus.QUERIED)
    return waits and due.submitted_by_id == user.id and upload is not None and upload is due.latest_upload


def _declarer(user: User, contract: Contract, day: date) -> Declarer:
    of_provider = user.organisation_id == contract.provider_id
    return Declarer(Role(user.role), of_provider, deputises=of_provider and deputises(user, day))
