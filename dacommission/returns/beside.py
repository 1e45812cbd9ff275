"""What was read beside the workbook it was read from: each figure leads to its cell, each cell to its figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from dacommission.returns import shown
from dacommission.returns.fates import fates
from dacommission.returns.grid import GridSheet, cell_id, grids, href, ids_of
from dacommission.returns.models import Upload
from dacommission.returns.shown import CellLink, FigureRow, PassageRow, ProblemRow
from imports.checks import personal
from imports.corrections import is_absent
from imports.personal_data import NOT_REPEATED
from imports.reading import Observation, Reading, Severity, Vocabulary, Workbook
from imports.series import Reason
from imports.sheets import Spot
from imports.tally import REASONS, Tally, tally

ABSENT = "(not in the file)"
MOST_FIGURES = 2_000  # in one table; of more, those of which something is said and the first
MOST_LINKS = 200  # of one kind of cell
UNMATCHED = "Of these, not known as a KPI: they count towards nothing"
ROLES = (Severity.ERROR, Severity.QUESTION, Severity.WARNING)


@dataclass(frozen=True)
class Counted:
    """One kind of numbers in a workbook, how many there are, and links to the first of them."""

    words: str
    count: int
    links: Sequence[tuple[str, str]]  # place, and address on the page; "" where it is not shown
    more: int  # how many have no link

    @classmethod
    def of(cls, words: str, spots: Sequence[Spot], there: Collection[str]) -> Counted:
        """The numbers at these cells; `there` are the places of the page that links can lead to."""
        links = [(shown.place(*spot), _link(spot, there)) for spot in spots[:MOST_LINKS]]
        return cls(words, len(spots), links, len(spots) - len(links))


@dataclass(frozen=True)
class Beside:
    """The parts of a page that shows both."""

    sheets: Sequence[GridSheet]
    figures: Sequence[FigureRow]
    problems: Sequence[ProblemRow]
    passages: Sequence[PassageRow]
    count: int  # of all figures, also those that the table has no room for

    @property
    def lists(self) -> list[tuple[str, list[ProblemRow]]]:
        """Errors, questions and warnings, each under its heading."""
        return [
            (shown.MANY[severity].capitalize(), [row for row in self.problems if row.severity == severity])
            for severity in ROLES
        ]


@dataclass(frozen=True)
class Counts:
    """What became of all numbers of a workbook: the three kinds add up."""

    figures: Counted
    unmatched: Counted  # those of the figures that are of no indicator, and count towards nothing
    others: Sequence[Counted]  # by reason
    unknown: Counted
    numbers: int
    some_hidden: bool  # whether hidden numbers were left out

    @property
    def not_figures(self) -> int:
        """How many numbers are known to be no figures."""
        return sum(one.count for one in self.others)


def of_reading(reading: Reading, vocabulary: Vocabulary) -> tuple[Beside, Counts | None]:
    """A file that was read and is not kept; there are no counts of one that could not be opened."""
    counted = tally(reading)
    own = fates(
        reading.observations,
        reading.problems,
        passages=reading.passages,
        asides=reading.asides,
        unknown=counted.unknown,
        corrected={one.replaced.spot for one in reading.corrected},
    )
    back = personal(reading.problems)
    sheets = grids(reading.workbook, own, back) if reading.workbook else []
    there = set(ids_of(sheets))
    figures = shown.figures(reading.observations, vocabulary, reading.corrected)
    rows = [_of_page(one, row, back) for one, row in zip(reading.observations, figures, strict=True)]
    passages = [
        replace(row, heading=NOT_REPEATED, lines=[]) if one.spot in back else row
        for one, row in zip(reading.passages, shown.passages(reading.passages), strict=True)
    ]
    problems = _placed(shown.problems(reading.problems), there, rows)
    matched = {one.spot for one in reading.observations if one.indicator}
    beside = Beside(sheets, _fitting(_linked(rows, there), problems), problems, passages, len(rows))
    return beside, _counts(counted, matched, there) if reading.workbook else None


def of_upload(upload: Upload, workbook: Workbook, vocabulary: Vocabulary) -> Beside:
    """A file that is kept, and what was kept of it, as it stands."""
    standing = upload.standing
    own = fates(standing, upload.outstanding, passages=upload.passages)
    sheets = grids(workbook, own)
    there = set(ids_of(sheets))
    problems = _placed(shown.problems(upload.outstanding), there)
    figures = _linked(shown.figures(standing, vocabulary), there)
    passages = shown.passages(upload.passages)
    return Beside(sheets, _fitting(figures, problems), problems, passages, len(figures))


def _fitting(figures: Sequence[FigureRow], problems: Iterable[ProblemRow]) -> Sequence[FigureRow]:
    """As many figures as a page can show."""
    if len(figures) <= MOST_FIGURES:
        return figures
    told = {cell.place for problem in problems for cell in problem.cells}
    wanted = [row for row in figures if row.place in told or row.correction][:MOST_FIGURES]
    others = [row for row in figures if row.place not in told and not row.correction]
    shown_ = {id(row) for row in [*wanted, *others][:MOST_FIGURES]}
    return [row for row in figures if id(row) in shown_]


def _counts(found: Tally, matched: Collection[Spot], there: Collection[str]) -> Counts:
    unmatched = [spot for spot in found.figures if spot not in matched]
    return Counts(
        figures=Counted.of("Figures", found.figures, there),
        unmatched=Counted.of(UNMATCHED, unmatched, there),
        others=[Counted.of(_begun(REASONS[reason]), spots, there) for reason, spots in found.others.items()],
        unknown=Counted.of(_begun(REASONS[Reason.UNKNOWN]), found.unknown, there),
        numbers=found.numbers,
        some_hidden=Reason.HIDDEN in found.others,
    )


def _begun(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def spot_name(sheet: str | None, cell: str) -> str:
    """A cell as a button of the page names it."""
    return f"{cell}!{sheet or ''}"


def _of_page(one: Observation, row: FigureRow, back: Collection[Spot]) -> FigureRow:
    """A figure that may be corrected, without what must not be repeated."""
    if one.indicator:
        row = replace(row, spot=spot_name(one.sheet, one.cell), shown=ABSENT if is_absent(one.cell) else row.shown)
    if one.spot in back:
        row = replace(row, shown=NOT_REPEATED, label=NOT_REPEATED, category="", correction="")
    return replace(row, comment=NOT_REPEATED) if (one.sheet, one.comment_cell) in back else row


def _linked(rows: Iterable[FigureRow], there: Collection[str]) -> list[FigureRow]:
    """Each figure with the address of its cell, where that is shown."""
    return [replace(row, cell=name) if (name := cell_id(None, row.place)) in there else row for row in rows]


def _placed(
    problems: Iterable[ProblemRow], there: Collection[str], figures: Iterable[FigureRow] = ()
) -> list[ProblemRow]:
    """Problems whose cells lead to the grid, or to the figure where the grid does not show the cell."""
    spots = {figure.place: figure.spot for figure in figures}

    def led(cell: CellLink) -> CellLink:
        name = cell_id(None, cell.place)
        return replace(cell, anchor=name if name in there else cell.anchor, spot=spots.get(cell.place, ""))

    return [replace(row, cells=tuple(led(cell) for cell in row.cells)) for row in problems]


def _link(spot: Spot, there: Collection[str]) -> str:
    name = cell_id(*spot)
    return href(name) if name in there else ""
