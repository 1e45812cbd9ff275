"""Settings, read from the environment and nowhere else.

A default must be safe in production and acceptable in public; otherwise there is none, and a missing
setting stops the start with a sentence that says how to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SAMPLE_SECRET_KEY = "sample-key-for-the-demo-only-never-for-real-figures"  # noqa: S105 - refused outside the demo
SHORTEST_SECRET_KEY = 32
DEFAULT_DEMO_DATE = "2023-09-01"
UPLOAD_LIMIT = 10 * 1024 * 1024


class SettingsProblem(Exception):
    """A setting is missing or unsafe; the message says which and what to do."""


def settings(environ: Mapping[str, str]) -> dict[str, object]:
    """Flask's configuration for this environment. Raises SettingsProblem."""
    demo = environ.get("DEMO", "") == "1"
    insecure = environ.get("INSECURE_HTTP", "") == "1"
    return {
        "SECRET_KEY": _secret_key(environ, demo=demo),
        "SECRET_KEY_FALLBACKS": _earlier_keys(environ, demo=demo),
        "SQLALCHEMY_DATABASE_URI": database_url(environ),
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # no figure and no address in a log
        "DEMO": demo,
        "DEMO_DATE": _demo_date(environ) if demo else None,
        "PROXY_HOPS": _proxy_hops(environ),
        "TRUSTED_HOSTS": _listed(environ, "TRUSTED_HOSTS") or None,
        # A cookie named __Host- is only kept by browsers when it came over HTTPS.
        "SESSION_COOKIE_NAME": "session" if insecure else "__Host-session",
        "SESSION_COOKIE_SECURE": not insecure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch still goes; the session itself expires
        "WTF_CSRF_SSL_STRICT": not insecure,
        "UPLOAD_LIMIT": UPLOAD_LIMIT,
        # A checked workbook travels in its own form (a third longer in base64), so that nothing is stored.
        "MAX_CONTENT_LENGTH": UPLOAD_LIMIT * 3 // 2,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 1_000,
    }


def database_url(environ: Mapping[str, str]) -> str:
    """PostgreSQL where DATABASE_URL says so; otherwise a SQLite file in instance/."""
    url = environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'instance' / 'dacommission.db'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return url.replace(plain, "postgresql+psycopg://", 1)
    return url


def _secret_key(environ: Mapping[str, str], *, demo: bool) -> str:
    key = environ.get("SECRET_KEY", "")
    if demo:
        return key or SAMPLE_SECRET_KEY
    if not key:
        raise SettingsProblem(
            "SECRET_KEY is not set. Set it to at least 32 random characters, for example the output of "
            "`python3 -c 'import secrets; print(secrets.token_hex(32))'`, or set DEMO=1 to try the demo."
        )
    return _own(key, "SECRET_KEY")


def _earlier_keys(environ: Mapping[str, str], *, demo: bool) -> list[str]:
    """Keys that still open what was signed with them, for a change of keys; no weaker than the key itself."""
    keys = _listed(environ, "SECRET_KEY_FALLBACKS")
    return keys if demo else [_own(key, "SECRET_KEY_FALLBACKS") for key in keys]


def _own(key: str, name: str) -> str:
    """The key, when it is long and nobody else's. Raises SettingsProblem."""
    if key == SAMPLE_SECRET_KEY or "sample" in key or "change" in key:
        raise SettingsProblem(f"{name} is a sample key. Set it to random characters of your own.")
    if len(key) < SHORTEST_SECRET_KEY:
        raise SettingsProblem(f"{name} has {len(key)} characters. Set it to at least 32 random ones.")
    return key


def _listed(environ: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in environ.get(name, "").split(",") if part.strip()]


def _proxy_hops(environ: Mapping[str, str]) -> int:
    written = environ.get("PROXY_HOPS") or "0"
    if not (written.isascii() and written.isdecimal()):
        raise SettingsProblem(f"PROXY_HOPS is {written!r}. Write how many proxies stand before the service, like 1.")
    return int(written)


def _demo_date(environ: Mapping[str, str]) -> date:
    written = environ.get("DEMO_DATE", DEFAULT_DEMO_DATE)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise SettingsProblem(f"DEMO_DATE is {written!r}. Write it as 2023-09-01.") from None
