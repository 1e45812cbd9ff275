"""XML changed where it stands: elements with the places of their bytes, and changes made at those places.

Everything that is not changed stays byte for byte, prefixes, comments and unknown elements included. Builds a
tree of small parts only; a worksheet is passed through in `sheet_cells`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from imports.workbook import limits
from imports.workbook.refusal import damaged
from imports.workbook.xml import refuse_document_type, too_deep

Attributes = dict[str, str]
TWO_BYTES = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*("[^"]*"|'[^']*')""")
TAG = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Element:
    """One element: its name without the part's own prefix, and where its bytes start and end."""

    name: str
    attributes: Attributes
    start: int
    inner: int  # after its start tag
    close: int = 0  # before its end tag; where it is one empty tag, after it
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def every(self, name: str) -> list[Element]:
        """Its children of a name, in their order."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element | None:
        """Its first child of a name; None without one."""
        return next((child for child in self.children if child.name == name), None)


class Edited:
    """A part's bytes, and the changes to be made to them."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._changes: list[tuple[int, int, int, bytes]] = []
        self._tags: dict[int, dict[str, str]] = {}
        self._appended: dict[int, tuple[int, list[bytes]]] = {}

    def insert(self, place: int, added: bytes) -> None:
        """Put something before the byte at a place; at one place, in the order in which it is put."""
        self.replace(place, place, added)

    def replace(self, start: int, end: int, added: bytes) -> None:
        """Put something in the place of some bytes."""
        self._changes.append((start, end, len(self._changes), added))

    def append(self, start: int, close: int, added: bytes) -> None:
        """Put something at the end of the element that starts and closes here, also where it is one empty tag."""
        self._appended.setdefault(start, (close, []))[1].append(added)

    def tell(self, start: int, **attributes: str) -> None:
        """Give the element that starts here these attributes, and leave its others."""
        self._tags.setdefault(start, {}).update(attributes)

    def changed(self) -> bytes:
        """The part with every change made."""
        changes = [*self._changes, *self._of_tags()]
        pieces: list[bytes] = []
        place = 0
        for start, end, _, added in sorted(changes):
            pieces += (self.content[place:start], added)
            place = end
        return b"".join((*pieces, self.content[place:]))

    def _of_tags(self) -> Iterator[tuple[int, int, int, bytes]]:
        after = len(self._changes)
        for start in self._tags.keys() | self._appended.keys():
            end = tag_end(self.content, start)
            tag = with_attributes(self.content[start:end], self._tags.get(start, {}))
            close, added = self._appended.get(start, (0, []))
            if added and is_empty(tag):
                tag = b"%b>%b</%b>" % (tag[:-2].rstrip(), b"".join(added), tag_name(tag))
            elif added:
                yield close, close, after, b"".join(added)
            yield start, end, after, tag


class Markup(Edited):
    """A small part with its elements as a tree."""

    def __init__(self, content: bytes) -> None:
        super().__init__(in_single_bytes(content))
        self.prefix = ""
        self.root = _tree(self)

    @property
    def namespace(self) -> str:
        """The namespace of the part's own elements."""
        return self.root.attributes.get(f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns", "")

    def put_in(self, parent: Element, added: bytes) -> None:
        """Put something at the end of an element."""
        self.append(parent.start, parent.close, added)


def _tree(part: Markup) -> Element:
    stack: list[Element] = []
    roots: list[Element] = []

    def start(name: str, attributes: Attributes) -> None:
        if not stack:
            part.prefix = name[: name.find(":") + 1]
        if len(stack) >= limits.DEPTH:
            raise too_deep()
        place = parser.CurrentByteIndex
        element = Element(name.removeprefix(part.prefix), attributes, place, tag_end(part.content, place))
        (stack[-1].children if stack else roots).append(element)
        stack.append(element)

    def end(_: str) -> None:
        element = stack.pop()
        empty = is_empty(part.content[element.start : element.inner])
        element.close = element.inner if empty else parser.CurrentByteIndex
        element.end = element.inner if empty else tag_end(part.content, element.close)

    def text(written: str) -> None:
        stack[-1].text += written

    parser = parsed_by(start, end, text)
    feed(parser, part.content)
    return roots[0]


def parsed_by(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that calls these, and refuses every document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    return parser


def feed(parser: expat.XMLParserType, content: bytes) -> None:
    """Give a parser a whole part. Raises Refused for XML that is broken."""
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged(f"its XML breaks off or is not well formed at line {error.lineno:,}") from error


def in_single_bytes(content: bytes) -> bytes:
    """A part in which every character of ASCII is one byte, as all are but those in UTF-16."""
    encoding = TWO_BYTES.get(content[:2])
    if encoding is None:
        return content
    try:
        return ENCODING.sub(r"\1", content.decode(encoding), count=1).lstrip("\ufeff").encode()
    except UnicodeError as error:
        raise damaged("one of its parts is not in the characters that it names") from error


def tag_end(content: bytes, start: int) -> int:
    """After the tag that starts here."""
    found = TAG.match(content, start)
    return found.end() if found else len(content)


def is_empty(tag: bytes) -> bool:
    """Whether a tag is a whole element: <c/>."""
    return tag.endswith(b"/>")


def tag_name(tag: bytes) -> bytes:
    """The name in a start tag, with its prefix."""
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]


def with_attributes(tag: bytes, attributes: Attributes) -> bytes:
    """A start tag with some of its attributes given anew, the others as they were written."""
    for name, value in attributes.items():
        written = b' %b="%b"' % (name.encode("ascii"), quoted(value))
        found = re.compile(rb"""\s%b\s*=\s*("[^"]*"|'[^']*')""" % re.escape(name.encode("ascii"))).search(tag)
        if found:
            tag = tag[: found.start()] + written + tag[found.end() :]
        else:
            place = len(tag_name(tag)) + 1
            tag = tag[:place] + written + tag[place:]
    return tag


def number_of(element: Attributes, name: str) -> int:
    """The number of a style, a font or a fill that an element names; 0, the first of its list, where it names none."""
    written = element.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def quoted(text: str) -> bytes:
    """A text as it may stand in XML of any encoding: without what XML cannot hold, and in ASCII."""
    plain = escape(NOT_IN_XML.sub("", text)).replace("\r", "").replace("\n", "&#10;")
    return plain.encode("ascii", "xmlcharrefreplace")
