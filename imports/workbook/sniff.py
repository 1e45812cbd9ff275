"""What a file is, by its bytes and never by its name, and what to say of each kind that is not read."""

from __future__ import annotations

import re
from collections.abc import Callable

from imports.workbook import limits
from imports.workbook.compound import OLE, WORKBOOK_STREAMS, has_stream
from imports.workbook.container import Container
from imports.workbook.delimited import read_delimited
from imports.workbook.opened import Opened
from imports.workbook.refusal import PROTECTED, Refused, damaged, too_large
from imports.workbook.xlsx import read_xlsx

ZIP = b"PK\3\4"
EMPTY_ZIP = b"PK\5\6"
SAVE_AS = "Open it in Excel, save it as an Excel workbook (.xlsx) and upload that."
TYPE_IN = "Put the figures into the return workbook and upload that."
MIMETYPE, SPREADSHEET = "mimetype", b"application/vnd.oasis.opendocument.spreadsheet"
PICTURE = f"This is a picture, not a workbook. {TYPE_IN}"
OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.([a-z]+)")

# First bytes → rule and sentence.
SIGNATURES: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"%PDF",), "pdf", f"This is a PDF, not a workbook. {TYPE_IN}"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), "image", PICTURE),
    ((b"{\\rtf",), "word-document", f"This is a text document, not a workbook. {TYPE_IN}"),
    (
        (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"),
        "archive",
        "This is a compressed archive. Take the workbook out of the archive and upload the workbook itself.",
    ),
    ((b"MIME-Version:",), "web-page", f"This is a saved web page, not a workbook. {SAVE_AS}"),
    (
        (b'{"',),
        "link",
        "This is a link to a document or a file for programs (JSON), not a workbook. Open the document, "
        "download it as an Excel workbook (.xlsx) and upload that.",
    ),
)
# Pictures whose first letters alone could also begin a text.
PICTURES = re.compile(rb"BM.{4}\0{4}|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", re.DOTALL)
WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|style|div|script)\b", re.IGNORECASE)
FLAT_DOCUMENT = b"urn:oasis:names:tc:opendocument:xmlns:office"
EXCEL_XML = (b"mso-application", b"urn:schemas-microsoft-com:office:spreadsheet")

# Streams of the older binary format → what the file is. A protected workbook has no other stream we know.
STREAMS = (
    ("EncryptedPackage", *PROTECTED),
    ("WordDocument", "word-document", f"This is a Word document, not a workbook. {TYPE_IN}"),
    ("PowerPoint Document", "presentation", f"This is a PowerPoint presentation, not a workbook. {TYPE_IN}"),
)
# The first record of an older workbook that has no file of streams around it, by its version.
OLDEST = (b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0", b"\x09\x08\x08\0", b"\x09\x08\x10\0")


def read_any(content: bytes) -> Opened:
    """Read whatever the bytes are. Raises Refused, naming what they are, when it is no table."""
    if len(content) > limits.UPLOAD:
        raise too_large(f"it has more than {limits.UPLOAD // limits.MIB} MB")
    if not content.strip(b"\0 \t\r\n"):
        raise Refused("empty", "This file is empty. Save the workbook again and upload it again.")
    return _reader(content)(content)


def _reader(content: bytes) -> Callable[[bytes], Opened]:
    if content.startswith(ZIP):
        return _read_zip
    if content.startswith(EMPTY_ZIP):
        raise damaged("it is a zip archive with nothing in it")
    if content.startswith(OLE):
        return _older_format(content)
    if content.startswith(OLDEST):
        return _read_older
    for starts, rule, message in SIGNATURES:
        if content.startswith(starts):
            raise Refused(rule, message)
    if PICTURES.match(content):
        raise Refused("image", PICTURE)
    _refuse_markup(content)
    return read_delimited


def _read_zip(content: bytes) -> Opened:
    """An OpenDocument file says what it is in its first bytes, or in a part of its own."""
    match = OPEN_DOCUMENT.search(content, 0, 200)
    if match and match[1] != b"spreadsheet":
        raise Refused("word-document", f"This is an OpenDocument file, but not a spreadsheet. {TYPE_IN}")
    if not match and not _is_ods(Container(content)):
        return read_xlsx(content)
    from imports.workbook.ods import read_ods  # here, because every process that opens a file would wait for it

    return read_ods(content)


def _is_ods(container: Container) -> bool:
    return MIMETYPE in container and next(container.chunks(MIMETYPE), b"").startswith(SPREADSHEET)


def _read_older(content: bytes) -> Opened:
    from imports.workbook.xls import read_xls  # here, because xlrd is a large library

    return read_xls(content)


def _older_format(content: bytes) -> Callable[[bytes], Opened]:
    """A document may hold a workbook, and a workbook a document: the one that is not inside the other counts."""
    workbook = any(has_stream(content, stream) for stream in WORKBOOK_STREAMS)
    for stream, rule, message in STREAMS:
        if has_stream(content, stream) and not (workbook and _is_workbook(content)):
            raise Refused(rule, message)
    if workbook:
        return _read_older
    raise Refused("unknown-type", f"This file is not a workbook that can be read. {SAVE_AS}")


def _is_workbook(content: bytes) -> bool:
    from imports.workbook.biff import workbook_stream  # here, because xlrd is a large library

    return bool(workbook_stream(content))


def _refuse_markup(content: bytes) -> None:
    start = _plain(content[:4096]).lstrip()
    if not start.startswith(b"<"):
        return
    if any(mark in start for mark in EXCEL_XML):
        raise Refused("xml-spreadsheet", f"This is a spreadsheet in Excel's XML format of 2003. {SAVE_AS}")
    if FLAT_DOCUMENT in start:
        raise Refused(
            "xml-spreadsheet",
            "This is an OpenDocument file in one piece (.fods). Open it in LibreOffice, save it as an OpenDocument "
            "spreadsheet (.ods) and upload that.",
        )
    if WEB_PAGE.search(start):
        raise Refused("web-page", f"This is a web page, whatever its name ends in. {SAVE_AS}")
    raise Refused("xml", f"This is an XML file, not a workbook. {SAVE_AS}")


def _plain(start: bytes) -> bytes:
    """The first bytes of a text without its byte order mark, two bytes a character made one."""
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"):
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")
