"""A real browser on a real server: the demo, loaded once, served by the production server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120
# The first is the same browser without what shows windows, and takes a third of the processor's time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            # One server and one browser serve them all, so they stay in one process.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo, served as `make run` serves it, on a database of its own."""
    database = tmp_path_factory.mktemp("demo") / "demo.db"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PORT": str(port)}
    command = [sys.executable, "-m", "dacommission", "serve", "--demo"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped: {process.stdout.read().decode() if process.stdout else ''}")
        try:
            with urllib.request.urlopen(f"{address}/sign-in", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start in time.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        pytest.skip("There is no Chromium on this machine; .ci/run installs Debian's.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def signed_in(browser: Browser, demo_server: str) -> Iterator[Callable[..., Page]]:
    """A page signed in as one of the demo's people, by the first part of the e-mail address."""
    with opened(browser, demo_server) as open_as:
        yield open_as


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """What `signed_in` gives; every page is closed at the end, or it would go on taking its share of the processor."""
    from dacommission.demo import sign_ins

    passwords = {email.partition("@")[0]: (email, password) for email, password, _ in sign_ins()}
    contexts = []

    def open_as(who: str, **options: object) -> Page:
        context = browser.new_context(base_url=address, **options)
        contexts.append(context)
        page = context.new_page()
        email, password = passwords[who]
        page.goto("/sign-in")
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/")
        return page

    try:
        yield open_as
    finally:
        for context in contexts:
            context.close()
