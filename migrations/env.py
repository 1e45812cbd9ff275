"""Runs the numbered migrations against whatever database the application is set to."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from dacommission.db import db

config = context.config
engine = current_app.extensions["migrate"].db.engine


def run() -> None:
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # A batch migration makes a table anew; its children must not be swept away meanwhile.
            _outside_a_transaction(connection, "PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            user_module_prefix="",
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if sqlite:
            _outside_a_transaction(connection, "PRAGMA foreign_keys = ON")


def _outside_a_transaction(connection: Connection, pragma: str) -> None:
    """Through the engine it would come after BEGIN, where SQLite passes over it in silence."""
    connection.connection.driver_connection.execute(pragma)


run()
