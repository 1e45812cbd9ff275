"""From a workbook's bytes to a Reading. Pure: no Flask, no database, no clock, no network."""

READER_VERSION = "1"  # goes up whenever the same bytes could be read differently; kept with every upload
