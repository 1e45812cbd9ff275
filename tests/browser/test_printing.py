"""A page as it is printed: the figures, and not the addresses behind them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

# The printable part of an A4 page in CSS pixels.
PAPER = {"width": 718, "height": 1000}


def test_the_printed_summary_shows_its_figures_and_no_addresses(signed_in: Callable[..., Page]):
    page = signed_in("commissioner.police")
    page.goto("/summaries")
    page.locator("main tbody a", has_text="2022/23").first.click()
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)

    behind = page.evaluate(
        "[...document.querySelectorAll('main a')].map(link => getComputedStyle(link, '::after').content)"
    )

    assert set(behind) == {"none"}
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
