"""Fills an empty database with the demo, through the same actions as people use. Never near real figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select

from dacommission.accounts.models import User
from dacommission.audit import AuditEvent, CommandLine, record
from dacommission.db import db, unit_of_work
from dacommission.demo.people import PEOPLE, add_organisations, add_people
from dacommission.web.clock import today

LOADED = "demo-loaded"
ASKED = datetime(2023, 8, 31, 10, 30, tzinfo=UTC)
RELEASED = datetime(2023, 8, 25, 14, 0, tzinfo=UTC)


class DemoProblem(Exception):
    """The demo cannot be loaded or served; the message says why and what to do."""


def sign_ins() -> list[tuple[str, str, str]]:
    """Each person's e-mail address, password and name."""
    return [(person.email, person.password, person.name) for person in PEOPLE]


def is_loaded() -> bool:
    """Whether the database holds the whole demo; False when it is empty. Raises DemoProblem when it holds else."""
    if db.session.scalar(select(AuditEvent.id).where(AuditEvent.action == LOADED)):
        return True
    _refuse_data()
    return False


def _refuse_data() -> None:
    if db.session.scalar(select(func.count()).select_from(User)):
        raise DemoProblem(
            "The database has data in it that is not the whole demo. Set DATABASE_URL to a new database, or, if it "
            "was a demo whose loading was interrupted, delete it (instance/dacommission.db) and start again."
        )


def load_demo(*, say: Callable[[str], None]) -> None:
    """Loads the demo into an empty database; `say` is told of each step. Raises DemoProblem."""
    from dacommission.cycle.opening import tick
    from dacommission.demo.context import add_crimes
    from dacommission.demo.negotiation import argue
    from dacommission.demo.registry import PERPETRATORS, VICTIMS, add_contracts, add_kpis
    from dacommission.demo.returns import add_returns, codes
    from dacommission.demo.summaries import add_summaries

    if is_loaded():
        raise DemoProblem("The database has the demo in it already. Set DATABASE_URL to a new database.")
    say("Organisations, people, services and contracts")
    bodies = add_organisations()
    people = add_people(bodies)
    lead, reviewer = people["commissioner.police"], people["commissioner.northyorkshire"]
    contracts = add_contracts(bodies, by=lead)
    managers = {VICTIMS: people["manager.idas"], PERPETRATORS: people["manager.foundation"]}
    say("Returns, each from a workbook of its own")
    for reference, contract in contracts.items():
        add_kpis(contract, codes(reference), by=lead)
        add_returns(contract, manager=managers[reference], reviewer=reviewer, opener=lead, say=say)
    tick(today())  # the first quarter after is due, and late
    argue(contracts[VICTIMS], by=managers[VICTIMS], at=ASKED)
    say("Context series and joint impact summaries")
    add_crimes(by=lead)
    add_summaries(by=lead, at=RELEASED)
    with unit_of_work():
        record(LOADED, subject=lead, by=CommandLine())
