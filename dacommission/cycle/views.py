"""Pages of the quarterly cycle: the calendar, and opening or backfilling the returns of a year."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dacommission.commissioning.models import Contract
from dacommission.cycle import opening
from dacommission.cycle.calendar import calendar_of, contracts_of
from dacommission.cycle.forms import OpenForm
from dacommission.db import db
from dacommission.returns import accepted
from dacommission.returns.models import Return
from dacommission.returns.workflow import StepNotAllowed
from dacommission.roles import Permission
from dacommission.web.clock import today
from dacommission.web.guard import open_to
from imports.periods import Period

cycle = Blueprint("cycle", __name__)
FIRST_YEAR = 2015  # the first to choose, 2015/16


@cycle.get("/calendar")
@open_to(Permission.RETURNS_READ)
def show_calendar() -> ResponseReturnValue:
    """Contracts × quarters of a financial year, each in words; ?year chooses."""
    contracts = contracts_of(current_user)
    years = _years_of(contracts)
    wanted = request.args.get("year", type=int)
    year = Period.financial_year(wanted if wanted in years else Period.quarter_of(today()).year)
    return render_template(
        "cycle/calendar.html",
        calendar=calendar_of(contracts, year, today()),
        years=[(one, Period.financial_year(one).label) for one in years],
    )


def _years_of(contracts: Sequence[Contract]) -> list[int]:
    """From the first contract's first year to this year, or further where returns are open, latest first."""
    this_year = Period.quarter_of(today()).year
    opened = accepted.years_with_returns([contract.id for contract in contracts])
    begun = [Period.quarter_of(contract.starts_on).year for contract in contracts]
    first = min([this_year, *begun, *opened])
    return list(range(max([this_year, *opened]), first - 1, -1))


@cycle.route("/returns/open", methods=["GET", "POST"])
@open_to(Permission.RETURNS_REVIEW)
def open_year() -> ResponseReturnValue:
    """Opens the returns of a contract and a financial year that are not open yet, and backfills past ones."""
    contracts = {
        str(contract.id): contract
        for contract in db.session.scalars(Contract.visible_to(current_user, Permission.RETURNS_REVIEW))
    }
    form = OpenForm(data={"year": Period.quarter_of(today()).year, "contract": request.args.get("contract")})
    form.contract.choices = [(key, str(contract)) for key, contract in contracts.items()]
    form.year.choices = [(year, Period.financial_year(year).label) for year in _years_to_open()]
    if form.validate_on_submit():
        contract = contracts[form.contract.data]
        try:
            there = opening.open_returns(contract, form.year.data, by=current_user)
        except StepNotAllowed as refusal:
            form.year.errors = [*form.year.errors, str(refusal)]
        else:
            flash(_opened_words(contract, there), "success")
            return redirect(url_for("returns.list_returns", contract=contract.reference, year=form.year.data))
    return render_template("cycle/open.html", form=form)


def _opened_words(contract: Contract, there: Sequence[Return]) -> str:
    backfilled = sum(due.backfilled for due in there)
    words = f"{len(there)} returns of {contract.reference} for {there[0].period.year_label} are open."
    if not backfilled:
        return words
    which = "them" if backfilled == len(there) else f"{backfilled} of them"
    return f"{words} Nobody waits for {which}, as {'it is' if backfilled == 1 else 'they are'} backfilled."


def _years_to_open() -> range:
    """The financial years to choose from, latest first: the next one, and back to the first."""
    return range(Period.quarter_of(today()).year + 1, FIRST_YEAR - 1, -1)
