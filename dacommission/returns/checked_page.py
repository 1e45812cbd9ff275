"""What every page shows of a workbook that was read and is not kept yet, and how it comes back from there."""

from __future__ import annotations

from collections.abc import Sequence

from dacommission.indicators.store import vocabulary
from dacommission.returns import shown
from dacommission.returns.checking import NOT_AS_SENT, Checked, NotAsSent, check_again
from dacommission.returns.forms import CheckedForm
from dacommission.returns.models import Upload
from dacommission.web.files import safe_name
from dacommission.web.words import moment
from imports.reading import Expected

ALREADY = "This file was already received on {when} as upload {number}. Nothing was changed."


def what_was_read(checked: Checked, uploads: Sequence[Upload], *, changed: bool = False) -> dict[str, object]:
    """The words of the page: every figure and problem, and the form in which the file itself travels."""
    reading = checked.reading
    found = shown.problems(reading.problems)
    return {
        "checked": checked,
        "form": CheckedForm(formdata=None, file_name=reading.file, content=checked.carried, seen=checked.fingerprint),
        "figures": shown.figures(reading.observations, vocabulary()),
        "passages": shown.passages(reading.passages),
        "problems": found,
        "counted": shown.counted(found),
        "already": already_among(uploads, reading.sha256),
        "changed": changed,
    }


def sent_again(expected: Expected | None) -> tuple[Checked, bool]:
    """The workbook that came back with the form, and whether it still says what was shown.

    Raises NotAsSent when no workbook came back.
    """
    form = CheckedForm()
    if not form.validate_on_submit():
        raise NotAsSent(NOT_AS_SENT)
    checked = check_again(form.content.data or "", safe_name(form.file_name.data), expected=expected)
    return checked, checked.fingerprint == form.seen.data


def already_among(uploads: Sequence[Upload], sha256: str) -> str:
    """That one of these uploads is the same file; "" where none is, or it was withdrawn."""
    same = next((kept for kept in uploads if kept.sha256 == sha256 and not kept.withdrawn_at), None)
    return already_words(same) if same else ""


def already_words(upload: Upload) -> str:
    """That a file was received before, when and as which upload."""
    return ALREADY.format(when=moment(upload.received_at), number=upload.number)
