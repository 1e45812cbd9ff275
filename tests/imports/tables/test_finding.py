"""Where tables stand on a sheet: their headings, their labels and their figures."""

from tests.imports.tables.makers import found

QUARTERS = ("Indicator", "Q1", "Q2")
CALLS, CASES = ("Calls answered", 5, 6), ("Cases closed", 7, 8)


def places(tables):
    return [(table.first, table.last) for table in tables]


def headings(table):
    return [row.number for row in table.headings]


def test_a_table_has_headings_labels_and_figures():
    (table,) = found(("Our return",), (), QUARTERS, CALLS, CASES)

    assert (table.first, table.last) == ((3, 1), (5, 3))
    assert (headings(table), table.labels, table.values) == ([3], (1,), (2, 3))
    assert [row.number for row in table.above] == [1]
    assert [row.number for row in table.rows] == [4, 5]


def test_a_blank_row_does_not_end_a_table():
    (table,) = found(QUARTERS, CALLS, (), (), CASES)

    assert [row.number for row in table.rows] == [2, 5]


def test_tables_follow_one_another_each_with_its_headings():
    first, second = found(("Hub",), QUARTERS, CALLS, (), ("Refuge",), QUARTERS, CASES)

    assert places([first, second]) == [((2, 1), (3, 3)), ((6, 1), (7, 3))]
    assert [row.number for row in second.above] == [5]


def test_rows_far_below_in_other_columns_are_another_table():
    above, below = found(
        QUARTERS, CALLS, CASES, (), (), (), (None, None, None, "Nights", 9), (None, None, None, "x", 8)
    )

    assert places([above, below]) == [((1, 1), (3, 3)), ((7, 4), (8, 5))]


def test_rows_a_little_below_in_other_columns_are_still_the_table():
    (table,) = found(QUARTERS, CALLS, CASES, (), (None, None, None, "Nights", 9))

    assert [row.number for row in table.rows][:2] == [2, 3]


def test_rows_far_below_in_the_same_columns_are_still_the_table():
    (table,) = found(QUARTERS, CALLS, (), (), (), CASES)

    assert table.last == (6, 3)


def test_tables_stand_side_by_side_where_a_column_of_labels_comes_again():
    left, right = found((*QUARTERS, *QUARTERS), (*CALLS, *CASES), ("Cases open", 1, 2, "Nights", 3, 4))

    assert (left.labels, left.values, right.labels, right.values) == ((1,), (2, 3), (4,), (5, 6))


def test_tables_stand_side_by_side_with_a_blank_column_between_them():
    left, right = found((*QUARTERS, None, "Measure", "Q3"), (*CALLS, None, "Cases", 7))

    assert (left.values, right.labels, right.values) == ((2, 3), (5,), (6,))


def test_a_column_of_words_beside_figures_is_no_other_table():
    (table,) = found(("Indicator", "Q1", "Remarks", "Q2"), ("Calls", 5, "fewer staff", 6), ("Cases", 7, "as ever", 8))

    assert table.values == (2, 4)


def test_columns_of_words_right_of_the_figures_hold_none():
    (table,) = found((*QUARTERS, "What happened"), (*CALLS, "fewer staff"), CASES)

    assert table.values == (2, 3)


def test_a_definition_and_a_unit_beside_the_label_are_labels_too():
    (table,) = found(("Indicator", "Definition", "Unit", "Q1"), ("Calls", "those answered", "calls", 5))

    assert (table.labels, table.values) == ((1, 2, 3), (4,))


def test_numbers_of_rows_in_front_are_labels():
    (table,) = found(("No.", "Indicator", "Q1"), (1, "Calls", 5), (2, "Cases", 6), (3, "Nights", 7))

    assert (table.labels, table.values) == ((1, 2), (3,))


def test_years_in_front_label_their_rows():
    (table,) = found(("Year", "Calls", "Cases"), (2020, 5, 6), (2021, 7, 8), (2022, 9, 10))

    assert (table.labels, table.values) == ((1,), (2, 3))


def test_figures_in_front_that_are_no_years_are_figures():
    (table,) = found(("Calls", "Cases"), (5, 6), (7, 8))

    assert (table.labels, table.values) == ((), (1, 2))


