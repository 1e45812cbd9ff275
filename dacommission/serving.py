"""The production server, with the application made once and shared by its workers.

Each worker ticks: returns open by themselves, at the start and within an hour of a quarter's end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import SQLAlchemyError

from dacommission.cycle.opening import tick
from dacommission.db import db
from dacommission.web.clock import today

WORKERS = 2
THREADS = 4
BETWEEN_TICKS = 3600  # seconds


class Server(BaseApplication):
    """Gunicorn, told its settings here and nowhere else."""

    def __init__(self, app: Flask, *, host: str, port: int) -> None:
        self.app = app
        self.options: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 30,
            "errorlog": "-",
            "loglevel": "warning",
            "limit_request_line": 4094,
            "control_socket_disable": True,
            "post_worker_init": lambda worker: start_ticking(app),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def serve(app: Flask, *, host: str, port: int) -> None:
    """Serves until stopped. No connection made before the workers start is shared between them."""
    with app.app_context():
        db.engine.dispose()
    Server(app, host=host, port=port).run()


def start_ticking(app: Flask) -> None:
    """Ticks beside the requests, in a thread that ends with its worker. Two workers may tick at once."""
    never = threading.Event()
    threading.Thread(target=keep_ticking, args=(app, never.wait), name="tick", daemon=True).start()


def keep_ticking(app: Flask, stopped: Callable[[float], bool]) -> None:
    """Ticks until `stopped`, which waits so many seconds, says so. A database in trouble is tried again later."""
    while True:
        with app.app_context():
            try:
                tick(today())
            except SQLAlchemyError:
                app.logger.exception("The tick could not open returns; it will try again")
            finally:
                db.session.remove()
        if stopped(BETWEEN_TICKS):
            return
