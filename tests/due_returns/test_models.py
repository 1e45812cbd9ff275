"""What the tables of returns themselves refuse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from dacommission.db import db, unit_of_work
from dacommission.returns.models import Upload
from tests import make


def test_an_accepted_return_has_its_figures_with_their_cells(app: Flask) -> None:
    make.indicator("HUB-01")
    make.indicator("PRP-06", unit="percent", count_type="R")
    make.indicator("SA-01", unit="people", count_type="Y")
    due = make.due_return(make.contract())

    kept = make.accepted(
        due, {"HUB-01": 2398, ("PRP-06", "numerator"): 9, ("HUB-01", "area", "York"): 4, "SA-01": None}
    )

    assert due.status == "accepted"
    found = {
        (one.indicator_code, one.part, one.category): (one.cell, one.value, one.basis) for one in kept.observations
    }
    assert found == {
        ("HUB-01", "value", None): ("E5", Decimal(2398), "period"),
        ("PRP-06", "numerator", None): ("E6", Decimal(9), "period"),
        ("HUB-01", "value", "York"): ("E7", Decimal(4), "period"),
        ("SA-01", "value", None): ("E8", None, "ytd"),
    }


def test_the_database_refuses_the_same_file_twice_for_one_return(app: Flask) -> None:
    make.indicator("HUB-01")
    kept = make.upload(make.due_return(make.contract()), {"HUB-01": 1})
    columns = {column.key: getattr(kept, column.key) for column in Upload.__table__.columns if column.key != "id"}

    with pytest.raises(IntegrityError), unit_of_work():
        db.session.add(Upload(**{**columns, "number": 2}))
