"""The words that are understood in place of a figure, as the return workbook's sheet of lists gives them.

Its formulas understand what `imports.cells` does: a number typed as text, "n/a", "awaiting the register".
"""

from __future__ import annotations

from imports import cells, statuses
from imports import template_layout as layout
from imports.reading import Status, column_letters
from imports.template_checks import GIVEN_NOT, IS_THERE, MISSING, PENDING, WITHHELD

_READINGS = {Status.MISSING: MISSING, Status.PENDING: PENDING, Status.WITHHELD: WITHHELD}
_FIRST = layout.HEADER_ROW + 1

# Those that may stand in place of a figure come first; those that say that a figure is there, last.
FOR_NO_FIGURE = (
    *((word, _READINGS.get(status, GIVEN_NOT)) for status, words in cells.PHRASES.items() for word in words),
    *(("–", MISSING), ("—", MISSING), ("−", MISSING), ("awaiting", PENDING), ("awaited", PENDING)),
    *(("withheld", WITHHELD), ("with-held", WITHHELD)),
)
WORDS = (*FOR_NO_FIGURE, *((word, IS_THERE) for word in sorted(statuses.THERE) if word))
BEGINNINGS = (
    *((f"{word} ", PENDING) for word in ("awaiting", "awaited", "to be confirmed", "tbc", "tbd")),
    *((f"{word} ", PENDING) for word in ("not yet available", "to follow")),
    *(("withheld", GIVEN_NOT), ("with-held", GIVEN_NOT)),  # and why
)


def column(key: str, rows: int) -> str:
    """The first rows of a column of the sheet of lists: "Lists!$E$5:$E$80"."""
    letters = column_letters(layout.column(layout.LIST_HEADINGS, key))
    return f"{layout.LISTS}!${letters}${_FIRST}:${letters}${_FIRST + rows - 1}"


FIGURE_WORDS = column("words", len(FOR_NO_FIGURE))
STATUS_WORDS = column("words", len(WORDS))


def of_words(typed: str, *, among: str, otherwise: str) -> str:
    """What a text says, as a formula: one of the words `among` those of the list, or `otherwise`, a formula."""
    tidy = f"TRIM({typed})"
    exactly = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({tidy},"~","~~"),"*","~*"),"?","~?")'
    known = f"INDEX({column('reading', len(WORDS))},MATCH({exactly},{among},0))"
    starts, reads = (column(key, len(BEGINNINGS)) for key in ("beginning", "reading_of_beginning"))
    begins = f"LEFT({tidy},LEN({starts}))={starts}"
    which = f"SUMPRODUCT(MAX(({begins})*(ROW({starts})-{_FIRST - 1})))"
    return f"IFERROR({known},IF({which}>0,INDEX({reads},{which}),{otherwise}))"


def of_digits(typed: str, *, money: bool, otherwise: str) -> str:
    """A number that was typed as text, written as people write numbers, and a small number that is hidden."""
    tidy = f'SUBSTITUTE(TRIM({typed}),"£","")' if money else f"TRIM({typed})"
    value = f'VALUE(SUBSTITUTE({tidy},",",""))'
    forms = ",".join(f'{tidy}=TEXT({value},"{form}")' for form in ("0", "#,##0", "0.0", "0.00", "#,##0.00"))
    small = f'VALUE(SUBSTITUTE(MID(TRIM({typed}),2,5),"=",""))'
    hidden = f'IF(LEFT(TRIM({typed}),1)="<",{small}<={cells.LARGEST_SUPPRESSED},FALSE)'
    return f'IF(IFERROR(OR({forms}),FALSE),{value},IF(IFERROR({hidden},FALSE),"{GIVEN_NOT}",{otherwise}))'
