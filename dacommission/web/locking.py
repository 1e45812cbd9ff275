"""Two people editing one record: the second sees what the first changed, and loses nothing that was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired

from dacommission.web.words import day


class VersionedForm(FlaskForm):
    """A form on a record that carries the version it was made from."""

    version = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    yours: str


def differences(form: FlaskForm, now: Mapping[str, Any]) -> list[Difference]:
    """The fields where what is stored now differs from what was typed, as words.

    `now` maps a field's name to its value in the record.
    """
    found = []
    for name, value in now.items():
        field = form[name]
        theirs, yours = _words(field, value), _words(field, field.data)
        if theirs != yours:
            found.append(Difference(field.label.text, theirs or "(blank)", yours or "(blank)"))
    return found


def _words(field: Any, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day(value)
    choices = {str(key): label for key, label, *_ in getattr(field, "iter_choices", list)()}
    if isinstance(value, list | tuple | set):
        return ", ".join(sorted(choices.get(str(item), str(item)) for item in value))
    return choices.get(str(value), str(value))
