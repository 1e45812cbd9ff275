"""Why a file was not read: one rule's name and one sentence for whoever sent it. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from imports.workbook import limits


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


def too_many_sheets() -> Refused:
    """The workbook has more sheets than are read."""
    return too_large(f"it has more than {limits.SHEETS} sheets")


def too_much_text() -> Refused:
    """A cell holds more than a cell of any spreadsheet program can."""
    return too_large(f"one of its cells holds more than {limits.TEXT:,} characters")


PROTECTED = (
    "protected",
    "This file is protected with a password. Remove the password in Excel (File, Info, Protect Workbook) "
    "and upload it again.",
)
