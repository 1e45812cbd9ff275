"""Pages of commissioning."""

from __future__ import annotations

from flask import Blueprint

from dacommission.commissioning import models  # noqa: F401

commissioning = Blueprint("commissioning", __name__)
