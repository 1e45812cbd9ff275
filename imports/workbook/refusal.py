"""Why a file was not read: one rule's name and one sentence for whoever sent it. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer in place of a workbook: what happened and what to do, in one message."""

    rule: str
    message: str


class Refused(Exception):
    """Raised inside the reader to stop at once; it becomes a Refusal before anybody sees it."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.refusal = Refusal(rule, message)


def damaged(what: str) -> Refused:
    """The file is broken at a place that can be named."""
    return Refused(
        "damaged",
        f"This file is damaged: {what}. Open it in Excel, let Excel repair it, save it as an Excel "
        "workbook (.xlsx) and upload it again.",
    )


def too_large(what: str) -> Refused:
    """The file passes a limit that no return comes near."""
    return Refused(
        "too-large",
        f"This file is too large to read safely: {what}. Remove everything that is not part of the return "
        "and upload it again.",
    )


PROTECTED = (
    "protected",
    "This file is protected with a password. Remove the password in Excel (File, Info, Protect Workbook) "
    "and upload it again.",
)
