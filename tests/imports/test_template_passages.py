"""The words of a return workbook: its narrative, and stories that are told only with consent."""

import pytest

from imports import template_layout as layout
from imports.headings import Page
from imports.matching import Lexicon
from imports.read import read
from imports.reading import Passage, Severity
from imports.template import fill_template, make_template
from imports.template_answers import read_template
from imports.template_layout import ANSWER, NARRATIVE_QUESTIONS, STORY
from imports.workbook import open_here
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import changed

BLANK = make_template(expected(), VOCABULARY)
TEXT = "=1+1\n\n  She moved\x0bon. "


def words(content):
    pages = [Page(sheet) for sheet in open_here(content, "return.xlsx").sheets]
    return read_template(pages, Lexicon(VOCABULARY))


def story(title="A new start", text="She moved on.", consent=None):
    def change(book):
        for column, value in enumerate((title, text, consent), start=1):
            book[layout.CASE_STUDIES].cell(6, column).value = value

    return words(changed(BLANK, change))


def test_a_blank_workbook_says_nothing():
    assert words(BLANK).passages == ()


def test_answers_and_stories_are_read_as_they_were_written():
    said = (
        Passage(ANSWER, None, "", NARRATIVE_QUESTIONS[1], "=1+1\nTwo lines."),
        Passage(STORY, None, "", "A new start", "She moved on.", True),
    )

    found = words(fill_template(BLANK, [], said))

    assert found.passages == (
        Passage(ANSWER, "Narrative", "B6", NARRATIVE_QUESTIONS[1], "=1+1\nTwo lines."),
        Passage(STORY, "Case studies", "B5", "A new start", "She moved on.", True),
    )
    assert not [problem for problem in found.problems if problem.severity is Severity.ERROR]


def test_a_number_may_be_an_answer():
    def change(book):
        book[layout.NARRATIVE]["B5"] = 12

    content = changed(BLANK, change)

    assert [passage.text for passage in words(content).passages] == ["12"]
    told = read(content, filename="x.xlsx", vocabulary=VOCABULARY).problems
    assert "unread-sheet" not in {problem.rule for problem in told}


@pytest.mark.parametrize(("written", "consent"), [("Yes", True), ("yes ", True), (True, True), ("Y", True)])
def test_with_consent_a_story_is_told(written, consent):
    found = story(consent=written)

    assert [passage.consent for passage in found.passages] == [consent]
    assert found.problems == ()


@pytest.mark.parametrize(("written", "consent"), [("No", False), (None, None), ("perhaps", None), (False, False)])
def test_without_consent_a_story_is_an_error_at_its_cell(written, consent):
    found = story(consent=written)

    assert [passage.consent for passage in found.passages] == [consent]
    assert [(p.rule, p.severity, p.sheet, p.cell) for p in found.problems] == [
        ("consent", Severity.ERROR, "Case studies", "C6")
    ]
    assert found.problems[0].message == (
        "The case study “A new start” does not say that the person has agreed to it. Choose Yes in C6 once the "
        "person has, or take the case study out."
    )


def test_a_story_without_a_title_is_named_by_its_cell():
    found = story(title=None)

    assert found.problems[0].message.startswith("The case study in B6 does not say")
    assert found.passages[0].heading == ""


def test_a_long_title_is_cut_in_the_message_only():
    found = story(title="x" * 100)

    assert f"“{'x' * 60}…”" in found.problems[0].message
    assert found.passages[0].heading == "x" * 100


def test_a_title_alone_is_no_story_and_that_is_told():
    found = story(text=None)

    assert found.passages == ()
    assert [(p.rule, p.severity, p.cell) for p in found.problems] == [("case-study", Severity.WARNING, "B6")]


def test_consent_alone_is_nothing():
    assert (story(title=None, text=None, consent="Yes").passages, story(title=None, text=None).problems) == ((), ())


def test_the_words_are_found_on_sheets_of_any_name_and_in_any_order():
    def change(book):
        book[layout.CASE_STUDIES].title = "Stories"
        sheet = book["Stories"]
        sheet.insert_cols(1)
        sheet.insert_rows(1, 2)
        for column, value in enumerate(("A new start", "She moved on.", "Yes"), start=2):
            sheet.cell(7, column).value = value

    found = words(changed(BLANK, change))

    assert [(passage.sheet, passage.cell, passage.consent) for passage in found.passages] == [("Stories", "C7", True)]


def test_more_stories_than_there_is_room_for_cannot_be_filled_in():
    with pytest.raises(KeyError):
        fill_template(BLANK, [], [Passage(STORY, None, "", "One", "One.", True)] * 6)
