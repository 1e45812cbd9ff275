"""The passphrase that backups are sealed with: BACKUP_KEY, or one made once and kept in instance/backup.key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from config import ROOT

KEY_FILE = ROOT / "instance" / "backup.key"


def backup_key(environ: Mapping[str, str], key_file: Path = KEY_FILE) -> tuple[str, Path | None]:
    """The passphrase, and the file it stands in where it does not come from the environment."""
    if environ.get("BACKUP_KEY"):
        return environ["BACKUP_KEY"], None
    if not key_file.exists():
        key_file.parent.mkdir(exist_ok=True)
        with open(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
            written.write(secrets.token_urlsafe(32))
    return key_file.read_text().strip(), key_file
