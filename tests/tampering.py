"""What somebody could do who owns the database itself, and so can take its guards away."""

from __future__ import annotations

from sqlalchemy import Engine, text

SQLITE_GUARDS = ("audit_event_no_update", "audit_event_no_delete", "audit_event_next")


def without_guards(engine: Engine, *statements: str) -> None:
    """Runs statements on a database whose audit log no longer guards itself."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in SQLITE_GUARDS:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))
