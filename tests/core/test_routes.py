"""Every route × every role × whose record: the answer follows from the permission matrix, for routes to come too.

The routes are found, not listed. What is expected is worked out from `roles.GRANTS` and from what each view
says of itself; a route with a name in its address that tests/core/world.py does not know fails here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import db
from dacommission.roles import Permission, Role, Scope, scope
from dacommission.web.guard import ANYONE, UndeclaredViews, needed, open_to, require_declared
from dacommission.web.headers import HEADERS
from tests import make
from tests.core.world import LOGGED_READS, OF_A_RECORD, PLAIN, QUERIES, SHARED, World

OWNED_SCOPES = (Scope.OWN, Scope.FUND, Scope.SELF)
FORBIDDEN, NOT_FOUND, BAD_REQUEST = 403, 404, 400
# With a record of one's own and an empty form: done, asked again, refused for its content, or not now.
ANSWERED = {200, 302, 303, 400, 409, 413, 422}


@dataclass(frozen=True)
class Visit:
    """One address to ask for, and whose records are in it."""

    rule: Rule
    path: str
    whose: str  # "own", "another's", "nobody's", "mixed"

    def __str__(self) -> str:
        return f"{self.rule.endpoint} ({self.rule.rule}), {self.whose} record"


def rules(app: Flask, method: str) -> list[Rule]:
    """The routes that answer a method, but not those open to anyone."""
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted((rule for rule in found if needed(app, rule.endpoint) != ANYONE), key=lambda rule: rule.rule)


def records_in(rule: Rule) -> list[str]:
    return [name for name in rule.arguments if name not in PLAIN]


def path_to(app: Flask, rule: Rule, values: dict[str, object]) -> str:
    everything = {**{name: PLAIN[name] for name in rule.arguments if name in PLAIN}, **values}
    query = QUERIES.get(rule.endpoint)
    return app.url_map.bind("localhost").build(rule.endpoint, everything) + (f"?{query}" if query else "")


def of_world(app: Flask, rule: Rule, world: World, person: User) -> str:
    return path_to(app, rule, {name: OF_A_RECORD[name](world, person) for name in records_in(rule)})


def is_nested(rule: Rule) -> bool:
    """Whether the last record in the address belongs to the one before it."""
    names = sorted(records_in(rule), key=rule.rule.index)
    return len(names) > 1 and names[-1] != "code"


def of_nobody(app: Flask, rule: Rule) -> str:
    return path_to(app, rule, {name: "NONE-99" if name == "code" else uuid.uuid4() for name in records_in(rule)})


def mixed(app: Flask, rule: Rule, own: World, other: World, person: User) -> str:
    """One's own record first and another's after it: the pair does not exist."""
    names = sorted(records_in(rule), key=rule.rule.index)
    values = {name: OF_A_RECORD[name](own, person) for name in names[:-1]}
    if names[:-1] == ["code"]:
        values = {"code": "HUB-09"}
    return path_to(app, rule, {**values, names[-1]: OF_A_RECORD[names[-1]](other, person)})


def may_see_anothers(app: Flask, rule: Rule, role: Role) -> bool:
    """Whether the matrix lets a role open this view on records that are not its own."""
    permission = Permission(needed(app, rule.endpoint))
    return scope(role, permission) not in OWNED_SCOPES or set(records_in(rule)) <= SHARED


def without_tokens(response: TestResponse) -> tuple[int, str, dict[str, str]]:
    """An answer with its CSRF tokens taken out, and without what differs between any two answers."""
    body = re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", response.get_data(as_text=True))
    kept = {name: value for name, value in response.headers if name not in ("Set-Cookie", "Content-Length")}
    return response.status_code, body, kept


def state() -> dict[str, int]:
    """How many rows each table has, and the number of the last audit event."""
    db.session.rollback()
    counts = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables
    }
    return {**counts, "head": audit.head()[0]}


def csrf_token(client: FlaskClient, role: Role | None) -> str:
    return client.token("/account" if role else "/sign-in")


def wrong_headers(response: TestResponse) -> Iterator[str]:
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield name
    if "unsafe-inline" in response.headers["Content-Security-Policy"]:
        yield "unsafe-inline"
    if response.headers.get("Cache-Control") != "no-store":
        yield "Cache-Control"


@dataclass
class Walk:
    """Asks for pages as somebody, and keeps what was not as the matrix says."""

    client: FlaskClient
    faults: list[str]
    logged: list[str] = field(default_factory=list)  # what was asked for and is on record

    def get(self, path: str) -> TestResponse:
        """A page; what a redirect would have said on the next page is not left for another."""
        events = audit.head()[0]
        response = self.client.get(path)
        db.session.rollback()
        if audit.head()[0] != events:
            self.logged.append(path)
        if response.location:
            self.client.get("/account")
        return response

    def expect(self, visit: Visit, response: TestResponse, statuses: set[int]) -> None:
        if response.status_code not in statuses:
            self.faults.append(f"{response.status_code} instead of {sorted(statuses)}: {visit}")
        self.faults.extend(f"header {name}: {visit}" for name in wrong_headers(response))

    def expect_inside(self, visit: Visit, response: TestResponse, statuses: set[int]) -> None:
        """Answered, and not by being sent to the sign-in page."""
        self.expect(visit, response, statuses)
        if (response.location or "").startswith("/sign-in") and visit.rule.endpoint != "accounts.sign_out":
            self.faults.append(f"sent to sign in: {visit}")

    def expect_like_nobodys(self, visit: Visit, response: TestResponse, missing: TestResponse) -> None:
        self.expect(visit, response, {NOT_FOUND})
        if without_tokens(response) != without_tokens(missing):
            self.faults.append(f"told apart from a missing record: {visit}")


@pytest.fixture
def own(app: Flask) -> World:
    return World()


@pytest.fixture
def other(app: Flask) -> World:
    return World()


def test_every_name_in_an_address_is_known(app: Flask):
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    assert names <= set(OF_A_RECORD) | set(PLAIN), "Say in tests/core/world.py which record it stands for."


def test_every_record_in_an_address_has_an_address_that_cannot_be_guessed(app: Flask):
    """Only an indicator's code and a one-time link's token are words; neither is anybody's secret to find."""
    words = {
        name
        for rule in app.url_map.iter_rules()
        for name in records_in(rule)
        if type(rule._converters[name]).__name__ != "UUIDConverter"
    }

    assert words == {"code", "token"}


