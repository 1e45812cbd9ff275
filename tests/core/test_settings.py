"""Settings: safe by default, and a start that refuses what is not."""

from __future__ import annotations

from datetime import date

import pytest

from config import SAMPLE_SECRET_KEY, SettingsProblem, database_url, settings

GOOD = {"SECRET_KEY": "a" * 20 + "b" * 20}


@pytest.mark.parametrize("key", ["", "short", SAMPLE_SECRET_KEY, "please-change-this-key-to-something-random"])
def test_a_missing_short_or_sample_key_stops_the_start(key: str):
    with pytest.raises(SettingsProblem, match="SECRET_KEY"):
        settings({"SECRET_KEY": key})


@pytest.mark.parametrize("key", ["short", SAMPLE_SECRET_KEY, "b" * 40 + "," + SAMPLE_SECRET_KEY])
def test_an_earlier_key_that_is_short_or_a_sample_stops_the_start(key: str):
    with pytest.raises(SettingsProblem, match="SECRET_KEY_FALLBACKS"):
        settings({**GOOD, "SECRET_KEY_FALLBACKS": key})


def test_earlier_keys_still_open_what_was_signed_with_them():
    assert settings({**GOOD, "SECRET_KEY_FALLBACKS": "b" * 40 + ", " + "c" * 40})["SECRET_KEY_FALLBACKS"] == [
        "b" * 40,
        "c" * 40,
    ]


def test_proxies_are_counted_in_numbers():
    assert settings({**GOOD, "PROXY_HOPS": "2"})["PROXY_HOPS"] == 2
    with pytest.raises(SettingsProblem, match="PROXY_HOPS"):
        settings({**GOOD, "PROXY_HOPS": "one"})


def test_the_demo_may_use_the_sample_key():
    assert settings({"DEMO": "1"})["SECRET_KEY"] == SAMPLE_SECRET_KEY


def test_the_demo_has_a_date_of_its_own():
    assert settings({"DEMO": "1"})["DEMO_DATE"] == date(2023, 9, 1)
    assert settings(GOOD)["DEMO_DATE"] is None


def test_a_demo_date_that_is_none_is_refused():
    with pytest.raises(SettingsProblem, match="DEMO_DATE"):
        settings({"DEMO": "1", "DEMO_DATE": "1 September"})


def test_cookies_are_for_https_alone_unless_said_otherwise():
    assert settings(GOOD)["SESSION_COOKIE_NAME"] == "__Host-session"
    assert settings(GOOD)["SESSION_COOKIE_SECURE"] is True
    assert settings({**GOOD, "INSECURE_HTTP": "1"})["SESSION_COOKIE_SECURE"] is False


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////x.db", "sqlite:////x.db"),
    ],
)
def test_a_database_address_is_taken_as_people_write_it(given: str, used: str):
    assert database_url({"DATABASE_URL": given}) == used


def test_the_database_is_a_file_in_instance_where_nothing_is_said():
    assert database_url({}).endswith("instance/dacommission.db")
