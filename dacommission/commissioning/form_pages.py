"""A page with one form: shown, sent, refused, or found to be changed by somebody else meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from dacommission.commissioning.actions import Refused
from dacommission.db import Conflict, db
from dacommission.web.locking import Difference, differences

Crumbs = Sequence[tuple[str, str | None]]


@dataclass(frozen=True)
class FormPage:
    """What stands on the page around its form."""

    title: str
    form: FlaskForm
    crumbs: Crumbs
    introduction: str = ""
    button: str = "Save"
    widths: Mapping[str, str] = field(default_factory=dict)  # field name → the design system's class

    def show(self, changed: Sequence[Difference] | None = None) -> str:
        """The page; with `changed`, what somebody else saved meanwhile stands above the form."""
        return render_template("form_page.html", page=self, form=self.form, changed=changed)


def answer(
    page: FormPage,
    save: Callable[[], str],
    *,
    saved: str,
    now: Callable[[], Mapping[str, Any]] | None = None,
) -> ResponseReturnValue:
    """Shows the form, or saves what was sent and goes to the address that `save` gives.

    `now` gives the record's present values by field name, with its version, for when it was changed by
    somebody else: nothing typed is lost, and it can be saved again after looking.
    """
    if not page.form.validate_on_submit():
        return page.show()
    try:
        address = save()
    except Refused as refusal:
        db.session.rollback()
        _tell(page.form, refusal)
        return page.show()
    except Conflict:
        db.session.rollback()
        return page.show(_look_again(page.form, dict(now() if now else {}))), HTTPStatus.CONFLICT
    flash(saved, "success")
    return redirect(address)


def _tell(form: FlaskForm, refusal: Refused) -> None:
    """Beside the field it is about; at the top of the page where the form has no such field."""
    if refusal.field in form:
        form[refusal.field].errors = [str(refusal)]
    else:
        flash(str(refusal), "error")


def _look_again(form: FlaskForm, values: dict[str, Any]) -> list[Difference]:
    """What differs; the form is from now on one on the record as it is."""
    version = form["version"]
    version.data, version.raw_data = values.pop("version"), None
    return differences(form, values)