def test_a_list_without_headings_is_a_table():
    (table,) = found(("Calls answered", 5), ("Cases closed", 7))

    assert (headings(table), table.labels, table.values) == ([], (1,), (2,))


def test_marks_without_headings_are_no_table():
    assert found(("Calls answered", "n/a"), ("Cases closed", "-")) == []


def test_numbers_left_of_the_words_alone_are_no_table():
    assert found(("No.", "Indicator"), (1, "Calls answered"), (2, "Cases closed"), (3, "Nights")) == []


def test_a_sheet_of_words_has_no_table():
    assert found(("Our return",), ("Provider:", "IDAS")) == []
    assert found() == []


def test_a_column_whose_figures_are_all_missing_holds_figures_by_its_heading():
    (table,) = found(QUARTERS, ("Calls", 5, "n/a"), ("Cases", 6, "-"))

    assert table.values == (2, 3)


def test_marks_in_a_column_without_a_heading_stand_for_no_figures():
    (table,) = found(QUARTERS, ("Calls", 5, 6, "x"), ("Cases", 6, 7, "x"))

    assert table.values == (2, 3)


def test_a_single_mark_in_a_column_of_words_is_no_figure():
    (table,) = found((*QUARTERS, "What happened"), ("Calls", 5, 6, "n/a"), ("Cases", 6, 7, "fewer staff"))

    assert table.values == (2, 3)


def test_headings_have_several_levels_and_a_blank_row_beneath():
    (table,) = found(("Indicator", "2022/23"), (None, "Q1", "Q2"), (), CALLS)

    assert headings(table) == [1, 2]


def test_a_row_that_numbers_the_columns_is_a_heading_that_names_nothing():
    (table,) = found(QUARTERS, (1, 2, 3), CALLS)

    assert headings(table) == [1, 2]
    assert table.heading_of(2) == "Q1"
    assert table.heading_of(9) == ""


def test_a_section_between_headings_and_figures_is_none_of_the_headings():
    (table,) = found(QUARTERS, ("Helpline",), CALLS)

    assert headings(table) == [1]
    assert [row.number for row in table.body] == [2, 3]


def test_a_long_sentence_above_the_figures_is_no_heading():
    (table,) = found((None, "Please fill in every row of this table. " * 5), CALLS, CASES)

    assert headings(table) == []


def test_words_right_of_the_figures_are_no_heading():
    (table,) = found((None, None, None, None, "Draft", "Confidential"), CALLS, CASES)

    assert headings(table) == []


def test_a_row_of_words_where_figures_should_stand_is_one_of_the_tables():
    (table,) = found(QUARTERS, CALLS, ("Cases closed", "lots", "about ten"), ("Nights", 3, 4))

    assert [row.number for row in table.rows] == [2, 3, 4]


def test_so_is_the_last_row_right_beneath_the_others():
    (table,) = found(QUARTERS, CALLS, ("Cases closed", "lots", "about ten"))
    (apart,) = found(QUARTERS, CALLS, (), ("Signed", "on behalf of the board"))

    assert [row.number for row in table.rows] == [2, 3]
    assert [row.number for row in apart.body] == [2]


def test_so_are_several_rows_of_words_one_after_the_other():
    (table,) = found(QUARTERS, CALLS, ("Cases closed", "lots", "few"), ("Cases open", "few", "lots"), ("Nights", 3, 4))

    assert [row.number for row in table.rows] == [2, 3, 4, 5]


def test_words_beneath_names_are_the_headings_of_another_table():
    above, below = found(("Police", "Adults", "Boys"), CALLS, ("Risk", "Women", "Men"), ("High", 3, 4))

    assert (headings(above), headings(below)) == ([1], [3])


def test_words_that_stand_apart_are_the_headings_of_another_table():
    above, below = found(QUARTERS, CALLS, (), ("Risk", "Women", "Men"), ("High", 3, 4))

    assert (headings(above), headings(below)) == ([1], [4])


def test_periods_beneath_periods_are_the_headings_of_another_table():
    above, below = found(QUARTERS, CALLS, ("Risk", "Q3", "Q4"), ("High", 3, 4))

    assert (headings(above), headings(below)) == ([1], [3])


def test_rows_of_words_after_the_last_figures_are_none_of_the_table():
    (table,) = found(QUARTERS, CALLS, CASES, ("Notes are overleaf",))

    assert table.last == (3, 3)
