"""The impact summary's page with five years of returns, against a bare Flask view that renders the same bytes.

    python -m benchmarks.summary_page

The baseline renders the same template from a context prepared beforehand: no sign-in, no database, nothing worked
out. Ratios are of processor time in one run of one warm process. Asserts nothing: a slow machine is no failing test.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, template_rendered

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "summaries"))

from arrangements import Joint, accept_year, set_up  # noqa: E402

from config import settings  # noqa: E402
from dacommission import create_app  # noqa: E402
from dacommission.accounts import sessions  # noqa: E402
from dacommission.db import unit_of_work  # noqa: E402
from dacommission.summaries import live  # noqa: E402
from tests.conftest import ENVIRONMENT, migrate_up  # noqa: E402

BOUND = 4
ROUNDS = 30


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings({**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{folder}/five-years.db"}))
        migrate_up(app)
        with app.app_context():
            set_up()
            for year in (2018, 2019, 2020, 2021):
                accept_year(year, change=(year - 2022) * 5)
            joint = Joint()
            with unit_of_work():
                token = sessions.start(joint.commissioner, browser="benchmark", at=datetime.now(UTC))
            path = f"/summaries/{joint.summary.id}"
        _compare(app, token, path)


def _compare(app: Flask, token: str, path: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session[sessions.KEY] = token
    seen: dict[str, object] = {}
    template_rendered.connect(lambda sender, template, context, **more: seen.update(context), app, weak=False)
    page = client.get(path).get_data()
    prepared = {name: value for name, value in seen.items() if name not in ("request", "session", "g")}
    bare = _bare(app, prepared)
    bare_client = bare.test_client()
    _same_bytes(page, bare_client.get("/").get_data())

    def fresh() -> object:
        live._composed.cache_clear()
        return client.get(path)

    baseline = _cpu(lambda: bare_client.get("/"))
    warm, cold = _cpu(lambda: client.get(path)), _cpu(fresh)
    print(f"page of {len(page):,} bytes with five years of returns")
    print(f"bare Flask view, prepared context   {baseline * 1000:6.1f} ms CPU")
    print(f"the page                            {warm * 1000:6.1f} ms CPU  {warm / baseline:4.1f} times")
    print(f"the page, nothing kept from before  {cold * 1000:6.1f} ms CPU  {cold / baseline:4.1f} times")
    print(f"bound: {BOUND} times")


def _bare(app: Flask, prepared: dict[str, object]) -> Flask:
    """An application of one view, with the same template environment and everything already at hand."""
    bare = Flask("bare", static_folder=None)
    bare.jinja_options = app.jinja_options
    env = app.jinja_env.overlay()
    person = prepared["current_user"]
    menu = [SimpleNamespace(text=p.text, href=p.href, here=p.here) for p in _menu(app)]
    fixed = {
        **prepared,
        "current_user": SimpleNamespace(
            is_authenticated=True,
            name=person.name,  # type: ignore[attr-defined]
            role_name=person.role_name,  # type: ignore[attr-defined]
            organisation=SimpleNamespace(short_name=person.organisation.short_name),  # type: ignore[attr-defined]
        ),
        "today": lambda: app.config["DEMO_DATE"],
        "menu": lambda: menu,
        "may": lambda permission: True,
        "csrf_token": lambda: "x" * 91,
        "get_flashed_messages": lambda **how: [],
        "url_for": lambda endpoint, **values: f"/{endpoint}",
    }
    template = env.get_template("summaries/show.html")

    @bare.get("/")
    def page() -> str:
        return template.render(fixed)

    return bare


def _menu(app: Flask) -> list[object]:
    from dacommission.web.menu import Link

    return [Link(place.text, "/" + place.endpoint, False) for place in app.extensions.get("menu", [])]


def _same_bytes(page: bytes, bare: bytes) -> None:
    """The bare page says the same: only addresses and the form's token differ."""
    plain = [re.sub(rb"<(nav|form).*?</\1>|(href|src)=\"[^\"]*\"", b"", text, flags=re.DOTALL) for text in (page, bare)]
    if plain[0].split() != plain[1].split():
        raise SystemExit("The baseline does not render the same page.")


def _cpu(ask: Callable[[], object]) -> float:
    """The median CPU seconds of one request."""
    ask()
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        ask()
        found.append(time.process_time() - start)
    return statistics.median(found)


if __name__ == "__main__":
    main()
