"""Pages of indicators."""

from __future__ import annotations

from flask import Blueprint

from dacommission.indicators import models  # noqa: F401

indicators = Blueprint("indicators", __name__)
