"""The pages for when something is not as asked: each says what happened and what to do next."""

from __future__ import annotations

from http import HTTPStatus
from types import TracebackType

from flask import Flask, current_app, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from dacommission.db import Conflict, is_busy, is_full
from dacommission.web import unsent

RETRY_SECONDS = 60
# status → (title, what to do)
PAGES: dict[int, tuple[str, str]] = {
    400: (
        "The request could not be understood",
        "Go back, reload the page and try again. Nothing was changed.",
    ),
    403: (
        "You do not have permission to see this page",
        "If your work needs it, ask your administrator to check your role.",
    ),
    404: (
        "Page not found",
        "If you typed the address, check it is correct. The page may have moved, or it may not be yours to see.",
    ),
    405: ("This address does not do that", "Go back and use the buttons on the page. Nothing was changed."),
    409: (
        "Somebody else changed this while you were looking",
        "Nothing of yours was saved. Reload the page to see what it says now, then try again.",
    ),
    413: (
        "What was sent is too large",
        "A workbook may be up to 10 MB, a text far less. If it was a workbook: remove pictures and sheets that are "
        "not part of the return, save it as an Excel workbook (.xlsx) and upload it again. Nothing was kept.",
    ),
    429: ("Too many tries", "Wait a few minutes and try again."),
    500: (
        "Sorry, there is a problem with the service",
        "Nothing of what you just did was saved. Try again later; the problem has been logged.",
    ),
    503: ("The service is busy", "Wait a minute and try again. Nothing was changed."),
    507: (
        "There is no room to save anything",
        "Nothing was changed, and everything can still be read. Tell whoever runs the service that its disk is full, "
        "and try again when there is room.",
    ),
}


def init_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_problem)
    app.register_error_handler(Conflict, show_conflict)
    app.register_error_handler(OperationalError, show_trouble)
    app.register_error_handler(500, lambda problem: page(500))
    app.log_exception = _log  # type: ignore[method-assign, assignment]


def _log(fault: tuple[type[BaseException], BaseException, TracebackType | None]) -> None:
    """Names the view, never the address: a one-time link has its token there."""
    current_app.logger.error("Fault in %s [%s]", request.endpoint, request.method, exc_info=fault)


def show_problem(problem: HTTPException) -> tuple[str, int] | HTTPException:
    """The designed page of a status; a redirect stays a redirect."""
    code = problem.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if problem.response is not None or code < HTTPStatus.BAD_REQUEST:
        return problem
    return page(code)


def show_conflict(conflict: Conflict) -> tuple[str, int]:
    """The page for a clash of two edits, with what was typed, to be copied."""
    title, advice = PAGES[HTTPStatus.CONFLICT]
    typed = unsent.typed_now()
    return render_template("errors/error.html", title=title, advice=advice, typed=typed), HTTPStatus.CONFLICT


def expired_page() -> tuple[str, int]:
    """For a form that no page of ours is known to have sent, or that held nothing."""
    advice = "Nothing was changed. Open the page again, signing in if you are asked to, and send it once more."
    title = "Your session on this page has ended"
    return render_template("errors/error.html", title=title, advice=advice, typed=[]), HTTPStatus.BAD_REQUEST


def show_trouble(problem: OperationalError) -> tuple[str, int, dict[str, str]]:
    """Others wrote for longer than one waits, or there is no room to write. Any other trouble is a bug and rises."""
    if is_busy(problem):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif is_full(problem):
        status = HTTPStatus.INSUFFICIENT_STORAGE
    else:
        raise problem
    current_app.logger.error("%s in %s [%s]", status.phrase, request.endpoint, request.method)
    return *page(status), {"Retry-After": str(RETRY_SECONDS)}


def page(code: int) -> tuple[str, int]:
    """The page of one status, with words of its own or those of the nearest class."""
    in_trouble = code >= HTTPStatus.INTERNAL_SERVER_ERROR
    title, advice = PAGES.get(code) or PAGES[500 if in_trouble else 400]
    if in_trouble:
        # Rendered without the shared words of every page: they would ask the database who is signed in.
        bare = current_app.jinja_env.get_template("errors/bare.html")
        return bare.render(title=title, advice=advice), code
    return render_template("errors/error.html", title=title, advice=advice, typed=[]), code
