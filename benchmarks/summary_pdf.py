"""What the impact summary costs as PDF, as a ratio to typst writing one empty page.

Run as `python -m benchmarks.summary_pdf`. Processor time in one run of one process, once warm; the first PDF is
stated apart. Every PDF is another one, so that nothing remembered of the last flatters the next. Asserts nothing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "summaries"))

from arrangements import Joint, set_up  # noqa: E402

from config import settings  # noqa: E402
from dacommission import create_app  # noqa: E402
from dacommission.summaries.document import Document  # noqa: E402
from dacommission.summaries.exports import Imprint, pdf  # noqa: E402
from dacommission.summaries.live import live  # noqa: E402
from tests.conftest import ENVIRONMENT, migrate_up  # noqa: E402

BOUND = 300  # milliseconds
RUNS = 15
MOMENT = datetime(2023, 9, 1, 9, 30, tzinfo=UTC)


def main() -> None:
    document = _summary()
    first = _cost(lambda run: _written(document, 1000 + run), range(1))
    warm = _cost(lambda run: _written(document, run), range(RUNS))
    empty = _cost(lambda run: _written(Document(f"Summary {run}"), run), range(RUNS))
    print(f"{len(document.blocks)} blocks, {len(_written(document, 0)):,} bytes")
    print(f"the first PDF of a process  {first:6.1f} ms CPU")
    print(f"typst, an empty page        {empty:6.1f} ms CPU")
    print(f"the summary, once warm      {warm:6.1f} ms CPU  {warm / empty:4.1f} times  (bound: {BOUND} ms)")


def _summary() -> Document:
    """The summary of 2022/23."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings({**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{folder}/summary.db"}))
        migrate_up(app)
        with app.app_context():
            set_up()
            return live(Joint().summary, today=date(2023, 9, 1)).document


def _written(document: Document, run: int) -> bytes:
    at = MOMENT + timedelta(seconds=run)
    titled = replace(document, subtitle=f"{document.subtitle} {run}")
    return pdf.to_pdf(titled, Imprint("A commissioner", at, f"moment {run}", "Live figures"))


def _cost(job: Callable[[int], object], runs: range) -> float:
    """Median processor time in milliseconds."""
    times = []
    for run in runs:
        start = time.process_time()
        job(run)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
