"""Form fields in the design system's shapes, with messages that say what to enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import DecimalField, Field, IntegerField, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

DAY_PARTS = ("day", "month", "year")
LONGEST_PART = 10  # of a day, month or year: whatever is longer is no number of one
LARGEST = Decimal(10) ** 9  # with six decimals, as many digits as both databases keep unchanged
MOST_DECIMALS = 6


class DayField(Field):
    """A date asked for as day, month and year, each in its own box. Data is a date or None."""

    widget = TextInput()  # never rendered as one box: see the `field` macro

    def __init__(self, label: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(label, *args, **kwargs)
        self.typed: list[str] = ["", "", ""]

    def process(self, formdata: Any, data: Any = None, **kwargs: Any) -> None:
        super().process(None, **({"data": data} if data is not None else {}), **kwargs)
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in DAY_PARTS):
            self.raw_data = [formdata.get(f"{self.name}-{part}", "").strip() for part in DAY_PARTS]
            self.typed = list(self.raw_data)
            self.data = None
            try:
                self.data = self._read()
            except ValueError as problem:
                self.process_errors = [str(problem)]

    def process_data(self, value: date | None) -> None:
        self.data = value
        self.typed = [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def _read(self) -> date | None:
        if not any(self.typed):
            return None
        if not all(text.isdecimal() and text.isascii() and len(text) < LONGEST_PART for text in self.typed):
            raise ValueError(f"{self.label.text} must have a day, a month and a year, like 31 3 2024.")
        day, month, year = (int(text) for text in self.typed)
        if not 1900 <= year <= 2200:
            raise ValueError(f"{self.label.text} must have a year of four digits, like 2024.")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValueError(f"{self.label.text} must be a real date.") from None

    @property
    def boxes(self) -> list[tuple[str, str]]:
        """Each box's part and what was typed in it."""
        return list(zip(DAY_PARTS, self.typed, strict=True))


class NumberField(DecimalField):
    """A decimal number, commas and a pound sign allowed. Data is a Decimal or None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip().replace(",", "").lstrip("£").rstrip("%").strip() if valuelist else ""
        if not typed:
            self.data = None
            return
        try:
            self.data = Decimal(typed)
            if not self.data.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            self.data = None
            raise ValueError(f"{self.label.text} must be a number, like 1,250 or 79.5.") from None
        if abs(self.data) >= LARGEST or -int(self.data.as_tuple().exponent) > MOST_DECIMALS:
            self.data = None
            raise ValueError(f"{self.label.text} must be below a thousand million, with at most six decimals.")


class CountField(IntegerField):
    """A whole number. Data is an int or None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip().replace(",", "") if valuelist else ""
        self.data = None
        if typed:
            if not (typed.isdecimal() and typed.isascii()):
                raise ValueError(f"{self.label.text} must be a whole number, like 15.")
            self.data = int(typed)


class ChecksField(SelectMultipleField):
    """Several of a list, as checkboxes."""


class Required:
    """The field must be filled in; the message says what to enter, and no other is heaped upon it."""

    field_flags: dict[str, Any] = {}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: object, field: Field) -> None:
        if field.process_errors:
            return
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()) or field.data == []:
            raise StopValidation(self.message)
