"""The child's own steps, without starting one."""

from __future__ import annotations

import io
import json
import resource
from types import SimpleNamespace

import pytest

from imports import child
from imports.workbook.answer import decode
from tests.imports import workbooks_hostile as made

BOUNDS = json.dumps({"memory": 5, "processor": 6, "files": 7})


@pytest.fixture
def said(monkeypatch):
    """Answers with what the child said to given bytes, and the bounds it set itself."""
    bounds = {}

    def run(content: bytes, allowed: int = resource.RLIM_INFINITY) -> list[bytes]:
        out = io.BytesIO()
        monkeypatch.setattr(resource, "getrlimit", lambda _: (0, allowed))
        monkeypatch.setattr(resource, "setrlimit", bounds.__setitem__)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))
        child.main([BOUNDS])
        return out.getvalue().splitlines()

    run.bounds = bounds
    return run


def test_the_second_opinion_is_said_after_everything_else(said):
    lines = said(made.sound())

    assert [json.loads(line)[0] for line in lines] == ["workbook", "sheet", "cells", "end", "opinion"]
    assert decode(lines).sheets[0].cells[1, 1].value == 7


def test_a_refusal_has_no_second_opinion(said):
    assert [json.loads(line)[0] for line in said(b"%PDF")] == ["refused"]


def test_every_bound_is_set_before_the_first_byte_is_read(said):
    said(b"")

    assert said.bounds == {
        resource.RLIMIT_AS: (5, 5),
        resource.RLIMIT_CPU: (6, 6),
        resource.RLIMIT_NOFILE: (7, 7),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
    }


def test_a_machine_that_allows_less_is_not_asked_for_more(said):
    said(b"", allowed=6)

    assert (said.bounds[resource.RLIMIT_NOFILE], said.bounds[resource.RLIMIT_AS]) == ((6, 6), (5, 5))
