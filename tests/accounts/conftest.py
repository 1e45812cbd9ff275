"""Those who look after accounts, signed in. Hashing is cheap here; what it costs has a test of its own."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from flask import Flask

from dacommission.accounts import passwords
from dacommission.accounts.models import User
from dacommission.accounts.passwords import hashed
from dacommission.roles import Role
from tests import make

PASSWORD = "violet ladder thunder pebble"


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
    monkeypatch.setattr(passwords, "NOBODYS", cheap.hash("nobody's"))


@pytest.fixture
def administrator(app: Flask) -> User:
    return make.user(Role.ADMINISTRATOR, name="An Administrator", password_hash=hashed(PASSWORD))


@pytest.fixture
def admin(administrator, client_for):
    return client_for(administrator)


@pytest.fixture
def provider(app: Flask):
    return make.organisation("provider", name="A Provider")


@pytest.fixture
def manager(provider, client_for):
    return client_for(make.user(Role.PROVIDER_MANAGER, provider, name="A Manager"))
