"""The forms of returns: a file, a file that was checked, and decisions bound to what was seen."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from dacommission.web.forms import Required
from dacommission.web.locking import VersionedForm

LONGEST_TEXT = 2_000


class Chosen:
    """A file must be chosen."""

    def __call__(self, form: FlaskForm, field: FileField) -> None:
        if not field.data:
            raise ValidationError("Choose a file.")


class FileForm(FlaskForm):
    """A workbook to be checked."""

    file = FileField(
        "Workbook", description="An Excel workbook (.xlsx) or a CSV file of up to 10 MB.", validators=[Chosen()]
    )


class CheckedForm(FlaskForm):
    """A workbook that was checked and is kept nowhere else."""

    file_name = HiddenField()
    content = HiddenField()
    answers = HiddenField()  # what was said of its layout
    seen = HiddenField()


class DecisionForm(VersionedForm):
    """A step taken on exactly the upload that was looked at."""

    upload = HiddenField()


class ReasonForm(DecisionForm):
    reason = TextAreaField(
        "Reason",
        description="The provider reads this. Say which cell is to be mended, and do not name any person.",
        validators=[
            Required("Say why, so that the provider knows what to mend."),
            Length(max=LONGEST_TEXT, message=f"The reason must be {LONGEST_TEXT:,} characters or fewer."),
        ],
    )


class SeriesForm(FlaskForm):
    """A context series: figures from a partner."""

    name = StringField("Name", validators=[Required("Enter the name of the series."), Length(max=200)])
    indicator = SelectField("Indicator", validators=[Required("Choose an indicator.")])
    source = StringField(
        "Source",
        description="Who supplied it, and the day of the extract.",
        validators=[Required("Enter the source."), Length(max=LONGEST_TEXT)],
    )
    scope = TextAreaField(
        "Scope",
        description="Which area it covers, and what is not known about that.",
        validators=[Required("Enter the scope."), Length(max=LONGEST_TEXT)],
    )


class ResolutionForm(VersionedForm):
    """What was found out about a difference between a stated and a computed total."""

    resolution = TextAreaField(
        "What was found out",
        description="Which of the two totals is right, why they differ, and who said so.",
        validators=[Length(max=LONGEST_TEXT)],
    )
