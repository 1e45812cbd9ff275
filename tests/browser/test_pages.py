"""Every page a person can reach by links, looked at as that person: no axe violation, one h1, fits in 320 px."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

PEOPLE = ["admin", "commissioner.police", "manager.idas", "uploader.foundation", "board", "auditor"]
# Pages that differ only in which record they show are one kind, and one of each kind is looked at.
RECORD = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2,3}-\d\d(\.[a-z])?|\d{4}(-Q[1-4])?(?=/|$)")


def kind_of(path: str) -> str:
    """A page's address with the record taken out."""
    place = urlsplit(path)
    return RECORD.sub("*", place.path) + "?" + "&".join(sorted(parse_qs(place.query)))


def is_page(page: Page, path: str) -> bool:
    """Goes there; whether it was a page and not a file to take away."""
    try:
        page.goto(path)
    except Error as problem:
        if "Download is starting" not in problem.message:
            raise
        return False
    return True


def reached(page: Page) -> Iterator[str]:
    """Opens the pages found by following links, one of each kind, and gives the address of each while it is open."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen:
            continue
        seen.add(kind)
        if not is_page(page, path):
            continue
        yield path
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))"):
            if href.startswith("/") and not href.startswith("/static"):
                waiting.append(href.partition("#")[0])


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_of_a_person_is_accessible_and_fits_a_narrow_screen(signed_in: Callable[..., Page], who: str):
    page = signed_in(who, viewport={"width": 320, "height": 800})
    messages: list[str] = []
    page.on("console", lambda message: messages.append(f"{page.url}: {message.text}"))
    faults, paths = [], []

    for path in reached(page):
        paths.append(path)
        if page.locator("h1").count() != 1:
            faults.append(f"{path} has {page.locator('h1').count()} h1")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append(f"{path} is {page.evaluate('document.documentElement.scrollWidth')} px wide at 320 px")
        found = Axe().run(page)
        faults += [
            f"{path}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
            for violation in found.response["violations"]
        ]

    assert len(paths) > 1
    assert not faults, "\n".join(faults)
    assert not messages, "\n".join(messages)
