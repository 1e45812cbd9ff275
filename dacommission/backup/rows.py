"""A database's rows as lines of JSON that mean the same on SQLite and on PostgreSQL.

The tables are those the database has, not those of today's models: a backup may be older than they are.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CHAR,
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Uuid,
    event,
    select,
)
from sqlalchemy.schema import sort_tables_and_constraints

from dacommission.db import Exact, UtcTime

BATCH = 200
NOT_DATA = {"alembic_version"}


def tables(connection: Connection) -> list[Table]:
    """Every table that the database has, each after those it refers to, but for references that can be deferred."""
    metadata = MetaData(info={"dialect": connection.dialect.name})
    event.listen(metadata, "column_reflect", _recognise)
    metadata.reflect(connection)
    kept = [table for table in metadata.tables.values() if table.name not in NOT_DATA]
    ordered = sort_tables_and_constraints(kept, filter_fn=lambda constraint: constraint.deferrable)
    return [table for table, _ in ordered if table is not None]


def _recognise(inspector: object, table: Table, column: dict[str, Any]) -> None:
    """Gives a column the type it was made with, which the database tells only in its own words."""
    match column["type"]:
        case CHAR(length=32):
            column["type"] = Uuid()
        case DateTime():
            column["type"] = UtcTime(timezone=True)
        case Numeric(precision=int(precision), scale=int(scale)):
            column["type"] = Exact(precision, scale)
        case JSON():
            column["type"] = JSON(none_as_null=column["nullable"])


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of a table's columns, in the order the database keeps them."""
    return tuple(column.name for column in table.columns)


def lines(connection: Connection, table: Table, columns: Sequence[str]) -> Iterator[bytes]:
    """Each row of a table as one line with the values of these columns, in the order of its key."""
    query = select(*[table.c[name] for name in columns]).order_by(*map(_by_bytes, table.primary_key.columns))
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"


def _by_bytes(column: Column[Any]) -> Any:
    """Orders words as SQLite does, also in a PostgreSQL that was set up for a language."""
    is_word = isinstance(column.type, String) and column.table.metadata.info.get("dialect") == "postgresql"
    return column.collate("C") if is_word else column


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case datetime() | date():
            return value.isoformat()
        case Decimal() | uuid.UUID():
            return str(value)
    return value


def batches(table: Table, columns: Sequence[str], written: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    """The rows that lines stand for, ready to insert, a few hundred at a time."""
    named = [table.c[name] for name in columns]
    batch: list[dict[str, Any]] = []
    for line in written:
        values = json.loads(line)
        batch.append({column.name: _typed(column.type, value) for column, value in zip(named, values, strict=True)})
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    match kind:
        case LargeBinary():
            return base64.b64decode(value)
        case UtcTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Exact():
            return Decimal(value)
        case Uuid():
            return uuid.UUID(value)
    return value
