"""The forms of a review: asking, answering, closing, correcting. Each carries the version that it was made from."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation

from dacommission.commissioning.forms import Chosen
from dacommission.returns.forms import LONGEST_TEXT, DecisionForm
from dacommission.returns.shown import STATUSES
from dacommission.web.clock import today
from dacommission.web.forms import DayField, NumberField, Required
from dacommission.web.locking import VersionedForm
from imports.reading import Status

SHORT_ENOUGH = Length(max=LONGEST_TEXT, message=f"Write {LONGEST_TEXT:,} characters or fewer.")
NOBODY_NAMED = "Do not name any person."
WHY_NONE = (Status.PENDING, Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.WITHHELD)
STATUS_CHOICES = [
    SelectChoice(str(Status.REPORTED), "There is a figure"),
    *(SelectChoice(str(status), STATUSES[status]) for status in WHY_NONE),
]


def not_in_the_past(form: object, field: DayField) -> None:
    """A day by which something is to be done is still to come."""
    if isinstance(field.data, date) and field.data < today():
        raise ValidationError("Enter today or a day to come.")


class AskForm(DecisionForm):
    """A question about a return, bound to the upload that was looked at."""

    text = TextAreaField(
        "Question",
        description=f"The provider reads this and answers it. {NOBODY_NAMED}",
        validators=[Required("Enter your question."), SHORT_ENOUGH],
    )
    owner = SelectField("Who should answer", description="The provider can hand it to somebody else.")
    due_on = DayField(
        "Answer by", validators=[Required("Enter the day by which it should be answered."), not_in_the_past]
    )


class AnswerForm(VersionedForm):
    """What the provider says to a query."""

    text = TextAreaField(
        "Your answer", description=NOBODY_NAMED, validators=[Required("Enter your answer."), SHORT_ENOUGH]
    )


class TakeOverForm(VersionedForm):
    """Whoever sends it answers the query from now on."""


class FollowUpForm(VersionedForm):
    """A commissioner's word that closes a query or asks again."""

    deed = RadioField(
        "What next",
        choices=[SelectChoice("close", "Close this query"), SelectChoice("again", "Ask again")],
        validators=[Chosen("Choose whether to close the query or to ask again.")],
        validate_choice=False,
    )
    word = TextAreaField(
        "Your word on it",
        description=f"The provider reads this. {NOBODY_NAMED}",
        validators=[Required("Say why it is settled, or what is still to be answered."), SHORT_ENOUGH],
    )
    due_on = DayField("Answer by", description="Only when you ask again.")

    def validate_due_on(self, field: DayField) -> None:
        """A day to come, where something is asked."""
        if self.deed.data == "again" and not field.process_errors:
            Required("Enter the day by which it should be answered.")(self, field)
            not_in_the_past(self, field)


class CorrectForm(DecisionForm):
    """Another value or status for one figure, with the reason."""

    observation = HiddenField()
    status = RadioField(
        "What there is",
        choices=STATUS_CHOICES,
        validators=[Chosen("Choose whether there is a figure.")],
        validate_choice=False,
    )
    value = NumberField("Figure")
    expected_on = DayField("Day on which it will be available", description="Only where it is not yet available.")
    reason = TextAreaField(
        "Why it is corrected",
        description=f"Everybody who reads the figure reads this. {NOBODY_NAMED}",
        validators=[Required("Say why the figure is corrected."), SHORT_ENOUGH],
    )
    query = SelectField("Does this answer a query?")

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
