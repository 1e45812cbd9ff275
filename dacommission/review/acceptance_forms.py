"""The forms with which a body decides: each carries exactly what was looked at."""

from __future__ import annotations

import uuid

from wtforms import HiddenField, IntegerField, RadioField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from dacommission.commissioning.forms import Chosen
from dacommission.db import Conflict
from dacommission.returns.forms import LONGEST_TEXT, DecisionForm, ReasonForm
from dacommission.returns.models import Return
from dacommission.review.acceptance import Seen
from dacommission.web.forms import ChecksField, Required

TO_BE_TICKED = "Read why another body does not agree, and tick that you have read it."
SEEN = ("version", "upload", "revision", "views")


class SeenFields:
    """What a decision is bound to, besides the return's version and the upload."""

    revision = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])
    views = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])


class AcceptForm(SeenFields, DecisionForm):
    """A body's agreement; the choices of `read` are the objections of other bodies, by their ids."""

    read = ChecksField("Before you accept", validate_choice=False)

    def validate_read(self, field: ChecksField) -> None:
        if not {key for key, _ in field.choices} <= set(field.data):
            raise ValidationError(TO_BE_TICKED)

    @property
    def read_ids(self) -> set[uuid.UUID]:
        """Which objections were there and read."""
        return {uuid.UUID(key) for key, _ in self.read.choices}


class AgainstForm(SeenFields, ReasonForm):
    """Why a return is sent back or reopened."""


class ViewForm(SeenFields, DecisionForm):
    """What a body thinks of a version, with a note unless it simply agrees."""

    view = RadioField("Your body’s view", validators=[Chosen("Choose a view.")], validate_choice=False)
    note = TextAreaField(
        "Note",
        description="Say which figures it is about. The provider and the other bodies read this. "
        "Do not name any person.",
        validators=[Length(max=LONGEST_TEXT, message=f"The note must be {LONGEST_TEXT:,} characters or fewer.")],
    )

    def validate_note(self, field: TextAreaField) -> None:
        if self.view.data in ("reservations", "objects"):
            Required("Say what the reservations or objections are.")(self, field)


def bind(form: DecisionForm, seen: Seen) -> None:
    """Binds a form to what is shown now, whatever it carried."""
    values = (seen.version, str(seen.upload.id), seen.revision, seen.number)
    for name, value in zip(SEEN, values, strict=True):
        form[name].data, form[name].raw_data = value, None


def seen_in(due: Return, form: DecisionForm) -> Seen:
    """What the form was made from. Raises Conflict when it carries nothing of this return."""
    kept = next((kept for kept in due.uploads if str(kept.id) == form.upload.data), None)
    if kept is None or any(form[name].errors for name in SEEN):
        raise Conflict
    return Seen(kept, form["revision"].data, form.version.data, form["views"].data)
