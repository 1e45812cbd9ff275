"""LibreOffice Calc, which opens, calculates and saves workbooks for tests; without it they are skipped.

It keeps one profile, so all tests with it are of one group: `pytest.mark.xdist_group("libreoffice")`.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SECONDS = 240
XLSX = "xlsx:Calc MS Excel 2007 XML"


def converted(files: Mapping[str, bytes], into: str, place: Path) -> Path:
    """The folder with what LibreOffice makes of files, by their names; it starts once for all of them.

    `into` is a format in LibreOffice's own words. `place` is a folder to work in.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("There is no LibreOffice on this machine; .ci/run installs Debian's.")
    for name, content in files.items():
        (place / name).write_bytes(content)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    options = ["--headless", "--convert-to", into, "--outdir", str(place / "out")]
    names = [str(place / name) for name in sorted(files)]
    subprocess.run([soffice, profile, *options, *names], check=True, capture_output=True, timeout=SECONDS)
    return place / "out"
