"""The pages for when something is not as asked: designed, with one heading, and never a stack trace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask, abort
from psycopg import errors
from sqlalchemy.exc import OperationalError

from dacommission.db import Conflict, db
from dacommission.roles import Permission, Role
from dacommission.web.guard import UndeclaredViews, open_to, open_to_anyone, require_declared
from tests import make
from tests.pages import text_of

pytestmark = pytest.mark.own_app


@pytest.fixture
def broken_app(app: Flask) -> Flask:
    """With a page for each thing that can go wrong."""

    @open_to_anyone
    def stop(code: int) -> str:
        abort(code)

    @open_to_anyone
    def clash() -> str:
        raise Conflict

    @open_to(Permission.ACCOUNT_OWN)
    def edit() -> str:
        raise Conflict

    @open_to_anyone
    def crash() -> str:
        raise ZeroDivisionError("a secret figure")

    app.add_url_rule("/stop/<int:code>", view_func=stop)
    app.add_url_rule("/clash", view_func=clash)
    app.add_url_rule("/edit", view_func=edit, methods=["POST"])
    app.add_url_rule("/crash", view_func=crash)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 418, 429, 500, 503])
def test_each_status_has_a_page_that_says_what_to_do(broken_app: Flask, client_for, code: int):
    for person in (None, make.user(Role.AUDITOR)):
        response = client_for(person).get(f"/stop/{code}")

        assert response.status_code == code
        assert response.get_data(as_text=True).count("<h1") == 1
        assert len(text_of(response)) > 40
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_clash_of_two_edits_is_a_409(broken_app: Flask, client_for):
    assert client_for(None).get("/clash").status_code == 409


def test_what_was_typed_when_two_edits_clash_is_shown_to_be_copied(broken_app: Flask, client_for):
    client = client_for(make.user(Role.COMMISSIONER))

    response = client.send("/edit", {"note": "What the provider told us."}, of="/account")

    assert response.status_code == 409
    assert "What you typed Note What the provider told us." in text_of(response)


def test_a_database_that_others_write_to_for_long_is_busy_and_says_when_to_try_again(
    broken_app: Flask, client_for, tmp_path: Path
):
    @open_to_anyone
    def wait() -> str:
        writers = [sqlite3.connect(tmp_path / "busy.db", timeout=0, isolation_level=None) for _ in range(2)]
        with closing(writers[0]), closing(writers[1]):
            writers[0].execute("BEGIN IMMEDIATE")
            try:
                writers[1].execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as problem:
                raise OperationalError("BEGIN", {}, problem) from problem
        return "not busy"

    broken_app.add_url_rule("/wait", view_func=wait)

    response = client_for(None).get("/wait")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Nothing was changed" in text_of(response)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (errors.DiskFull, 507),
        (errors.LockNotAvailable, 503),
        (errors.DeadlockDetected, 503),
        (errors.AdminShutdown, 503),
        (errors.IoError, 500),
    ],
)
def test_what_postgresql_says_of_its_troubles_is_told_apart(broken_app: Flask, client_for, fault, status: int):
    @open_to_anyone
    def trouble() -> str:
        raise OperationalError("COMMIT", {}, fault("a secret figure"))

    broken_app.add_url_rule("/trouble", view_func=trouble)

    response = client_for(None).get("/trouble")

    assert response.status_code == status
    assert "secret" not in response.get_data(as_text=True)


def test_a_fault_of_ours_shows_nothing_of_its_cause(broken_app: Flask, client_for):
    response = client_for(None).get("/crash")

    assert response.status_code == 500
    assert "secret" not in response.get_data(as_text=True)
    assert "Nothing of what you just did was saved" in text_of(response)


def test_a_fault_of_ours_is_logged_without_the_address(broken_app: Flask, client_for, caplog):
    client_for(None).get("/crash?token=a-secret-token")

    assert "Fault in crash [GET]" in caplog.text
    assert "a-secret-token" not in caplog.text


def test_a_database_that_is_gone_gives_a_page_all_the_same(broken_app: Flask, client_for):
    client = client_for(make.user(Role.AUDITOR))
    db.session.remove()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE user_session")

    response = client.get("/")

    assert response.status_code == 500
    assert "problem with the service" in text_of(response)


def test_an_unknown_address_is_a_404_with_a_page(app: Flask, client_for):
    assert "Page not found" in text_of(client_for(None).get("/no/such/page"))


def test_a_view_that_does_not_say_who_may_open_it_stops_the_start(app: Flask):
    app.add_url_rule("/silent", view_func=lambda: "", endpoint="silent")

    with pytest.raises(UndeclaredViews, match="silent"):
        require_declared(app)
