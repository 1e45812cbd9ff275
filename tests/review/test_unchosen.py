"""A choice that nobody made is asked for in one sentence, on every page on which somebody decides."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from dacommission.review.acceptance_forms import ViewForm
from dacommission.review.forms import CorrectForm, FollowUpForm
from dacommission.waivers.forms import WaiverDecisionForm


@pytest.mark.parametrize(
    ("form_class", "field", "asked"),
    [
        (ViewForm, "view", "Choose a view."),
        (FollowUpForm, "deed", "Choose whether to close the query or to ask again."),
        (CorrectForm, "status", "Choose whether there is a figure."),
        (WaiverDecisionForm, "decision", "Choose whether to approve the waiver."),
    ],
)
@pytest.mark.parametrize("sent", [{}, {"view": "x", "deed": "x", "status": "x", "decision": "x"}])
def test_a_choice_is_asked_for_once(
    app: Flask, form_class: type[FlaskForm], field: str, asked: str, sent: dict[str, str]
) -> None:
    with app.test_request_context(method="POST"):
        form = form_class(MultiDict(sent))
        if field == "view":
            form[field].choices = [("agrees", "Agrees")]
        form[field].validate(form)

    assert list(form[field].errors) == [asked]
