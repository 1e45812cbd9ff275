"""The page and the form that say how a contract's returns work."""

from __future__ import annotations

import uuid
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import RadioField, SelectField, ValidationError

from dacommission.commissioning import return_rules
from dacommission.commissioning.form_pages import FormPage, answer
from dacommission.commissioning.forms import Chosen, choices, given
from dacommission.commissioning.models import ACCEPTANCE_RULES, SUBMISSION_RULES, Contract
from dacommission.commissioning.return_rules import ReturnRules
from dacommission.commissioning.views import commissioning, contract_crumbs, find_contract
from dacommission.db import db
from dacommission.roles import Permission
from dacommission.web.clock import today
from dacommission.web.forms import CountField, DayField, Required
from dacommission.web.guard import open_to
from dacommission.web.locking import VersionedForm

TITLE = "How its returns work"
NO_CONTRACT = ("", "None: the services are new")
UNSEEN = "A contract that is not yours to see"
NARROW = dict.fromkeys(("return_working_days", "return_day", "retention_years"), "govuk-input--width-3")


class RulesForm(VersionedForm):
    """How the returns of one contract work."""

    returns_from = DayField(
        "Returns are awaited from",
        [Required("Enter the day from which returns are awaited.")],
        description="Nobody waits for the return of a quarter that ended before this day; its figures can be "
        "backfilled. Each later quarter’s return opens by itself when the quarter has closed.",
    )
    return_working_days = CountField(
        "Returns are due after so many working days",
        [Required("Enter how many working days after a quarter a return is due.")],
        description="After the end of the quarter; bank holidays in England and Wales are left out.",
    )
    return_day = CountField(
        "Or on a fixed day of the following month",
        description="Such as 20, for the 20th. Leave blank to count working days. Where it is not a working day, "
        "the return is due on the next one.",
    )
    submission_rule = RadioField(
        "Who submits a return",
        choices=choices(SUBMISSION_RULES.items()),
        validators=[Chosen("Choose who submits a return.")],
        validate_choice=False,
    )
    acceptance_rule = RadioField(
        "Who accepts a return",
        choices=choices(ACCEPTANCE_RULES.items()),
        validators=[Chosen("Choose who accepts a return.")],
        validate_choice=False,
    )
    retention_years = CountField(
        "Years for which original files are kept",
        description="After the contract has ended. Leave blank to keep them for good. The figures read from them are "
        "always kept.",
    )
    follows = SelectField(
        "The contract that this one carries on",
        description="With the same provider or another. Its figures for the quarters before are shown beside.",
    )

    def __init__(self, contract: Contract, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        earlier = {str(one.id): str(one) for one in return_rules.earlier_contracts(contract, current_user)}
        if contract.follows_id and str(contract.follows_id) not in earlier:
            earlier[str(contract.follows_id)] = UNSEEN
        self.follows.choices = choices([NO_CONTRACT, *earlier.items()])

    def validate_returns_from(self, field: Any) -> None:
        if field.data is not None and not self.contract.starts_on <= field.data <= self.contract.last_day:
            raise ValidationError("Returns must be awaited from a day within the contract's term.")

    def validate_return_working_days(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= 90:
            raise ValidationError("Returns must be due between 1 and 90 working days after the quarter.")

    def validate_return_day(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= 28:
            raise ValidationError("The fixed day must be between 1 and 28, so that every month has it.")

    def validate_retention_years(self, field: Any) -> None:
        if field.data is not None and field.data > 100:
            raise ValidationError("The years must be 100 or fewer. Leave them blank to keep the files for good.")

    def rules(self) -> ReturnRules:
        return ReturnRules(
            returns_from=given(self.returns_from),
            return_working_days=given(self.return_working_days),
            return_day=self.return_day.data,
            submission_rule=self.submission_rule.data,
            acceptance_rule=self.acceptance_rule.data,
            retention_years=self.retention_years.data,
            follows_id=uuid.UUID(self.follows.data) if self.follows.data else None,
        )


def rule_values(contract: Contract) -> dict[str, Any]:
    """The rules as their form holds them; the version is the contract's."""
    names = ("version", "returns_from", "return_working_days", "return_day", "retention_years")
    return {
        **{name: getattr(contract, name) for name in names},
        "submission_rule": contract.submission_rule,
        "acceptance_rule": contract.acceptance_rule,
        "follows": str(contract.follows_id) if contract.follows_id else "",
    }


@commissioning.get("/contracts/<uuid:contract_id>/return-rules")
@open_to(Permission.CONTRACTS_READ)
def show_rules(contract_id: uuid.UUID) -> ResponseReturnValue:
    """How the returns of a contract work, and how that was changed."""
    contract = find_contract(contract_id)
    mine = Contract.visible_to(current_user, Permission.CONTRACTS_EDIT).where(Contract.id == contract_id)
    return render_template(
        "commissioning/return_rules.html",
        contract=contract,
        title=TITLE,
        crumbs=contract_crumbs(contract, (TITLE, None)),
        **rules_in_words(contract),
        changes=return_rules.changes(contract),
        editable=db.session.scalar(mine) is not None,
    )


def rules_in_words(contract: Contract) -> dict[str, Any]:
    """What the pages of a contract say of its returns."""
    followed = contract.follows
    seen = followed and db.session.scalar(Contract.visible_to(current_user).where(Contract.id == followed.id))
    return {
        "due_words": return_rules.due_words(contract),
        "kept_words": return_rules.kept_words(contract),
        "submission_words": SUBMISSION_RULES[contract.submission_rule],
        "acceptance_words": ACCEPTANCE_RULES[contract.acceptance_rule],
        "followed": seen,
        "follows_unseen": UNSEEN if followed and not seen else "",
        "has_ended": today() > contract.last_day,
    }


@commissioning.route("/contracts/<uuid:contract_id>/return-rules/edit", methods=["GET", "POST"])
@open_to(Permission.CONTRACTS_EDIT)
def edit_rules(contract_id: uuid.UUID) -> ResponseReturnValue:
    contract = find_contract(contract_id, Permission.CONTRACTS_EDIT)
    form = RulesForm(contract, data=rule_values(contract))
    here = url_for(".show_rules", contract_id=contract_id)
    page = FormPage(
        TITLE,
        form,
        contract_crumbs(contract, (TITLE, here), ("Change", None)),
        introduction="Returns that are open already keep the day on which they are due.",
        widths=NARROW,
    )

    def save() -> str:
        return_rules.change_rules(contract, form.rules(), version=form.version.data, by=current_user)
        return here

    return answer(page, save, saved="How its returns work is saved.", now=lambda: rule_values(contract))
