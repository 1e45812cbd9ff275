"""Each person's first page: what needs me now."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from dacommission.roles import Permission
from dacommission.web.guard import open_to

monitoring = Blueprint("monitoring", __name__)


@monitoring.get("/")
@open_to(Permission.HOME)
def home() -> ResponseReturnValue:
    return render_template("monitoring/home.html")
