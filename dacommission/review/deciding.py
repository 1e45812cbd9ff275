"""What the part of the review page on which a decision is taken needs to know."""

from __future__ import annotations

from flask_login import current_user

from dacommission.returns import actions
from dacommission.returns.forms import ReasonForm
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus, steps_from


def deciding(due: Return, upload: Upload, reason_form: ReasonForm) -> dict[str, object]:
    """The words of templates/review/decide.html; the form is bound to what is shown now."""
    for field, seen in ((reason_form.version, due.version), (reason_form.upload, str(upload.id))):
        field.data, field.raw_data = seen, None
    return {
        "steps": set(steps_from(ReturnStatus(due.status))),
        "reason_form": reason_form,
        "own_work": actions.is_own_work(due, current_user),
    }
