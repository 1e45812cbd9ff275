"""Opens a workbook in this process. Bytes from outside are opened by `sandbox`, whose child calls this."""

from __future__ import annotations

from dataclasses import replace

from imports.sheets import Workbook
from imports.workbook.opened import Opened
from imports.workbook.refusal import Refusal, Refused
from imports.workbook.second_opinion import second_opinion
from imports.workbook.sniff import read_any

# Rules that say the file is of another kind altogether.
OTHER_KINDS = (
    "archive", "binary-workbook", "image", "macros", "link", "no-workbook", "numbers-file",
    "pdf", "presentation", "web-page", "word-document", "xml", "xml-spreadsheet",
)  # fmt: skip


def open_here(content: bytes, filename: str) -> Workbook | Refusal:
    """The workbook with every reader's opinion, or why it was not read. Never raises for a bad file."""
    answer = read_first(content)
    if isinstance(answer, Refusal):
        return named(answer, filename)
    return with_opinion(answer, content)


def read_first(content: bytes) -> Opened | Refusal:
    """The workbook by our own reader alone."""
    try:
        return read_any(content)
    except Refused as refused:
        return refused.refusal
    except MemoryError:
        return Refusal(
            "too-large",
            "This file needs too much memory to read safely. Remove everything that is not part of the "
            "return and upload it again.",
        )


def with_opinion(opened: Opened, content: bytes) -> Workbook:
    """The workbook with a warning for each number that a second reader reads otherwise."""
    workbook = opened.workbook
    return replace(workbook, problems=workbook.problems + second_opinion(content, opened))


def named(refusal: Refusal, filename: str) -> Refusal:
    """The refusal, saying so where the file's name claims that it is what it is not."""
    if refusal.rule in OTHER_KINDS and filename.lower().endswith(".xlsx"):
        return replace(refusal, message=f"{refusal.message} Giving a file a name in .xlsx does not change it.")
    return refusal
