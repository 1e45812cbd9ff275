"""Forms for services, arrangements, contracts, extension options and contributions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from dacommission.commissioning.actions import (
    ArrangementFields,
    ContractFields,
    ContributionFields,
    OptionFields,
    ServiceFields,
)
from dacommission.commissioning.models import (
    DUTIES,
    OPTION_STATUSES,
    REGIMES,
    SERVICE_KINDS,
    Arrangement,
    Contract,
    Contribution,
    ExtensionOption,
    Service,
)
from dacommission.db import db
from dacommission.organisations.models import Organisation, OrganisationKind
from dacommission.web.forms import ChecksField, CountField, DayField, NumberField, Required
from dacommission.web.locking import VersionedForm
from dacommission.web.words import financial_year

NO_ARRANGEMENT = ("", "Not part of a joint arrangement")
YEARS = range(2015, 2051)
LONGEST = 200


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices of a field from pairs of what is stored and what is read."""
    return [SelectChoice(value, label) for value, label in pairs]


class Chosen:
    """One of the choices must be chosen; the message says what to choose. Give the field validate_choice=False."""

    field_flags: dict[str, Any] = {}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: object, field: Any) -> None:
        if not field.data or field.data not in {str(value) for value, *_ in field.iter_choices()}:
            raise ValidationError(self.message)


def given(field: Any) -> Any:
    """What was given in a field that the form does not validate without."""
    return field.data


def _typed(field: Any) -> str:
    """What was typed, without the spaces around it."""
    return (field.data or "").strip()


def _ends_after_it_starts(form: FlaskForm, field: Any) -> None:
    if field.data and form["starts_on"].data and field.data < form["starts_on"].data:
        raise ValidationError("The end must be on or after the start.")


def bodies(kind: OrganisationKind) -> list[tuple[str, str]]:
    """Organisations of a kind to choose from, by name."""
    query = select(Organisation).where(Organisation.kind == kind).order_by(Organisation.name, Organisation.id)
    return [(str(body.id), body.name) for body in db.session.scalars(query)]


class ArrangementForm(VersionedForm):
    name = StringField("Name", [Required("Enter a name for the arrangement."), Length(max=LONGEST)])
    starts_on = DayField("Starts on", [Required("Enter the day on which the arrangement starts.")])
    ends_on = DayField("Ends on", [_ends_after_it_starts], description="Leave blank while it is not known.")
    description = TextAreaField("Description", [Length(max=2000)])

    def fields(self) -> ArrangementFields:
        return ArrangementFields(_typed(self.name), given(self.starts_on), self.ends_on.data, _typed(self.description))


def arrangement_values(arrangement: Arrangement) -> dict[str, Any]:
    """The arrangement as its form holds it."""
    return {
        "version": arrangement.version,
        "name": arrangement.name,
        "starts_on": arrangement.starts_on,
        "ends_on": arrangement.ends_on,
        "description": arrangement.description,
    }


class ServiceForm(VersionedForm):
    name = StringField("Name", [Required("Enter a name for the service."), Length(max=LONGEST)])
    kind = RadioField(
        "Kind",
        choices=choices(SERVICE_KINDS.items()),
        validators=[Chosen("Choose a kind of service.")],
        validate_choice=False,
    )
    duty = RadioField(
        "Duty", choices=choices(DUTIES.items()), validators=[Chosen("Choose a duty.")], validate_choice=False
    )
    indicator_family = StringField(
        "Indicators that tell of it",
        [Length(max=10)],
        description="The letters that its indicators begin with, such as HUB. Leave blank where there are none.",
    )
    description = TextAreaField(
        "Description", [Length(max=2000)], description="Never the address of a refuge: use site codes."
    )

    def fields(self) -> ServiceFields:
        return ServiceFields(
            _typed(self.name),
            self.kind.data,
            self.duty.data,
            _typed(self.description),
            _typed(self.indicator_family).upper(),
        )


def service_values(service: Service) -> dict[str, Any]:
    """The service as its form holds it."""
    names = ("version", "name", "kind", "duty", "indicator_family", "description")
    return {name: getattr(service, name) for name in names}


