"""What every page shares: the guard, the clock, headers, errors, lists and forms. Knows no noun of the trade."""

from __future__ import annotations

from wsgiref.headers import Headers

from flask import Flask, current_app
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from config import ROOT
from dacommission.web import words
from dacommission.web.clock import today
from dacommission.web.design_system import DesignSystemLoader
from dacommission.web.errors import init_errors
from dacommission.web.files import init_files
from dacommission.web.guard import init_guard, may, open_to_anyone
from dacommission.web.headers import headers_of, init_headers
from dacommission.web.legible import init_legible
from dacommission.web.menu import menu

csrf = CSRFProtect()


def init_web(app: Flask) -> None:
    """Everything a page needs before any noun brings its own."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, DesignSystemLoader()])  # type: ignore[list-item]
    app.jinja_env.filters.update(words.FILTERS)
    app.context_processor(_shared_words)
    init_files(app)
    init_legible(app)
    csrf.init_app(app)
    init_headers(app)
    init_errors(app)
    init_guard(app)
    open_to_anyone(app.view_functions["static"])
    always = headers_of(app.config)

    def add_headers(headers: Headers, path: str, url: str) -> None:
        for name, value in always.items():
            headers[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(ROOT / "static"),
        prefix="static/",
        add_headers_function=add_headers,
        allow_all_origins=False,
    )
    if app.config["PROXY_HOPS"]:
        hops = app.config["PROXY_HOPS"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _shared_words() -> dict[str, object]:
    return {"may": may, "menu": menu, "today": today, "demo": current_app.config["DEMO"]}
