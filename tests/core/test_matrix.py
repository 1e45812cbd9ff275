"""The permission matrix in the decision record is the one the application uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dacommission.roles import GRANTS, ROLE_DESCRIPTIONS, ROLE_NAMES, ROLE_ORGANISATIONS, Permission, Role, scope

RECORD = Path(__file__).parents[2] / "docs" / "decisions" / "0003-permission-matrix.md"
ROLES_IN_ORDER = (
    Role.ADMINISTRATOR,
    Role.COMMISSIONER,
    Role.PROVIDER_MANAGER,
    Role.PROVIDER_UPLOADER,
    Role.BOARD_MEMBER,
    Role.AUDITOR,
)


def written() -> dict[str, list[str]]:
    """The scopes each permission's line in the record gives, in the order of the roles."""
    lines = [line.strip("| ").split(" | ") for line in RECORD.read_text(encoding="utf-8").splitlines()]
    return {cells[2].strip("`"): cells[3:] for cells in lines if len(cells) == 9 and cells[2].startswith("`")}


@pytest.mark.parametrize("permission", Permission)
def test_the_record_says_of_each_permission_what_the_application_does(permission):
    granted = [scope(role, permission) for role in ROLES_IN_ORDER]

    assert written()[permission] == [str(held) if held else "–" for held in granted]


def test_the_record_names_no_permission_that_is_not_there():
    assert set(written()) == set(Permission) == set(GRANTS)


def test_every_row_of_the_matrix_is_there_or_said_to_come_later():
    text = RECORD.read_text(encoding="utf-8")
    cells = [line.split(" | ")[0].strip("| ") for line in text.splitlines() if line.startswith("| ")]
    named = {int(number) for cell in cells for number in re.findall(r"\d+", cell)}
    named |= {int(number) for number in re.findall(r"\(row (\d+)\)", text)}

    assert named == set(range(1, 26))


def test_every_role_has_its_words_and_its_organisations():
    assert set(ROLE_NAMES) == set(ROLE_DESCRIPTIONS) == set(ROLE_ORGANISATIONS) == set(ROLES_IN_ORDER) == set(Role)


def test_an_administrator_has_no_permission_on_figures():
    figures = {Permission.RETURNS_READ, Permission.RETURNS_FIGURES, Permission.SUMMARIES_DRAFT, Permission.CONTEXT_READ}

    assert all(scope(Role.ADMINISTRATOR, permission) is None for permission in figures)
