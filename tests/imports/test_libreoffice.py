"""The return workbook opened, calculated and saved by LibreOffice: nothing that was typed or locked is lost.

LibreOffice is also the second opinion on every formula with which the workbook checks itself.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from imports import template_layout as layout
from imports.read import read
from imports.reading import Passage
from imports.template import fill_template, make_template
from imports.template_layout import ANSWER, NARRATIVE_QUESTIONS, STORY
from tests.imports.test_template import ENTRIES
from tests.imports.vocabulary import VOCABULARY, expected
from tests.imports.workbooks import changed
from tests.office import XLSX, converted

# LibreOffice keeps one profile, and starts once for all files.
pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("libreoffice")]

WORDS = (
    Passage(ANSWER, None, "", NARRATIVE_QUESTIONS[0], "=1+1\nTwo lines."),
    Passage(STORY, None, "", "A new start", "She moved on.", True),
)
# What is typed in the sheet of KPIs, by cell, and what its checks then say.
FAULTS: Mapping[str, object] = {
    "F5": 12,  # HUB-01, whose breakdown by risk is given below
    "G6": 13,  # HUB-05: more than the 12 of HUB-01 that it is part of
    "F7": 1.5,
    "I8": "Not yet available",
    "F9": 400,  # CBS-01 was 446 a quarter ago
    "F10": 520,  # CBS-02, and last quarter closed with 521
    "F11": 30,
    "F12": 20,
    "F13": 529,
    "F14": -1,
    "F15": 100,
    "F16": 101,
    "F17": "twelve",
    "F18": 10,
    "I18": "Withheld",
}
SAID = {
    "HUB-01": "Error: Risk: parts come to 11, not 12",
    "HUB-05": "Error: Numerator is more than denominator",
    "HUB-09": "Error: Enter a whole number",
    "HUB-10": "Question: Give the day on which it will be available",
    "CBS-01": "Error: Less than 446 a quarter ago: count since 1 April",
    "CBS-02": "Error: Last quarter closed with 521",
    "CBS-03": "OK",
    "CBS-04": "OK",
    "CBS-05": "OK",  # it does not add up because of CBS-02
    "SA-04.a": "Error: Enter nought or more",
    "SA-05": "OK",
    "SA-06": "Error: More than the 100 available",
    "WF-01.a": "Error: Enter a number, or choose a status",
    "CON-02.a": "Question: Clear the figure or the status",
}
# Other faults in the same rows, one file later.
MORE_FAULTS: Mapping[str, object] = {
    "I5": "Withheld",
    "J6": date(2023, 1, 31),
    "I7": "Not applicable",
    "G8": 4,
    "I9": "Not yet available",
    "J9": "soon",
    "F10": None,
    "I10": "Not yet available",
    "J10": date(2023, 1, 31),
    "F11": "=1/0",
    "F12": 20,
    "F13": 529,
    "I14": "Withheld",
    "P14": "A court order.",
    "F18": -5,
}
MORE_SAID = {
    "HUB-01": "Error: Say why in the comment",
    "HUB-05": "Error: Enter the numerator",
    "HUB-09": "OK",
    "HUB-10": "Error: Enter the denominator",
    "CBS-01": "Error: Enter the day as a date",
    "CBS-02": "OK",
    "CBS-03": "Error: Mend the formula that shows an error",
    "CBS-04": "OK",
    "CBS-05": "OK",
    "SA-04.a": "OK",
    "SA-05": "Error: Enter a figure or choose a status",
    "CON-02.a": "OK",
}
BREAKDOWNS: Mapping[str, object] = {"E5": 1, "E6": "many", "E8": 5, "E9": 4, "E10": 2, "F11": "Withheld", "E12": "n/a"}
BREAKDOWNS_SAID = ["OK", "Error: Enter a number", None, "OK", "OK", "OK", "Error: Say why in the comment", "OK"]


# As elsewhere, but the call answer rate has no counts of its own.
BORROWING = replace(
    VOCABULARY,
    terms={
        **VOCABULARY.terms,
        "HUB-10": replace(
            VOCABULARY.terms["HUB-10"],
            numerator_indicator="HUB-09",
            denominator_indicator="HUB-01",
            part_of_whole=False,
        ),
    },
)


def typed(sheets: Mapping[str, Mapping[str, object]]) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for name, cells in sheets.items():
            for cell, value in cells.items():
                book[name][cell] = value

    return changed(make_template(expected(), VOCABULARY), change)


STORIES = {
    "A5": "A new start",
    "A6": "Another",
    "B6": "She stayed.",
    "B7": "No title",
    "B8": "x",
    "A8": "y",
    "C8": "Yes",
}
FILES = {
    "blank": make_template(expected(), VOCABULARY),
    "filled": fill_template(make_template(expected(), VOCABULARY), ENTRIES, WORDS),
    "faults": typed({layout.KPIS: FAULTS, layout.BREAKDOWNS: BREAKDOWNS, layout.CASE_STUDIES: STORIES}),
    "more": typed({layout.KPIS: MORE_FAULTS}),
    "optional": make_template(
        replace(expected(), lines=tuple(replace(line, mandatory=False) for line in expected().lines)), BORROWING
    ),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Each file as LibreOffice saves it."""
    files = {f"{name}.xlsx": content for name, content in FILES.items()}
    made = converted(files, XLSX, tmp_path_factory.mktemp("libreoffice"))
    return {name: (made / f"{name}.xlsx").read_bytes() for name in FILES}


