"""Brings a database, new or old, to where this version of the product can use it, and says when it cannot."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from config import ROOT
from dacommission.audit import CommandLine
from dacommission.db import db
from dacommission.indicators.installing import install_catalogue

MIGRATIONS = str(ROOT / "migrations")


class NotReady(Exception):
    """The database cannot be used as it is; the message says why and what to do."""


def prepare() -> None:
    """Runs the migrations that are missing and adds the shipped indicators that the database lacks.

    Raises NotReady when the database cannot be reached or belongs to a newer version.
    """
    (ROOT / "instance").mkdir(exist_ok=True)
    migration = standing()
    if migration is not None and not is_known(migration):
        raise NotReady(
            f"The database was brought to migration {migration} by a newer version of the product, which this one "
            "does not know. Run that version, or set DATABASE_URL to another database."
        )
    upgrade(directory=MIGRATIONS)
    install_catalogue(by=CommandLine())


def require_ready() -> None:
    """Raises NotReady unless the database stands where this version of the product expects it."""
    newest = ScriptDirectory(MIGRATIONS).get_current_head()
    migration = standing()
    if migration != newest:
        raise NotReady(
            f"The database is {f'at migration {migration}' if migration else 'empty'}, and this version of the product "
            f"needs {newest}. Check DATABASE_URL; `dacommission serve` brings a database up to date."
        )


def standing() -> str | None:
    """The migration a database stands at; None where it is new. Raises NotReady when it cannot be reached."""
    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as problem:
        raise NotReady(
            f"The database {db.engine.url.render_as_string(hide_password=True)} cannot be opened: {problem.orig}. "
            "Check DATABASE_URL, and that the database runs."
        ) from None


def is_known(migration: str) -> bool:
    """Whether this version of the product has a migration."""
    return migration in {script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()}
