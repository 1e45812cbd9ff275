"""The review page of a return with 60 KPIs and ten years of history, against a bare Flask view of the same template.

    python -m benchmarks.review_page [a database's address, empty and of either kind]

The baseline renders the same template from a context prepared beforehand: no sign-in, no database, nothing worked
out. Processor time of the server, in one run of one warm process; the database's own processes are not counted, as
the bound is about the server. Asserts nothing: a slow machine is no failing test.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime

from flask import Flask, template_rendered

from benchmarks.summary_page import _cpu
from config import settings
from dacommission import create_app
from dacommission.accounts import sessions
from dacommission.db import unit_of_work
from dacommission.review import past
from tests.conftest import ENVIRONMENT, migrate_up
from tests.review.reviewing import many_figures

BOUND = 60  # milliseconds
FIGURES, YEARS = 60, 10


def main(address: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = address or f"sqlite:///{folder}/ten-years.db"
        app = create_app(settings({**ENVIRONMENT, "DATABASE_URL": url}))
        migrate_up(app)
        with app.app_context():
            case = many_figures(FIGURES, years=YEARS)
            with unit_of_work():
                token = sessions.start(case.commissioner, browser="benchmark", at=datetime.now(UTC))
            path = case.review
        _compare(app, token, path)


def _compare(app: Flask, token: str, path: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session[sessions.KEY] = token
    seen: dict[str, object] = {}
    template_rendered.connect(lambda sender, template, context, **more: seen.update(context), app, weak=False)
    page = client.get(path).get_data()
    template = app.jinja_env.get_template("review/show.html")
    with app.test_request_context(path):
        from flask_login import login_user

        login_user(seen["current_user"])
        fixed = {**seen, "happened": list(seen["happened"])}  # type: ignore[call-overload]
        baseline = _cpu(lambda: template.render(fixed))

    def fresh() -> object:
        past._past.cache_clear()
        return client.get(path)

    warm, cold = _cpu(lambda: client.get(path)), _cpu(fresh)
    print(f"{app.config['SQLALCHEMY_DATABASE_URI'].partition(':')[0]}: page of {len(page):,} bytes")
    print(f"the template alone, context prepared  {baseline * 1000:6.1f} ms CPU")
    print(f"the review page                       {warm * 1000:6.1f} ms CPU  {warm / baseline:4.1f} times")
    print(f"the page, nothing kept from before    {cold * 1000:6.1f} ms CPU  {cold / baseline:4.1f} times")
    print(f"bound: {BOUND} ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
