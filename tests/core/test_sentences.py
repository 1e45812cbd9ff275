"""Every event that the code records has words of its own, and no words stand for an event that is never recorded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from dacommission.demo import LOADED
from dacommission.returns.workflow import Step
from dacommission.web.sentences import all_sentences

CODE = Path(__file__).parents[2] / "dacommission"
# How an action is put together where it is not written out → what it comes to.
PUT_TOGETHER = {
    "f'return-{step}'": {f"return-{step}" for step in Step},
    "f'{kind}-exported'": {"summary-exported", "release-exported"},
    "LOADED": {LOADED},
}


def recorded() -> Iterator[str]:
    """The actions of all calls of `audit.record` in the code."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("record", "audit.record"):
                action = node.args[0]
                if isinstance(action, ast.Constant):
                    yield str(action.value)
                else:
                    yield from PUT_TOGETHER[ast.unparse(action)]


def test_every_action_that_is_recorded_has_a_sentence_and_no_other(app: Flask):
    assert set(recorded()) == set(all_sentences())


def test_each_sentence_names_nothing_but_its_subject(app: Flask):
    words = [sentence.format(subject="DA-1") for sentence in all_sentences().values()]

    assert all(sentence.strip() == sentence and not sentence.endswith(".") for sentence in words)
