"""The namespaces of OpenDocument, as the XML reader writes them before a name."""

from __future__ import annotations

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{_BASE}office:1.0 "
TABLE = f"{_BASE}table:1.0 "
TEXT = f"{_BASE}text:1.0 "
STYLE = f"{_BASE}style:1.0 "
NUMBER = f"{_BASE}datastyle:1.0 "
DRAWING = f"{_BASE}drawing:1.0 "
MANIFEST = f"{_BASE}manifest:1.0 "
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
