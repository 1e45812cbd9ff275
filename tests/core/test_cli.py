"""The commands, run as a person would: what they print, what they exit with, and what they refuse."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import NullPool, create_engine

from config import database_url
from dacommission.cli import main
from tests.tampering import without_guards

RETURNS = Path(__file__).parent.parent / "returns"
LONG_FORMS = sorted(RETURNS.glob("foundation-*.truth.json"))
OBSERVATION_KEYS = {
    "sheet", "cell", "label", "heading", "indicator", "part", "category", "period", "period_start", "period_end",
    "basis", "value", "status", "shown", "match", "confidence",
}  # fmt: skip


def run(*arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"SECRET_KEY": "", "DEMO": "", **environ})


@pytest.fixture
def empty(empty_url: str) -> dict[str, str]:
    """The environment of an empty database."""
    return {"DATABASE_URL": empty_url, "BACKUP_KEY": "a passphrase for the tests"}


@pytest.mark.parametrize("truth", LONG_FORMS, ids=lambda path: path.name)
def test_the_long_form_is_read_as_a_person_read_it(truth: Path):
    expected = json.loads(truth.read_text())

    result = run("read", str(RETURNS / expected["file"]), "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(found) == {"file", "sha256", "observations", "problems"}
    assert all(set(observation) == OBSERVATION_KEYS for observation in found["observations"])
    words = ("part", "category", "period", "basis", "value", "status", "label", "sheet", "cell")
    assert [(seen["indicator"], *(seen[word] for word in words)) for seen in found["observations"]] == [
        (fact["code"], *(fact[word] for word in words)) for fact in expected["facts"]
    ]


def test_reading_without_json_names_the_cell_of_a_problem_in_a_csv(tmp_path):
    file = tmp_path / "return.csv"
    file.write_text("Measure,Period,Value\nHUB-01,Q1 2022/23,lots\n")

    assert "error: C2: HUB-01: “lots” is not a number." in run("read", str(file)).stdout


def test_reading_without_json_says_where_each_figure_stands():
    result = run("read", str(RETURNS / "foundation-2022-Q1-long.xlsx"))

    assert result.exit_code == 0
    assert "Data!E2" in result.stdout


def test_a_workbook_is_explained_table_by_table():
    result = run("read", str(RETURNS / "idas-2022-Q1-months-by-service.xlsx"), "--explain")

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "idas-2022-Q1-months-by-service.xlsx: xlsx, laid out as tables of its own."
    assert any(line.startswith("Table ") for line in lines)
    assert any(line.startswith("  Headings stand in row") for line in lines)
    assert sum(" numbers in all: " in line for line in lines) == 1


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--explain",)])
def test_a_file_that_is_no_workbook_exits_with_two_and_a_sentence(tmp_path: Path, arguments: tuple[str, ...]):
    path = tmp_path / "return.xlsx"
    path.write_bytes(b"%PDF-1.7")

    result = run("read", str(path), *arguments)

    assert result.exit_code == 2
    assert "PDF" in result.stdout


def test_a_file_that_is_not_there_exits_with_two():
    plain, as_json = run("read", "/no/such/file.xlsx"), run("read", "/no/such/file.xlsx", "--json")

    assert plain.exit_code == as_json.exit_code == 2
    assert "could not be opened" in plain.stderr
    found = json.loads(as_json.stdout)
    assert (found["file"], found["sha256"], found["observations"]) == ("file.xlsx", "", [])
    assert "could not be opened" in found["problems"][0]["message"]


def test_serving_without_a_secret_key_is_refused(empty: dict[str, str]):
    result = run("serve", **empty)

    assert result.exit_code == 1
    assert "SECRET_KEY is not set" in result.stderr


def test_the_first_administrator_gets_a_one_time_link(empty: dict[str, str]):
    words = ["--email", "first@example.org", "--name", "First", "--role", "administrator"]

    result = run("user", "add", *words, "--organisation", "A council", "--address", "https://da.example.org", **empty)

    assert result.exit_code == 0
    assert "https://da.example.org/" in result.stdout


def test_a_person_with_an_unknown_role_is_refused(empty: dict[str, str]):
    words = ["--email", "first@example.org", "--name", "First", "--role", "king"]

    result = run("user", "add", *words, "--organisation", "A council", **empty)

    assert result.exit_code == 1
    assert "king" in result.stderr


def test_a_whole_audit_log_verifies_and_a_changed_one_does_not(empty: dict[str, str]):
    words = ["--email", "first@example.org", "--name", "First", "--role", "administrator"]
    run("user", "add", *words, "--organisation", "A council", **empty)
    assert run("audit", "verify", **empty).exit_code == 0

    engine = create_engine(empty["DATABASE_URL"], poolclass=NullPool)
    without_guards(engine, "UPDATE audit_event SET actor_name = 'nobody' WHERE id = 1")

    result = run("audit", "verify", **empty)
    assert result.exit_code == 1
    assert "Event 1 was changed" in result.stderr


def test_a_backup_is_restored_into_another_database(empty: dict[str, str], tmp_path: Path):
    words = ["--email", "first@example.org", "--name", "First", "--role", "administrator"]
    run("user", "add", *words, "--organisation", "A council", **empty)
    backup = str(tmp_path / "copy.backup")
    assert run("backup", backup, **empty).exit_code == 0

    restored = run("restore", backup, **{**empty, "DATABASE_URL": f"sqlite:///{tmp_path}/restored.db"})
    again = run("restore", backup, **empty)

    assert restored.exit_code == 0
    assert "every table matches" in restored.stdout
    assert again.exit_code == 1
    assert "has data in it" in again.stderr


def test_a_key_is_made_once_where_none_is_given(tmp_path: Path):
    from dacommission.backup.keys import backup_key

    path = tmp_path / "instance" / "backup.key"

    first, where = backup_key({}, path)

    assert where == path
    assert backup_key({}, path) == (first, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert backup_key({"BACKUP_KEY": "mine"}, path) == ("mine", None)


def test_the_demo_refuses_a_database_with_data(empty: dict[str, str]):
    words = ["--email", "first@example.org", "--name", "First", "--role", "administrator"]
    run("user", "add", *words, "--organisation", "A council", **empty)

    result = run("demo", **empty)

    assert result.exit_code == 1
    assert "has data in it" in result.stderr


def test_a_year_that_is_none_is_refused(empty: dict[str, str]):
    result = run("summary", "--year", "last year", **empty)

    assert result.exit_code == 2
    assert "2022/23" in result.stderr


def test_numbers_in_json_are_numbers():
    result = run("read", str(RETURNS / "foundation-2022-Q1-long.xlsx"), "--json")

    values = [seen["value"] for seen in json.loads(result.stdout, parse_float=Decimal)["observations"]]
    assert values == [52, 21, 48, 9, 13, None]


@pytest.mark.parametrize(
    "arguments", [("audit", "verify"), ("backup", "never.backup"), ("summary", "--year", "2022/23")], ids=" ".join
)
def test_an_empty_database_is_told_and_not_touched(empty: dict[str, str], arguments: tuple[str, ...]):
    result = run(*arguments, **empty)

    assert result.exit_code == 1
    assert "The database is empty" in result.stderr
    assert "dacommission serve" in result.stderr


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path):
    result = run("audit", "verify", DATABASE_URL=f"sqlite:///{tmp_path}/no/such/folder/a.db")

    assert result.exit_code == 1
    assert "cannot be opened" in result.stderr
    assert "Check DATABASE_URL" in result.stderr


def test_a_database_of_a_newer_version_is_refused(empty: dict[str, str]):
    words = [
        "--email",
        "first@example.org",
        "--name",
        "First",
        "--role",
        "administrator",
        "--organisation",
        "A council",
    ]
    run("user", "add", *words, **empty)
    execute(empty, "UPDATE alembic_version SET version_num = '9999'")

    started, verified = run("user", "add", *words, **empty), run("audit", "verify", **empty)

    assert started.exit_code == verified.exit_code == 1
    assert "migration 9999 by a newer version" in started.stderr
    assert "at migration 9999" in verified.stderr


@pytest.mark.parametrize("arguments", [("demo",), ("serve", "--demo")], ids=" ".join)
def test_the_demo_touches_no_database_of_others(empty: dict[str, str], arguments: tuple[str, ...]):
    words = [
        "--email",
        "first@example.org",
        "--name",
        "First",
        "--role",
        "administrator",
        "--organisation",
        "A council",
    ]
    run("user", "add", *words, **empty)
    execute(empty, "UPDATE alembic_version SET version_num = '9999'")  # migrating it would be refused, and say so

    result = run(*arguments, **empty)

    assert result.exit_code == 1
    assert "data in it that is not the whole demo" in result.stderr


def execute(environ: dict[str, str], statement: str) -> None:
    engine = create_engine(database_url(environ), poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
