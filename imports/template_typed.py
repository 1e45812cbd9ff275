"""The checks of what is typed in single cells of the return workbook: what the reader itself would say.

Each is a row of formulas; every rule takes a figure from here, as the rules of `imports.checks` take it from
what was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from imports import observing, template_understood
from imports import template_formulas as formulas
from imports import template_layout as layout
from imports.cells import ERROR_WORDS
from imports.reading import Line, Term, column_letters
from imports.rules import named
from imports.template_checks import (
    IS_THERE,
    PENDING,
    UNREADABLE,
    WITHHELD,
    Figure,
    Formula,
    cell,
    said,
    text,
)
from imports.template_rules_people import Parts
from imports.template_splits import Split

_LARGEST = "1E+15"


@dataclass(frozen=True)
class Row:
    """One row of the sheet of all checks. `where` and what follows are formulas; "" where there is nothing."""

    line: str
    checked: str
    rule: str
    where: str = ""
    verdict: str = ""
    short: str = ""
    message: str = ""
    typed: str = ""
    understood: str = ""
    counts: str = ""
    doubt: str = ""
    same: str = ""
    round: str = ""
    key: str = ""  # of the rule, or of what the reader says; not written


@dataclass(frozen=True)
class Kpi:
    """A row of the sheet of KPIs, found by its code wherever it stands."""

    line: Line
    term: Term
    codes: Sequence[str]

    def _column(self, key: str) -> str:
        letters = column_letters(layout.column(layout.KPI_HEADINGS, key))
        return f"{layout.KPIS}!${letters}${layout.HEADER_ROW}:${letters}${layout.HEADER_ROW + len(self.codes) + 1}"

    @property
    def _place(self) -> str:
        return f"MATCH({text(self.term.code)},{self._column('code')},0)"

    def value(self, key: str) -> str:
        """What a column holds in the row."""
        return f"INDEX({self._column(key)},{self._place})"

    def typed(self, key: str) -> str:
        """What stands in a column, and nothing where nothing does."""
        return f'IF({self.value(key)}="","",{self.value(key)})'

    def where(self, key: str) -> Formula:
        """The place of a column's cell in the row: "KPIs!F5"."""
        letters = column_letters(layout.column(layout.KPI_HEADINGS, key))
        return Formula(f'"{layout.KPIS}!{letters}"&({self._place}+{layout.HEADER_ROW - 1})')


def status(kpi: Kpi, row: int) -> Row:
    """Whether the status is one, and which."""
    typed, understood = Formula(cell("typed", row)), cell("understood", row)
    reads = template_understood.of_words(typed, among=template_understood.STATUS_WORDS, otherwise=text(UNREADABLE))
    advice = "” is not a status. Choose one from the list, or leave the cell empty."
    return Row(
        kpi.term.code,
        "The status is one of the list.",
        "V03",
        kpi.where("status"),
        f'IF({understood}="{UNREADABLE}","Error","")',
        text("Choose a status from the list"),
        said("“", Formula(f"LEFT({typed},40)"), advice),
        kpi.typed("status"),
        f'IF(ISERROR({typed}),"{UNREADABLE}",IF(TRIM({typed})="","",{reads}))',
        f'IF(OR({understood}="{UNREADABLE}",{understood}="{IS_THERE}"),"",{understood})',
        key="V03",
    )


def figure(kpi: Kpi, of: Figure, status_row: int) -> Row:
    """Whether a figure can be understood: what it counts as is what every rule asks about."""
    term, typed, understood = kpi.term, cell("typed", of.row), cell("understood", of.row)
    digits = template_understood.of_digits(typed, money=not term.whole, otherwise=text(UNREADABLE))
    words = template_understood.of_words(typed, among=template_understood.FIGURE_WORDS, otherwise=digits)
    is_wrong, advice, short = _number_faults(term, understood)
    other = _of_other(typed, understood, advice)
    if term.whole:
        other = f'IF(LEFT(TRIM({typed}),1)="£","Enter a count, not an amount of money.",{other})'
    problem = f'IF(ISNUMBER({understood}),{is_wrong},{understood}="{UNREADABLE}")'
    return Row(
        term.code,
        "What is typed is a figure of its kind, or says why there is none.",
        "V03",
        kpi.where(of.part.value),
        f'IF({problem},"Error","")',
        f'IF(ISERROR({typed}),"Mend the formula that shows an error",IF(ISNUMBER({understood}),{short},'
        '"Enter a number, or choose a status"))',
        said(f"{named(term)}: ", Formula(f"IF(ISERROR({typed}),{_of_error(typed)},{other})")),
        kpi.typed(of.part.value),
        f'IF(ISERROR({typed}),"{UNREADABLE}",IF(TRIM({typed})="",{cell("counts", status_row)},IF(ISLOGICAL({typed}),'
        f'"{UNREADABLE}",IF(ISNUMBER({typed}),{typed},{words}))))',
        f'IF({cell("verdict", of.row)}<>"","{UNREADABLE}",{understood})',
        key="V03",
    )


