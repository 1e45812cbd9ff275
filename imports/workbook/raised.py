"""Words written above the line, such as the ¹ of "Apr¹", as characters that say so.

A note's mark must not read as a digit of what it stands beside. Knows no file format.
"""

from __future__ import annotations

import re

SUPERSCRIPT = "superscript"  # how Excel says it
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
WORD = re.compile(r"[^\W\d_]{2}")  # letters that stand together: the "th" of 30th, "TM"
MARK = "†"
BETWEEN_MARKS = " ,;()"


def raised(text: str) -> str:
    """A raised run as a reader of plain text would write it: digits raised, a letter that marks a note as "†".

    Longer words stay as they are: whoever raised them meant to be read.
    """
    word = text.strip()
    if not word or WORD.search(word):
        return text
    marks = "".join(MARK if letter.isalpha() else letter for letter in word if letter not in BETWEEN_MARKS)
    return text.replace(word, marks.translate(RAISED))
