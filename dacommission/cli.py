"""The command `dacommission`. Each command says what went wrong in a sentence and gives an exit code.

What a command needs is imported inside it, so that reading a file needs no database and starts at once.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from flask import Flask

FAILED = 1
UNREADABLE = 2


@click.group()
def main() -> None:
    """Domestic Abuse Commissioning: commission services together and see whether they work."""


def _fail(sentence: str, code: int = FAILED) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)


def _app(*, demo: bool = False, serving: bool = False) -> Flask:
    """The application as the environment sets it. Only serving needs a secret key that lasts."""
    from config import SettingsProblem, settings
    from dacommission import create_app

    environ = dict(os.environ)
    if demo:
        environ |= {"DEMO": "1", "INSECURE_HTTP": "1"}
    elif not serving:
        environ["SECRET_KEY"] = environ.get("SECRET_KEY") or secrets.token_hex(32)
    try:
        app: Flask = create_app(settings(environ))
    except SettingsProblem as problem:
        _fail(str(problem))
    return app


@contextmanager
def _inside(app: Flask) -> Iterator[None]:
    """Within the application, leaving no connection to the database open behind."""
    from dacommission.db import db

    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def _prepare(app: Flask) -> None:
    """Brings the database to the newest migration and gives a new one the catalogue.

    The demo first looks whether the database is its own, and touches no other.
    """
    from dacommission.demo import DemoProblem, is_loaded
    from dacommission.preparing import NotReady, prepare, standing

    with _inside(app):
        try:
            if app.config["DEMO"] and standing() is not None:
                is_loaded()
            prepare()
        except (DemoProblem, NotReady) as problem:
            _fail(str(problem))


@contextmanager
def _inside_ready(app: Flask) -> Iterator[None]:
    """As `_inside`, with a database that stands where this version expects it."""
    from dacommission.preparing import NotReady, require_ready

    with _inside(app):
        try:
            require_ready()
        except NotReady as problem:
            _fail(str(problem))
        yield


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--explain", is_flag=True, help="Say table by table what was understood, and why.")
def read(file: Path, *, as_json: bool, explain: bool) -> None:
    """Read a workbook and say what was found in it, cell by cell. Needs no database."""
    from dacommission.indicators.catalogue import vocabulary
    from imports.explaining import explained
    from imports.read import read as read_workbook
    from imports.read import to_json, to_lines
    from imports.reading import Problem, Reading, Severity

    try:
        content = file.read_bytes()
    except OSError as problem:
        sentence = f"{file} could not be opened: {problem.strerror}. Check the name and who may read it."
        if not as_json:
            _fail(sentence, UNREADABLE)
        reading = Reading(file.name, "", None, problems=(Problem("not-opened", Severity.ERROR, sentence),))
    else:
        reading = read_workbook(content, filename=file.name, vocabulary=vocabulary())
    if as_json:
        click.echo(json.dumps(to_json(reading), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(explained(reading) if explain else to_lines(reading)))
    sys.exit(0 if reading.layout else UNREADABLE)


@main.command()
def demo() -> None:
    """Migrate an empty database and load the demo into it."""
    from dacommission.demo import DemoProblem, load_demo

    app = _app(demo=True)
    _prepare(app)
    with _inside(app):
        try:
            load_demo(say=click.echo)
        except DemoProblem as problem:
            _fail(str(problem))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, envvar="PORT", show_default=True)
@click.option("--demo", is_flag=True, help="Serve the demo, loading it where the database is empty.")
def serve(host: str, port: int, *, demo: bool) -> None:
    """Bring the database up to date and serve until stopped."""
    from dacommission.serving import serve as serve_forever

    app = _app(demo=demo or os.environ.get("DEMO") == "1", serving=True)
    _prepare(app)
    if app.config["DEMO"]:
        _offer_demo(app)
    click.echo(f"\nServing on http://{host}:{port}  (Ctrl+C stops it)")
    sys.stdout.flush()
    serve_forever(app, host=host, port=port)


def _offer_demo(app: Flask) -> None:
    """Loads the demo where there is nothing yet, and says how to sign in to it."""
    from dacommission.demo import DemoProblem, is_loaded, load_demo, sign_ins

    with _inside(app):
        try:
            if not is_loaded():
                click.echo("Loading the demo (about half a minute, once)")
                load_demo(say=click.echo)
        except DemoProblem as problem:
            _fail(str(problem))
        click.echo("\nThis is the demo. Sign in as:")
        for email, password, who in sign_ins():
            click.echo(f"  {email:<40} {password:<26} {who}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def tick(*, as_json: bool) -> None:
    """Open the returns of the quarters that have closed. Safe at any time and as often as one likes."""
    from dacommission.cycle import opening
    from dacommission.web.clock import today

    with _inside_ready(_app()):
        opened = opening.tick(today())
        if as_json:
            click.echo(json.dumps(opening.as_json(opened), indent=1))
        else:
            click.echo("\n".join(opening.told(opened)))


@main.command()
@click.option("--year", required=True, help='A financial year, such as "2022/23", or a quarter, such as "2022-Q1".')
@click.option("--as", "reader", type=click.Choice(["commissioner", "board"]), default="commissioner")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def summary(year: str, reader: str, *, as_json: bool) -> None:
    """Print the joint impact summary of a year: live for commissioners, as released for the Board."""
    from dacommission.summaries.printing import NoSummary, summary_json
    from imports.period_words import parse

    period = parse(year)
    if period is None:
        _fail(f"{year} is not a financial year. Write it as 2022/23.", UNREADABLE)
    with _inside_ready(_app()):
        try:
            found = summary_json(period, reader=reader)
        except NoSummary as problem:
            _fail(str(problem), UNREADABLE)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for paragraph in found["paragraphs"]:
            click.echo(f"{paragraph}\n")


@main.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True)
@click.option("--organisation", required=True, help="Its name; a new one is made a funding body.")
@click.option("--address", default="http://127.0.0.1:5000", show_default=True, help="Where the service is reached.")
def add_user(email: str, name: str, role: str, organisation: str, address: str) -> None:
    """Add a person and print the one-time link with which to choose a password."""
    from dacommission.accounts.commands import AccountProblem, add_user

    app = _app()
    _prepare(app)
    with _inside(app):
        try:
            link = add_user(email=email, name=name, role=role, organisation=organisation, address=address)
        except AccountProblem as problem:
            _fail(str(problem))
    click.echo(f"{name} can choose a password within 48 hours at\n{link}")


@main.group()
def audit() -> None:
    """The audit log."""


@audit.command("verify")
def verify_audit() -> None:
    """Check that no event was changed, taken out or put in. Exit code 1 when one was."""
    from dacommission.audit import head, verify

    with _inside_ready(_app()):
        found = list(verify())
        number, digest = head()
    for fault in found:
        click.echo(fault.message, err=True)
    if found:
        _fail(f"The audit log is not whole: {len(found)} fault{'s' if len(found) > 1 else ''}.")
    click.echo(f"The audit log is whole: {number} events, the last with digest {digest}.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write a sealed backup to a new file and read it back."""
    from dacommission.backup import BackupProblem, back_up

    with _inside_ready(_app()):
        try:
            manifest = back_up(file, passphrase=_backup_key())
        except BackupProblem as problem:
            _fail(str(problem))
    rows = sum(table.rows for table in manifest.tables.values())
    click.echo(f"Backed up {rows} rows to {file} and read them back.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database from a backup, after verifying it."""
    from dacommission.backup import BackupProblem
    from dacommission.backup import restore as restore_backup

    with _inside(_app()):
        try:
            manifest = restore_backup(file, passphrase=_backup_key())
        except BackupProblem as problem:
            _fail(str(problem))
    rows = sum(table.rows for table in manifest.tables.values())
    click.echo(f"Restored {rows} rows as they were at {manifest.made_at}; every table matches the backup.")


def _backup_key() -> str:
    """BACKUP_KEY, or a key made once and kept beside the database."""
    from dacommission.backup.keys import backup_key

    key, path = backup_key(os.environ)
    if path:
        click.echo(f"Sealed with the key in {path}. Keep a copy of it where the backups are not.", err=True)
    return key
