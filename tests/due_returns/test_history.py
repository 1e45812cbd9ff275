"""What happened to a return, as its pages tell it."""

from __future__ import annotations

from flask import Flask

from dacommission import audit
from dacommission.db import unit_of_work
from dacommission.returns.history import history
from tests.due_returns.workbooks import Case


def test_workbooks_refused_one_after_another_are_one_line_with_the_last_ones_sender(app: Flask) -> None:
    case = Case()
    steps = [("upload-refused", case.manager)] * 2 + [("extension-asked", case.manager)]
    steps += [("upload-refused", case.manager), ("upload-refused", case.uploader), ("upload-refused", case.uploader)]
    for action, who in steps:
        with unit_of_work():
            audit.record(action, subject=case.due, by=who)

    told = history(case.due.id)

    assert [(one.words, one.who) for one in told[:3]] == [
        ("3 workbooks were refused and not kept", case.uploader.name),
        ("More time was asked for", case.manager.name),
        ("2 workbooks were refused and not kept", case.manager.name),
    ]
