"""Tests of summaries start from a joint arrangement whose returns of 2022/23 are accepted: see `arrangements`."""

from __future__ import annotations

from pathlib import Path

import pytest
from arrangements import Joint, set_up
from flask import Flask
from sqlalchemy import Connection

from dacommission.db import db
from tests.conftest import make_app, migrate_up


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("summaries") / "arranged.db"
    _arrange(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(server: str, databases: Connection) -> str:
    databases.exec_driver_sql("CREATE DATABASE arranged")
    _arrange(server % "arranged")
    return "arranged"


def _arrange(url: str) -> None:
    app = make_app(url)
    migrate_up(app)
    with app.app_context():
        set_up()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def joint(app: Flask) -> Joint:
    return Joint()
