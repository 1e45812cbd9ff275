"""What every page shows of a workbook that was read and is not kept yet, and how it comes back from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dacommission.indicators.store import vocabulary
from dacommission.returns import shown
from dacommission.returns.beside import of_reading
from dacommission.returns.checking import NOT_AS_SENT, Checked, NotAsSent, carried_bytes, check
from dacommission.returns.forms import CheckedForm
from dacommission.returns.models import Upload
from dacommission.web.files import safe_name
from dacommission.web.words import moment
from imports.corrections import Correction
from imports.reading import Expected
from imports.series import NOTHING_KNOWN, Profile

ALREADY = "This file was already received on {when} as upload {number}. Nothing was changed."


def what_was_read(checked: Checked, uploads: Sequence[Upload], *, changed: bool = False) -> dict[str, object]:
    """The words of the page: every figure and problem, and the form in which the file itself travels."""
    reading = checked.reading
    beside, counts = of_reading(reading, vocabulary())
    return {
        "checked": checked,
        "form": CheckedForm(
            formdata=None,
            file_name=reading.file,
            content=checked.carried,
            answers=checked.answers,
            seen=checked.fingerprint,
        ),
        "beside": beside,
        "counts": counts,
        "counted": shown.counted(beside.problems),
        "already": already_among(uploads, reading.sha256),
        "changed": changed,
    }


def nothing_known(answers: str) -> Profile:
    """Of a layout about which nothing is ever asked."""
    return NOTHING_KNOWN


def sent_again(
    expected: Expected | None,
    known: Callable[[str], Profile] = nothing_known,
    *,
    corrections: Sequence[Correction] = (),
) -> tuple[Checked, bool]:
    """The workbook that came back with the form, and whether it still says what was shown.

    `known` gives what is known of its layout, together with the answers that came back; `corrections` are what came
    with it in the place of its figures. Raises NotAsSent when no workbook came back.
    """
    form = CheckedForm()
    if not form.validate_on_submit():
        raise NotAsSent(NOT_AS_SENT)
    content, answers = carried_bytes(form.content.data or ""), form.answers.data or ""
    name, profile = safe_name(form.file_name.data), known(answers)
    checked = check(content, name, expected=expected, profile=profile, answers=answers, corrections=corrections)
    return checked, checked.fingerprint == form.seen.data


def already_among(uploads: Sequence[Upload], sha256: str) -> str:
    """That one of these uploads is the same file; "" where none is, or it was withdrawn."""
    same = next((kept for kept in uploads if kept.sha256 == sha256 and not kept.withdrawn_at), None)
    return already_words(same) if same else ""


def already_words(upload: Upload) -> str:
    """That a file was received before, when and as which upload."""
    return ALREADY.format(when=moment(upload.received_at), number=upload.number)
