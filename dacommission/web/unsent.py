"""A form that came when nobody was signed in any more, or with a token that had run out: nothing typed is lost.

It travels in the sign-in form itself, signed; nothing is stored. Only the browser that sent it can take it up
again, within a day's work. Passwords are never carried, and a file stays where it is: it must be chosen again.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from dacommission.web.guard import ANYONE, needed

KEPT_SECONDS = 12 * 60 * 60
BROWSER_KEY = "browser"  # in the session: what ties an unsent form to the browser that sent it
MOST_BYTES = 250_000  # of what was typed; a checked workbook larger than this must be chosen again
NEVER_CARRIED = ("accounts",)  # blueprints whose forms hold passwords
MACHINE_MADE = re.compile(r"version|revision|views|\S+-seen|[0-9a-f-]{32,}|\S{80,}", re.ASCII)

OF_A_FIGURE = re.compile(r"([A-Z]+-[0-9A-Za-z]+)-(.+)", re.ASCII)
FIELDS_OF_A_FIGURE = {"what": "what happened", "action": "what is done about it"}  # where a name says too little


@dataclass(frozen=True)
class UnsentForm:
    address: str  # with its query, as it was sent
    page: str  # where the form stood, to be opened again; "" when that is not known
    fields: list[tuple[str, str]]
    left_out: list[str]  # files, and fields too large to be carried

    @property
    def typed(self) -> list[tuple[str, str]]:
        """The fields that people fill in, under their names in words."""
        return [(in_words(name), value) for name, value in self.fields if not _machine_made(name, value)]

    @property
    def others(self) -> list[tuple[str, str]]:
        """The fields that a page fills in by itself."""
        return [(in_words(name), value) for name, value in self.fields if _machine_made(name, value)]

    @property
    def endpoint(self) -> str:
        return _endpoint(self.address, "POST") or ""


def in_words(name: str) -> str:
    """ "due_on-day" → "Due on day", and of a figure's "HUB-09-what" → "HUB-09, what happened"."""
    if of_figure := OF_A_FIGURE.fullmatch(name):
        code, field = of_figure.groups()
        return f"{code}, {FIELDS_OF_A_FIGURE.get(field) or in_words(field).lower()}"
    return re.sub(r"[-_]+", " ", name).strip().capitalize()


def _machine_made(name: str, value: str) -> bool:
    return any(MACHINE_MADE.fullmatch(text) for text in (name, value))


def of_request() -> UnsentForm | None:
    """The form of this request; None unless it holds something and one of our own pages sent it."""
    sent = [pair for pair in request.form.items(multi=True) if _is_carried(pair[0])]
    files = [file.filename for file in request.files.values() if file.filename]
    if request.method != "POST" or not _may_be_carried() or not (sent or files):
        return None
    fitting = _fitting(sent)
    dropped = [in_words(name) for name, value in sent if (name, value) not in fitting]
    return UnsentForm(request.full_path.rstrip("?"), page_of_request(), fitting, [*files, *dropped])


def typed_now() -> list[tuple[str, str]]:
    """What people filled in in the form of this request, to be copied where it cannot be taken as it is."""
    form = of_request()
    return [(name, value) for name, value in form.typed if value.strip()] if form else []


def _is_carried(name: str) -> bool:
    return name != "csrf_token" and "password" not in name


def _may_be_carried() -> bool:
    if request.endpoint is None or request.blueprint in NEVER_CARRIED:
        return False
    return needed(current_app, request.endpoint) != ANYONE and _is_from_our_own_page()


def _is_from_our_own_page() -> bool:
    """Its token was right, or the browser says that it comes from here, which no other site can make it say."""
    return g.get("csrf_valid", False) or request.headers.get("Origin") == request.host_url.rstrip("/")


def _fitting(sent: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As many of the fields as can be carried, the short ones first of all, in their own order."""
    room, fitting = MOST_BYTES, set()
    for pair in sorted(sent, key=lambda pair: len(pair[1])):
        room -= sum(len(text.encode()) for text in pair)
        if room >= 0:
            fitting.add(pair)
    return [pair for pair in sent if pair in fitting]


def page_of_request() -> str:
    """The page of ours on which the form of this request stood, or ""."""
    parts = urlsplit(request.referrer or "")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    is_ours = f"{parts.scheme}://{parts.netloc}/" == request.host_url
    return path if is_ours and is_own_page(path) else ""


def is_own_page(path: str) -> bool:
    """Whether an address is a page of this site and of nobody else's."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return False
    return path.isprintable() and path.isascii() and _endpoint(path, "GET") is not None


def _endpoint(path: str, method: str) -> str | None:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path.partition("?")[0].partition("#")[0], method=method)
    except (HTTPException, RequestRedirect):
        return None
    return endpoint


def sealed(form: UnsentForm) -> str:
    """The form as it travels in the sign-in page, for this browser alone."""
    browser = session.setdefault(BROWSER_KEY, secrets.token_urlsafe(16))
    return _serializer().dumps({"browser": browser, **asdict(form)})


def opened(text: str | None) -> UnsentForm | None:
    """The form that `sealed` made in this browser; None when it is another's, changed, too old or not there."""
    if not text:
        return None
    try:
        held = _serializer().loads(text, max_age=KEPT_SECONDS)
    except BadData:
        return None
    if not hmac.compare_digest(held.pop("browser"), session.get(BROWSER_KEY, "")):
        return None
    form = UnsentForm(**{**held, "fields": [(name, value) for name, value in held["fields"]]})
    return form if form.endpoint else None


def _serializer() -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="unsent form")
