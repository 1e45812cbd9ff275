"""Workbooks in a provider's own layout and words, for tests that go through the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from tests.due_returns.workbooks import Case, chosen
from tests.pages import PageClient

NEWCOMERS, HELPED, ASKED, BUDGET = "Newcomers", "Got what they came for", "Came for something", "Kettle fund"
ROWS = ((NEWCOMERS, 2398), (HELPED, 1903), (ASKED, 2398), (BUDGET, 55))


def own_workbook(
    rows: Sequence[tuple[str, object]] = ROWS, *, heading: str = "Q1 2022/23", above: int = 0, sheet: str = "Numbers"
) -> bytes:
    """A table of one quarter, with so many rows of words above it."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for number in range(above):
        page.append([f"Words of the provider, line {'abcdefgh'[number]}"])
    page.append(["What we did", heading])
    for label, value in rows:
        page.append([label, value])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of the form that carries the file: what is hidden, chosen, ticked and selected."""
    form = page[page.index('enctype="multipart/form-data"') :]
    form = form[: form.index("</form>")]
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)" type="hidden" value="([^"]*)"', form))
    sent |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for tag in re.findall(r"<input[^>]*>", form):
        if re.search(r'type="(radio|checkbox)"', tag) and " checked" in tag:
            sent[_attribute(tag, "name")] = _attribute(tag, "value")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        found = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        sent[name] = found[1] if found else ""
    return {name: unescape(value) for name, value in sent.items() if name != "csrf_token"}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', tag)
    assert found
    return found[1]


def question(page: str, label: str) -> str:
    """The name of the field that asks what a row is."""
    legend = re.search(rf"govuk-fieldset__legend--s\">\s*\d+\. {re.escape(label)}", page)
    assert legend, f"Nothing is asked about {label}."
    found = re.search(r'name="(row-[0-9a-f]+)"', page[legend.end() :])
    assert found
    return found[1]


def option(page: str, words: str) -> str:
    """The value of the KPI of the list with these words."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(words)}', page)
    assert found, f"{words} is not in the list."
    return unescape(found[1])


def answers(page: str, said: Mapping[str, str]) -> dict[str, Any]:
    """The form of the asking page with each row said to be a KPI of the list, or one of the other answers."""
    sent = fields(page)
    for label, words in said.items():
        name = question(page, label)
        if words in ("not-ours", "later"):
            sent[name] = words
        else:
            sent |= {name: "other", f"{name}-other": option(page, words)}
    return sent


def uploaded(client: PageClient, case: Case, content: bytes, name: str = "own.xlsx") -> str:
    """The page that a file leads to once it is chosen."""
    return client.send(f"{case.path}/upload", chosen(content, name)).get_data(as_text=True)


def answered(client: PageClient, case: Case, page: str, said: Mapping[str, str]) -> str:
    """The page that the answers lead to."""
    sent = answers(page, said)
    return client.send(f"{case.path}/upload/answers", sent, of=f"{case.path}/upload").get_data(as_text=True)
