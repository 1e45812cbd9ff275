"""Python's search for memory that nobody uses any more, put off while a workbook is read.

It is made again whenever many objects came to be. A large workbook makes a million that all stay, and to look
through them again and again takes a third of the time.
"""

from __future__ import annotations

import gc
from contextlib import ContextDecorator
from threading import Lock


class _PutOff(ContextDecorator):
    """Puts the search off for as long as any thread is within; afterwards it is as it was before the first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._within = 0
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if self._within == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._within += 1

    def __exit__(self, *raised: object) -> None:
        with self._lock:
            self._within -= 1
            if self._within == 0 and self._was_on:
                gc.enable()


sweeping_later = _PutOff()
