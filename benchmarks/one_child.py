"""What `benchmarks.reading` asks of a process of its own: the cost of one workbook opened in a child process."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from imports.sheets import Workbook
from imports.workbook.sandbox import open_workbook


def main() -> None:
    """Reads standard input as a workbook, and prints what that cost."""
    content = sys.stdin.buffer.read()
    start = time.perf_counter()
    opened = open_workbook(content, filename="return.xlsx")
    clock = time.perf_counter() - start
    assert isinstance(opened, Workbook)
    parent, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent = child.ru_utime + child.ru_stime + parent.ru_utime + parent.ru_stime
    print(f"{clock:.2f} s by the clock, {spent:.2f} s of processor time for child and parent")
    print(f"  {child.ru_maxrss / 1024:.0f} MiB in the child, {_peak() / 1024:.0f} MiB in the parent at most")


def _peak() -> int:
    """The most memory, in KiB, since this program began; what is told of a process counts also who started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
