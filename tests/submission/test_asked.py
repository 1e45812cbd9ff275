"""What asks for an explanation where a figure counts from 1 April and not from the quarter's first day."""

from __future__ import annotations

from decimal import Decimal

from flask import Flask

from dacommission.db import unit_of_work
from dacommission.submission.asked import asked_of
from tests import make


def test_a_figure_since_april_is_held_against_its_target_less_what_was_accepted_before(app: Flask) -> None:
    make.indicator("HUB-02", name="Calls answered", direction="higher")
    contract = make.contract()
    make.kpi(contract, "HUB-02", target=Decimal(1000))
    first, second = (make.due_return(contract, quarter=quarter) for quarter in (1, 2))
    uploads = make.accepted(first, {"HUB-02": 250}), make.upload(second, {"HUB-02": 300})
    with unit_of_work():
        for upload in uploads:
            upload.observations[0].basis = "ytd"

    assert [(one.code, one.figure) for one in asked_of(second, uploads[1])] == [("HUB-02", "50")]
