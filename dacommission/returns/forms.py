"""The forms of returns: a file, a file that was checked, and decisions bound to what was seen."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation

from dacommission.commissioning.forms import Chosen as ChosenOne
from dacommission.returns.shown import STATUSES
from dacommission.web.forms import DayField, NumberField, Required
from dacommission.web.locking import VersionedForm
from imports import personal_data
from imports.reading import Status

LONGEST_TEXT = 2_000
SHORT_ENOUGH = Length(max=LONGEST_TEXT, message=f"Write {LONGEST_TEXT:,} characters or fewer.")
NOBODY_NAMED = "Do not name any person."
WHY_NONE = (Status.PENDING, Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.WITHHELD)
STATUS_CHOICES = [
    SelectChoice(str(Status.REPORTED), "There is a figure"),
    *(SelectChoice(str(status), STATUSES[status]) for status in WHY_NONE),
]
KINDS_READ = "An Excel workbook (.xlsx or .xls), an OpenDocument spreadsheet (.ods) or a CSV file"
SUFFIXES_READ = ".xlsx,.xls,.ods,.csv,.tsv,.txt"  # what is offered for choosing; a file is known by its content


class Chosen:
    """A file must be chosen."""

    def __call__(self, form: FlaskForm, field: FileField) -> None:
        if not field.data:
            raise ValidationError("Choose a file.")


class FileForm(FlaskForm):
    """A workbook to be checked."""

    file = FileField(
        "Workbook",
        description=f"{KINDS_READ}, of up to 10 MB.",
        validators=[Chosen()],
        render_kw={"accept": SUFFIXES_READ},
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


class FigureForm(FlaskForm):
    """What one figure says in place of what the file says, and why."""

    status = RadioField(
        "What there is",
        choices=STATUS_CHOICES,
        validators=[ChosenOne("Choose whether there is a figure.")],
        validate_choice=False,
    )
    value = NumberField("Figure")
    expected_on = DayField("Day on which it will be available", description="Only where it is not yet available.")
    reason = TextAreaField(
        "Why it is corrected",
        description=f"Everybody who reads the figure reads this. {NOBODY_NAMED}",
        validators=[Required("Say why the figure is corrected."), SHORT_ENOUGH],
    )

    def validate_value(self, field: NumberField) -> None:
        """A figure where one is said to be, and none elsewhere."""
        if self.status.data == Status.REPORTED and field.data is None and not field.process_errors:
            raise StopValidation("Enter the figure, or choose why there is none.")
        if self.status.data not in (None, str(Status.REPORTED)) and field.data is not None:
            raise StopValidation("Leave the figure empty, or choose that there is one.")

    def validate_expected_on(self, field: DayField) -> None:
        """The day goes with the promise of a figure."""
        if self.status.data == Status.PENDING and field.data is None and not field.process_errors:
            raise StopValidation("Enter the day on which the figure will be available.")

    def validate_reason(self, field: TextAreaField) -> None:
        """A reason that leads to a person is stored nowhere."""
        if found := personal_data.kinds(field.data or ""):
            raise StopValidation(f"This seems to hold {' and '.join(found)}. Take it out: a return names nobody.")


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
