"""The page that asks what is doubtful about a file's layout, before all that was read from it is shown.

The file and what was answered so far travel in the page's own form. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request

from dacommission.indicators.store import vocabulary
from dacommission.profiles import asking
from dacommission.profiles.answers import from_carried
from dacommission.profiles.asked import Asked
from dacommission.profiles.choices import Choices, choices
from dacommission.profiles.knowing import changes, known
from dacommission.profiles.questions import Said, asked
from dacommission.returns.checked_page import already_among
from dacommission.returns.checking import Checked
from dacommission.returns.expected import expected
from dacommission.returns.forms import CheckedForm
from dacommission.returns.models import Return
from imports.drift import sentences
from imports.series import Profile


def choices_of(due: Return) -> Choices:
    """What the rows of a return's workbook may be said to be."""
    return choices(expected(due), vocabulary())


def asked_of(due: Return, checked: Checked, allowed: Choices, *, every: bool = False) -> Asked:
    """What is asked about a file. `every`: also about what was recognised."""
    series = checked.reading.series
    said = Said(from_carried(checked.answers, allowed), known(due.contract), changes(due.contract, series))
    return asked(checked.reading, allowed, said, every=every)


def ask_first(due: Return, checked: Checked) -> str | None:
    """The page that asks; None where nothing is doubtful about a file, or it was received before."""
    if not checked.reading.series or already_among(due.uploads, checked.reading.sha256):
        return None
    allowed = choices_of(due)
    found = asked_of(due, checked, allowed)
    return ask_page(due, checked, found, allowed) if found.is_anything else None


def ask_page(
    due: Return,
    checked: Checked,
    found: Asked,
    allowed: Choices,
    *,
    errors: Sequence[tuple[str, str]] = (),
    every: bool = False,
) -> str:
    """The page with each question beneath the rows of the workbook's own table that it is about.

    `errors` are what was wrong with the answers, each with the name of its question.
    """
    reading = checked.reading
    form = CheckedForm(formdata=None, file_name=reading.file, content=checked.carried, answers=checked.answers)
    return render_template(
        "profiles/ask.html",
        due=due,
        reading=reading,
        form=form,
        asked=found,
        tables=asking.tables(found, reading.workbook),
        kpis=allowed.whole(),
        categories=allowed.categories(),
        years=asking.years(due.period),
        chosen=_chosen(from_carried(checked.answers, allowed)),
        errors=errors,
        every=every,
        recognised=len({one.place for one in reading.series if not one.is_asked}),
    )


def _chosen(answers: Profile) -> dict[str, str]:
    """What was sent or answered about the file as a whole."""
    before = {"year": str(answers.year or ""), "quarters": answers.quarters}
    return {name: request.form.get(name, value) for name, value in before.items()}


def layout_words(due: Return, checked: Checked) -> dict[str, object]:
    """What the page of what was read says about the file's layout: what is still asked, and what changed."""
    series = checked.reading.series
    if not series:
        return {}
    waiting = list(dict.fromkeys(one.label for one in series if one.is_asked))
    return {"waiting": waiting, "series": len(series), "changes": sentences(changes(due.contract, series))}
