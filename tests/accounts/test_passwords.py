"""Passwords: kept as Argon2id digests, never cut short, and refused when they are easily guessed."""

from __future__ import annotations

import argon2
import pytest

from dacommission.accounts import passwords
from dacommission.accounts.guessable import common_passwords, why_guessable
from dacommission.accounts.passwords import PasswordRefused, check_new, hashed, is_outdated, matches

GOOD = "violet ladder thunder pebble"


@pytest.fixture
def production_hashing(monkeypatch):
    monkeypatch.undo()


def test_hashing_costs_what_was_decided(production_hashing):
    parameters = argon2.extract_parameters(hashed(GOOD))

    assert parameters.type is argon2.Type.ID
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19 * 1024, 2, 1)
    assert argon2.extract_parameters(passwords.NOBODYS).memory_cost == parameters.memory_cost
    assert argon2.extract_parameters(passwords.NOBODYS).time_cost == parameters.time_cost


def test_nobodys_password_is_checked_like_anybodys(production_hashing):
    assert not matches(None, GOOD)


def test_the_right_password_matches_and_others_do_not():
    stored = hashed(GOOD)

    assert matches(stored, GOOD)
    assert not matches(stored, GOOD + " ")
    assert not matches(stored, "")
    assert not matches("not a digest", GOOD)


def test_a_digest_made_with_other_costs_is_outdated():
    other = argon2.PasswordHasher(time_cost=3, memory_cost=8, parallelism=1)

    assert is_outdated(other.hash(GOOD))
    assert not is_outdated(hashed(GOOD))


def test_the_end_of_a_long_password_counts():
    long = GOOD * 30

    assert not matches(hashed(long), long[:-1])


def test_the_same_letters_from_two_keyboards_are_the_same_password():
    assert matches(hashed("caf\u00e9 ladder thunder"), "cafe\u0301 ladder thunder")


def test_a_password_longer_than_the_limit_matches_nothing():
    assert not matches(hashed("a" * 2000), "a" * 2000)


def test_a_short_password_is_refused_with_what_to_do():
    with pytest.raises(PasswordRefused, match="has 11 characters. Choose one of at least 12"):
        check_new("lemon tr33s")


def test_a_password_of_twelve_characters_is_long_enough():
    check_new("lemon tr33s!")


def test_a_password_of_more_than_1024_bytes_is_refused():
    check_new("violet ladder thunder pebble and what came after " * 20)
    with pytest.raises(PasswordRefused, match="longer than 1024 bytes"):
        check_new("\u00e9" * 513)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("correcthorsebatterystaple", "lists"),
        ("Correct Horse Battery Staple", "lists"),
        ("PASSWORD1234", "lists"),
        ("aaaaaaaaaaaaaa", "few different"),
        ("12121212121212", "few different"),
        ("treadletreadle", "over and over"),
        ("1234567890123", "row of the keyboard"),
        ("abcdefghijklmnop", "row of the keyboard"),
        ("poiuytrewqlkjh", "row of the keyboard"),
        ("!qwertyuiop1!", "row of the keyboard"),
        ("DomesticAbuse2024", "common words"),
        ("Domestic Abuse 2024!", "common words"),
        ("P@$$w0rd-2023-Q1", "common words"),
        ("York-Refuge-1999", "common words"),
        ("WelcomeSummer2023", "common words"),
        ("IDASidasIDAS2022", "common words"),
        ("Foundation12345!", "common words"),
        ("Chrysanthemum99", "common words"),
        ("chrysanthemum.garden1", "common words"),
        ("ChrysanthemumTrust", "common words"),
    ],
)
def test_a_password_attackers_try_first_is_refused(password, reason):
    names = ["Garden Chrysanthemum", "chrysanthemum@example.org", "Chrysanthemum Trust"]

    with pytest.raises(PasswordRefused, match=f"{reason}.*Choose three or four unrelated words"):
        check_new(password, context=names)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "my cousin paints herons",
        "tr0ub4dor&3 gramophone",
        "kX9#vLq2!mTz7",
        "password violet heron clock",
        "ladybird-9-kettle",
    ],
)
def test_a_password_of_unrelated_words_is_taken(password):
    assert why_guessable(password, ["A. Person", "person@example.org"]) is None


def test_the_shipped_list_is_in_small_letters():
    assert len(common_passwords()) > 250
    assert all(word == word.casefold() for word in common_passwords())