def book(content: bytes, *, calculated: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=calculated)


def checks(content: bytes, sheet: str, key_column: int, check_column: int) -> list[tuple[object, object]]:
    rows = book(content, calculated=True)[sheet].iter_rows(min_row=5, values_only=True)
    return [(row[key_column - 1], row[check_column - 1]) for row in rows]


@pytest.mark.parametrize("name", ["blank", "filled"])
def test_the_same_is_read_before_and_after(saved: Mapping[str, bytes], name: str) -> None:
    before, after = (
        read(content, filename="return.xlsx", vocabulary=VOCABULARY, expected=expected())
        for content in (FILES[name], saved[name])
    )

    assert after.observations == before.observations
    assert after.problems == before.problems
    assert (after.cover, after.passages, after.restated) == (before.cover, before.passages, before.restated)


def test_what_is_locked_stays_locked_and_what_is_open_open(saved: Mapping[str, bytes]) -> None:
    before, after = book(FILES["blank"]), book(saved["blank"])

    assert after.sheetnames == before.sheetnames
    for sheet in before.worksheets:
        other = after[sheet.title]
        assert other.protection.sheet
        assert not other.protection.password
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                assert other[cell.coordinate].protection.locked == cell.protection.locked, cell.coordinate
    for letters in "ABCDEFGH":
        assert not after[layout.BREAKDOWNS].column_dimensions[letters].protection.locked


def validations(content: bytes, sheet: str) -> set[tuple[object, ...]]:
    """Each cell in which something is checked or said, and what."""
    found = set()
    for check in book(content)[sheet].data_validations.dataValidation:
        for area in check.sqref.ranges:
            found |= {(*cell, check.type, check.error, check.prompt, check.promptTitle) for cell in area.cells}
    return found


@pytest.mark.parametrize("sheet", [layout.COVER, layout.KPIS, layout.BREAKDOWNS, layout.NARRATIVE, layout.CASE_STUDIES])
def test_what_may_be_typed_is_still_checked_and_said(saved: Mapping[str, bytes], sheet: str) -> None:
    assert validations(saved["blank"], sheet) == validations(FILES["blank"], sheet)


def test_drop_downs_and_days_are_still_those(saved: Mapping[str, bytes]) -> None:
    found = {
        check.type: check.formula1
        for check in book(saved["blank"])[layout.KPIS].data_validations.dataValidation
        if check.type in ("list", "date")
    }

    assert found == {"list": '"Not collected,Not applicable,Not yet available,Withheld"', "date": "44834"}
    assert date(1899, 12, 30).toordinal() + 44834 == date(2022, 9, 30).toordinal()


def test_what_stands_out_still_does_and_the_pages_print_as_before(saved: Mapping[str, bytes]) -> None:
    before, after = book(FILES["blank"]), book(saved["blank"])

    for sheet in before.worksheets:
        other = after[sheet.title]
        assert len(other.conditional_formatting) == len(sheet.conditional_formatting)
        assert other.print_title_rows == sheet.print_title_rows
        assert (other.page_setup.orientation, other.page_setup.fitToWidth) == ("landscape", 1)
        assert other.sheet_properties.pageSetUpPr.fitToPage


