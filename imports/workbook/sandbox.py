"""Opens bytes from outside in a child process that has little memory, little time and no environment.

The child's death is an answer like any other: the file could not be read safely. The parent looks at none
of the bytes itself.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess  # noqa: S404 - the child is this package's own, with no argument from outside
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TypeVar, cast

from imports.sheets import Workbook
from imports.workbook.answer import BadAnswer, decode
from imports.workbook.limits import MIB
from imports.workbook.opening import named
from imports.workbook.refusal import Refusal

Heard = TypeVar("Heard")
CHILD = Path(__file__).parents[1] / "child.py"
AT_ONCE = 2

UNSAFE = Refusal(
    "unsafe",
    "This file could not be read safely, so it was not read at all. Open it in Excel, save it as an Excel "
    "workbook (.xlsx) and upload it again.",
)
BUSY = Refusal(
    "busy",
    "Other files are being read at this moment. Nothing is wrong with yours: upload it again in a minute.",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one child may use."""

    memory: int = 768 * MIB  # bytes of address space
    processor: int = 15  # seconds
    wall: float = 18  # seconds
    answer: int = 64 * MIB  # bytes
    files: int = 32
    patience: float = 20  # seconds to wait for a child to become free


_places = threading.BoundedSemaphore(AT_ONCE)


def open_workbook(content: bytes, *, filename: str, bounds: Bounds = Bounds()) -> Workbook | Refusal:
    """The sheets of a workbook, or why it was not read. Never raises for a bad file.

    Two files at most are read at once; a third waits a while and is then asked to come again.
    """
    try:
        answer = _told(CHILD, content, bounds, lambda pipe: decode(_lines(pipe, bounds.answer)))
    except BadAnswer:
        return UNSAFE
    if answer is None:
        return BUSY
    return named(answer, filename) if isinstance(answer, Refusal) else answer


def answer_of(program: Path, content: bytes, bounds: Bounds) -> bytes | None:
    """What a child that runs a program says of some bytes, and at most one byte more than it may say.

    None where no place for it became free in time.
    """
    return _told(program, content, bounds, lambda pipe: pipe.read(bounds.answer + 1))


def _told(program: Path, content: bytes, bounds: Bounds, hear: Callable[[IO[bytes]], Heard]) -> Heard | None:
    """What is heard of a child before it ends or is ended; None where no place for it became free in time."""
    if not _places.acquire(timeout=bounds.patience):
        return None
    try:
        return _ask(program, content, bounds, hear)
    finally:
        _places.release()


def _ask(program: Path, content: bytes, bounds: Bounds, hear: Callable[[IO[bytes]], Heard]) -> Heard:
    with tempfile.TemporaryDirectory(prefix="reading-") as folder, _start(program, folder, bounds) as child:
        deadline = threading.Timer(bounds.wall, _end, [child])
        deadline.start()
        try:
            _send(cast("IO[bytes]", child.stdin), content)
            return hear(cast("IO[bytes]", child.stdout))
        finally:
            deadline.cancel()
            _end(child)


def _lines(pipe: IO[bytes], most: int) -> Iterator[bytes]:
    """The answer line by line, taken up while the child speaks. Raises BadAnswer when it says more than it may."""
    said = 0
    while line := pipe.readline(most - said + 1):
        said += len(line)
        if said > most:
            raise BadAnswer
        yield line


def _send(pipe: IO[bytes], content: bytes) -> None:
    """A child that ends before it has heard everything leaves a broken pipe, and that is all."""
    with suppress(BrokenPipeError):
        pipe.write(content)
    with suppress(BrokenPipeError):
        pipe.close()


def _start(program: Path, folder: str, bounds: Bounds) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-B", str(program), json.dumps(asdict(bounds))]
    return subprocess.Popen(  # noqa: S603 - nothing of the upload is in the command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={},
        start_new_session=True,
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started. Until it has been waited for, its number is nobody else's."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
