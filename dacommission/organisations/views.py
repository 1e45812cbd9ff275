"""Pages of organisations."""

from __future__ import annotations

from flask import Blueprint

from dacommission.organisations import models  # noqa: F401

organisations = Blueprint("organisations", __name__)
