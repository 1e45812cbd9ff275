"""Pages of returns."""

from __future__ import annotations

from flask import Blueprint

from dacommission.returns import models  # noqa: F401

returns = Blueprint("returns", __name__)
