"""The formulas of the rules about people counted in several ways, and about breakdowns beside their totals.

Each says in a spreadsheet what the rule of its key says on the page, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imports import template_layout as layout
from imports import template_splits
from imports.reading import Part, column_letters
from imports.relations import RELATIONS
from imports.rules import named, part_named
from imports.template_checks import Asked, Check, Figure, Formula, cell, compiled, said, text, together
from imports.template_splits import Split


@compiled("supported-within-caseload")
def supported_within_caseload(asked: Asked) -> Iterator[Check]:
    for caseload in RELATIONS.caseloads:
        if found := asked.all_of(caseload.opening, caseload.added, caseload.supported):
            start, added, people = found
            yield Check(
                people,
                f"AND({together(*found)},{people.value}>{start.value}+{added.value})",
                said(
                    *(f"{named(people.term)} is ", people.value, ", more than the ", start.value),
                    *(f" of {caseload.opening} and the ", added.value, f" of {caseload.added} together. "),
                    "Check all three.",
                ),
                Formula(text("More than were in the caseload")),
                (start, added),
            )


@compiled("households-hold-people")
def households_hold_people(asked: Asked) -> Iterator[Check]:
    for relation in RELATIONS.households:
        if found := asked.all_of(relation.households, *relation.people):
            homes, *people = found
            together_ = Formula(f"({'+'.join(one.value for one in people)})")
            yield Check(
                homes,
                f"AND({together(*found)},{homes.value}>{together_})",
                said(
                    *(f"{named(homes.term)} is ", homes.value, f", more than {' and '.join(relation.people)} "),
                    *("together (", together_, "). Check all of them."),
                ),
                Formula(text("More households than people")),
                tuple(people),
            )


@compiled("pathway-narrows")
def pathway_narrows(asked: Asked) -> Iterator[Check]:
    for pathway in RELATIONS.pathways:
        for earlier, later in pairwise(pathway.stages):
            before, after = asked.figure(*earlier), asked.figure(*later)
            if before and after:
                yield Check(
                    after,
                    f"AND({together(before, after)},{after.value}>{before.value})",
                    said(
                        *(f"{part_named(asked.context, *later)} is ", after.value, ", more than "),
                        *(f"{part_named(asked.context, *earlier)} (", before.value, "). Check both, or say in the "),
                        "comment who was counted before.",
                    ),
                    said("More than the ", before.value, f" of {earlier[0]}"),
                    (before,),
                )


@compiled("breakdown-sums-to-total")
def breakdown_sums_to_total(asked: Asked) -> Iterator[Check]:
    wholes = list(_wholes(asked))
    for place, (parts, whole) in enumerate(wholes):
        split, total = parts.split, whole.value
        others = [one.split.term is split.term and one.split.adds for one, _ in wholes]
        before = [one for (one, _), other in zip(wholes[:place], others[:place], strict=True) if other]
        after = [one for (one, _), other in zip(wholes[place + 1 :], others[place + 1 :], strict=True) if other]
        fails, said_ = _does_not_add_up(parts, total, before, after) if split.adds else _exceeds(parts, total)
        short = "parts come to " if split.adds else "one part is "
        yield Check(
            whole,
            f"AND({together(whole)},{parts.given}>0,{fails})",
            said(f"{split.term.code} is ", total, *said_),
            said(f"{split.name}: {short}", parts.added, ", not ", total),
            doubt=(parts.faults,),
        )


def _does_not_add_up(
    parts: Parts, total: str, before: Sequence[Parts], after: Sequence[Parts]
) -> tuple[str, tuple[str, ...]]:
    """When a breakdown does not come to its whole and no breakdown before says the same; those after are named."""
    told = "".join(f",NOT({one.comes_to_the_same(parts, total)})" for one in before)
    fails = f"OR({parts.added}>{total},AND({parts.is_complete},{parts.added}<>{total})){told}"
    names = [f", but the categories of {parts.split.name} ({parts.range})"]
    for one in after:
        also = text(f" and of {one.split.name} ({one.range})")
        names.append(Formula(f'IF({one.comes_to_the_same(parts, total)},{also},"")'))
    return fails, (*names, " add up to ", parts.added, ". Correct the total or the categories.")


def _exceeds(parts: Parts, total: str) -> tuple[str, tuple[str, ...]]:
    """When one category alone is more than the whole, where somebody may be in several."""
    name = f", but one category of {parts.split.name} ({parts.range}) is "
    return f"{parts.added}>{total}", (name, parts.added, ". Correct one of the two.")


@compiled("breakdown-unfinished")
def breakdown_unfinished(asked: Asked) -> Iterator[Check]:
    for parts, whole in _wholes(asked):
        if parts.split.adds:
            yield Check(
                whole,
                f"AND({together(whole)},{parts.given}>0,{parts.blank}>0,{parts.added}<{whole.value})",
                said(
                    f"{parts.split.term.code} is ",
                    *(whole.value, f", but the categories of {parts.split.name} given so far add up to ", parts.added),
                    ". Fill in the blank ones, with 0 where there were none.",
                ),
                Formula(text(f"{parts.split.name}: fill in the blank ones")),
                doubt=(parts.faults,),
                where=parts.first_blank,
            )


def _wholes(asked: Asked) -> Iterator[tuple[Parts, Figure]]:
    """Every breakdown that is asked for, and the figure that it splits."""
    for split in asked.splits:
        row = asked.split_rows[split.term.code, split.name]
        yield Parts(split, asked.splits[-1].last, row), asked.figures[split.term.code, Part.VALUE]


@dataclass(frozen=True)
class Parts:
    """The rows of one breakdown, also those pasted beneath, and the row of all checks that looks at them."""

    split: Split
    last: int  # row of the sheet's table
    row: int

    @property
    def given(self) -> str:
        """The cell that counts its numbers."""
        return cell("typed", self.row)

    @property
    def faults(self) -> str:
        """The cell that says whether something is wrong with one of its figures."""
        return cell("understood", self.row)

    @property
    def added(self) -> Formula:
        """The cell with the sum of its figures, or the largest where they do not add up."""
        return Formula(cell("counts", self.row))

    @property
    def is_complete(self) -> str:
        """Whether every category has a number."""
        return f"{self.given}={len(self.split.categories)}"

    def comes_to_the_same(self, other: Parts, total: str) -> str:
        """Whether what is said of the other breakdown has been said of this one."""
        fails = f"OR({self.added}>{total},{self.is_complete})"
        return f'AND({self.faults}="",{self.given}>0,{self.added}={other.added},{fails})'

    def _column(self, key: str) -> str:
        column = template_splits.column(key, self.last + template_splits.MORE_ROWS)
        return f"{layout.BREAKDOWNS}!{column}"

    def own(self, key: str) -> str:
        """A column of its own rows."""
        return f"{layout.BREAKDOWNS}!{template_splits.column(key, self.split.last, first=self.split.first)}"

    @property
    def _same(self) -> str:
        split = self.split
        return f"{self._column('code')},{text(split.term.code)},{self._column('breakdown')},{text(split.name)}"

    @property
    def numbers(self) -> str:
        """How many numbers there are."""
        return f'COUNTIFS({self._same},{self._column("value")},">=0")'

    @property
    def sum(self) -> str:
        """What its figures add up to, or the largest where they do not add up."""
        return f"SUMIFS({self._column('value')},{self._same})" if self.split.adds else f"MAX({self.own('value')})"

    @property
    def blank(self) -> str:
        """How many categories have neither a figure nor a status."""
        given = f'COUNTIFS({self._same},{self._column("value")},"<>")'
        return f'({len(self.split.categories)}-{given}-COUNTIFS({self._same},{self._column("status")},"?*"))'

    @property
    def range(self) -> str:
        """As in "Breakdowns!E5 to E16"."""
        letters = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, "value"))
        return f"{layout.BREAKDOWNS}!{letters}{self.split.first} to {letters}{self.split.last}"

    @property
    def first_blank(self) -> Formula:
        """Where the first of its own rows is that has neither a figure nor a status."""
        letters = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, "value"))
        value, status = self.own("value"), self.own("status")
        rows = f'SUMPRODUCT(MIN(ROW({value})+({value}<>"")*100000+({status}<>"")*100000))'
        return Formula(f'"{layout.BREAKDOWNS}!{letters}"&{rows}')
