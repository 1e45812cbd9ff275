"""The page that asks what rows are, in a browser: with the keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.browser.test_check_page import to_upload

Open = Callable[..., Page]
ROWS = (("Tea parties", 4), ("Kettles bought", 2))


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in words that nobody knows."""
    book = Workbook()
    page = book.active
    for row in (("What we did", "Q1 2023/24"), *ROWS):
        page.append(row)
    path = tmp_path_factory.mktemp("workbooks") / "own.xlsx"
    book.save(path)
    return path


def asked(page: Page, path: Path) -> None:
    to_upload(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check this workbook").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Say what these rows are")


def test_rows_are_answered_with_the_keyboard_alone(signed_in: Open, own: Path):
    page = signed_in("manager.idas")
    asked(page, own)
    assert Axe().run(page).response["violations"] == []
    first = page.get_by_role("group", name="1. Tea parties")

    first.get_by_label("Another KPI").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")

    expect(first.get_by_label("Another KPI: the one chosen below")).to_be_checked()
    page.get_by_role("group", name="2. Kettles bought").get_by_label("This is not for this return").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check what was read")


def test_choosing_from_the_list_chooses_another_kpi_and_another_answer_sets_it_back(signed_in: Open, own: Path):
    page = signed_in("manager.idas")
    asked(page, own)
    question = page.locator(".app-question").first
    kpis = question.locator("select").first

    kpis.select_option(index=1)

    expect(question.get_by_label("Another KPI: the one chosen below")).to_be_checked()
    question.get_by_label("This is not for this return").check()
    expect(kpis).to_have_value("")


def test_the_page_works_without_scripts(signed_in: Open, own: Path):
    page = signed_in("manager.idas", java_script_enabled=False)
    asked(page, own)

    page.get_by_label("Nothing in").check()
    page.get_by_role("button", name="Go on to what was read").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Check what was read")
    expect(page.get_by_role("rowheader", name="Said not to be for this return")).to_be_visible()
