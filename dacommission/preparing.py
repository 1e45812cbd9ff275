"""Brings a database, new or old, to where this version of the product can use it."""

from __future__ import annotations

from flask_migrate import upgrade

from config import ROOT
from dacommission.audit import CommandLine
from dacommission.indicators.installing import install_catalogue


def prepare() -> None:
    """Runs the migrations that are missing and adds the shipped indicators that the database lacks."""
    (ROOT / "instance").mkdir(exist_ok=True)
    upgrade(directory=str(ROOT / "migrations"))
    install_catalogue(by=CommandLine())
