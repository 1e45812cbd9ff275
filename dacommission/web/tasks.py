"""What needs somebody now: each noun puts in what it knows, and the first page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from flask import Flask, current_app

from dacommission.roles import Permission
from dacommission.web.guard import may


class Urgency(IntEnum):
    LATE = 0
    NOW = 1
    SOON = 2
    LATER = 3  # good to know; nothing waits for it


URGENCY_NAMES = {
    Urgency.LATE: "Late",
    Urgency.NOW: "Now",
    Urgency.SOON: "Soon",
    Urgency.LATER: "For your information",
}


@dataclass(frozen=True)
class Task:
    """One thing to do or to know, with where to do it."""

    text: str
    href: str
    detail: str = ""
    urgency: Urgency = Urgency.NOW
    links: tuple[tuple[str, str], ...] = ()  # other places to go from here: text and address
    details: tuple[str, ...] = ()  # more, a line each


Finder = Callable[[Any], Iterable[Task]]  # from the user who is signed in


def add_tasks(app: Flask, permission: Permission, finder: Finder) -> None:
    """Asks `finder` for the tasks of everybody who has this permission."""
    app.extensions.setdefault("tasks", []).append((permission, finder))


def tasks_for(user: Any) -> list[Task]:
    """Everything that needs the signed-in user, the most urgent first, each kind as its noun gives it."""
    finders = current_app.extensions.get("tasks", [])
    found = [task for permission, finder in finders if may(permission) for task in finder(user)]
    return sorted(found, key=lambda task: task.urgency)
