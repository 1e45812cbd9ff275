"""A database's rows as lines of JSON that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, MetaData, Table, Uuid, select

from dacommission.db import Exact, UtcTime

BATCH = 200


def tables(metadata: MetaData) -> list[Table]:
    """Every table, each after those it refers to where that is possible."""
    return metadata.sorted_tables


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row of a table as one line, in the order of its key."""
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case datetime() | date():
            return value.isoformat()
        case Decimal() | uuid.UUID():
            return str(value)
    return value


def batches(table: Table, written: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    """The rows that lines stand for, ready to insert, a few hundred at a time."""
    batch: list[dict[str, Any]] = []
    for line in written:
        values = json.loads(line)
        batch.append(
            {column.key: _typed(column.type, value) for column, value in zip(table.columns, values, strict=True)}
        )
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
