"""The process in which files from outside are opened: bytes come in, cells or a refusal go out.

Started by `imports.workbook.sandbox`, as `python -I -m imports.child` or by this file's path where the
package is not installed. Gives up everything it does not need before it looks at the first byte.
Writes no file, opens no connection, and is ended without notice when it takes too long.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Mapping
from pathlib import Path

if __name__ == "__main__":  # pragma: no cover - the child itself
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from imports.workbook.answer import encode, encode_opinion
from imports.workbook.opening import read_first
from imports.workbook.refusal import Refusal
from imports.workbook.second_opinion import second_opinion


def main(arguments: list[str]) -> None:
    """Answer standard input on standard output. The second opinion comes last: it may end the process."""
    limit(json.loads(arguments[0]))
    content = sys.stdin.buffer.read()
    answer = read_first(content)
    for line in encode(answer if isinstance(answer, Refusal) else answer.workbook):
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    if not isinstance(answer, Refusal):
        sys.stdout.buffer.write(encode_opinion(second_opinion(content, answer)))


def limit(bounds: Mapping[str, int]) -> None:
    """Bounds on memory, time, files and processes that nothing in this process can raise again.

    Where the machine allows less, less it is: asking for more would be refused.
    """
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, bounds["files"]),
        (resource.RLIMIT_CPU, bounds["processor"]),
        (resource.RLIMIT_AS, bounds["memory"]),
    ):
        _, allowed = resource.getrlimit(what)
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (bound, bound))


if __name__ == "__main__":  # pragma: no cover - the child itself
    gc.disable()  # this process ends before its rubbish could matter
    main(sys.argv[1:])
