"""XML, read in a stream with limits: no document types, no deep nesting, no endless tags.

Knows nothing of workbooks. Builds no tree: a Reader keeps what it wants of the elements that pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from imports.workbook import limits
from imports.workbook.refusal import Refused, damaged

Attributes = dict[str, str]


class Reader:
    """Passes each element to the method registered for its name, and counts how deep it is.

    `text` holds the pieces of text since it was last cleared.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.finished = False  # set when nothing more of the part is wanted
        self.text: list[str] = []
        self.opening: dict[str, Callable[[Attributes], None]] = {}
        self.closing: dict[str, Callable[[], None]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins. Raises Refused where it lies too deep."""
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise too_deep()
        handler = self.opening.get(name)
        if handler:
            handler(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        handler = self.closing.get(name)
        if handler:
            handler()


def too_deep() -> Refused:
    """Elements lie in one another without end."""
    return damaged(f"its elements lie more than {limits.DEPTH} deep in one another")


def parse(chunks: Iterable[bytes], reader: Reader, *, named: bool = False) -> None:
    """Give a reader every element of a part. Raises Refused for XML that is broken or unsafe.

    `named` puts its namespace and a space before each name of an element or attribute.
    """
    parser = expat.ParserCreate(namespace_separator=" " if named else None)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.StartElementHandler = _first_element(parser, reader)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.TOKEN:
                raise damaged("one of its elements never ends")
            if reader.finished:
                return
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(f"its XML breaks off or is not well formed at line {error.lineno:,}") from error


def _first_element(parser: expat.XMLParserType, reader: Reader) -> Callable[[str, Attributes], None]:
    """Set the reader to work at the first element, whose prefix is the one that workbooks' own elements have.

    Most workbooks have none, and then the reader is called without a detour.
    """

    def first(name: str, attributes: Attributes) -> None:
        prefix = "" if " " in name else name[: name.find(":") + 1]
        parser.CharacterDataHandler = reader.text.append
        if prefix:
            parser.StartElementHandler = lambda name, found: reader.start(name.removeprefix(prefix), found)
            parser.EndElementHandler = lambda name: reader.end(name.removeprefix(prefix))
        else:
            parser.StartElementHandler = reader.start
            parser.EndElementHandler = reader.end
        parser.StartElementHandler(name, attributes)

    return first


def refuse_document_type(*_: object) -> None:
    """Raises Refused: a document type can make a small file endlessly large."""
    raise Refused(
        "document-type",
        "This file defines a document type, which no workbook needs and which can harm whoever reads it. "
        "Open it in Excel, save it as an Excel workbook (.xlsx) and upload it again.",
    )
