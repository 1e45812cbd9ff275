"""What every test can ask for: the application on either database, and a browser-like client for each person.

A test that touches the database asks for `app` (or anything made from it) and runs twice: on SQLite and on
PostgreSQL. Each test gets a copy of a migrated database of its own. The copies of either kind have one address,
one after the other, so that one application serves them all: to build one takes longer than most tests.
"""

from __future__ import annotations

import gc
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, NullPool, Pool, QueuePool, create_engine

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
GARBAGE = 100_000  # objects made before they are looked through; Python's own number is for programs of little memory
KNOWS_STRATEGIES = 15
DEMO_DAY = date(2023, 9, 1)
ENVIRONMENT = {"DEMO": "1", "INSECURE_HTTP": "1", "DEMO_DATE": DEMO_DAY.isoformat()}


def make_app(url: str, pool: type[Pool] = NullPool) -> Flask:
    """A new application on a database; unless it is given a pool, it keeps no connection that must be closed."""
    configured = settings({**ENVIRONMENT, "DATABASE_URL": url})
    configured |= {"TESTING": True, "SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": pool, "hide_parameters": True}}
    app = create_app(configured)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = COMPILED
    return app


@cache
def lasting_app(url: str) -> Flask:
    """The application that serves every test on this address. It has answered, and so refuses another view or hook."""
    made = make_app(url, QueuePool)
    with made.app_context():
        made.test_client().get("/no/such/page")
    return made


def _copied(part: Any) -> Any:
    """A list of parts, or lists of them by name, to which a test may add; anything else as it is."""
    if isinstance(part, dict):
        return {key: _copied(one) for key, one in part.items()}
    return list(part) if isinstance(part, list) else part


@contextmanager
def put_back(app: Flask) -> Iterator[Flask]:
    """Lends an application to a test. Afterwards its settings and parts are what they were, its connections closed."""
    config, parts = dict(app.config), {key: _copied(part) for key, part in app.extensions.items()}
    yield app
    app.config.clear()
    app.config.update(config)
    app.extensions.clear()
    app.extensions.update(parts)
    with app.app_context():
        db.engine.dispose()


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
def migrated_database(server: str, databases: Connection) -> str:
    databases.exec_driver_sql("CREATE DATABASE migrated")
    migrate_up(make_app(server % "migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def databases(server: str) -> Iterator[Connection]:
    """A connection that makes and drops databases, open as long as the server runs: to connect takes its time."""
    engine = create_engine(server % "postgres", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


@pytest.fixture(scope="session")
def copied(databases: Connection) -> str:
    """How the server is asked for the quickest copy: the words are not known to older ones, which have no other."""
    version = databases.dialect.server_version_info
    return "STRATEGY file_copy" if version and version[0] >= KNOWS_STRATEGIES else ""


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each test's SQLite database stands."""
    return tmp_path_factory.mktemp("sqlite") / "test.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated, empty database of this test's own, at the address of every other's of its kind."""
    if request.param == "sqlite":
        path = request.getfixturevalue("sqlite_file")
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    server, template = request.getfixturevalue("server"), request.getfixturevalue("migrated_database")
    databases, copied = request.getfixturevalue("databases"), request.getfixturevalue("copied")
    databases.exec_driver_sql(f"CREATE DATABASE test TEMPLATE {template} {copied}")
    yield server % "test"
    databases.exec_driver_sql("DROP DATABASE test WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own with nothing in it, not even tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server, name = request.getfixturevalue("server"), f"empty_{uuid.uuid4().hex}"
    databases, copied = request.getfixturevalue("databases"), request.getfixturevalue("copied")
    databases.exec_driver_sql(f"CREATE DATABASE {name} {copied}")
    yield server % name
    databases.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def bare_app(request: pytest.FixtureRequest, database_url: str) -> Iterator[Flask]:
    """The application with no context held open: for tests that only go through a client."""
    own = request.node.get_closest_marker("own_app")
    with put_back(make_app(database_url) if own else lasting_app(database_url)) as lent:
        yield lent


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


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: to look through it for rubbish again and again is in vain."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("NO_SKIPS") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("NO_SKIPS is set, and some tests were skipped: see the reasons above.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIPS") and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
