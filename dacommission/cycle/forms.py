"""The forms of the quarterly cycle: opening a year, and more time for a return."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length

from dacommission.commissioning.forms import Chosen, choices
from dacommission.returns.forms import LONGEST_TEXT
from dacommission.returns.models import Return
from dacommission.web.clock import london_day
from dacommission.web.forms import DayField, Required
from dacommission.web.locking import VersionedForm
from dacommission.web.words import day

TOO_LONG = Length(max=LONGEST_TEXT, message=f"Write {LONGEST_TEXT:,} characters or fewer.")


class OpenForm(FlaskForm):
    """The contract and year whose returns are to be opened."""

    contract = SelectField("Contract", validators=[Required("Choose a contract.")])
    year = SelectField("Financial year", coerce=int)


class MoreTimeForm(VersionedForm):
    """A later day for a return, and why; the version is the return's."""

    due_on = DayField(
        "New day", [Required("Enter the day on which the return is to be due.")], description="For example, 31 7 2023."
    )
    reason = TextAreaField(
        "Reason",
        [Required("Say why more time is needed."), TOO_LONG],
        description="The provider and the commissioners read this. Do not name any person.",
    )

    def __init__(self, due: Return, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = due

    def validate_due_on(self, field: Any) -> None:
        now_due = london_day(self.due.due_at)
        if field.data is not None and field.data <= now_due:
            raise ValidationError(f"The new day must be after {day(now_due)}, on which the return is due now.")


class DecideForm(VersionedForm):
    """What a commissioner answers; the version is the request's."""

    decision = RadioField(
        "Decision",
        choices=choices([("grant", "Grant more time"), ("decline", "Decline")]),
        validators=[Chosen("Choose whether to grant more time.")],
        validate_choice=False,
    )
    answer = TextAreaField("Answer", [TOO_LONG], description="The provider reads this. Needed when you decline.")

    def validate_answer(self, field: Any) -> None:
        if self.decision.data == "decline" and not (field.data or "").strip():
            raise ValidationError("Say why more time is not granted.")
