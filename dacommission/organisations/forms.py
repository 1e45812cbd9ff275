"""The form of an organisation, with as many rows of dated names as it needs."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from dacommission.organisations.actions import DatedName, Successor
from dacommission.organisations.models import Organisation, OrganisationKind
from dacommission.web.forms import DayField, Required

KIND_NAMES = {
    OrganisationKind.FUNDING_BODY: "Funding body",
    OrganisationKind.PROVIDER: "Provider",
    OrganisationKind.BOARD_AGENCY: "Board agency",
}
LONGEST_NAME = 200


class NameRow(Form):
    """One dated name; a row left blank is not saved."""

    name = StringField("Name", [Length(max=LONGEST_NAME, message="The name must have at most 200 characters.")])
    valid_from = DayField("From", description="Leave blank if it is not known.")
    valid_to = DayField("Until", description="The last day. Leave blank if it is still in use.")

    def validate_name(self, field: StringField) -> None:
        dated = self.valid_from.data or self.valid_to.data
        if dated and not (field.data or "").strip():
            raise ValidationError("Enter the name these dates belong to, or clear the dates.")

    def validate_valid_to(self, field: DayField) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("Until must be the same day as From, or later.")


class OrganisationForm(FlaskForm):
    """What can be said of an organisation."""

    name = StringField(
        "Name",
        [Required("Enter the organisation's name."), Length(max=LONGEST_NAME, message="Enter at most 200 characters.")],
        description="Its full name now, or the last one it had.",
    )
    short_name = StringField(
        "Short name",
        [Required("Enter a short name, such as its initials."), Length(max=40, message="Enter at most 40 characters.")],
        description="For tables and headings.",
    )
    kind = SelectField("Kind", choices={str(kind): name for kind, name in KIND_NAMES.items()})
    note = TextAreaField("Note", [Length(max=4000, message="Enter at most 4,000 characters.")])
    names = FieldList(FormField(NameRow), label="Dated names")
    successor = SelectField(
        "Successor",
        description="The organisation that took over its work, if it has ended.",
        default="",
        invalid_choice_message="Choose an organisation from the list.",
    )
    succeeded_on = DayField("Taken over on")

    def offer_successors(self, organisations: list[Organisation]) -> None:
        """Fills the list of organisations that may follow this one."""
        named = {str(other.id): other.name for other in organisations}
        self.successor.choices = {"": "None: it still works", **named}

    def validate_succeeded_on(self, field: DayField) -> None:
        if field.process_errors:
            return
        if self.successor.data and field.data is None:
            raise ValidationError("Enter the day its successor took over.")
        if field.data and not self.successor.data:
            raise ValidationError("Choose the successor that took over on this day, or clear the day.")

    def dated_names(self) -> list[DatedName]:
        """The rows that were filled in."""
        rows = [row.form for row in self.names]
        return [
            DatedName(row.name.data.strip(), row.valid_from.data, row.valid_to.data)
            for row in rows
            if (row.name.data or "").strip()
        ]

    def chosen_successor(self) -> Successor | None:
        if not self.successor.data:
            return None
        return Successor(uuid.UUID(self.successor.data), self.succeeded_on.data)

    def row_problems(self) -> list[str]:
        """What is wrong in the rows of names, each message with the number of its row."""
        return [
            f"Name {number}: {message}"
            for number, row in enumerate(self.names, start=1)
            for messages in row.form.errors.values()
            for message in messages
        ]

    def values(self) -> dict[str, Any]:
        """What an action is given."""
        return {
            "name": (self.name.data or "").strip(),
            "short_name": (self.short_name.data or "").strip(),
            "kind": self.kind.data,
            "note": (self.note.data or "").strip(),
            "names": self.dated_names(),
            "successor": self.chosen_successor(),
        }


def in_words(names: list[DatedName]) -> str:
    """ "Foundation UK (until 31/03/2020); Foundation": dated names on one line, to be compared."""
    return "; ".join(f"{dated.name}{_span(dated.valid_from, dated.valid_to)}" for dated in names)


def _span(start: date | None, end: date | None) -> str:
    words = [f"from {start:%d/%m/%Y}"] if start else []
    words += [f"until {end:%d/%m/%Y}"] if end else []
    return f" ({' '.join(words)})" if words else ""
