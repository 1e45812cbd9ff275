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
from collections.abc import Callable, Iterator, Sequence

import python_calamine
import xlsxwriter

from dacommission.indicators import catalogue
from imports.read import understand
from imports.reading import Reading, Vocabulary, Workbook
from imports.workbook import open_here, open_workbook

SHEETS, ROWS = 15, 55
HEADINGS = ("Service", "Measure", "Breakdown", "Period", "Value", "Comment")
QUARTERS = 4
RUNS = 15
MIB = 1024 * 1024


def return_workbook(vocabulary: Vocabulary, edition: int) -> bytes:
    """A return in the long form: 15 sheets, about 5,000 cells and 200 KB. Always the same for one edition."""
    out = io.BytesIO()
    lines = _lines(vocabulary, edition)
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number in range(1, SHEETS + 1):
        sheet = book.add_worksheet(f"Service {number}")
        sheet.write_row(0, 0, HEADINGS)
        for place in range(ROWS):
            sheet.write_row(place + 1, 0, (f"Service {number}", *next(lines)))
    book.close()
    return out.getvalue()


def _lines(vocabulary: Vocabulary, edition: int) -> Iterator[tuple[str | int, ...]]:
    """Every count and each of its categories, quarter by quarter: measure, breakdown, period, value, comment."""
    counts = [term for term in vocabulary.terms.values() if term.whole and not term.numerator]
    for term in counts:
        categories = [name for key in term.breakdowns for name in vocabulary.breakdowns[key]]
        for category in ("All", *categories):
            for quarter in range(1, QUARTERS + 1):
                comment = _words(f"{edition} {term.code} {category} {quarter}")
                value = quarter * 7 + edition
                yield f"{term.code} {term.name}", category, f"Q{quarter} 2022-23", value, comment


def _words(seed: str) -> str:
    """A comment that does not pack well, as comments do not: words of letters, the same for the same seed."""
    letters = b"".join(hashlib.sha512(f"{seed} {part}".encode()).digest() for part in range(5))
    text = "".join(chr(97 + byte % 26) for byte in letters)
    return " ".join(text[start : start + 7] for start in range(0, len(text), 7))


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
    vocabulary = catalogue.vocabulary()
    returns = [return_workbook(vocabulary, edition) for edition in range(RUNS + 1)]
    content = returns[0]
    cells = sum(len(sheet.cells) for sheet in open_here(content, "return.xlsx").sheets)
    baseline = cost(calamine, returns)
    opening = cost(lambda content: open_here(content, "return.xlsx"), returns)
    whole = cost(lambda content: read_here(content, vocabulary), returns)
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
