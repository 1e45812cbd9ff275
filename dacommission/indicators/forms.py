"""Forms for indicators, their aliases, and the KPIs of a contract."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from dacommission.commissioning.forms import Chosen, choices, given
from dacommission.db import db
from dacommission.indicators.actions import AliasFields, IndicatorFields
from dacommission.indicators.count_types import COUNT_TYPES
from dacommission.indicators.kpis import KpiFields
from dacommission.indicators.models import DIRECTIONS, Breakdown, ContractKpi, Indicator
from dacommission.indicators.units import UNITS
from dacommission.web.forms import ChecksField, CountField, DayField, NumberField, Required
from dacommission.web.locking import VersionedForm

PARTS = {
    "value": "The figure itself",
    "numerator": "The count on top of the rate",
    "denominator": "The count below",
    "percent": "The percentage as written",
}
BASES = {
    "": "Whatever the indicator usually counts",
    "period": "The period alone",
    "ytd": "Since 1 April",
    "total": "A total for the year",
}
CODE = re.compile(r"[A-Z]{2,5}-\d{2}(\.[a-z])?")


def _typed(field: Any) -> str:
    return (field.data or "").strip()


class IndicatorForm(VersionedForm):
    """`code`, `unit` and `count_type` are asked for a new indicator only."""

    code = StringField(
        "Code",
        [Required("Enter a code.")],
        description="Two to five capital letters, a hyphen and two digits, such as HUB-14.",
    )
    unit = SelectField(
        "Counted in",
        choices=choices([("", "Choose a unit"), *((unit.key, unit.name) for unit in UNITS.values())]),
        validators=[Chosen("Choose what it is counted in.")],
        validate_choice=False,
    )
    count_type = SelectField(
        "Count type",
        choices=choices([("", "Choose a count type"), *((one.letter, one.name) for one in COUNT_TYPES.values())]),
        validators=[Chosen("Choose how it is counted.")],
        validate_choice=False,
        description="What may be added up follows from it.",
    )
    name = StringField("Name", [Required("Enter a name."), Length(max=200)])
    definition = TextAreaField("Definition", [Required("Say what exactly is counted."), Length(max=2000)])
    numerator_label = StringField("What is counted on top", [Length(max=200)], description="Of a rate or an average.")
    denominator_label = StringField("What is counted below", [Length(max=200)], description="Of a rate or an average.")
    direction = RadioField(
        "Direction",
        choices=choices(DIRECTIONS.items()),
        validators=[Chosen("Choose which way is better.")],
        validate_choice=False,
    )
    decimals = CountField("Decimals shown", [Required("Enter how many decimals are shown, such as 0.")])
    core = BooleanField("In the suggested set for a quarterly return")
    typical_target = StringField(
        "Typical target", [Length(max=300)], description="In words. Each contract sets its own."
    )
    breakdowns = ChecksField("Broken down by")
    valid_from = DayField("In use from", description="Leave blank where it has always been.")
    valid_to = DayField("In use until", description="Leave blank while it is in use.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        breakdowns = db.session.scalars(select(Breakdown).order_by(Breakdown.position, Breakdown.key))
        self.breakdowns.choices = choices([(one.key, one.name) for one in breakdowns])

    def validate_code(self, field: Any) -> None:
        if field.data and not CODE.fullmatch(field.data.strip()):
            raise ValidationError("The code must look like HUB-14 or HUB-14.a.")

    def validate_decimals(self, field: Any) -> None:
        if field.data is not None and field.data > 4:
            raise ValidationError("At most 4 decimals can be shown.")

    def validate_valid_to(self, field: Any) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("It must be in use until a day after the day it is in use from.")

    def fields(self) -> IndicatorFields:
        return IndicatorFields(
            name=_typed(self.name),
            definition=_typed(self.definition),
            direction=self.direction.data,
            decimals=given(self.decimals),
            numerator_label=_typed(self.numerator_label),
            denominator_label=_typed(self.denominator_label),
            core=self.core.data,
            typical_target=_typed(self.typical_target),
            breakdowns=tuple(self.breakdowns.data or ()),
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )


def indicator_values(indicator: Indicator) -> dict[str, Any]:
    """The indicator as its form holds it."""
    names = (
        "version",
        "name",
        "definition",
        "numerator_label",
        "denominator_label",
        "direction",
        "decimals",
        "core",
        "typical_target",
        "breakdowns",
        "valid_from",
        "valid_to",
    )
    return {name: getattr(indicator, name) for name in names}


class AliasForm(VersionedForm):
    """Made without its version: adding one takes nothing away."""

    text = StringField("Words", [Required("Enter the words as the workbook writes them."), Length(max=200)])
    part = RadioField(
        "They stand for",
        choices=choices(PARTS.items()),
        validators=[Chosen("Choose what they stand for.")],
        validate_choice=False,
    )
    category = StringField(
        "Of one category", [Length(max=100)], description="Leave blank where they stand for the whole."
    )
    basis = SelectField("What it counts", choices=choices(BASES.items()))

    def fields(self) -> AliasFields:
        category, basis = _typed(self.category) or None, self.basis.data or None
        return AliasFields(_typed(self.text), self.part.data, category, basis)


class KpiForm(VersionedForm):
    """`indicator` is asked for a new KPI only."""

    indicator = SelectField("Indicator", validators=[Chosen("Choose an indicator.")], validate_choice=False)
    target = NumberField(
        "Target", description="In the indicator's own unit: 80 for 80%. Leave blank for none, or for a range."
    )
    range_low = NumberField("Range from", description="Both ends, for an indicator that should lie within a range.")
    range_high = NumberField("Range to")
    tolerance = NumberField(
        "Tolerance",
        description="How far short still counts as near, in the same unit. Leave blank for a tenth of the target.",
    )
    minimum_denominator = CountField(
        "Rated from",
        [Required("Enter the smallest denominator for which a rate is rated, such as 10.")],
        description="The smallest denominator for which a rate is rated.",
    )
    mandatory = BooleanField("The return must hold it")

    def validate_range_high(self, field: Any) -> None:
        low, high = self.range_low.data, field.data
        if (low is None) != (high is None):
            raise ValidationError("A range needs both its ends.")
        if low is not None and high is not None and low > high:
            raise ValidationError("The range must not end below where it begins.")
        if low is not None and self.target.data is not None:
            raise ValidationError("Give a target or a range, not both.")

    def validate_tolerance(self, field: Any) -> None:
        if field.data is not None and field.data < 0:
            raise ValidationError("The tolerance must be nought or more.")

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        for field in (self.target, self.range_low, self.range_high, self.tolerance):
            if field.data is not None and not _fits(field.data):
                field.errors = ["Give at most 12 digits before the point and 4 after it."]
                fine = False
        return fine

    def fields(self, indicator_code: str, financial_year: int) -> KpiFields:
        return KpiFields(
            indicator_code,
            financial_year,
            self.target.data,
            self.tolerance.data,
            self.range_low.data,
            self.range_high.data,
            given(self.minimum_denominator),
            self.mandatory.data,
        )


def _fits(number: Decimal) -> bool:
    return abs(number) < 10**12 and number == round(number, 4)


def kpi_values(kpi: ContractKpi) -> dict[str, Any]:
    """The KPI as its form holds it."""
    names = ("version", "target", "range_low", "range_high", "tolerance", "minimum_denominator", "mandatory")
    return {name: getattr(kpi, name) for name in names}
