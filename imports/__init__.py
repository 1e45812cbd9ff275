"""From a workbook's bytes to a Reading. Pure: no Flask, no database, no clock, no network."""
