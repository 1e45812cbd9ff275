"""Makes OpenDocument spreadsheets element by element, sound and spoilt."""

from __future__ import annotations

from tests.imports.workbooks_hostile import open_document

NAMES = {
    "office": "office:1.0",
    "table": "table:1.0",
    "text": "text:1.0",
    "style": "style:1.0",
    "number": "datastyle:1.0",
    "draw": "drawing:1.0",
}
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
DECLARED = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}"' for short, long in NAMES.items())


def document(body: str, *, styles: str = "", declared: str = DECLARED) -> str:
    """The content of a document around what stands in its spreadsheet."""
    return (
        f"<office:document-content {declared} {CALC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )


def table(*rows: str, name: str = "Return", columns: str = "", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{"".join(rows)}</table:table>'


def row(*cells: str, repeated: int = 1, more: str = "") -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}" {more}>{"".join(cells)}</table:table-row>'


def cell(words: str = "", *, kind: str = "string", value: str = "", more: str = "", covered: bool = False) -> str:
    """One cell; its value is written under the name that its kind has it under."""
    element = "table:covered-table-cell" if covered else "table:table-cell"
    held = f'office:{VALUES.get(kind, "value")}="{value}"' if value else ""
    typed = f'office:value-type="{kind}"' if kind else ""
    return f"<{element} {typed} {held} {more}>{paragraph(words) if words else ''}</{element}>"


VALUES = {"string": "string-value", "boolean": "boolean-value", "date": "date-value", "time": "time-value"}


def paragraph(words: str) -> str:
    return words if words.startswith("<text:p") else f"<text:p>{words}</text:p>"


def number(value: str, more: str = "") -> str:
    return cell(value, kind="float", value=value, more=more)


def workbook(*tables: str, styles: str = "", **more: str) -> bytes:
    return open_document("spreadsheet", content=document("".join(tables), styles=styles), **more)


def sheet(*rows: str, styles: str = "", columns: str = "") -> bytes:
    return workbook(table(*rows, columns=columns), styles=styles)
