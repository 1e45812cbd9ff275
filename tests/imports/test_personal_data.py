"""What leads to a person is found in any disguise, and what a return ordinarily says is not.

All values are from ranges reserved for examples: health service numbers that begin with 999, telephone numbers
kept for drama, example domains.
"""

from dataclasses import replace

import pytest

from imports.checks import check
from imports.personal_data import KINDS, kinds
from imports.read import understand
from imports.reading import Passage
from imports.workbook import open_here
from tests.imports.rule_examples import read, seen
from tests.imports.vocabulary import VOCABULARY
from tests.imports.workbooks import LONG_HEADER, table

FOUND = {
    "an e-mail address": [
        "jo.bloggs@example.org",
        "JO_B+1@mail.example.co.uk",
        "write to jo@example.org.",
        "jo＠example.org",
    ],
    "a telephone number": [
        "07700 900123",
        "07700900123",
        "(01632) 960 123",
        "01632 960123",
        "0191 498 0123",
        "020 7946 0123",
        "+44 7700 900 123",
        "+44 (0)1632 960123",
        "0044 7700-900-123",
        "０７７００ 900123",
        "07700\u200b900123",
        "07700\u00a0900\u00a0123",
        "01904 960123 12 people rang",
    ],
    "a full postcode": ["YO1 7HH", "yo17hh", "Y\u00adO1 7HH", "EC1A 1BB", "M1 1AE", "in W1A 0AX.", "BD1 1ST"],
    "a National Insurance number": ["AB 12 34 56 C", "ab123456c", "JG123456A"],
    "an NHS number": ["999 000 0018", "9990000018", "999-000-0018", "ref 999.000.0018"],
    "a date of birth": [
        "DOB 12/3/1985",
        "d.o.b.: 12.03.85",
        "date of birth was 1985-03-12",
        "born on the 12th of March 1985",
        "born March 12, 1985",
        "(b. 12 Mar 85)",
    ],
}
ORDINARY = [
    "Calls rose by 12.5% to 4,402 in Q1 2024, and by 5 in H1 2024/25.",
    "Freephone 0808 2000 247, 0800 123 4567, 116 123, 0300 123 4567 and 0845 123 4567.",
    "In YO24 and YO30, and in E7 too.",
    "ref 999 000 0019, order 111 111 1111 and 1234567890",
    "446 903 1,331 1,784; 01/04/2022 to 30/06/2022; 01-04-2022 123 456",
    "Two children were born in the period. The unit was closed from 12 March 2022.",
    "The second draft of S1 2nd, for the H1 1st review, with M1 3rd.",
    "BG 12 34 56 A and AO 12 34 56 B are no numbers of anybody.",
    "Tweet @service, 5 @ 10 pounds.",
    "Nothing at all — “nil return”.",
    "",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_it_is_found(kind, text):
    assert kinds(f"Ask her: {text}") == kinds(text) == [kind]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_a_return_ordinarily_says_is_not(text):
    assert kinds(text) == []


def test_every_kind_was_seen_to_be_found():
    assert FOUND.keys() == KINDS.keys()


def test_a_message_names_the_kind_and_never_repeats_what_was_found():
    texts = [text for texts in FOUND.values() for text in texts]
    passages = tuple(Passage("narrative", "Narrative", f"B{n}", "?", text) for n, text in enumerate(texts))

    problems = check(replace(read(), passages=passages), VOCABULARY)

    assert [problem.cell for problem in problems] == [passage.cell for passage in passages]
    assert not [(text, problem.message) for text in texts for problem in problems if text in problem.message]


def test_a_comment_is_found_at_its_own_cell_once_however_many_figures_it_stands_beside():
    figures = [seen("HUB-05", 5, cell=cell, comment="07700 900123", comment_cell="P6") for cell in ("G6", "H6")]

    problems = check(read(*figures), VOCABULARY)

    assert [problem.cell for problem in problems if problem.rule == "V13"] == ["P6"]


def test_what_was_typed_for_a_number_is_not_repeated_by_the_reader_either():
    content = table(("Hub", "HUB-01", None, "Q1 2022-23", "07700 900123", None), header=LONG_HEADER)

    reading = understand(open_here(content, "return.xlsx"), VOCABULARY)

    assert [(problem.rule, problem.cell) for problem in reading.problems] == [("V13", "E2")]
    assert "900123" not in reading.problems[0].message
