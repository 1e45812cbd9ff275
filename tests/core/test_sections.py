"""Parts of a page that other nouns put in."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from dacommission.roles import Role
from dacommission.web.sections import add_section, sections_of
from tests import make
from tests.pages import text_of

pytestmark = pytest.mark.own_app


def test_parts_stand_by_their_order_and_an_empty_one_is_left_out(bare_app: Flask) -> None:
    add_section(bare_app, "thing", 20, lambda record, user: Markup("<p>second</p>"))
    add_section(bare_app, "thing", 10, lambda record, user: f"<p>{user} and {record}</p>")
    add_section(bare_app, "thing", 15, lambda record, user: "")
    add_section(bare_app, "another", 1, lambda record, user: "elsewhere")

    with bare_app.app_context():
        assert sections_of("thing", "record", "user") == ["<p>user and record</p>", "<p>second</p>"]
        assert sections_of("nothing", "record", "user") == []


def test_a_returns_page_shows_the_parts_put_into_it(app: Flask, client_for) -> None:
    due = make.due_return(make.contract())
    manager = make.user(Role.PROVIDER_MANAGER, due.contract.provider)

    def part(record: object, user: object) -> Markup:
        words = render_template_string("<p>{{ record }} for {{ user.name }}</p>", record=record, user=user)
        return Markup(words)

    add_section(app, "return", 10, part)

    assert f"{due} for {manager.name}" in text_of(client_for(manager).get(f"/returns/{due.id}"))
