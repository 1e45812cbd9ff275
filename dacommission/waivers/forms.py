"""The forms of waivers: what is asked for, and what is decided."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from dacommission.commissioning.forms import Chosen
from dacommission.web.forms import Required
from dacommission.web.locking import VersionedForm

LONGEST_TEXT = 2_000
_LONGEST = Length(max=LONGEST_TEXT, message=f"Use {LONGEST_TEXT:,} characters or fewer.")


class WaiverForm(FlaskForm):
    """Which rule, for which KPI, for which quarters, and why."""

    rule = SelectField("Rule that cannot be met", validators=[Required("Choose a rule.")])
    indicator = SelectField("KPI")
    first = SelectField("First quarter", validators=[Required("Choose the first quarter.")])
    last = SelectField("Last quarter", validators=[Required("Choose the last quarter.")])
    reason = TextAreaField(
        "Reason",
        description="It stands beside the figure wherever the rule is not met. Do not name any person.",
        validators=[Required("Say why the rule cannot be met."), _LONGEST],
    )

    def validate_last(self, field: Field) -> None:
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError("The last quarter must not be before the first quarter.")


class WaiverDecisionForm(VersionedForm):
    """Approved or declined."""

    decision = RadioField(
        "Decision",
        choices=[SelectChoice("approved", "Approve the waiver"), SelectChoice("declined", "Decline it")],
        validators=[Chosen("Choose whether to approve the waiver.")],
        validate_choice=False,
    )
    answer = TextAreaField("Answer", description="Whoever asked reads it.", validators=[_LONGEST])


class EndWaiverForm(VersionedForm):
    """An approved waiver ends before its last quarter."""
