"""The forms of a review: asking, answering, closing, correcting. Each carries the version that it was made from."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from dacommission.commissioning.forms import Chosen
from dacommission.returns.forms import NOBODY_NAMED, SHORT_ENOUGH, DecisionForm, FigureForm
from dacommission.web.clock import today
from dacommission.web.forms import DayField, Required
from dacommission.web.locking import VersionedForm


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


class CorrectForm(DecisionForm, FigureForm):
    """Another value or status for one figure, with the reason."""

    observation = HiddenField()
    query = SelectField("Does this answer a query?")
