"""A document can be written down, read back and signed for."""

from decimal import Decimal

import pytest
from summary_makers import derived, document, every_block, figure, rate

from dacommission.summaries.document import (
    Figure,
    Paragraph,
    Sum,
    digest,
    figure_key,
    from_json,
    shown_in,
    to_json,
)


def test_every_kind_of_block_is_read_back_as_it_was():
    written = every_block()

    assert from_json(to_json(written)) == written


def test_what_a_figure_was_computed_from_is_kept_with_it():
    share = rate(9, 13)
    total, parts = figure(10, period="2022"), (figure(4), figure(6, period="2022-Q2"))
    written = document(
        Paragraph((share, derived("met", share))), sums=(Sum(total, parts),), running=((parts[0], total),)
    )

    assert from_json(to_json(written)) == written


def test_a_value_keeps_all_its_digits():
    exact = Decimal("79.99794640106787144470685")

    back = from_json(to_json(document(Paragraph((figure(exact, text="80%"),)))))

    assert back.figures[0].value == exact


def test_the_same_document_has_the_same_digest_and_another_has_another():
    assert digest(every_block()) == digest(every_block())
    assert digest(every_block()) != digest(document())


def test_one_key_cannot_stand_for_two_figures():
    with pytest.raises(ValueError, match="HUB-01 value 2022-Q1 stands for two"):
        to_json(document(Paragraph((figure(5), figure(6)))))


def test_something_else_is_not_read_as_a_document():
    with pytest.raises(ValueError, match="not a stored summary"):
        from_json('{"document": {"is": "heading", "text": "x", "level": 2, "anchor": ""}, "figures": {}}')


def test_a_figure_shown_twice_is_listed_once():
    once = figure(5)

    assert document(Paragraph((once, " and ", once))).figures == (once,)


def test_figures_behind_a_shown_one_are_not_shown():
    share = rate(9, 13)

    assert list(shown_in(Paragraph((share,)))) == [share]


def test_a_key_names_everything_that_tells_figures_apart():
    key = figure_key("HUB-01", "2022", "numerator", breakdown="area", category="Selby", scope="C1")

    assert key == "HUB-01 numerator 2022 area=Selby @C1"
    assert figure_key("HUB-01", "2022") == "HUB-01 value 2022"


def test_an_incomplete_figure_says_what_it_lacks():
    assert figure(7281, coverage="3 of 4 quarters").words == "7,281 (3 of 4 quarters)"
    assert figure(None).words == "[x]"
    assert Paragraph(("Received ", figure(1200), ".")).text == "Received 1,200."


def test_a_figure_is_sensitive_unless_somebody_says_otherwise():
    assert Figure("k", "HUB-01").sensitive
