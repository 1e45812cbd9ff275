"""Returns that wait for a workbook, each with the very form its page would send, made without sending anything."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dacommission import audit
from dacommission.accounts.models import User
from dacommission.db import db, unit_of_work
from dacommission.indicators.models import ContractKpi
from dacommission.indicators.store import vocabulary
from dacommission.returns.expected import expected
from dacommission.returns.models import Return, StoredObservation, StoredProblem, Upload
from dacommission.roles import Role
from imports import read
from imports.template import Entry, fill_template, make_template
from imports.workbook import open_here
from tests import make
from tests.due_returns.workbooks import chosen
from tests.pages import PageClient

KPIS = 30


@dataclass
class Prepared:
    """One return, the form that keeps and submits its workbook, and what must be there afterwards."""

    return_id: uuid.UUID
    path: str
    form: dict[str, str]
    figures: int

    def uploads(self) -> int:
        return db.session.scalar(select(func.count()).where(Upload.return_id == self.return_id)) or 0

    def faults(self) -> list[str]:
        """What is there only in part; nothing when the upload is there whole and once, or not at all."""
        due = db.session.get_one(Return, self.return_id, populate_existing=True)
        figures = db.session.scalar(self._of_uploads(StoredObservation)) or 0
        problems = db.session.scalar(self._of_uploads(StoredProblem)) or 0
        told = db.session.scalars(
            select(audit.AuditEvent.action)
            .where(audit.AuditEvent.subject_id == str(self.return_id))
            .order_by(audit.AuditEvent.id)
        ).all()
        found = (self.uploads(), figures, problems, due.status, due.submitted_by_id is not None, list(told))
        absent = (0, 0, 0, "due", False, [])
        whole = (1, self.figures, found[2], "submitted", True, ["return-receive", "return-submit"])
        return [] if found in (absent, whole) else [f"Return {self.return_id}: {found}"]

    def _of_uploads(self, kind: Any) -> Any:
        uploads = select(Upload.id).where(Upload.return_id == self.return_id)
        return select(func.count()).select_from(kind).where(kind.upload_id.in_(uploads))


@dataclass
class World:
    """A provider whose manager has many returns to send."""

    returns: list[Prepared] = field(default_factory=list)
    manager_id: uuid.UUID | None = None


def world(app: Flask, client_for: Any, monkeypatch: pytest.MonkeyPatch, returns: int) -> tuple[World, PageClient]:
    """So many returns of a provider, and its manager's browser."""
    provider = make.organisation("provider")
    manager = make.user(Role.PROVIDER_MANAGER, provider)
    codes = [make.indicator(f"HUB-{number:02d}").code for number in range(1, KPIS + 1)]
    client = client_for(manager)
    made = World(manager_id=manager.id)
    with monkeypatch.context() as patched:
        # The pages are asked for what their forms hold; the child that reads for them is not what is tried here.
        patched.setattr(read, "open_workbook", lambda content, *, filename: open_here(content, filename))
        for _ in range(returns):
            made.returns.append(_prepared(client, manager, codes))
    return made, client


def _prepared(client: PageClient, manager: User, codes: list[str]) -> Prepared:
    contract = make.contract(manager.organisation)
    with unit_of_work():
        db.session.add_all(
            ContractKpi(contract_id=contract.id, indicator_code=code, financial_year=2022) for code in codes
        )
    due = make.due_return(contract)
    entries = [Entry(code, value=number) for number, code in enumerate(codes, start=100)]
    workbook = fill_template(make_template(expected(due), vocabulary()), entries)
    page = client.send(f"/returns/{due.id}/upload", chosen(workbook)).get_data(as_text=True)
    return Prepared(due.id, f"/returns/{due.id}/uploads", {**hidden(page), "declared": "y"}, len(codes))


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form that carries a checked workbook."""
    form = page[page.index('enctype="multipart/form-data"') :]
    return dict(re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', form[: form.index("</form>")]))


def cookie_of(client: PageClient) -> str:
    """The browser's cookie, to be sent to another server with the same key."""
    held = client.get_cookie("session")
    assert held is not None
    return f"session={held.value}"
