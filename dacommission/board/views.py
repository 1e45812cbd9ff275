"""Pages of board."""

from __future__ import annotations

from flask import Blueprint

board = Blueprint("board", __name__)
