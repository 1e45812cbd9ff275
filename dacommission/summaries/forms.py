"""What people type about summaries and releases."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Length

from dacommission.web.forms import Required
from dacommission.web.locking import VersionedForm

LONGEST_TEXT = 20_000


class StartForm(FlaskForm):
    arrangement = SelectField("Joint arrangement", validators=[Required("Choose the joint arrangement.")])
    period = SelectField("Year or quarter", validators=[Required("Choose the year or quarter.")])


class NarrativeForm(VersionedForm):
    narrative = TextAreaField(
        "Text",
        description="Write {{ HUB-01 }} for a figure, {{ HUB-09 per month }} for its monthly average, "
        "{{ provider HUB-01 }} for who reports it and {{ period }} for the year. Leave an empty line between "
        "paragraphs.",
        validators=[
            Required("Enter the text of the summary."),
            Length(max=LONGEST_TEXT, message=f"The text must be {LONGEST_TEXT:,} characters or fewer."),
        ],
    )


class ReleaseForm(FlaskForm):
    """Carries the digest of what the person looked at."""

    seen = HiddenField()


class WithdrawForm(FlaskForm):
    reason = TextAreaField(
        "Why is this release withdrawn?",
        description="The reason is kept with the release. Do not write figures or names here.",
        validators=[
            Required("Enter why the release is withdrawn."),
            Length(max=500, message="The reason must be 500 characters or fewer."),
        ],
    )
