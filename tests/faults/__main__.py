"""Runs every recipe in full and says what was measured: `python -m tests.faults`, or `make faults`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ["FAULT_ROUNDS"] = "full"
sys.exit(pytest.main([str(Path(__file__).parent), "-s", "-v", "-p", "no:cacheprovider", *sys.argv[1:]]))
