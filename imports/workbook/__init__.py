"""Opens a workbook's bytes: sheets of cells, each with its address, or one sentence why not.

`open_workbook` is for bytes from outside: a child process with limits reads them, so that no file can harm
whoever asks. `open_here` reads in this process, for the child itself, tests and measurements.
Excel workbooks (.xlsx) and OpenDocument spreadsheets (.ods) have readers of our own, Excel's older format (.xls) is
read by xlrd, and a second reader's opinion of every number is asked of all three; text in columns is as it stands.
Says nothing of what the cells mean.
"""

from __future__ import annotations

from imports.sheets import Workbook
from imports.workbook.opening import open_here
from imports.workbook.refusal import Refusal

__all__ = ["Refusal", "open_here", "open_workbook"]


def open_workbook(content: bytes, *, filename: str) -> Workbook | Refusal:
    """The sheets of a workbook, or why it was not read. Never raises for a bad file."""
    from imports.workbook import sandbox  # here, because the child has no use for what starts children

    return sandbox.open_workbook(content, filename=filename)
