"""Pages of queries: asking about a figure or a whole return, the thread, and the list of all of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import case, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.db import Conflict, db
from dacommission.indicators.models import Indicator
from dacommission.returns.models import Return, StoredObservation, Upload
from dacommission.returns.shown import place, said
from dacommission.returns.views import find
from dacommission.returns.workflow import StepNotAllowed
from dacommission.review import queries
from dacommission.review.figures import standing_of
from dacommission.review.forms import AnswerForm, AskForm, FollowUpForm, TakeOverForm
from dacommission.review.models import MESSAGE_KINDS, QUERY_STATUSES, Query
from dacommission.review.views import NOTHING_THERE, review
from dacommission.roles import Permission, Role, allows
from dacommission.web.clock import now, today, working_days_after
from dacommission.web.guard import found_or_404, may, open_to
from dacommission.web.listing import listed
from dacommission.web.locking import VersionedForm

USUAL_DAYS = 5  # working days to answer
CHANGED_WHILE_ASKING = (
    "The return changed while you were writing, so nothing was sent. Your question is still below. Look at what "
    "changed, then send it again."
)
CHANGED_WHILE_WRITING = (
    "Something was said in this thread while you were writing, so nothing was sent. Your words are still below. "
    "Read what is new, then send them again."
)
ASKED = "Query {number} was raised. The provider sees it on its first page."
_SHOWN_IN_LIST = (
    contains_eager(Query.due).contains_eager(Return.contract),
    joinedload(Query.indicator),
    joinedload(Query.owner),
    selectinload(Query.messages),
)
FILTERS = {"open": "Waits for the provider", "answered": "Answered", "overdue": "Overdue", "closed": "Closed"}
ANYBODY = "Whoever the provider chooses"


def find_query(query_id: uuid.UUID, permission: Permission = Permission.RETURNS_FIGURES) -> Query:
    """The query, or 404: also when it is about another's return."""
    return found_or_404(Query.visible_to(current_user, permission).where(Query.id == query_id))


@review.route("/returns/<uuid:return_id>/ask", methods=["GET", "POST"])
@open_to(Permission.RETURNS_REVIEW)
def ask(return_id: uuid.UUID) -> ResponseReturnValue:
    """Asks about a return as a whole."""
    return _ask(find(return_id, Permission.RETURNS_REVIEW), None)


