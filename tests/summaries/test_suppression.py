"""A small count is hidden, and so is whatever would give it back."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dacommission.summaries.suppression import CannotProtect, Cell, Relation, withhold


def cells(**counts):
    return {key: Cell(Decimal(count)) for key, count in counts.items()}


def row(*counts, **more):
    """Cells a, b, c … and their total, with the one relation there is."""
    named = {chr(97 + place): count for place, count in enumerate(counts)}
    return cells(**named, total=sum(counts), **more), [Relation("total", tuple(named))]


def test_a_row_without_small_counts_is_shown_whole():
    assert withhold(*row(30, 12, 20)) == frozenset()


def test_a_single_small_count_takes_the_next_smallest_with_it():
    assert withhold(*row(3, 12, 20)) == {"a", "b"}


def test_two_small_counts_protect_each_other_when_they_may_be_large():
    assert withhold(*row(3, 3, 20)) == {"a", "b"}


def test_two_small_counts_that_are_known_to_be_small_take_another():
    assert withhold(*row(1, 2, 20, 30)) == {"a", "b", "c"}


def test_a_nought_alone_is_too_little_to_hide_behind():
    assert withhold(*row(1, 0, 8)) == {"a", "c"}


def test_a_small_total_is_hidden_with_its_parts():
    assert withhold(*row(2, 1, 0)) == {"a", "b", "total"}


def test_the_only_part_of_a_total_takes_the_total_with_it():
    assert withhold(*row(3)) == {"a", "total"}
    assert withhold(cells(a=7, total=7), [Relation("total", ("a",))], hide=frozenset({"a"})) == {"a", "total"}


def test_noughts_are_chosen_where_the_hidden_count_is_large_enough():
    assert withhold(*row(40, 0, 8), hide=frozenset({"a"})) == {"a", "b"}


def test_counts_of_nobody_are_shown_when_they_are_small():
    few = {"a": Cell(Decimal(2), sensitive=False), "total": Cell(Decimal(2), sensitive=False)}

    assert withhold(few, [Relation("total", ("a",))]) == frozenset()


def test_a_small_count_that_stands_alone_is_hidden_alone():
    assert withhold(cells(a=2, b=50), []) == {"a"}


def test_a_small_count_that_is_never_printed_is_protected_all_the_same():
    known, relations = row(30, 25)
    known["c"], known["total"] = Cell(Decimal(3), printed=False), Cell(Decimal(58))

    assert withhold(known, [Relation("total", ("a", "b", "c"))]) == {"b"}


def test_a_large_count_that_is_never_printed_needs_no_protection():
    known, relations = row(30, 25)
    known["c"], known["total"] = Cell(Decimal(300), printed=False), Cell(Decimal(355))

    assert withhold(known, [Relation("total", ("a", "b", "c"))]) == frozenset()


def test_what_readers_know_already_is_no_protection():
    known, relations = row(3, 12, 20)
    known["b"] = Cell(Decimal(12), fixed=True)

    assert withhold(known, relations) == {"a", "c"}


def test_nothing_is_released_when_nothing_is_left_to_hide():
    known, relations = row(3, 12)
    known["b"], known["total"] = Cell(Decimal(12), fixed=True), Cell(Decimal(15), fixed=True)

    with pytest.raises(CannotProtect, match="a is too small to show, and nothing"):
        withhold(known, relations)


def test_rows_and_columns_are_protected_together():
    known, relations = table([[3, 20, 30], [25, 40, 50], [35, 60, 70]])

    hidden = withhold(known, relations)

    assert hidden == {"r0c0", "r0c1", "r1c0", "r1c1"}


def test_a_chain_through_three_tables_is_found():
    """No single sum gives x away; two of them together do."""
    known = cells(x=3, y=9, z=9, one=12, two=18, three=12)
    relations = [Relation("one", ("x", "y")), Relation("two", ("y", "z")), Relation("three", ("x", "z"))]

    hidden = withhold(known, relations)

    assert {"x", "y", "z"} < hidden
    assert possible("x", known, relations, hidden) != {3}


def test_bounds_that_never_settle_still_end():
    known = {key: Cell(Decimal(value)) for key, value in {"x": "3", "y": "6", "one": "9", "two": "12"}.items()}
    relations = [Relation("one", ("x", "y")), Relation("x", ("y", "y"))]

    assert "x" in withhold(known, relations[:1])
    assert "x" in withhold({**known, "x": Cell(Decimal(4)), "y": Cell(Decimal(2)), "one": Cell(Decimal(6))}, relations)


def table(rows):
    """Cells r0c0 …, row totals r0 …, column totals c0 … and the grand total, and how they add up."""
    known, relations = {}, []
    for r, counts in enumerate(rows):
        known |= {f"r{r}c{c}": Cell(Decimal(count)) for c, count in enumerate(counts)}
        known[f"r{r}"] = Cell(Decimal(sum(counts)))
        relations.append(Relation(f"r{r}", tuple(f"r{r}c{c}" for c in range(len(counts)))))
    for c in range(len(rows[0])):
        known[f"c{c}"] = Cell(Decimal(sum(counts[c] for counts in rows)))
        relations.append(Relation(f"c{c}", tuple(f"r{r}c{c}" for r in range(len(rows)))))
    known["all"] = Cell(Decimal(sum(map(sum, rows))))
    relations.append(Relation("all", tuple(f"r{r}" for r in range(len(rows)))))
    relations.append(Relation("all", tuple(f"c{c}" for c in range(len(rows[0])))))
    return known, relations


def possible(key, known, relations, hidden, most=14):
    """Every value that somebody who tries all whole numbers must hold possible for a hidden cell."""
    unknown = sorted(hidden)
    values = set()
    for guess in product(range(most + 1), repeat=len(unknown)):
        tried = {name: cell.value for name, cell in known.items()} | dict(zip(unknown, guess, strict=True))
        if all(tried[r.total] == sum(tried[part] for part in r.parts) for r in relations):
            values.add(tried[key])
    return values


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_count_of_a_row_can_be_worked_out(counts):
    known, relations = row(*counts)

    hidden = withhold(known, relations)

    for key, cell in known.items():
        if cell.small:
            assert key in hidden
        if key in hidden and sum(name in hidden for name in known) < 4:
            assert len(possible(key, known, relations, hidden)) > 1
            if cell.small:
                assert max(possible(key, known, relations, hidden)) > 4


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from([0, 1, 3, 5, 8, 20, 60]), min_size=3, max_size=3), min_size=3, max_size=3))
def test_no_hidden_count_of_a_table_follows_from_subtractions(rows):
    known, relations = table(rows)

    hidden = withhold(known, relations)

    assert all(key in hidden for key, cell in known.items() if cell.small)
    assert not follows(hidden, relations)


def follows(hidden, relations):
    """An attacker who subtracts: any relation with one unknown left gives it, and so on."""
    left = set(hidden)
    while True:
        found = [u.pop() for r in relations if len(u := {m for m in r.members if m in left}) == 1]
        if not found:
            return hidden - left
        left -= set(found)


@given(st.permutations(range(8)))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_the_order_of_the_relations_does_not_matter(order):
    known, relations = table([[1, 7, 30], [6, 2, 9], [0, 3, 70]])

    shuffled = [relations[place] for place in order]
    assert withhold(dict(reversed(known.items())), shuffled) == withhold(known, relations)
