"""How much of a file is read before it is refused. All are well above the largest real workbook seen.

Constants alone. They are counted while reading, never taken from what a file says of itself.
"""

from __future__ import annotations

MIB = 1024 * 1024

UPLOAD = 10 * MIB  # bytes of the file itself

# The zip package and its parts.
PARTS = 1_000
PART = 100 * MIB  # bytes of one part, inflated
INFLATED = 150 * MIB  # bytes of all parts read, inflated
RATIO = 200  # inflated to compressed, once a part has passed RATIO_FROM bytes
RATIO_FROM = 5 * MIB

# XML.
DEPTH = 64
TOKEN = MIB  # bytes of one tag with its attributes

# Workbooks.
SHEETS = 100
CELLS = 500_000  # that are not empty, in the whole workbook
ROWS = 1_048_576
COLUMNS = 16_384
MERGES = 20_000
MERGE_STEPS = 20_000_000  # cells looked at to find those under merges
TEXT = 32_767  # characters in one cell
STRINGS = 600_000
STYLES = 65_536
FORMULAS_IN_WORDS = 20_000  # of one sheet of the older format; the others are known to be formulas

# Delimited text.
LINE = 1_000_000  # characters in one line

# The second opinion lays a sheet out in full, so only files that fit are given to it.
SECOND_OPINION_AREA = 2_000_000  # rows × columns of all sheets
SECOND_OPINION_PROBLEMS = 20
