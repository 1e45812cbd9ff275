"""What the part of the review page on which a decision is taken needs to know."""

from __future__ import annotations

from flask_login import current_user
from flask_wtf import FlaskForm

from dacommission.commissioning.models import ACCEPTANCE_RULES
from dacommission.organisations.models import Organisation
from dacommission.returns.models import Return, Upload
from dacommission.returns.workflow import ReturnStatus, Step, steps_from
from dacommission.review.acceptance import VIEWED, as_it_stands, is_own_work, not_paying_words
from dacommission.review.acceptance_forms import AcceptForm, AgainstForm, ViewForm, bind
from dacommission.review.bodies import Views, body_of, to_be_read, verdict_on, verdict_with, views_on
from dacommission.review.models import VIEWS
from dacommission.review.said import Asked, queries
from dacommission.review.view_section import view_rows

YOUR_OWN_WORK = "You uploaded, corrected or submitted this return yourself, so another person accepts it."


def deciding(due: Return, upload: Upload, typed: FlaskForm | None) -> dict[str, object]:
    """The words of templates/review/decide.html; its forms are bound to what is shown now.

    `typed` is the form, if any, that was sent and is shown again.
    """
    views, body = views_on(due), body_of(due, current_user)
    steps = set(steps_from(ReturnStatus(due.status)))
    silent = _why_silent(due, body)
    return {
        "steps": steps,
        "silent": silent,
        "body": body,
        "rows": view_rows(due, views),
        "rule": ACCEPTANCE_RULES[due.contract.acceptance_rule],
        "missing": verdict_on(due, views).missing,
        "open_queries": [] if silent else _in_the_way(due),
        "gives_view": not silent and due.status in VIEWED,
        **_accepting(due, views, body, may_accept=Step.ACCEPT in steps and not silent),
        **_forms(due, typed),
    }


def choices_of_view(due: Return) -> list[tuple[str, str]]:
    """Which views a form offers: to agree with a submitted return is to accept it, with a button of its own."""
    accepted = due.status == ReturnStatus.ACCEPTED
    return [(key, words) for key, words in VIEWS.items() if accepted or key != "agrees"]


def objections_to_read(due: Return) -> list[tuple[str, str]]:
    """What is ticked before accepting against the objections of other bodies: each one's id and words."""
    body = body_of(due, current_user)
    if body is None or due.status != ReturnStatus.SUBMITTED:
        return []
    found = to_be_read(due, views_on(due), body)
    return [(str(view.id), f"I have read that {view.body.name} does not agree, and why") for view in found]


def _why_silent(due: Return, body: Organisation | None) -> str:
    """Why this person gives no view; "" where they may."""
    if is_own_work(due, current_user):
        return YOUR_OWN_WORK
    return "" if body else not_paying_words(due, current_user)


def _in_the_way(due: Return) -> list[Asked]:
    """The open queries for which a return cannot be accepted, in the order in which they came."""
    if due.status != ReturnStatus.QUERIED:
        return []
    found = [one for several in queries(due.id).values() for one in several if one.is_open]
    return sorted(found, key=lambda one: one.number)


def _accepting(due: Return, views: Views, body: Organisation | None, *, may_accept: bool) -> dict[str, object]:
    own = views.get(body.id) if body else None
    after_that = verdict_with(due, views, body) if body else verdict_on(due, views)
    agreed_in_vain = own is not None and own.agrees and not after_that.met
    return {"own": own, "offers_accept": may_accept and not agreed_in_vain, "missing_then": after_that.missing}


def _forms(due: Return, typed: FlaskForm | None) -> dict[str, object]:
    forms = {
        name: typed if isinstance(typed, kind) else kind(formdata=None)
        for name, kind in (("accept_form", AcceptForm), ("view_form", ViewForm), ("reason_form", AgainstForm))
    }
    seen = as_it_stands(due, current_user)
    for form in forms.values():
        if seen is not None:
            bind(form, seen)
    forms["accept_form"].read.choices = objections_to_read(due)
    forms["view_form"].view.choices = choices_of_view(due)
    return {**forms, "typed_form": typed or forms["reason_form"]}
