"""A workbook that was read but is kept nowhere: it travels in the form of its own page until somebody decides.

Nothing is stored. The bytes come back from the browser, are read again, and must say what was shown.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dacommission.indicators import store
from dacommission.returns.storing import too_large
from imports.corrections import Correction
from imports.read import read
from imports.reading import Expected, Reading
from imports.series import NOTHING_KNOWN, Profile

NOT_AS_SENT = "The workbook did not come back as it was sent, so nothing was kept. Choose the file and check it again."


class NotAsSent(Exception):
    """What came back from the browser is not a file that was checked."""


@dataclass(frozen=True)
class Checked:
    """A file and what was read from it."""

    content: bytes
    reading: Reading
    answers: str = ""  # what was answered about its layout, in a shape in which a form can carry it

    @property
    def carried(self) -> str:
        """The bytes in a shape in which a form can carry them."""
        return base64.urlsafe_b64encode(self.content).decode("ascii")

    @property
    def fingerprint(self) -> str:
        """Tells whether two readings say the same, down to the last figure and problem."""
        read = self.reading
        said = (read.sha256, read.layout, read.observations, read.problems, read.corrected, self.answers)
        return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


def check(
    content: bytes,
    filename: str,
    *,
    expected: Expected | None,
    profile: Profile = NOTHING_KNOWN,
    answers: str = "",
    corrections: Sequence[Correction] = (),
) -> Checked:
    """Reads a file against what it should be; `expected` is None for figures that are nobody's return.

    `profile` is what is known of its layout, with the `answers` that were given about it, which travel with it;
    `corrections` are what somebody typed in the place of its figures.
    """
    reading = read(
        content,
        filename=filename,
        vocabulary=store.vocabulary(),
        expected=expected,
        profile=profile,
        corrections=corrections,
    )
    return Checked(content, replace(reading, problems=(*reading.problems, *too_large(reading))), answers)


def carried_bytes(carried: str) -> bytes:
    """The bytes of a file that came back from the browser. Raises NotAsSent when it is no file at all."""
    try:
        content = base64.b64decode(carried.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise NotAsSent(NOT_AS_SENT) from None
    if not content:
        raise NotAsSent(NOT_AS_SENT)
    return content
