"""Pages of summaries."""

from __future__ import annotations

from flask import Blueprint

from dacommission.summaries import models  # noqa: F401

summaries = Blueprint("summaries", __name__)
