"""The page that shows what was read, in a browser: choosing and dropping a file, both panes, correcting."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.test_main_job import filled, to_return

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def wrong(browser: Browser, demo_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A downloaded workbook with a figure that is none."""
    path: Path = tmp_path_factory.mktemp("workbooks") / "wrong.xlsx"
    with opened(browser, demo_server) as open_as:
        page = open_as("manager.idas")
        to_return(page)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Download the return workbook").click()
        path.write_bytes(filled(Path(waiting.value.path()).read_bytes(), HUB_01="2,4x3"))
    return path


def to_upload(page: Page) -> None:
    to_return(page)
    page.get_by_role("link", name="Upload a workbook").or_(page.get_by_role("button", name="Upload a workbook")).click()


def checked(page: Page, path: Path) -> None:
    to_upload(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check this workbook").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check what was read")


def is_in_sight(page: Page, selector: str) -> bool:
    """Whether a place is inside what its pane shows."""
    return page.evaluate(
        """selector => {
            const place = document.querySelector(selector), box = place.getBoundingClientRect()
            const pane = place.closest(".app-beside__pane").getBoundingClientRect()
            return box.top >= pane.top && box.bottom <= pane.bottom && box.bottom > 0 && box.top < window.innerHeight
        }""",
        selector,
    )


def test_a_file_can_be_dropped(signed_in: Open, wrong: Path):
    page = signed_in("manager.idas")
    to_upload(page)
    handle = page.evaluate_handle(
        """async bytes => {
            const carried = new DataTransfer()
            carried.items.add(new File([new Uint8Array(bytes)], "dropped.xlsx"))
            return carried
        }""",
        list(wrong.read_bytes()),
    )

    page.locator(".govuk-file-upload-button").dispatch_event("dragenter", {"dataTransfer": handle})
    page.locator(".govuk-file-upload-button").dispatch_event("drop", {"dataTransfer": handle})
    expect(page.locator(".govuk-file-upload-button__status")).to_have_text("dropped.xlsx")
    page.get_by_role("button", name="Check this workbook").click()

    expect(page.locator("main")).to_contain_text("dropped.xlsx: 24 figures read, with 1 error")


def test_while_a_file_is_read_the_page_says_so_and_sends_it_once(signed_in: Open, wrong: Path):
    page = signed_in("manager.idas")
    to_upload(page)
    page.locator("input[type=file]").set_input_files(wrong)
    page.clock.install()
    page.evaluate(
        """() => document.querySelector("form[data-app-reading]").addEventListener("submit", event => {
            window.sent = (window.sent || 0) + (event.defaultPrevented ? 0 : 1)
            event.preventDefault()
        })"""
    )
    button = page.get_by_role("button", name="Check this workbook")

    button.click()
    button.click(force=True)
    page.clock.run_for(1100)

    expect(page.get_by_role("status")).to_contain_text("Reading the workbook")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(button).to_have_attribute("aria-disabled", "true")
    assert page.evaluate("window.sent") == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_figure_leads_to_its_cell_and_a_cell_to_its_figure(signed_in: Open, wrong: Path, scripts: bool):
    page = signed_in("manager.idas", viewport={"width": 1400, "height": 900}, java_script_enabled=scripts)
    checked(page, wrong)

    page.get_by_role("region", name="Every figure").get_by_role("link", name="KPIs!F23", exact=True).press("Enter")
    assert unquote(page.url).endswith("#cell-KPIs!F23")
    assert is_in_sight(page, "[id='cell-KPIs!F23']")
    lit = page.locator("[id='cell-KPIs!F23']").evaluate("cell => getComputedStyle(cell).backgroundColor")
    assert lit == "rgb(255, 221, 0)"

    page.locator("[id='cell-KPIs!F5'] a").press("Enter")
    assert unquote(page.url).endswith("#KPIs!F5")
    assert is_in_sight(page, "tr[id='KPIs!F5']")
    assert page.locator(".app-grid td").first.is_visible()


def test_a_problem_leads_to_its_cell(signed_in: Open, wrong: Path):
    page = signed_in("manager.idas", viewport={"width": 1400, "height": 900})
    checked(page, wrong)

    page.locator(".app-problems--error").get_by_role("link", name="KPIs!F5").click()

    assert is_in_sight(page, "[id='cell-KPIs!F5']")
    expect(page.locator("[id='cell-KPIs!F5']")).to_have_class(re.compile("is-lit"))
    expect(page.locator("tr[id='KPIs!F5']")).to_have_class(re.compile("is-lit"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_error_is_corrected_in_the_page(signed_in: Open, wrong: Path, scripts: bool):
    page = signed_in("manager.idas", java_script_enabled=scripts)
    checked(page, wrong)
    expect(page.get_by_role("heading", name="Errors (1)")).to_be_visible()

    page.locator(".app-problems--error").get_by_role("button", name="Correct KPIs!F5").click()
    group = page.get_by_role("group", name=re.compile("KPIs!F5: HUB-01"))
    group.get_by_label("Figure", exact=True).fill("2433")
    group.get_by_label("Figure", exact=True).press("Enter")  # without the reason
    expect(page.get_by_role("alert")).to_contain_text("Say why the figure is corrected.")
    page.get_by_label("Why it is corrected").fill("A slip of the finger.")
    page.get_by_role("button", name="Check again with this correction").click()

    expect(page.locator("main")).to_contain_text("with no errors")
    expect(page.locator("tr[id='KPIs!F5']")).to_contain_text("2,4x3")
    expect(page.locator("tr[id='KPIs!F5']")).to_contain_text("Typed in the page in place of “2,4x3” in the file")


@pytest.mark.parametrize("width", [320, 1400])
def test_the_page_is_accessible_and_fits(signed_in: Open, wrong: Path, width: int):
    page = signed_in("manager.idas", viewport={"width": width, "height": 900})
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    checked(page, wrong)
    page.locator(".app-correct").first.click()
    expect(page.get_by_role("heading", name="Correct in the page")).to_be_visible()

    found = Axe().run(page).response["violations"]

    assert not [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not messages


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_workbook_is_given_back_and_the_page_stays_in_use(signed_in: Open, wrong: Path, scripts: bool):
    page = signed_in("manager.idas", java_script_enabled=scripts)
    checked(page, wrong)
    button = page.get_by_role("button", name="Download your workbook with the points marked")

    for _ in range(2):
        with page.expect_download() as waiting:
            button.click()
        assert waiting.value.suggested_filename == "wrong-marked.xlsx"

    expect(page.get_by_role("heading", level=1)).to_contain_text("Check what was read")
    expect(button).not_to_have_attribute("aria-disabled", "true")