@review.route("/returns/<uuid:return_id>/figures/<code>/ask", methods=["GET", "POST"])
@open_to(Permission.RETURNS_REVIEW)
def ask_about_figure(return_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Asks about one indicator of a return."""
    due = find(return_id, Permission.RETURNS_REVIEW)
    return _ask(due, found_or_404(select(Indicator).where(Indicator.code == code)))


def _ask(due: Return, indicator: Indicator | None) -> ResponseReturnValue:
    upload = due.latest_upload
    if upload is None:
        flash(NOTHING_THERE, "error")
        return redirect(url_for("returns.show", return_id=due.id))
    form = AskForm(due_on=working_days_after(today(), USUAL_DAYS))
    people = _people_of(due)
    form.owner.choices = [("", ANYBODY), *((str(person.id), person.name) for person in people)]
    if form.validate_on_submit():
        try:
            return _asked(due, indicator, form, people)
        except Conflict:
            db.session.rollback()
            return _ask_page(due, indicator, form, [CHANGED_WHILE_ASKING]), HTTPStatus.CONFLICT
        except StepNotAllowed as refusal:
            return _ask_page(due, indicator, form, [str(refusal)]), HTTPStatus.CONFLICT
    return _ask_page(due, indicator, form, [])


def _asked(due: Return, indicator: Indicator | None, form: AskForm, people: list[User]) -> ResponseReturnValue:
    upload = next((kept for kept in due.uploads if str(kept.id) == form.upload.data), None)
    if upload is None:
        raise Conflict
    question = queries.Question(
        text=form.text.data.strip(),
        due_on=form.due_on.data or today(),
        owner=next((person for person in people if str(person.id) == form.owner.data), None),
        indicator_code=indicator.code if indicator else None,
        observation=_first_figure(upload, indicator) if indicator else None,
    )
    raised = queries.ask(due, question, upload=upload, version=form.version.data, by=current_user, at=now())
    flash(ASKED.format(number=raised.number), "success")
    return redirect(url_for(".show", return_id=due.id, _anchor=indicator.code if indicator else None))


def _ask_page(due: Return, indicator: Indicator | None, form: AskForm, refusals: list[str]) -> str:
    upload = due.latest_upload
    if upload is None:
        abort(HTTPStatus.CONFLICT)
    for field, seen in ((form.version, due.version), (form.upload, str(upload.id))):
        field.data, field.raw_data = seen, None
    return render_template("review/ask.html", due=due, upload=upload, indicator=indicator, form=form, refusals=refusals)


def _first_figure(upload: Upload, indicator: Indicator) -> StoredObservation | None:
    own = (one.now for one in standing_of(upload.id, wholes_with=()) if one.now.indicator_code == indicator.code)
    first = next(own, None)
    return db.session.get(StoredObservation, first.id) if first else None


def _people_of(due: Return) -> list[User]:
    """Those of the provider who may answer."""
    roles = [role for role in Role if allows(role, Permission.RETURNS_UPLOAD)]
    found = select(User).where(
        User.organisation_id == due.contract.provider_id, User.disabled_at.is_(None), User.role.in_(roles)
    )
    return list(db.session.scalars(found.order_by(User.name, User.id)))


@review.get("/queries/<uuid:query_id>")
@open_to(Permission.RETURNS_FIGURES)
def show_query(query_id: uuid.UUID) -> ResponseReturnValue:
    """A query's thread, and what can be done next."""
    return _thread(find_query(query_id))


def _thread(query: Query, *, form: VersionedForm | None = None, refusals: tuple[str, ...] = ()) -> str:
    """The thread's page, with a form that could not be taken as it was sent."""
    forms: dict[type, VersionedForm] = {
        AnswerForm: AnswerForm(formdata=None),
        FollowUpForm: FollowUpForm(formdata=None, due_on=working_days_after(today(), USUAL_DAYS)),
        TakeOverForm: TakeOverForm(formdata=None),
    }
    if form is not None:
        forms[type(form)] = form
    for one in forms.values():
        one.version.data, one.version.raw_data = query.version, None
    return render_template(
        "review/query.html",
        query=query,
        kinds=MESSAGE_KINDS,
        words_of=said,
        place=place,
        answer_form=forms[AnswerForm],
        follow_up_form=forms[FollowUpForm],
        take_over_form=forms[TakeOverForm],
        may_answer=query.status != queries.CLOSED and queries.may_answer(query, current_user),
        may_follow_up=query.status != queries.CLOSED and may(Permission.RETURNS_REVIEW),
        overdue=is_overdue(query),
        refusals=refusals,
        wrong=form if form is not None else forms[AnswerForm],
    )


def is_overdue(query: Query) -> bool:
    """Whether the provider should have answered by now."""
    return query.status == queries.OPEN and query.due_on < today()


@review.post("/queries/<uuid:query_id>/answer")
@open_to(Permission.RETURNS_UPLOAD)
def answer(query_id: uuid.UUID) -> ResponseReturnValue:
    """Answers a query in words."""
    query, form = find_query(query_id, Permission.RETURNS_UPLOAD), AnswerForm()
    if not form.validate_on_submit():
        return _thread(query, form=form)

    def deed() -> None:
        text, version = form.text.data.strip(), form.version.data
        queries.answer(query, text, version=version, by=current_user, at=now())

    return _done(query, form, deed, "Your answer was sent.")


@review.post("/queries/<uuid:query_id>/take-over")
@open_to(Permission.RETURNS_UPLOAD)
def take_over(query_id: uuid.UUID) -> ResponseReturnValue:
    """Makes whoever asks for it the one who answers."""
    query, form = find_query(query_id, Permission.RETURNS_UPLOAD), TakeOverForm()
    if not form.validate_on_submit():
        return _thread(query)

    def deed() -> None:
        queries.take_over(query, version=form.version.data, by=current_user)

    return _done(query, form, deed, "You answer this query from now on.")


@review.post("/queries/<uuid:query_id>/follow-up")
@open_to(Permission.RETURNS_REVIEW)
def follow_up(query_id: uuid.UUID) -> ResponseReturnValue:
    """Closes a query with a word, or asks again."""
    query, form = find_query(query_id, Permission.RETURNS_REVIEW), FollowUpForm()
    if not form.validate_on_submit():
        return _thread(query, form=form)
    text, version = form.word.data.strip(), form.version.data

    def deed() -> None:
        if form.deed.data == "close":
            queries.close(query, text, version=version, by=current_user, at=now())
        else:
            due_on = form.due_on.data or today()
            queries.ask_again(query, text, due_on=due_on, version=version, by=current_user, at=now())

    return _done(query, form, deed, "The query is closed." if form.deed.data == "close" else "You asked again.")


def _done(query: Query, form: VersionedForm, deed: Callable[[], None], words: str) -> ResponseReturnValue:
    """Does it and tells so, or shows the thread as it is now with what was typed."""
    try:
        deed()
    except Conflict:
        db.session.rollback()
        return _thread(query, form=form, refusals=(CHANGED_WHILE_WRITING,)), HTTPStatus.CONFLICT
    except StepNotAllowed as refusal:
        return _thread(query, form=form, refusals=(str(refusal),)), HTTPStatus.CONFLICT
    flash(words, "success")
    return redirect(url_for(".show_query", query_id=query.id))


@review.get("/queries")
@open_to(Permission.RETURNS_FIGURES)
def list_queries() -> ResponseReturnValue:
    """The queries about the returns this person may see; ?status narrows them."""
    chosen = request.args.get("status", "")
    query = Query.visible_to(current_user).join(Query.due).join(Return.contract).options(*_SHOWN_IN_LIST)
    if chosen == "overdue":
        query = query.where(Query.status == queries.OPEN, Query.due_on < today())
    elif chosen in QUERY_STATUSES:
        query = query.where(Query.status == chosen)
    page = listed(
        query,
        columns={
            "status": ("State", case({"open": 1, "answered": 2, "closed": 3}, value=Query.status)),
            "due": ("Answer by", Query.due_on),
            "contract": ("Return", Contract.reference),
            "figure": ("About", Query.indicator_code),
        },
        tie_break=(Query.due_on, Query.raised_at, Query.id),
        first_sort="status",
        search_in=(Contract.reference, Query.indicator_code),
    )
    overdue = {one.id for one in page.rows if is_overdue(one)}
    return render_template("review/queries.html", page=page, filters=FILTERS, chosen=chosen, overdue=overdue)
