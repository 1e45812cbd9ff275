"""A workbook of tables read as a whole."""

from dataclasses import replace

from imports import tables
from imports.series import Profile
from tests.imports.tables.makers import asides, periods, read, rules, sentence, sheet, values

CALLS = "Helpline calls answered"
TABLE = (("Indicator", "Q1 2022/23"), (CALLS, 5))


def test_any_workbook_with_a_table_is_laid_out_as_tables():
    reading = read(sheet(*TABLE), sheet(("Indicator", "Q2 2022/23"), ("Spend", 6), name="Money"))

    assert reading.layout == "tables"
    assert [(table.sheet, table.first) for table in reading.tables] == [("Hub", "A1"), ("Money", "A1")]


def test_a_workbook_without_a_table_has_no_layout():
    assert read(sheet(("Thank you for your patience.",))).layout is None


def test_a_csv_has_a_sheet_without_a_name():
    reading = read(sheet(*TABLE, name=None))

    assert [(seen.sheet, seen.cell) for seen in reading.observations] == [(None, "B2")]


def test_hidden_sheets_rows_and_columns_are_read_only_where_somebody_says_so():
    hub = sheet(*TABLE, ("Spend", 6), hidden={"A3", "B3"})
    money = replace(sheet(("Indicator", "Q1 2022/23"), ("Spend", 7), name="Money"), hidden=True)

    plain, whole = read(hub, money), read(hub, money, profile=Profile(with_hidden=True))

    assert values(plain) == {"B2": 5}
    assert asides(plain) == {"B3": "hidden", "B2": "hidden"}
    assert rules(plain) == ["hidden-figures", "hidden-figures"]
    assert [(seen.sheet, seen.cell) for seen in whole.observations] == [("Hub", "B2"), ("Hub", "B3"), ("Money", "B2")]
    assert "hidden-figures" not in rules(whole)


def test_a_workbook_of_which_all_is_hidden_is_asked_about():
    reading = read(replace(sheet(*TABLE), hidden=True))

    assert (reading.layout, rules(reading)) == (None, ["unknown-layout", "hidden-figures"])


def test_sheets_are_looked_at_up_to_a_number_of_cells(monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 8)
    large = sheet(("Indicator", "Q1 2022/23"), (CALLS, 5), ("Spend", 6), name="Large")

    reading = read(sheet(*TABLE), large, sheet(("Indicator", "Q2 2022/23"), (CALLS, 7), name="Small"))

    assert [seen.sheet for seen in reading.observations] == ["Hub", "Small"]
    assert sentence(reading, "sheet-too-large").startswith("This sheet holds 6 cells. A workbook is read up to 8,")


def test_a_workbook_of_which_all_is_too_large_says_so(monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 3)

    reading = read(sheet(*TABLE))

    assert (reading.layout, rules(reading)[0], periods(reading)) == ("tables", "sheet-too-large", {})


def test_reading_the_same_workbook_twice_says_the_same():
    sheets = (sheet(*TABLE, ("Kettles boiled", 6), ("Target", 9)), sheet(("Telephone", 1234), name="Lists"))

    assert read(*sheets) == read(*sheets)
