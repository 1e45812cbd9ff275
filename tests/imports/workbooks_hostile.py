"""Makes workbooks and their faults, byte by byte. Each fault's maker is named for what is wrong.

`package` makes a sound workbook out of parts; the others spoil one thing in it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIRST_SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, str | bytes]


def worksheet(rows: str = "", *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """One sheet's XML around the given rows."""
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell(address: str, value: str, *, kind: str = "n", style: int = 0, formula: str = "") -> str:
    """One cell as a file stores it. An empty kind leaves the kind out."""
    stored_as = f' t="{kind}"' if kind else ""
    return f'<c r="{address}" s="{style}"{stored_as}>{formula}<v>{value}</v></c>'


def shared_strings(*items: str) -> str:
    texts = "".join(f"<si>{item}</si>" for item in items)
    return f'<sst xmlns="{MAIN}">{texts}</sst>'


def styles(*codes: str) -> str:
    """Styles 1, 2 … with the given number formats; style 0 is General."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode={quoteattr(code)}/>' for place, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{164 + place}"/>' for place, _ in enumerate(codes))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{cells}</cellXfs><cellStyles/></styleSheet>'
    )


def parts(
    *sheets: str,
    names: Mapping[int, str] | None = None,
    states: Mapping[int, str] | None = None,
    properties: str = "",
    calculation: str = "",
    strict: bool = False,
    content_type: str = XLSX,
) -> Parts:
    """The parts of a sound workbook with these sheets, called One, Two …, unless named."""
    words = names or {}
    relationships = STRICT_RELATIONSHIPS if strict else RELATIONSHIPS
    listed = "".join(
        f'<sheet name={quoteattr(words.get(number, f"Sheet{number}"))} sheetId="{number}" '
        f'state="{(states or {}).get(number, "visible")}" r:id="rId{number}"/>'
        for number, _ in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{relationships}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(sheets, start=1)
    )
    made: Parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"><Relationship Id="rId1" '
            f'Type="{relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{STRICT_MAIN if strict else MAIN}" xmlns:r="{relationships}">{properties}'
            f"<sheets>{listed}</sheets>{calculation}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{related}'
            f'<Relationship Id="rIdS" Type="{relationships}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rIdT" Type="{relationships}/styles" Target="/xl/styles.xml"/>'
            "</Relationships>"
        ),
    }
    for number, sheet in enumerate(sheets, start=1):
        made[f"xl/worksheets/sheet{number}.xml"] = sheet
    return made


def zipped(made: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in made.items():
            package.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def workbook(*rows: str, **more: str) -> bytes:
    """A sound workbook of one sheet with these rows; `strings` and `styles` are its shared parts."""
    made = parts(worksheet("".join(rows), before=more.get("before", ""), after=more.get("after", "")))
    if "strings" in more:
        made["xl/sharedStrings.xml"] = more["strings"]
    if "styles" in more:
        made["xl/styles.xml"] = more["styles"]
    return zipped(made)


def sound() -> bytes:
    """A workbook with 7 in A1, which every fault below spoils."""
    return workbook(row(cell("A1", "7")))


def with_part(name: str, content: str | bytes) -> bytes:
    """A sound workbook with one part more, or another in its place."""
    return zipped(parts(worksheet(row(cell("A1", "7")))) | {name: content})


def with_sheet(xml: str | bytes) -> bytes:
    return with_part(FIRST_SHEET, xml)


# Zip packages.


def zip_bomb(*, size: int = 20 * 1024 * 1024) -> bytes:
    """A sheet of blanks that grows a thousandfold."""
    start, end = worksheet().split("<sheetData>")
    return with_sheet(f"{start}<sheetData>{' ' * size}{end}")


def shared_string_bomb() -> bytes:
    texts = "".join(f"<si><t>{number:x}</t></si>" for number in range(600_001))
    made = parts(worksheet(row(cell("A1", "0", kind="s"))))
    return zipped(made | {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'})


def cut_off() -> bytes:
    return sound()[:-200]


def bad_checksum() -> bytes:
    """The sheet's checksum is wrong in both of its headers."""
    content = sound()
    right = struct.pack("<L", zlib.crc32(worksheet(row(cell("A1", "7"))).encode()))
    return content.replace(right, b"\1\2\3\4")