class ContractForm(VersionedForm):
    """The lead commissioner of a new contract is the body of whoever adds it, so `lead_commissioner` is
    taken out of that form.
    """

    reference = StringField("Reference", [Required("Enter the contract's reference."), Length(max=50)])
    title = StringField("Title", [Required("Enter the contract's title."), Length(max=LONGEST)])
    provider = SelectField("Provider", validators=[Chosen("Choose the provider.")], validate_choice=False)
    lead_commissioner = SelectField(
        "Lead commissioner", validators=[Chosen("Choose the lead commissioner.")], validate_choice=False
    )
    arrangement = SelectField("Joint arrangement")
    services = ChecksField("Services covered")
    regime = RadioField(
        "Regime",
        choices=choices(REGIMES.items()),
        validators=[Chosen("Choose how it was bought.")],
        validate_choice=False,
    )
    starts_on = DayField("Starts on", [Required("Enter the day on which the contract starts.")])
    ends_on = DayField(
        "Ends on",
        [Required("Enter the day on which the contract ends."), _ends_after_it_starts],
        description="Without its options to extend.",
    )
    note = TextAreaField("Note", [Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arrangements = db.session.scalars(Arrangement.visible_to(current_user))
        services = db.session.scalars(select(Service).order_by(Service.name, Service.id))
        self.provider.choices = choices([("", "Choose a provider"), *bodies(OrganisationKind.PROVIDER)])
        self.lead_commissioner.choices = choices(bodies(OrganisationKind.FUNDING_BODY))
        self.arrangement.choices = choices([NO_ARRANGEMENT, *((str(one.id), one.name) for one in arrangements)])
        self.services.choices = choices([(str(one.id), one.name) for one in services])

    def fields(self, lead_commissioner_id: uuid.UUID | None = None) -> ContractFields:
        arrangement = self.arrangement.data
        return ContractFields(
            reference=_typed(self.reference),
            title=_typed(self.title),
            provider_id=uuid.UUID(self.provider.data),
            lead_commissioner_id=lead_commissioner_id or uuid.UUID(self.lead_commissioner.data),
            arrangement_id=uuid.UUID(arrangement) if arrangement else None,
            regime=self.regime.data,
            starts_on=given(self.starts_on),
            ends_on=given(self.ends_on),
            service_ids=frozenset(uuid.UUID(one) for one in self.services.data or ()),
            note=_typed(self.note),
        )


def contract_values(contract: Contract) -> dict[str, Any]:
    """The contract as its form holds it."""
    return {
        "version": contract.version,
        "reference": contract.reference,
        "title": contract.title,
        "provider": str(contract.provider_id),
        "lead_commissioner": str(contract.lead_commissioner_id),
        "arrangement": str(contract.arrangement_id) if contract.arrangement_id else "",
        "services": [str(service.id) for service in contract.services],
        "regime": contract.regime,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "note": contract.note,
    }


class OptionForm(VersionedForm):
    months = CountField("Months", [Required("Enter by how many months the option lengthens the contract.")])
    notice_months = CountField(
        "Months of notice", description="Before the contract would otherwise end. Leave blank where none."
    )
    decide_by = DayField("Decide by", description="Leave blank to have it worked out from the months of notice.")
    status = RadioField(
        "Status",
        choices=choices(OPTION_STATUSES.items()),
        validators=[Chosen("Choose a status.")],
        validate_choice=False,
    )

    def validate_months(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= 120:
            raise ValidationError("An option must lengthen the contract by 1 to 120 months.")

    def fields(self) -> OptionFields:
        return OptionFields(given(self.months), self.decide_by.data, self.notice_months.data, self.status.data)


def option_values(contract: Contract, option: ExtensionOption) -> dict[str, Any]:
    """The option as its form holds it; the version is the contract's."""
    return {
        "version": contract.version,
        "months": option.months,
        "notice_months": option.notice_months,
        "decide_by": option.decide_by,
        "status": option.status,
    }


class ContributionForm(VersionedForm):
    body = SelectField("Funding body", validators=[Chosen("Choose the body that pays.")], validate_choice=False)
    stream = StringField("Funding stream", [Required("Enter the stream that the money comes from."), Length(max=100)])
    financial_year = SelectField("Financial year", choices=choices((str(year), financial_year(year)) for year in YEARS))
    amount = NumberField("Amount for the year", description="In pounds. Leave blank while it is not known.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.choices = choices([("", "Choose a body"), *bodies(OrganisationKind.FUNDING_BODY)])

    def validate_amount(self, field: Any) -> None:
        if field.data is not None and (field.data < 0 or field.data != round(field.data, 2)):
            raise ValidationError("The amount must be nought or more, in pounds and whole pence.")

    def fields(self) -> ContributionFields:
        return ContributionFields(
            uuid.UUID(self.body.data), _typed(self.stream), int(self.financial_year.data), self.amount.data
        )


def contribution_values(contract: Contract, contribution: Contribution) -> dict[str, Any]:
    """The contribution as its form holds it; the version is the contract's."""
    return {
        "version": contract.version,
        "body": str(contribution.body_id),
        "stream": contribution.stream,
        "financial_year": str(contribution.financial_year),
        "amount": contribution.amount,
    }
