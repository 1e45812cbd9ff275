"""Where each breakdown stands on the return workbook's sheet of breakdowns, one row a category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imports import observing
from imports import template_layout as layout
from imports.reading import Line, Part, Term, Vocabulary, column_letters

FIRST = layout.HEADER_ROW + 1
MORE_ROWS = 500  # beneath the list, that sums take in when pasted


@dataclass(frozen=True, slots=True)
class Split:
    """One way in which one indicator is split, and where its rows start."""

    term: Term
    name: str
    categories: tuple[str, ...]
    adds: bool  # whether its parts come to the whole
    first: int

    @property
    def last(self) -> int:
        """The row of its last category."""
        return self.first + len(self.categories) - 1


def splits(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Split]:
    """The breakdowns of what is given as one number; a rate is not split."""
    row = FIRST
    for term in (vocabulary.terms[line.code] for line in lines):
        for key in term.breakdowns if observing.parts(term) == (Part.VALUE,) else ():
            if categories := vocabulary.breakdowns[key]:
                yield Split(term, vocabulary.breakdown_names[key], categories, key not in vocabulary.multiple, row)
                row += len(categories)


def column(key: str, last: int, *, first: int = FIRST) -> str:
    """A column of the sheet as its own formulas name it: "$E$5:$E$512"."""
    letters = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, key))
    return f"${letters}${first}:${letters}${last}"
