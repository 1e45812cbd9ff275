"""PDF/UA from data, written by typst. Knows no noun of the trade: the template is its noun's own.

The template is a file of ours; the content goes in as JSON and is never part of the program, so no text can do
anything but be printed. The same content and time give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import font_source_sans_pro
import typst


def to_pdf(template: Path, content: Mapping[str, Any], made_at: datetime) -> bytes:
    """What the template makes of `content`, as PDF/UA-1. typst refuses what a screen reader could not read."""
    made = _compiler(template).compile(
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"document": json.dumps(content)},
        timestamp=int(made_at.timestamp()),
    )
    return cast(bytes, made)  # only pages as pictures come as a list


@cache
def _compiler(template: Path) -> typst.Compiler:
    """One for the life of the process: it keeps the fonts and the template ready."""
    return typst.Compiler(
        input=str(template),
        root=str(template.parent),
        font_paths=[font_source_sans_pro.font_directory],
        ignore_system_fonts=True,
    )
