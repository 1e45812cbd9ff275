"""Passwords are hashed cheaply here; what they cost in production has a test of its own."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from dacommission.accounts import passwords


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
    monkeypatch.setattr(passwords, "NOBODYS", cheap.hash("nobody's"))