@pytest.mark.own_app
def test_a_view_that_does_not_say_who_may_open_it_stops_the_start(bare_app: Flask):
    bare_app.add_url_rule("/silent", "silent", lambda: "")

    with pytest.raises(UndeclaredViews, match="silent"):
        require_declared(bare_app)


@pytest.mark.own_app
def test_a_view_marked_with_something_else_opens_to_nobody(bare_app: Flask, app: Flask, client_for):
    app.add_url_rule("/odd", "odd", open_to("anybody")(lambda: "secret"))

    assert client_for(make.user(Role.ADMINISTRATOR)).get("/odd").status_code == FORBIDDEN


@pytest.mark.parametrize("role", Role)
def test_reading_follows_the_matrix_and_changes_nothing(app, client_for, own, other, role):
    person = own.person(role)
    walk = Walk(client_for(person), [])
    other_session = make.user(role, person.organisation)
    before = state()

    for rule in rules(app, "GET"):
        mine = Visit(rule, of_world(app, rule, own, person), "own")
        if scope(role, Permission(needed(app, rule.endpoint))) is None:
            walk.expect(mine, walk.get(mine.path), {FORBIDDEN})
            continue
        walk.expect_inside(mine, walk.get(mine.path), {200, 302, 303})
        if not records_in(rule):
            continue
        missing = Visit(rule, of_nobody(app, rule), "nobody's")
        nobodys = walk.get(missing.path)
        walk.expect(missing, nobodys, {NOT_FOUND})
        theirs = Visit(rule, of_world(app, rule, other, other_session), "another's")
        if may_see_anothers(app, rule, role):
            walk.expect_inside(theirs, walk.get(theirs.path), {200, 302, 303})
        else:
            walk.expect_like_nobodys(theirs, walk.get(theirs.path), nobodys)
        if is_nested(rule):
            pair = Visit(rule, mixed(app, rule, own, other, person), "mixed")
            walk.expect_like_nobodys(pair, walk.get(pair.path), nobodys)

    assert walk.faults == []
    assert {endpoint_of(app, path) for path in walk.logged} <= LOGGED_READS
    assert without_log(state()) == without_log(before)


def endpoint_of(app: Flask, path: str) -> str:
    return app.url_map.bind("localhost").match(path.partition("?")[0])[0]


def without_log(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name not in ("audit_event", "head")}


