"""Files that people send and fetch: held in memory only, within limits, under names that are safe to show.

A route says `@carries_file` before it may receive more than an ordinary form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any, TypeVar

from flask import Flask, Request, Response, abort, current_app, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTES = "application/octet-stream"
LONGEST_NAME = 120
LARGEST_FORM = 1024 * 1024  # of a request to a route that carries no file
_KEPT_SUFFIXES = {".xlsx": XLSX, ".xls": BYTES, ".ods": BYTES, ".csv": BYTES, ".tsv": BYTES}


def carries_file(view: View) -> View:
    """Lets a view receive a file, or a checked file that travels in its own form."""
    view.carries_file = True  # type: ignore[attr-defined]
    return view


class FileRequest(Request):
    """A request whose files never touch a disk, and whose limits depend on what its route is for."""

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        return BytesIO()

    @property
    def carries_file(self) -> bool:
        view = current_app.view_functions.get(self.endpoint or "")
        return getattr(view, "carries_file", False)

    @property  # type: ignore[misc]
    def max_content_length(self) -> int | None:  # type: ignore[override]
        return super().max_content_length if self.carries_file else LARGEST_FORM

    @property  # type: ignore[misc]
    def max_form_memory_size(self) -> int | None:  # type: ignore[override]
        return super().max_content_length if self.carries_file else super().max_form_memory_size


def init_files(app: Flask) -> None:
    app.request_class = FileRequest


def content_of(file: FileStorage) -> bytes:
    """The bytes of an uploaded file. Answers the request with 413 when there are too many."""
    limit = current_app.config["UPLOAD_LIMIT"]
    content = file.stream.read(limit + 1)
    if len(content) > limit:
        abort(413)
    return content


def safe_name(name: str | None) -> str:
    """A file's name as it may be shown: no path, no invisible or direction-changing characters, not too long."""
    last = re.split(r"[/\\]", name or "")[-1]
    seen = "".join(" " if character.isspace() else character for character in last)
    seen = "".join(character for character in seen if unicodedata.category(character)[0] != "C")
    seen = " ".join(seen.split())
    if len(seen) > LONGEST_NAME:
        suffix = PurePosixPath(seen).suffix[:10]
        seen = seen[: LONGEST_NAME - len(suffix)] + suffix
    return seen or "unnamed"


def download(content: bytes, name: str, *, like: str = "return.xlsx") -> Response:
    """The bytes as a download under a name of our own, with the suffix of the file it came as."""
    suffix = PurePosixPath(like).suffix.lower()
    suffix = suffix if suffix in _KEPT_SUFFIXES else ""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")
    return send_file(
        BytesIO(content),
        mimetype=_KEPT_SUFFIXES.get(suffix, BYTES),
        as_attachment=True,
        download_name=f"{stem}{suffix}",
        conditional=False,
        etag=False,
    )
