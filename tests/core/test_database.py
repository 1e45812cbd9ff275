"""The database: migrations up and down, one unit of work, exact numbers, aware times."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from dacommission.commissioning.models import Contribution
from dacommission.db import db, unit_of_work
from dacommission.roles import Role
from tests import make


def test_the_migrations_go_up_down_and_up_and_leave_what_the_models_say(app: Flask):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    downgrade(directory="migrations", revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}

    upgrade(directory="migrations")
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_nothing_is_saved_when_a_unit_of_work_fails(app: Flask):
    body = make.organisation()

    def half_done() -> None:
        with unit_of_work():
            body.note = "half done"
            raise LookupError

    with pytest.raises(LookupError):
        half_done()

    assert body.note == ""


def test_a_unit_of_work_refuses_to_swallow_what_was_left_unsaved(app: Flask):
    provider = make.organisation()
    provider.note = "changed outside"

    with pytest.raises(RuntimeError, match="nothing unsaved"), unit_of_work():
        pass


def test_an_amount_of_money_comes_back_to_the_penny(app: Flask):
    body = make.organisation("funding-body")
    contract = make.contract(paid_by=(body,))
    with unit_of_work():
        contract.contributions[0].amount = Decimal("2095944.07")

    assert db.session.query(Contribution).one().amount == Decimal("2095944.07")


def test_a_moment_comes_back_aware_and_in_utc(app: Flask):
    moment = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    user = make.user(Role.AUDITOR, created_at=moment)
    db.session.expire_all()

    assert user.created_at == moment
    assert user.created_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(app: Flask):
    with pytest.raises(Exception, match="time zone"):
        make.user(Role.AUDITOR, created_at=datetime(2026, 3, 31))  # noqa: DTZ001


def test_foreign_keys_hold(app: Flask):
    provider = make.organisation()
    make.user(Role.PROVIDER_MANAGER, provider)

    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM organisation"))
