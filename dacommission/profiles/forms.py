"""The forms of what is known of a contract's workbooks."""

from __future__ import annotations

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from dacommission.profiles.asked import NOT_OURS
from dacommission.profiles.choices import Choices, as_value, from_value, whole_of
from dacommission.profiles.models import QUARTERS
from dacommission.returns.shown import BASES
from dacommission.web.forms import Required
from dacommission.web.locking import VersionedForm
from imports.kinds import Basis
from imports.series import Sense


class MeaningForm(VersionedForm):
    """What one row of a workbook is."""

    meaning = SelectField("What it is", validators=[Required("Choose what it is.")])
    category = SelectField("Only these people", description="Where the row counts only one category of them.")
    basis = SelectField(
        "Over what time it counts", description="Where the workbook's own headings do not say it.", choices=[]
    )

    def offer(self, allowed: Choices, now: Sense | None) -> None:
        """Fills the lists; what the row means now is in them, also where it is no KPI of the contract any more."""
        whole = [(as_value(whole_of(now)), allowed.words(whole_of(now)))] if now else []
        kpis = dict([*whole, *allowed.whole()])
        self.meaning.choices = [("", "Choose"), (NOT_OURS, "Not for this return"), *kpis.items()]
        named = [(value, f"{name}: {words}") for name, values in allowed.categories() for value, words in values]
        self.category.choices = [("", "All of them"), *named]
        self.basis.choices = [("", "As the workbook says"), *((str(key), words) for key, words in BASES.items())]

    @property
    def sense(self) -> Sense | None:
        """What was chosen; None: it is not for the return."""
        if self.meaning.data == NOT_OURS:
            return None
        chosen = from_value(self.meaning.data or "", self.category.data or "")
        return Sense(
            chosen.code,
            chosen.part,
            chosen.category,
            Basis(self.basis.data) if self.basis.data else None,
            chosen.breakdown,
        )


class QuartersForm(VersionedForm):
    """Which year the quarters of a workbook are of."""

    quarters = SelectField("“Q1 2022” is a quarter", choices=[SelectChoice(*one) for one in QUARTERS.items()])


class ForgetForm(VersionedForm):
    """Something that is known is forgotten, as it was shown."""
