"""The documents say what is so: decisions are numbered as they are headed, commands and settings exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dacommission.cli import main

ROOT = Path(__file__).parent.parent.parent
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_headed_with_its_number_and_fits_a_screen(path: Path):
    text = path.read_text()

    assert text.startswith(f"# {path.stem[:4]} ")
    assert len(text.splitlines()) <= 80


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    commands = [f"{name} {sub}" for name, group in main.commands.items() for sub in getattr(group, "commands", {})] + [
        name for name, command in main.commands.items() if not hasattr(command, "commands")
    ]

    assert [command for command in commands if f"dacommission {command}" not in readme] == []


def test_every_setting_is_in_the_operating_guide():
    guide = (ROOT / "docs" / "operating.md").read_text()
    source = (ROOT / "config.py").read_text()
    names = set(re.findall(r'environ\.get\("([A-Z_]+)"', source))

    assert names
    assert [name for name in sorted(names) if f"`{name}`" not in guide] == []


def test_what_the_documents_point_to_is_there():
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for named in re.findall(
            r"`((?:docs|imports|dacommission|tests|templates|benchmarks|web)/[\w./-]+)`", path.read_text()
        ):
            found = [ROOT / named, ROOT / "dacommission" / named, *ROOT.glob(f"{named}*")]
            assert any(place.exists() for place in found), f"{path.name} points to {named}"