def duplicate_parts() -> bytes:
    """Two sheets under one name, so that two readers may read two different figures."""
    made = parts(worksheet(row(cell("A1", "7")))) | {FIRST_SHEET.replace("s", "z", 1): worksheet()}
    second = FIRST_SHEET.replace("s", "z", 1)
    return zipped(made).replace(second.encode(), FIRST_SHEET.encode())


def renamed(content: bytes, old: str, new: str) -> bytes:
    """Another part name of the same length, in both headers."""
    assert len(old) == len(new)
    return content.replace(old.encode(), new.encode())


def first_central(content: bytes) -> int:
    return content.index(b"PK\1\2")


def patched(content: bytes, place: int, new: bytes) -> bytes:
    return content[:place] + new + content[place + len(new) :]


def encrypted_entries() -> bytes:
    content = sound()
    return patched(content, first_central(content) + 8, struct.pack("<H", 1))


def unusual_packing() -> bytes:
    return zipped(parts(worksheet(row(cell("A1", "7")))), method=zipfile.ZIP_LZMA)


def symbolic_link() -> bytes:
    content = sound()
    place = first_central(content)
    linked = patched(content, place + 38, struct.pack("<L", 0o120777 << 16))
    return patched(linked, place + 4, struct.pack("<H", 3 << 8 | 20))


def lying_size() -> bytes:
    """The first part claims fewer packed bytes than it has."""
    content = sound()
    return patched(content, first_central(content) + 20, struct.pack("<L", 10))


def overlapping_parts() -> bytes:
    """The second part starts where the first one does."""
    made = zipped({"aa": b"x" * 50, "bb": b"x" * 50}, method=zipfile.ZIP_STORED)
    second = made.index(b"PK\1\2", first_central(made) + 1)
    return patched(made.replace(b"bb", b"aA"), second + 42, struct.pack("<L", 1))


def polyglot() -> bytes:
    """A workbook with something after its end."""
    return sound() + b"%PDF-1.7"


# XML.


def document_type(encoding: str = "utf-8") -> bytes:
    """Entities that would grow a billionfold, in any encoding."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE worksheet [<!ENTITY a "ha">'
        '<!ENTITY b "&a;&a;&a;&a;">]><worksheet xmlns="m"><sheetData/></worksheet>'
    )
    return with_sheet(text.encode(encoding))


def deep_xml() -> bytes:
    return with_sheet(worksheet("<a>" * 70 + "</a>" * 70))


def endless_tag() -> bytes:
    noise = "".join(f"{number:x}" for number in range(400_000))
    return with_sheet(worksheet(f'<row spans="{noise}"/>'))


# Sheets.


def far_cell() -> bytes:
    """One cell at each end of the sheet: a reader that lays it out in full dies."""
    return workbook(row(cell("A1", "7")), row(cell("XFD1048576", "8"), number=1_048_576))


def million_empty_rows() -> bytes:
    rows = "".join(f'<row r="{number}"/>' for number in range(2, 1_000_002))
    return workbook(row(cell("A1", "7")), rows)


def merge_of_everything() -> bytes:
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return workbook(row(cell("A1", "7"), cell("B1", "8")), after=merges)


# Other kinds of file.


def compound(*streams: str) -> bytes:
    """A binary file of the older kind whose directory lists these streams."""
    entries = b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in streams)
    return OLE.ljust(512, b"\0") + entries


def open_document(kind: str, **parts: str) -> bytes:
    """An OpenDocument file of this kind; `content` and others are its parts, without their endings."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, text in ({"content": "<office/>"} | parts).items():
            package.writestr(zipfile.ZipInfo(f"{name}.xml"), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def protected_open_document() -> bytes:
    mark = '<m:encryption-data xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return open_document("spreadsheet", **{"META-INF/manifest": f"<manifest>{mark}</manifest>"})


def wholly_protected_open_document() -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "encrypted-package": "x"})


def of_content_type(content_type: str) -> bytes:
    return zipped(parts(worksheet(row(cell("A1", "7"))), content_type=content_type))