def test_a_rate_is_worked_out(saved: Mapping[str, bytes]) -> None:
    sheet = book(saved["filled"], calculated=True)[layout.KPIS]

    assert sheet["F6"].value == pytest.approx(2021 / 2512)
    assert sheet["F8"].value == pytest.approx(4402 / 4600)
    assert book(saved["blank"], calculated=True)[layout.KPIS]["F8"].value in (None, "")


def test_every_fault_is_said_in_words_beside_it(saved: Mapping[str, bytes]) -> None:
    assert dict(checks(saved["faults"], layout.KPIS, 1, 11)) == SAID


def test_every_other_fault_is_said_too(saved: Mapping[str, bytes]) -> None:
    said = dict(checks(saved["more"], layout.KPIS, 1, 11))

    assert {code: said[code] for code in MORE_SAID} == MORE_SAID


def test_nothing_is_said_of_what_need_not_be_given(saved: Mapping[str, bytes]) -> None:
    said = dict(checks(saved["optional"], layout.KPIS, 1, 11))

    assert said.pop("CBS-02") == "OK"  # brought forward
    assert said.pop("HUB-10") == "OK"  # made of two other rows
    assert {words or None for words in said.values()} == {None}
    assert still(saved["optional"]) == "Nothing to mend. Upload this workbook."


def test_a_breakdown_says_what_is_missing_and_what_does_not_add_up(saved: Mapping[str, bytes]) -> None:
    assert [said or None for _, said in checks(saved["faults"], layout.BREAKDOWNS, 1, 7)] == BREAKDOWNS_SAID


def test_a_story_says_what_it_lacks(saved: Mapping[str, bytes]) -> None:
    assert [said or None for _, said in checks(saved["faults"], layout.CASE_STUDIES, 1, 4)] == [
        "Warning: Write what happened, or clear the row",
        "Error: Ask whether the person agrees, or take the story out",
        "Error: Ask whether the person agrees, or take the story out",
        "OK",
        None,
    ]


def still(content: bytes) -> object:
    """What the cover says that is still to mend."""
    cover = book(content, calculated=True)[layout.COVER]
    return next(said.value for label, said in cover.iter_rows(max_col=2) if label.value == "Still to mend")


def listed(content: bytes) -> list[tuple[object, ...]]:
    """The points of the sheet of checks: verdict, place, sentence."""
    rows = book(content, calculated=True)[layout.CHECKS].iter_rows(min_row=5, min_col=2, max_col=4, values_only=True)
    return [row for row in rows if row[0]]


def test_the_cover_counts_what_is_still_to_be_mended(saved: Mapping[str, bytes]) -> None:
    assert still(saved["blank"]) == "13 errors."
    assert still(saved["faults"]) == "12 errors, 2 questions, 1 warning."
    assert still(saved["more"]) == "8 errors, 1 warning."


def test_the_list_of_checks_is_empty_when_all_is_well(saved: Mapping[str, bytes]) -> None:
    assert still(saved["filled"]) == "Nothing to mend. Upload this workbook."
    assert listed(saved["filled"]) == []


def test_the_list_begins_with_errors_and_names_their_places(saved: Mapping[str, bytes]) -> None:
    points = listed(saved["faults"])

    assert [verdict for verdict, _, _ in points] == ["Error"] * 12 + ["Question"] * 2 + ["Warning"]
    assert points[0] == ("Error", "KPIs!F7", "HUB-09 Helpline calls answered: Enter a whole number, not 1.5.")
    assert ("Error", "Breakdowns!E6", "HUB-01, Referral source, Self: Enter a number.") in points
    assert ("Warning", "Case studies!B5", "Write what happened, or clear the row.") in points
    assert book(saved["faults"])[layout.CHECKS]["C5"].value.startswith('=IF($A5="","",HYPERLINK("#')


def test_a_filled_workbook_has_nothing_to_put_right(saved: Mapping[str, bytes]) -> None:
    assert {said for _, said in checks(saved["filled"], layout.KPIS, 1, 11)} == {"OK"}  # also of "4,402 " as text


def test_days_and_statuses_are_those_that_were_typed(saved: Mapping[str, bytes]) -> None:
    sheet = book(saved["filled"])[layout.KPIS]

    assert (sheet["I18"].value, sheet["J18"].value.date()) == ("Not yet available", date(2022, 12, 31))
