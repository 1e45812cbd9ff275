"""What it costs to read and understand a return, beside python-calamine, openpyxl and pandas on the same files.

Run as `python -m benchmarks.reading`. All ratios are of processor time in one run of one warm process; what the
clock says of a whole reading, its child process included, is stated apart, and so is the most memory that a large
workbook takes. Asserts nothing: a slow machine is no failing test.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks.one_reader import WAYS, by_calamine, by_openpyxl, by_pandas
from benchmarks.returns_made import SHEETS, large, one_row_a_figure, tables_of_months
from dacommission.indicators import catalogue
from imports.read import read, understand
from imports.reading import Vocabulary, Workbook
from imports.workbook import open_here, open_workbook

RUNS = 11
CLOCKED = 5  # runs by the clock
NAME = "return.xlsx"
BOUND = 3  # times our reader alone
SECONDS, SECONDS_FOR_LARGE, MIB_FOR_LARGE = 0.3, 5, 200  # by the clock on an idle core
LAYOUTS: Mapping[str, Callable[[Vocabulary, int], bytes]] = {
    "one row a figure": one_row_a_figure,
    "tables of months": tables_of_months,
}


def cost(job: Callable[[bytes], object], returns: Sequence[bytes]) -> float:
    """Median processor time of one return, in milliseconds, once warm.

    Every return is another one, so that no figure remembered of the last one flatters the next.
    """
    job(returns[0])
    times = []
    for content in returns[1:]:
        start = time.process_time()
        job(content)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def by_ourselves(content: bytes) -> Workbook:
    """Read by both readers in this one process, so that no processor time is spent where it is not counted."""
    workbook = open_here(content, NAME)
    assert isinstance(workbook, Workbook)
    return workbook


def compared(returns: Sequence[bytes], vocabulary: Vocabulary) -> None:
    """One line for each way to read these returns: what it costs, and how many times that ours is."""
    ours = cost(by_ourselves, returns)
    whole = cost(lambda content: understand(by_ourselves(content), vocabulary), returns)
    print(f"  {'':<22}{'processor time':>14} {'our reader':>12} {'and understood':>16}")
    for name, spent in (
        ("python-calamine", cost(by_calamine, returns)),
        ("openpyxl", cost(by_openpyxl, returns)),
        ("pandas", cost(by_pandas, returns)),
        ("our reader alone", ours),
    ):
        print(f"  {name:<22}{spent:11.1f} ms {ours / spent:10.2f} × {whole / spent:14.2f} ×")
    print(f"  {'read and understood':<22}{whole:11.1f} ms   (bound: {BOUND} × our reader alone)")


def clocked(job: Callable[[], object]) -> float:
    """The shortest time by the clock, in milliseconds: the other runs waited for other processes."""
    times = []
    for _ in range(CLOCKED):
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def of_a_process(way: str, content: bytes) -> str:
    """What one reading costs, told by a process that has loaded nothing else."""
    command = [sys.executable, "-m", "benchmarks.one_reader", way]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode().rstrip()


def cells_of(content: bytes) -> int:
    return sum(len(sheet.cells) for sheet in by_ourselves(content).sheets)


def main() -> None:
    vocabulary = catalogue.vocabulary()
    for layout, make in LAYOUTS.items():
        returns = [make(vocabulary, edition) for edition in range(RUNS + 1)]
        content = returns[0]
        size = f"{SHEETS} sheets, {cells_of(content):,} cells, {len(content) / 1000:.0f} KB"
        print(f"A return of {size}, {layout}")
        gc.freeze()  # what other readers have loaded is not to be gone through in each of our readings
        compared(returns, vocabulary)
        opened = clocked(lambda content=content: open_workbook(content, filename=NAME))
        whole = clocked(lambda content=content: read(content, filename=NAME, vocabulary=vocabulary))
        print(f"  {'opened in a child':<22}{opened:11.1f} ms by the clock, its start included")
        bound = f"(bound: {SECONDS * 1000:.0f} ms on an idle core)"
        print(f"  {'and understood':<22}{whole:11.1f} ms by the clock   {bound}")
    content = large(vocabulary)
    print(f"A workbook of {cells_of(content):,} cells, each time in a process that reads nothing else")
    for way in WAYS:
        print(f"  {way:<20}{of_a_process(way, content)}")
    print(f"  bound: {SECONDS_FOR_LARGE} s by the clock on an idle core, {MIB_FOR_LARGE} MiB")


if __name__ == "__main__":
    main()
