"""From a provider's workbook to an accepted return, in a browser that runs no scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from imports.reading import Part
from imports.template import Entry, fill_template

RETURN = "Quarter 1 2023/24"
COUNTS = {
    "HUB-01": 2433,
    "HUB-09": 4260,
    "XS-01": 2088,
    "CBS-01": 452,
    "CBS-02": 499,
    "CBS-03": 305,
    "CBS-04": 300,
    "CBS-05": 504,
    "CBS-06": 804,
    "SA-01": 58,
    "SA-02": 41,
    "SA-05": 3822,
    "SA-06": 3467,
    "SA-09": 37,
    "WFA-01": 69,
    "WFA-02": 45,
    "RES-01": 80,
    "RES-02": 25,
}
RATES = {"HUB-05": (1952, 2433), "SA-07": (3467, 3822), "SA-10": (14, 37)}


def filled(content: bytes, **changed: object) -> bytes:
    """The downloaded workbook with a quarter's figures typed in."""
    entries = [Entry(code, value=changed.get(code.replace("-", "_"), value)) for code, value in COUNTS.items()]
    for code, (above, below) in RATES.items():
        entries += [Entry(code, Part.NUMERATOR, above), Entry(code, Part.DENOMINATOR, below)]
    return fill_template(content, entries)


def to_return(page: Page) -> None:
    page.goto("/returns")
    row = page.get_by_role("row").filter(has_text="DEMO-2019-VICTIMS").filter(has_text=RETURN)
    row.get_by_role("link", name=RETURN).click()


def upload(page: Page, path: Path) -> None:
    page.get_by_role("link", name="Upload a workbook").or_(page.get_by_role("button", name="Upload a workbook")).click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check this workbook").click()


def submit_explained(page: Page) -> None:
    """Declares what was checked; explains first what asks for it."""
    if page.get_by_role("button", name="Keep this upload and explain").count():
        page.get_by_role("button", name="Keep this upload and explain").click()
        for field in page.get_by_label("What happened").all() + page.get_by_label("Why").all():
            field.fill("More referrals came from the police.")
        for field in page.get_by_label("What is done about it").all():
            field.fill("Looked at in the next review meeting.")
        for name, value in (("Day", "29"), ("Month", "9"), ("Year", "2023")):
            for box in page.get_by_label(name, exact=True).all():
                box.fill(value)
    page.get_by_label("I declare that these figures are complete").check()
    page.get_by_role("button", name="Submit this return").click()


def test_a_quarter_goes_from_the_workbook_to_acceptance(signed_in: Callable[..., Page], tmp_path: Path):
    manager = signed_in("manager.idas", java_script_enabled=False)
    to_return(manager)
    with manager.expect_download() as waiting:
        manager.get_by_role("link", name="Download the return workbook").click()
    blank = Path(waiting.value.path()).read_bytes()
    (tmp_path / "wrong.xlsx").write_bytes(filled(blank, HUB_01=1.5))
    (tmp_path / "right.xlsx").write_bytes(filled(blank))

    upload(manager, tmp_path / "wrong.xlsx")
    expect(manager.locator("main")).to_contain_text("Nothing is stored yet.")
    expect(manager.locator("main")).to_contain_text("1.5")
    expect(manager.get_by_role("button", name="Submit this return")).to_have_count(0)

    to_return(manager)
    upload(manager, tmp_path / "right.xlsx")
    expect(manager.locator("main")).to_contain_text("2,433")
    submit_explained(manager)
    expect(manager.locator("main")).to_contain_text("Submitted")

    reviewer = signed_in("commissioner.york", java_script_enabled=False)
    to_return(reviewer)
    reviewer.get_by_role("link", name="Review").or_(reviewer.get_by_role("button", name="Review")).first.click()
    expect(reviewer.locator("main")).to_contain_text("2,398")  # the same quarter last year
    reviewer.get_by_role("button", name="Accept upload 1").click()
    expect(reviewer.locator("main")).to_contain_text("Accepted")
