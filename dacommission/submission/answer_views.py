"""Answering what is doubtful about a file's layout; what was answered goes on to the page of what was read."""

from __future__ import annotations

import uuid

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.profiles.answers import carried, from_carried
from dacommission.profiles.asking import answered
from dacommission.returns import actions as returns_actions
from dacommission.returns.checking import NotAsSent
from dacommission.returns.views import find
from dacommission.roles import Permission
from dacommission.submission.asking_page import ask_page, asked_of, choices_of
from dacommission.submission.correcting import CellForms
from dacommission.submission.upload_views import from_the_start, read_with, sent_again_for, show_checked
from dacommission.submission.views import submission
from dacommission.web.clock import now
from dacommission.web.files import carries_file
from dacommission.web.guard import open_to


@submission.post("/returns/<uuid:return_id>/upload/ask")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def ask(return_id: uuid.UUID) -> ResponseReturnValue:
    """Asks about a file that came back from the page of what was read; about all its rows, where that is wanted."""
    due = find(return_id, Permission.RETURNS_UPLOAD)
    try:
        checked, _ = sent_again_for(due, CellForms.of(request.form))
    except NotAsSent as refusal:
        return from_the_start(due, refusal)
    allowed, every = choices_of(due), "every" in request.form
    return ask_page(due, checked, asked_of(due, checked, allowed, every=every), allowed, every=every)


@submission.post("/returns/<uuid:return_id>/upload/answers")
@open_to(Permission.RETURNS_UPLOAD)
@carries_file
def answer(return_id: uuid.UUID) -> ResponseReturnValue:
    """Reads the file again with what was answered, and shows all that was read. Stores nothing but a refusal."""
    due, cells = find(return_id, Permission.RETURNS_UPLOAD), CellForms.of(request.form)
    try:
        before, _ = sent_again_for(due, cells)
    except NotAsSent as refusal:
        return from_the_start(due, refusal)
    allowed, every = choices_of(due), "every" in request.form
    found = asked_of(due, before, allowed, every=every)
    given = answered(request.form, found, from_carried(before.answers, allowed), allowed)
    if given.errors:
        return ask_page(due, before, given.asked, allowed, errors=given.errors, every=every)
    checked = read_with(due, before, cells, carried(given.answers))
    if checked.reading.blocked:
        returns_actions.refuse(due, checked.reading, by=current_user, at=now())
    return show_checked(due, checked, cells=cells)
