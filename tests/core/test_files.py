"""File names that are safe to show, and downloads under names of our own."""

from __future__ import annotations

import pytest
from flask import Flask

from dacommission.web.files import LONGEST_NAME, download, safe_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("return.xlsx", "return.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\returns\\Q1.xlsx", "Q1.xlsx"),
        ("a\r\nb\t c.xlsx", "a b c.xlsx"),
        ("xslx.\u202egpj\u200b.xlsx", "xslx.gpj.xlsx"),
        ("Jänner “Q1”.xlsx", "Jänner “Q1”.xlsx"),
        ("\x00\x1b\ud800", "unnamed"),
        ("", "unnamed"),
        (None, "unnamed"),
        ("..", ".."),
    ],
)
def test_a_files_name_is_made_safe_to_show(sent: str | None, shown: str) -> None:
    assert safe_name(sent) == shown


def test_a_long_name_is_cut_and_keeps_its_suffix() -> None:
    shown = safe_name("x" * 500 + ".xlsx")

    assert len(shown) == LONGEST_NAME
    assert shown.endswith("x.xlsx")


@pytest.mark.parametrize(
    ("like", "name", "kind"),
    [
        ("a.XLSX", "DA-1-Q1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.csv", "DA-1-Q1.csv", "application/octet-stream"),
        ("a.xls", "DA-1-Q1.xls", "application/octet-stream"),
        ("a.ods", "DA-1-Q1.ods", "application/octet-stream"),
        ("a.html", "DA-1-Q1", "application/octet-stream"),
        ("unnamed", "DA-1-Q1", "application/octet-stream"),
    ],
)
def test_a_download_has_a_plain_name_and_is_never_shown_as_a_page(
    bare_app: Flask, like: str, name: str, kind: str
) -> None:
    with bare_app.test_request_context():
        answer = download(b"<script>", "DA/1\r\n Q1", like=like)

    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.mimetype == kind
