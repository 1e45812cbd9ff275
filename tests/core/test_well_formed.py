"""The tests' own reader of pages finds what is not well-formed, whatever it has read before."""

from __future__ import annotations

import pytest

from tests.pages import check_html


def page(inside: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>Page</title></head><body>{inside}</body></html>'


def test_a_page_of_a_shape_read_before_is_well_formed() -> None:
    for number in (1, 22):
        check_html(page(f"<h1>Return {number}</h1>"))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<h1>Return 1</h1>", "<h1>Return 2</h2>"),
        ("<p><b>1</b></p>", "<p><b>2</p>"),
        ("<p>&#39;</p>", "<p>&#0;</p>"),
        (f'<input value="{"a" * 90}">', f'<input value="{"b" * 90}" value="">'),
    ],
)
def test_a_page_that_is_not_is_found_after_one_much_like_it_and_again(good: str, bad: str) -> None:
    check_html(page(good))

    for _ in range(2):
        with pytest.raises(AssertionError, match="Bad HTML"):
            check_html(page(bad))
