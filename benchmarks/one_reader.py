"""What `benchmarks.reading` asks of a process of its own: the cost of one workbook read in one way.

python -m benchmarks.one_reader READER < workbook.xlsx
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Way = Callable[[bytes], object]


def by_calamine(content: bytes) -> None:
    """Every value that python-calamine reads."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def by_openpyxl(content: bytes) -> None:
    """Every value that openpyxl reads."""
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
        for line in sheet.iter_rows(values_only=True):
            tuple(line)


def by_pandas(content: bytes) -> None:
    """Every value that pandas reads."""
    import pandas as pd

    pd.read_excel(io.BytesIO(content), sheet_name=None, header=None, engine="openpyxl")


def by_ourselves(content: bytes) -> None:
    """Opened in a child process, as every workbook from outside is."""
    from imports.sheets import Workbook
    from imports.workbook import open_workbook

    assert isinstance(open_workbook(content, filename="return.xlsx"), Workbook)


def understood(content: bytes) -> None:
    """Opened in a child process and understood."""
    from dacommission.indicators import catalogue
    from imports.read import read

    assert read(content, filename="return.xlsx", vocabulary=catalogue.vocabulary()).workbook


WAYS: Mapping[str, Way] = {
    "python-calamine": by_calamine,
    "openpyxl": by_openpyxl,
    "pandas": by_pandas,
    "our reader alone": by_ourselves,
    "read and understood": understood,
}


def main(way: str) -> None:
    content = sys.stdin.buffer.read()
    before, start = _spent(), time.perf_counter()
    WAYS[way](content)
    clock = time.perf_counter() - start
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    apart = f", {child:.0f} MiB in its child" if child else ""
    print(f"{clock:6.2f} s by the clock {_spent() - before:6.2f} s of processor time {_peak() / 1024:5.0f} MiB{apart}")


def _spent() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _peak() -> int:
    """The most memory, in KiB, since this program began; what is told of a process counts also who started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(sys.argv[1])
