"""The production server, with the application made once and shared by its workers."""

from __future__ import annotations

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from dacommission.db import db

WORKERS = 2
THREADS = 4


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
