"""The return of a quarter in which there was nothing to count."""

import pytest

from imports.headings import folded
from imports.read import read
from imports.reading import Severity, Status
from imports.template import nil_workbook
from tests.imports.vocabulary import CODES, VOCABULARY, expected

REASON = "=The service\nopens in October."


def nil(due=None):
    due = due or expected()
    content = nil_workbook(due, VOCABULARY, reason=REASON)
    return read(content, filename="nil.xlsx", vocabulary=VOCABULARY, expected=due)


def test_every_figure_that_is_asked_for_is_not_applicable_for_the_reason():
    reading = nil()

    assert {seen.indicator for seen in reading.observations} == set(CODES)
    assert {(seen.value, seen.status) for seen in reading.observations} == {(None, Status.NOT_APPLICABLE)}
    assert {folded(seen.comment) for seen in reading.observations} == {folded(REASON)}


def test_it_is_read_without_errors_or_questions():
    assert not [problem for problem in nil().problems if problem.severity is not Severity.WARNING]


def test_what_was_brought_forward_is_left_out():
    assert "CBS-02" in {line.code for line in expected().lines if line.brought_forward is not None}
    assert not [seen for seen in nil().observations if seen.value is not None]


@pytest.mark.parametrize("codes", [(), ("HUB-01",)])
def test_a_contract_may_owe_little(codes):
    assert {seen.indicator for seen in nil(expected(codes=codes)).observations} == set(codes)
