"""Lists stand in the order that was asked for, or in the one that serves best until somebody asks."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from dacommission.db import db
from dacommission.organisations.models import Organisation
from dacommission.web.listing import listed
from tests import make


@pytest.fixture
def three(app: Flask) -> Flask:
    for name in ("Alder", "Birch", "Cedar"):
        make.organisation(name=name, short_name="The same")
    db.session.commit()
    return app


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/", ["Cedar", "Birch", "Alder"]),
        ("/?sort=name", ["Alder", "Birch", "Cedar"]),
        ("/?sort=name&order=desc", ["Cedar", "Birch", "Alder"]),
        ("/?sort=short", ["Cedar", "Birch", "Alder"]),
        ("/?sort=nothing-we-know", ["Alder", "Birch", "Cedar"]),
    ],
)
def test_a_list_is_in_the_order_asked_for(three: Flask, address: str, names: list[str]):
    with three.test_request_context(address):
        page = listed(
            select(Organisation),
            columns={"name": ("Name", Organisation.name), "short": ("Short name", Organisation.short_name)},
            tie_break=(Organisation.name.desc(), Organisation.id),
            newest_first=True,
        )

    assert [organisation.name for organisation in page.rows] == names