def _of_error(typed: str) -> str:
    names = ",".join(text(name) for name in ERROR_WORDS)
    return f'"This cell shows "&CHOOSE(ERROR.TYPE({typed}),{names})&". Correct its formula or type the figure."'


def _of_other(typed: str, understood: str, advice: str) -> str:
    none = 'OR({0}="nil",{0}="none",{0}="zero",{0}="nought",{0}="no")'.format(f"TRIM({typed})")
    how = (
        f'IF({none},"Type 0 if there were none.",'
        '"Type the figure alone, or say in words that it is not applicable or not yet available.")'
    )
    words = f'"“"&LEFT(TRIM({typed}),40)&"” is not a number. "&{how}'
    logical = f'{typed}&" is not a number. Type the figure itself."'
    return f"IF(ISNUMBER({understood}),{advice},IF(ISLOGICAL({typed}),{logical},{words}))"


def _number_faults(term: Term, number: str) -> tuple[str, str, str]:
    """When a number is no figure of an indicator, as condition, sentence and few words."""
    large = f"ABS({number})>={_LARGEST}"
    cases = [(large, "This number is too large to be a figure of a return. Type the figure again.", "Check the number")]
    if term.count_type != "L":
        cases.append((f"{number}<0", "Enter nought or more, not ", "Enter nought or more"))
    if term.whole:
        cases.append((f"{number}<>INT({number})", "Enter a whole number, not ", "Enter a whole number"))
    elif term.unit in observing.TWO_PLACES:
        places = f"{number}<>ROUND({number},2)"
        cases.append((places, "Enter at most 2 decimal places, not ", "Enter at most 2 decimal places"))
    advice = short = '""'
    for condition, sentence, few in reversed(cases):
        whole = text(sentence) if sentence.endswith(".") else f'{text(sentence)}&{number}&"."'
        advice, short = f"IF({condition},{whole},{advice})", f"IF({condition},{text(few)},{short})"
    return f"OR({','.join(condition for condition, _, _ in cases)})", advice, short


def beside_a_status(kpi: Kpi, of: Figure, status_row: int) -> Row:
    """Whether a figure stands beside a status that says that there is none."""
    stated = cell("counts", status_row)
    return Row(
        kpi.term.code,
        "A line has a figure or a status, not both.",
        "V03",
        kpi.where(of.part.value),
        f'IF(AND(ISNUMBER({of.value}),{stated}<>""),"Question","")',
        text("Clear the figure or the status"),
        said(
            *(f"{kpi.term.code} has a figure and the status “", Formula(f"TRIM({cell('typed', status_row)})")),
            "”. Clear one of the two.",
        ),
        key="status-and-figure",
    )