@pytest.mark.parametrize("role", Role)
def test_writing_is_refused_as_the_matrix_says_and_changes_nothing(app, client_for, own, other, role):
    person, stranger = own.person(role), make.user(role)
    walk = Walk(client_for(person), [])
    token = csrf_token(walk.client, role)
    visits = []
    for rule in rules(app, "POST"):
        visits.append((rule, of_world(app, rule, own, person), of_world(app, rule, other, stranger)))
    before = state()

    for rule, mine, theirs in visits:
        walk.expect(Visit(rule, mine, "own, no CSRF token"), walk.client.post(mine), {BAD_REQUEST})
        if scope(role, Permission(needed(app, rule.endpoint))) is None:
            refused = walk.client.post(mine, data={"csrf_token": token})
            walk.expect(Visit(rule, mine, "own"), refused, {FORBIDDEN})
            continue
        if not records_in(rule):
            continue
        nobodys = walk.client.post(of_nobody(app, rule), data={"csrf_token": token})
        walk.expect(Visit(rule, "", "nobody's"), nobodys, {NOT_FOUND})
        if not may_see_anothers(app, rule, role):
            refused = walk.client.post(theirs, data={"csrf_token": token})
            walk.expect_like_nobodys(Visit(rule, theirs, "another's"), refused, nobodys)
        if is_nested(rule):
            pair = Visit(rule, mixed(app, rule, own, other, person), "mixed")
            refused = walk.client.post(pair.path, data={"csrf_token": token})
            walk.expect_like_nobodys(pair, refused, nobodys)

    assert walk.faults == []
    assert state() == before


@pytest.mark.parametrize("role", Role)
def test_writing_is_open_to_whom_the_matrix_says(app, client_for, role):
    permitted = [rule for rule in rules(app, "POST") if scope(role, Permission(needed(app, rule.endpoint)))]
    shared = World()
    person = shared.person(role)

    def faults_of(rule: Rule, world: World, person: User) -> list[str]:
        walk = Walk(client_for(person), [])
        token = csrf_token(walk.client, role)
        mine = Visit(rule, of_world(app, rule, world, person), "own")
        walk.expect_inside(mine, walk.client.post(mine.path, data={"csrf_token": token}), ANSWERED)
        return walk.faults

    suspects = [rule for rule in permitted if faults_of(rule, shared, person)]
    faults = []
    for rule in suspects:  # an earlier route may have taken away what this one needs: once more, in a new world
        world = World()
        faults += faults_of(rule, world, world.person(role))

    assert faults == []


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_changes_nothing(app, client_for, own):
    walk = Walk(client_for(None), [])
    token = csrf_token(walk.client, None)
    person = own.person(Role.COMMISSIONER)
    reading = [(rule, of_world(app, rule, own, person)) for rule in rules(app, "GET")]
    writing = [(rule, of_world(app, rule, own, person)) for rule in rules(app, "POST")]
    before = state()

    for rule, path in reading:
        response = walk.client.get(path)
        walk.expect(Visit(rule, path, "any"), response, {302})
        assert response.location.startswith("/sign-in?next=")
    for rule, path in writing:
        walk.expect(Visit(rule, path, "any, no CSRF token"), walk.client.post(path), {BAD_REQUEST})
        response = walk.client.post(path, data={"csrf_token": token})
        walk.expect(Visit(rule, path, "any"), response, {302})
        assert response.location.startswith("/sign-in?next=")

    assert walk.faults == []
    assert state() == before


def test_a_form_open_to_anyone_needs_its_token_too(app, client_for):
    client = client_for(None)

    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and needed(app, rule.endpoint) == ANYONE:
            assert client.post(rule.rule).status_code == BAD_REQUEST


def test_one_persons_form_token_does_not_work_for_another(app, client_for):
    token = client_for(make.user(Role.AUDITOR)).token("/account")

    response = client_for(make.user(Role.AUDITOR)).post("/sign-out", data={"csrf_token": token})

    assert response.status_code == BAD_REQUEST


@pytest.mark.parametrize("address", ["/no-such-page", "/sign-in", "/static/no-such-file", "/one-time/unknown"])
def test_every_answer_carries_the_headers(app, client_for, address):
    response = client_for(None).get(address)

    faults = set(wrong_headers(response))
    allowed = {"/static/no-such-file": {"Cache-Control"}, "/one-time/unknown": {"Referrer-Policy"}}
    assert faults <= allowed.get(address, set())


def test_the_tests_do_not_share_a_signed_in_person(app, client_for):
    """A context held open keeps the user in g; if that leaked, every test here would prove nothing."""
    first, second = client_for(make.user(Role.ADMINISTRATOR)), client_for(make.user(Role.BOARD_MEMBER))

    assert first.get("/users").status_code == 200
    assert "_login_user" not in g
    assert second.get("/users").status_code == FORBIDDEN
