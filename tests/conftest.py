"""What every test can ask for: the application on either database, and a browser-like client for each person.

A test that touches the database asks for `app` (or anything made from it) and runs twice: on SQLite and on
PostgreSQL. Each test gets a copy of a migrated database of its own.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import NullPool, create_engine, text

from config import settings
from dacommission import create_app
from dacommission.accounts import sessions
from dacommission.accounts.models import User
from dacommission.db import db, unit_of_work
from tests.pages import PageClient
from tests.postgresql import fast_place, postgresql

# SQLite waits for the disk at each commit; the tests' databases need not outlive them.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(fast_place()))

# A new application for each test would compile every template anew.
COMPILED = FileSystemBytecodeCache()
DEMO_DAY = date(2023, 9, 1)
ENVIRONMENT = {"DEMO": "1", "INSECURE_HTTP": "1", "DEMO_DATE": DEMO_DAY.isoformat()}


def make_app(url: str) -> Flask:
    """The application on a database, with cheap connections and no page cached."""
    configured = settings({**ENVIRONMENT, "DATABASE_URL": url})
    configured |= {"TESTING": True, "SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": NullPool, "hide_parameters": True}}
    app = create_app(configured)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = COMPILED
    return app


def migrate_up(app: Flask) -> None:
    from flask_migrate import upgrade

    with app.app_context():
        upgrade(directory=str(Path(__file__).parent.parent / "migrations"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of this test process's own PostgreSQL, with %s for the database's name."""
    with postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate_up(make_app(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_database(server: str) -> str:
    _run(server, "CREATE DATABASE migrated")
    migrate_up(make_app(server % "migrated"))
    return "migrated"


def _run(server: str, statement: str) -> None:
    engine = create_engine(server % "postgres", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of this test's own."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    server, template = request.getfixturevalue("server"), request.getfixturevalue("migrated_database")
    name = f"test_{uuid.uuid4().hex}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server % name
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own with nothing in it, not even tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server, name = request.getfixturevalue("server"), f"empty_{uuid.uuid4().hex}"
    _run(server, f"CREATE DATABASE {name}")
    yield server % name
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def bare_app(database_url: str) -> Iterator[Flask]:
    """The application with no context held open: for tests that only go through a client."""
    made = make_app(database_url)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    """The application inside a context, so that a test can make records and look at them."""
    with bare_app.app_context():
        yield bare_app
        db.session.remove()


@pytest.fixture
def client_for(app: Flask) -> Callable[[User | None], FlaskClient]:
    """A client signed in as a user, or as nobody; any number of them side by side."""

    def sign_in(user: User | None) -> FlaskClient:
        client = app.test_client()
        if user is not None:
            with unit_of_work():
                token = sessions.start(user, browser="tests", at=datetime.now(UTC))
            with client.session_transaction() as session:
                session[sessions.KEY] = token
        return client

    return sign_in


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("NO_SKIPS") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("NO_SKIPS is set, and some tests were skipped: see the reasons above.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIPS") and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