def day(kpi: Kpi, figures: Sequence[Figure], row: int, last: date) -> Row:
    """Whether what is not yet available has its day, and a day stands beside nothing else."""
    typed, understood = Formula(cell("typed", row)), cell("understood", row)
    awaited = _one_is(figures, PENDING)
    parsed = f"DATE(VALUE(RIGHT(TRIM({typed}),4)),VALUE(MID(TRIM({typed}),4,2)),VALUE(LEFT(TRIM({typed}),2)))"
    after, name = formulas.counted_days(last), named(kpi.term)
    undated = f"{name} is not yet available. Give the day on which it will be."
    early = f"{name} is not yet available, and its day was before the quarter ended. Correct the day."
    unmarked = f"{name} is not marked as not yet available, so the day beside it was not read."
    wrong = f'"“"&LEFT({typed},40)&"” is not a day. Write it as, for example, 31/01/2023."'
    there = f'TRIM({typed})<>""'
    return Row(
        kpi.term.code,
        "What is not yet available has the day on which it will be.",
        "V03",
        kpi.where("available"),
        f'IF({there},IF({understood}="","Error",IF(NOT({awaited}),"Warning",IF({understood}<={after},"Question",""))),'
        f'IF({awaited},"Question",""))',
        f'IF({there},IF({understood}="","Enter the day as a date",IF(NOT({awaited}),"Clear the day, or choose “Not yet '
        'available”","Give a day after the quarter")),"Give the day on which it will be available")',
        Formula(
            f'IF({there},IF({understood}="",{wrong},IF({awaited},{text(early)},{text(unmarked)})),{text(undated)})'
        ),
        kpi.typed("available"),
        f'IF(ISNUMBER({typed}),{typed},IFERROR(IF(LEN(TRIM({typed}))=10,{parsed},DATEVALUE({typed})),""))',
        key="status-day",
    )


def _one_is(figures: Sequence[Figure], word: str) -> str:
    """Whether one of these figures is not there, in this way."""
    return "OR({})".format(",".join(f'{figure.value}="{word}"' for figure in figures))


def reason(kpi: Kpi, figures: Sequence[Figure]) -> Row:
    """Whether what is withheld says why."""
    withheld = _one_is(figures, WITHHELD)
    return Row(
        kpi.term.code,
        "What is withheld says why.",
        "V03",
        kpi.where("comment"),
        f'IF(AND({withheld},TRIM({kpi.value("comment")})=""),"Error","")',
        text("Say why in the comment"),
        text(f"{named(kpi.term)} is withheld, and nothing says why. Give the reason as its comment."),
        key="status-reason",
    )


def categories(split: Split, last: int, row: int) -> Row:
    """What the rows of a breakdown say by themselves: how many numbers, whether one is wrong, and their sum."""
    parts, verdict = Parts(split, last, row), cell("verdict", row)
    said_there, names = parts.own("check"), parts.own("category")
    faults = "+".join(
        f'COUNTIF({said_there},"{begins}*")' for begins in (formulas.FIGURE_FAULT, formulas.FIGURE_OR_STATUS)
    )
    first = f'MATCH({verdict}&"*",{said_there},0)'
    letters = column_letters(layout.column(layout.BREAKDOWN_HEADINGS, "value"))
    return Row(
        f"{split.term.code}, {split.name}",
        "Each category’s figure is one, or says why there is none.",
        "V03",
        f'"{layout.BREAKDOWNS}!{letters}"&IFERROR({first}+{split.first - 1},{split.first})',
        f'IF(COUNTIF({said_there},"Error*")>0,"Error",IF(COUNTIF({said_there},"Question*")>0,"Question",""))',
        "",
        said(
            *(f"{split.term.code}, {split.name}, ", Formula(f"INDEX({names},{first})"), ": "),
            *(Formula(f'MID(INDEX({said_there},{first}),LEN({verdict})+3,99)&"."'),),
        ),
        parts.numbers,
        f'IF({faults}>0,"{UNREADABLE}","")',
        parts.sum,
        key="category",
    )


def story(row: int) -> Row:
    """What a row of the case studies says by itself."""
    check = f"'{layout.CASE_STUDIES}'!{formulas.at(layout.CASE_STUDY_HEADINGS, 'check', row)}"
    verdict = f'IF(LEFT({check},5)="Error","Error",IF(LEFT({check},7)="Warning","Warning",""))'
    letters = [column_letters(layout.column(layout.CASE_STUDY_HEADINGS, key)) for key in ("consent", "text")]
    error, warning = (f'"{layout.CASE_STUDIES}!{one}{row}"' for one in letters)
    return Row(
        f"Case study {row - layout.HEADER_ROW}",
        "A story is told only with the person’s agreement.",
        "",
        f'IF(LEFT({check},5)="Error",{error},{warning})',
        verdict,
        "",
        f'MID({check},FIND(":",{check}&":")+2,99)&"."',
        key="story",
    )
