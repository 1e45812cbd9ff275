"""What it costs to read and check a return, as a ratio to python-calamine alone on the same file.

Run as `python -m benchmarks.reading`. All ratios are of processor time in one run of one warm process;
the start of the child process is stated apart. Asserts nothing: a slow machine is no failing test.
"""

from __future__ import annotations

import hashlib
import io
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import python_calamine
import xlsxwriter

from dacommission.indicators import catalogue
from imports.read import understand
from imports.reading import Reading, Vocabulary, Workbook
from imports.workbook import open_here, open_workbook

SHEETS, ROWS = 15, 55
HEADINGS = ("Service", "Measure", "Breakdown", "Period", "Value", "Comment")
MEASURES = (
    ("Referrals", "Self"),
    ("Referrals", "Agency"),
    ("Exits with evidenced reduced risk", "All"),
    ("Exits with a risk assessment", "All"),
)
QUARTERS = 4
RUNS = 15
MIB = 1024 * 1024


def return_workbook() -> bytes:
    """A return in the long form: 15 sheets, about 5,000 cells and 200 KB. Always the same."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number in range(1, SHEETS + 1):
        sheet = book.add_worksheet(f"Service {number}")
        sheet.write_row(0, 0, HEADINGS)
        for place in range(ROWS):
            sheet.write_row(place + 1, 0, _line(number, place))
    book.close()
    return out.getvalue()


def _line(sheet: int, place: int) -> tuple[str | int, ...]:
    measure, breakdown = MEASURES[place // QUARTERS % len(MEASURES)]
    quarter = f"Q{place % QUARTERS + 1} 2022-23"
    value = (sheet * 31 + place * 7) % 97 if breakdown != "All" else place // 20
    return f"Service {sheet}", measure, breakdown, quarter, value, _words(f"{sheet} {place}")


def _words(seed: str) -> str:
    """A comment that does not pack well, as comments do not: words of letters, the same for the same seed."""
    letters = b"".join(hashlib.sha512(f"{seed} {part}".encode()).digest() for part in range(5))
    text = "".join(chr(97 + byte % 26) for byte in letters)
    return " ".join(text[start : start + 7] for start in range(0, len(text), 7))


def cost(job: Callable[[], object]) -> float:
    """Median processor time of one run, in milliseconds, once warm."""
    job()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def calamine(content: bytes) -> None:
    """Everything python-calamine reads of the same file."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def read_here(content: bytes, vocabulary: Vocabulary) -> Reading:
    """Read and checked in this one process, so that no processor time is spent where it is not counted."""
    workbook = open_here(content, "return.xlsx")
    assert isinstance(workbook, Workbook)
    return understand(workbook, vocabulary)


def wall(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def peak(content: bytes) -> float:
    """The most memory, in MiB, of a process that does nothing but read and check the return."""
    command = [sys.executable, "-m", "benchmarks.reading", "--peak"]
    answer = subprocess.run(command, input=content, capture_output=True, check=True)
    return float(answer.stdout)


def report_peak() -> None:
    """What `peak` asks of a process of its own."""
    read_here(sys.stdin.buffer.read(), catalogue.vocabulary())
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB)


def main() -> None:
    content = return_workbook()
    vocabulary = catalogue.vocabulary()
    cells = sum(len(sheet.cells) for sheet in open_here(content, "return.xlsx").sheets)
    baseline = cost(lambda: calamine(content))
    opening = cost(lambda: open_here(content, "return.xlsx"))
    whole = cost(lambda: read_here(content, vocabulary))
    child = statistics.median(wall(lambda: open_workbook(content, filename="return.xlsx")) for _ in range(5))
    print(f"a return of {SHEETS} sheets, {cells:,} cells, {len(content) / 1000:.0f} KB")
    print(f"python-calamine alone     {baseline:7.1f} ms of processor time")
    print(f"opened, both readers      {opening:7.1f} ms   {opening / baseline:5.1f} ×")
    print(f"read and checked          {whole:7.1f} ms   {whole / baseline:5.1f} ×")
    print(f"opened in a child process {child:7.1f} ms by the clock, its start included")
    print(f"peak memory               {peak(content):7.1f} MiB")


if __name__ == "__main__":
    if "--peak" in sys.argv:
        report_peak()
    else:
        main()
