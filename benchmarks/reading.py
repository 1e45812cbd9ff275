"""What it costs to read and understand a return, beside python-calamine, openpyxl and pandas on the same files.

Run as `python -m benchmarks.reading`. All ratios are of processor time in one run of one warm process; what the
clock says of the child process, and the most memory that it and its parent take, are stated apart. Asserts nothing:
a slow machine is no failing test.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pandas as pd
import python_calamine

from benchmarks.returns_made import SHEETS, large, one_row_a_figure, tables_of_months
from dacommission.indicators import catalogue
from imports.read import read, understand
from imports.reading import Vocabulary, Workbook
from imports.workbook import open_here, open_workbook

RUNS = 11
CLOCKED = 5  # runs by the clock
NAME = "return.xlsx"
LAYOUTS: Mapping[str, Callable[[Vocabulary, int], bytes]] = {
    "one row a figure": one_row_a_figure,
    "tables of months": tables_of_months,
}


def cost(job: Callable[[bytes], object], returns: Sequence[bytes]) -> float:
    """Median processor time of one return, in milliseconds, once warm.

    Every return is another one, so that nothing remembered of the last one flatters the next.
    """
    job(returns[0])
    times = []
    for content in returns[1:]:
        start = time.process_time()
        job(content)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def by_calamine(content: bytes) -> None:
    """Every value that python-calamine reads."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def by_openpyxl(content: bytes) -> None:
    """Every value that openpyxl reads."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
        for line in sheet.iter_rows(values_only=True):
            tuple(line)


def by_pandas(content: bytes) -> None:
    """Every value that pandas reads."""
    pd.read_excel(io.BytesIO(content), sheet_name=None, header=None, engine="openpyxl")


def by_ourselves(content: bytes) -> Workbook:
    """Read by both readers in this one process, so that no processor time is spent where it is not counted."""
    workbook = open_here(content, NAME)
    assert isinstance(workbook, Workbook)
    return workbook


def compared(returns: Sequence[bytes], vocabulary: Vocabulary) -> None:
    """One line for each way to read these returns, beside ours without understanding anything."""
    ours = cost(by_ourselves, returns)
    for name, spent in (
        ("python-calamine", cost(by_calamine, returns)),
        ("openpyxl", cost(by_openpyxl, returns)),
        ("pandas", cost(by_pandas, returns)),
        ("our reader alone", ours),
        ("read and understood", cost(lambda content: understand(by_ourselves(content), vocabulary), returns)),
    ):
        print(f"  {name:<22}{spent:9.1f} ms of processor time {spent / ours:7.2f} ×")


def clocked(job: Callable[[], object]) -> float:
    """The shortest time by the clock, in milliseconds: the other runs waited for other processes."""
    times = []
    for _ in range(CLOCKED):
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def of_a_child(content: bytes) -> str:
    """What one reading in a child costs, told by a process that has loaded nothing else."""
    command = [sys.executable, "-m", "benchmarks.one_child"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def cells_of(content: bytes) -> int:
    """How many cells a workbook has that are not empty."""
    return sum(len(sheet.cells) for sheet in by_ourselves(content).sheets)


def main() -> None:
    """Prints what each layout costs, and what the largest workbook does."""
    vocabulary = catalogue.vocabulary()
    for layout, make in LAYOUTS.items():
        returns = [make(vocabulary, edition) for edition in range(RUNS + 1)]
        content = returns[0]
        size = f"{SHEETS} sheets, {cells_of(content):,} cells, {len(content) / 1000:.0f} KB"
        print(f"A return of {size}, {layout}")
        compared(returns, vocabulary)
        opened = clocked(lambda content=content: open_workbook(content, filename=NAME))
        whole = clocked(lambda content=content: read(content, filename=NAME, vocabulary=vocabulary))
        print(f"  {'opened in a child':<22}{opened:9.1f} ms by the clock, its start included")
        print(f"  {'and understood':<22}{whole:9.1f} ms by the clock {whole / opened:13.2f} ×")
    content = large(vocabulary)
    print(f"A workbook of {cells_of(content):,} cells in a child process: {of_a_child(content)}", end="")


if __name__ == "__main__":
    main()
