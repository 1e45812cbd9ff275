"""A client that reads every page it is given, as strictly as HTML allows, and knows how to send a form."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

import html5lib
from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# Our pages are whole documents; the design system's own markup is allowed these.
ALLOWED = {"expected-doctype-but-got-start-tag"}
# What differs between two pages of one shape: the tokens of their forms, whose records they show, and numbers
# (not those of h1 or &#39;).
VARYING = re.compile(r'(?<=value=")[\w.-]{60,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![\w#])\d+')
_well_formed: set[bytes] = set()


class PageClient(FlaskClient):
    """Asks for pages as a browser would; a page that is not well-formed HTML fails the test that asked for it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        _forget_the_last_request()
        response = super().open(*args, **kwargs)
        _forget_the_last_request()
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            check_html(response.get_data(as_text=True))
        return response

    def token(self, path: str) -> str:
        """The CSRF token of the forms on a page."""
        page = self.get(path).get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, f"There is no form on {path}."
        return found[1]

    def send(
        self, path: str, data: dict[str, Any] | None = None, *, of: str | None = None, **kwargs: Any
    ) -> TestResponse:
        """Sends a form with the CSRF token of the page it stands on (by default the address itself)."""
        return self.post(path, data={**(data or {}), "csrf_token": self.token(of or path)}, **kwargs)


def _forget_the_last_request() -> None:
    """The user and the CSRF token are kept in g; a context held open would hand them to the next client."""
    for name in ("_login_user", "csrf_token", "csrf_valid"):
        g.pop(name, None)


def check_html(page: str) -> None:
    """Fails on the first place where the page is not well-formed HTML, showing its line.

    To parse takes longer than to answer: a page of a shape that was well-formed before is not parsed again.
    """
    shape = hashlib.sha256(VARYING.sub("0", page).encode()).digest()
    if shape in _well_formed:
        return
    for (line, _), code, detail in _parsed(page).errors:
        if code not in ALLOWED:
            shown = page.splitlines()[max(line - 1, 0)][:300]
            raise AssertionError(f"Bad HTML ({code} {detail}) in line {line}: {shown}")
    _well_formed.add(shape)


@lru_cache(maxsize=2)
def _parsed(page: str) -> html5lib.HTMLParser:
    """What was made of a page, and what was wrong with it; kept for whoever reads the page that was just checked."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(page)
    return parser


def text_of(response: TestResponse) -> str:
    """What a reader sees of a page's main part, spaces evened out."""
    document = _parsed(response.get_data(as_text=True)).tree.getDocument()
    main = document.find(".//main")
    return " ".join(" ".join((main if main is not None else document).itertext()).split())
