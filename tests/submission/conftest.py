"""Who goes through the pages of a return that is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.due_returns.workbooks import Case
from tests.pages import PageClient


@pytest.fixture
def client(case: Case, client_for: Any) -> PageClient:
    """The browser of the provider's manager."""
    found: PageClient = client_for(case.manager)
    return found
