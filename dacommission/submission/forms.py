"""The forms of submitting: what is explained, what is declared, who deputises, why an upload is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from dacommission.returns.forms import LONGEST_TEXT, SUFFIXES_READ, CheckedForm, Chosen, DecisionForm
from dacommission.submission.asked import Asked
from dacommission.submission.explaining import Draft, lacking
from dacommission.submission.models import Explanation
from dacommission.web.forms import DayField, Required
from dacommission.web.locking import Difference, VersionedForm, differences

TICK = "Tick the box to declare this before you submit the return."
STILL = {
    "what": "Say what happened with {code}.",
    "why": "Say why it happened with {code}.",
    "action": "Say what is done about {code}.",
    "by_when": "Enter by when it is done for {code}.",
}
_LONGEST = Length(max=LONGEST_TEXT, message=f"Use {LONGEST_TEXT:,} characters or fewer.")


class DeclarationForm(DecisionForm):
    """A return is submitted, with exactly the upload that was looked at."""

    declared = BooleanField()


class CheckedReturnForm(CheckedForm):
    """A workbook that was checked, with what is declared when it is submitted at once."""

    declared = BooleanField()


class ExplanationForm(FlaskForm):
    """What is said about one figure. The token of the page's own form covers it."""

    what = TextAreaField("What happened", validators=[_LONGEST])
    why = TextAreaField("Why", validators=[_LONGEST])
    action = TextAreaField("What is done about it", validators=[_LONGEST])
    by_when = DayField("By when", description="For example, 31 3 2024.", validators=[Optional()])
    seen = IntegerField(widget=HiddenField.widget, default=0)  # the explanation's version

    came = False  # with the request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)

    @property
    def draft(self) -> Draft:
        return Draft(
            what=(self.what.data or "").strip(),
            why=(self.why.data or "").strip(),
            action=(self.action.data or "").strip() if "action" in self else "",
            by_when=self.by_when.data if "by_when" in self else None,
            version=self.seen.data or 0,
        )


class ExplanationForms:
    """One form for each figure that asks for an explanation, all on one page."""

    def __init__(self, asked: Sequence[Asked], written: Mapping[str, Explanation], formdata: Any = None) -> None:
        self.rows = [(one, _form_for(one, written.get(one.code), formdata)) for one in asked]
        self.found: list[Difference] | None = None  # what somebody else saved meanwhile; None where nobody did

    @property
    def drafts(self) -> dict[str, Draft]:
        """What was typed, by indicator; only what came with the form."""
        return {asked.code: form.draft for asked, form in self.rows if form.came}

    def are_valid(self) -> bool:
        return all([form.validate() for _, form in self.rows if form.came])

    def ask_for_what_lacks(self) -> None:
        """Puts beside each field what still belongs there before the return can be submitted."""
        for asked, form in self.rows:
            for name in lacking(asked, form.draft):
                form[name].errors = [STILL[name].format(code=asked.code)]

    def look_again(self, written: Mapping[str, Explanation]) -> None:
        """Shows what somebody else saved meanwhile beside what was typed, which can then be saved over it."""
        self.found = []
        for asked, form in self.rows:
            there = written.get(asked.code)
            if form.came and there is not None and there.version != form.seen.data:
                now = {name: getattr(there, name) for name in ("what", "why", "action", "by_when") if name in form}
                self.found += [replace(one, label=f"{asked.code}: {one.label}") for one in differences(form, now)]
        self.write_over(written)

    def write_over(self, written: Mapping[str, Explanation]) -> None:
        """From now on the forms are about the explanations as they are."""
        for asked, form in self.rows:
            form.seen.data, form.seen.raw_data = getattr(written.get(asked.code), "version", 0), None

    @property
    def errors(self) -> Iterator[tuple[str, str]]:
        """Each message, with the id of the field that it is about."""
        for _, form in self.rows:
            for name, messages in form.errors.items():
                yield from ((message, form[name].id) for message in messages)


def _form_for(asked: Asked, written: Explanation | None, formdata: Any) -> ExplanationForm:
    values = {"what": asked.comment} if written is None else {"seen": written.version}
    came = formdata is not None and f"{asked.code}-what" in formdata
    form = ExplanationForm(formdata if came else None, obj=written, prefix=f"{asked.code}-", data=values)
    form.came = came
    form.by_when.process_errors = [f"{asked.code}: {said}" for said in form.by_when.process_errors]
    if not asked.needs_action:
        del form.action
        del form.by_when
    return form


class NilForm(VersionedForm):
    """There is nothing to report, and why."""

    reason = TextAreaField(
        "Reason",
        description="For example, the service was closed for the whole quarter. Do not name any person.",
        validators=[Required("Say why there is nothing to report."), _LONGEST],
    )
    declared = BooleanField()


class FilesForm(FlaskForm):
    """Many workbooks to be checked at once."""

    files = MultipleFileField(
        "Workbooks",
        description="Excel workbooks (.xlsx or .xls), OpenDocument spreadsheets (.ods) or CSV files, of up to 10 MB "
        "together. Choose several at once.",
        validators=[Chosen()],
        render_kw={"accept": SUFFIXES_READ},
    )


class WithdrawForm(DecisionForm):
    """Why an upload is taken back."""

    reason = TextAreaField(
        "Reason",
        description="Whoever reads this return sees it. Do not name any person.",
        validators=[Required("Say why the upload is withdrawn."), _LONGEST],
    )


class DeputyForm(FlaskForm):
    """Who stands in, from when until when, and why."""

    user = SelectField("Deputy", validators=[Required("Choose a person.")])
    starts_on = DayField("First day", validators=[Required("Enter the first day.")])
    ends_on = DayField("Last day", validators=[Required("Enter the last day.")])
    reason = TextAreaField(
        "Reason",
        description="For example, annual leave. Do not write anything private.",
        validators=[Required("Say why somebody else declares the returns."), _LONGEST],
    )

    def validate_ends_on(self, field: Field) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError("The last day must not be before the first day.")


class EndForm(VersionedForm):
    """Something is ended early, or confirmed, as it was shown."""
