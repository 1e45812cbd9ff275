"""Two years of returns, each made as a workbook, filled in, read, submitted and accepted as people would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from dacommission.accounts.models import User
from dacommission.commissioning.models import Contract
from dacommission.cycle.opening import open_returns
from dacommission.demo import figures, negotiation, own_layout
from dacommission.demo.figures import Fraction, Quarters
from dacommission.demo.registry import PERPETRATORS, VICTIMS
from dacommission.indicators.store import vocabulary
from dacommission.returns import actions
from dacommission.returns.expected import expected
from dacommission.returns.models import Return, Upload
from dacommission.review.acceptance import Seen, accept
from dacommission.submission.actions import submit
from dacommission.submission.asked import Asked, asked_of
from dacommission.submission.explaining import Draft, save_explanations
from dacommission.web.clock import LONDON, end_of_day, working_days_after
from imports.read import read
from imports.reading import Part, Passage
from imports.template import Entry, filled_template
from imports.template_layout import ANSWER, NARRATIVE_QUESTIONS, STORY

Counts = Mapping[str, Quarters]
Rates = Mapping[str, Fraction]
YEARS: Mapping[str, Mapping[int, tuple[Counts, Rates]]] = {
    VICTIMS: {
        2021: (figures.VICTIMS_2021, figures.VICTIM_RATES_2021),
        2022: (figures.VICTIMS_2022, figures.VICTIM_RATES_2022),
    },
    PERPETRATORS: {
        2021: (figures.PERPETRATORS_2021, figures.PERPETRATOR_RATES_2021),
        2022: (figures.PERPETRATORS_2022, figures.PERPETRATOR_RATES_2022),
    },
}
# Words of one return, invented as the figures are.
TOLD = (VICTIMS, 2022, 4)
PASSAGES = (
    Passage(ANSWER, None, "", NARRATIVE_QUESTIONS[0], "The helpline opened at weekends. More calls were answered."),
    Passage(ANSWER, None, "", NARRATIVE_QUESTIONS[1], "Move-on homes were few. A plan was agreed with housing."),
    Passage(
        STORY,
        None,
        "",
        "A home of their own (an invented story)",
        "A parent came to a refuge with children and little else.\n"
        "After a safety plan and help with school, they moved to a home of their own.",
        True,
    ),
)
SWUNG = "The figure is right and was checked against the case records (invented)."
MISSED = "The target was missed in this quarter (invented)."
ACTION = "Looked at with the commissioner at the next review meeting (invented)."
NEXT_REVIEW = date(2023, 9, 29)
COMMENTS = {("SA-10", 3): "Fewer move-on homes over the winter; two units were out of use for repairs."}


def codes(reference: str) -> list[str]:
    """The indicators a contract reports."""
    counts, rates = YEARS[reference][2022]
    return [*counts, *rates]


def add_returns(contract: Contract, *, manager: User, reviewer: User, opener: User, say: Callable[[str], None]) -> None:
    """The contract's returns of both years, accepted."""
    for year, (counts, rates) in YEARS[contract.reference].items():
        for due in open_returns(contract, year, by=opener):
            say(f"  {due}")
            _take_through(due, list(_entries(due, counts, rates)), manager=manager, reviewer=reviewer)


def _take_through(due: Return, entries: list[Entry], *, manager: User, reviewer: User) -> None:
    """Takes a return through every step, in the afternoon it is due; one of them with a slip that is asked about."""
    at = due.due_at - timedelta(hours=8)
    query = None
    if (due.contract.reference, due.financial_year, due.quarter) == negotiation.SLIPPED:
        early = at - timedelta(days=1)
        upload = _hand_in(due, list(negotiation.slipped(entries)), manager=manager, at=early)
        asked_at = early + timedelta(hours=2)
        query = negotiation.ask_about_slip(due, upload, by=reviewer, owner=manager, at=asked_at)
    if (due.contract.reference, due.financial_year, due.quarter) == own_layout.OWN:
        own_layout.send_own_workbook(due, entries, by=manager, at=at)
    upload = _hand_in(due, entries, manager=manager, at=at)
    later = end_of_day(working_days_after(due.due_at.astimezone(LONDON).date(), 4)) - timedelta(hours=13)
    if query is not None:
        negotiation.settle(query, provider=manager, commissioner=reviewer, at=later - timedelta(hours=3))
    seen = Seen(upload, upload.revision, due.version, number=0)
    accept(due, seen=seen, by=reviewer, at=later)


def _hand_in(due: Return, entries: list[Entry], *, manager: User, at: datetime) -> Upload:
    """Fills in the workbook made for a return, uploads it, explains it and submits it."""
    wanted, words = expected(due), vocabulary()
    content = filled_template(wanted, words, entries, _passages(due))
    name = f"{due.contract.reference} {due.period.key}.xlsx"
    reading = read(content, filename=name, vocabulary=words, expected=wanted)
    upload = actions.receive(due, content=content, filename=name, reading=reading, by=manager, at=at)
    said = {asked.code: _explained(asked) for asked in asked_of(due, upload)}
    save_explanations(due, said, by=manager, at=at)
    submit(due, upload=upload, version=due.version, by=manager, at=at)
    return upload


def _explained(asked: Asked) -> Draft:
    """An invented explanation of a figure that asks for one."""
    if asked.needs_action:
        return Draft(asked.comment or MISSED, "Demand and staffing changed (invented).", ACTION, NEXT_REVIEW)
    return Draft(asked.comment or SWUNG, "Referrals from partners changed (invented).", "", None)


def _passages(due: Return) -> Sequence[Passage]:
    """What the return says besides its figures; most say nothing."""
    return PASSAGES if (due.contract.reference, due.financial_year, due.quarter) == TOLD else ()


def _entries(due: Return, counts: Counts, rates: Rates) -> Iterator[Entry]:
    categories = vocabulary().breakdowns
    quarter = due.quarter - 1
    for code, quarters in counts.items():
        yield Entry(code, value=quarters[quarter])
        for breakdown, weights in figures.BREAKDOWNS.get(code, {}).items():
            shares = figures.split_quarters(code, quarters, weights)[quarter]
            for category in categories[breakdown]:
                yield Entry(code, value=shares.get(category, 0), breakdown=breakdown, category=category)
    for code, (above, below) in rates.items():
        yield Entry(code, Part.NUMERATOR, above[quarter], comment=COMMENTS.get((code, due.quarter), ""))
        yield Entry(code, Part.DENOMINATOR, below[quarter])
