"""The search for unused memory is put off while somebody reads, and goes on afterwards."""

import gc

import pytest

from imports.sweeping import sweeping_later


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.enable()


def test_it_is_put_off_until_the_last_one_is_done():
    with sweeping_later:
        with sweeping_later:
            assert not gc.isenabled()
        assert not gc.isenabled()

    assert gc.isenabled()


def test_it_goes_on_after_something_went_wrong():
    with pytest.raises(ValueError, match="torn"), sweeping_later:
        raise ValueError("torn")

    assert gc.isenabled()


def test_it_stays_off_where_it_was_off():
    gc.disable()

    with sweeping_later:
        pass

    assert not gc.isenabled()
