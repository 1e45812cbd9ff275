"""The comments of one sheet: the provider's own stay as they are, ours are put beside them or after them.

Where a cell has a comment already, ours follows its words; what we said an earlier time is taken out first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imports.marked.markup import Element, Markup, quoted
from imports.marked.ours import AUTHOR, SAID

EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{}"><authors></authors><commentList></commentList></comments>'
)


def without_ours(content: bytes) -> tuple[bytes, set[str]]:
    """A sheet's comments without what we said before, and the addresses that have no comment any more."""
    part, bare = Markup(content), set()
    for comment in _comments(part):
        if SAID not in _words(comment):
            continue
        if _words(comment).lstrip().startswith(SAID):
            part.replace(comment.start, comment.end, b"")
            bare.add(_address(comment))
        else:
            _cut(part, comment)
    return part.changed(), bare


def with_ours(content: bytes, said: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """A sheet's comments with one of ours at each address, and the addresses that had none before."""
    part = Markup(content)
    author = _author(part)
    there = {_address(comment): comment for comment in _comments(part)}
    alone = [address for address in said if address not in there]
    for address, words in said.items():
        if address in there:
            _add(part, there[address], words)
    added = b"".join(_comment(part.prefix, address, author, said[address]) for address in alone)
    listed = part.root.first("commentList")
    if listed is None:
        own = part.prefix.encode("ascii")
        part.put_in(part.root, b"<%bcommentList>%b</%bcommentList>" % (own, added, own))
    elif added:
        part.put_in(listed, added)
    return part.changed(), alone


def _comments(part: Markup) -> list[Element]:
    listed = part.root.first("commentList")
    return listed.every("comment") if listed else []


def _address(comment: Element) -> str:
    return comment.attributes.get("ref", "").replace("$", "")


def _words(comment: Element) -> str:
    return "".join(text.text for text in _texts(comment))


def _texts(comment: Element) -> Iterator[Element]:
    """The texts that are shown, without phonetic readings."""
    for holder in comment.every("text"):
        for child in holder.children:
            if child.name == "t":
                yield child
            elif child.name == "r":
                yield from child.every("t")


def _cut(part: Markup, comment: Element) -> None:
    """Leave of a comment what stands before our own words."""
    kept = _words(comment).partition(SAID)[0].rstrip("\n")
    for text in _texts(comment):
        here, kept = kept[: len(text.text)], kept[len(text.text) :]
        if here != text.text:
            part.replace(text.inner, text.close, quoted(here))


def _add(part: Markup, comment: Element, words: str) -> None:
    """Put our words at the end of somebody else's comment."""
    own, texts = part.prefix.encode("ascii"), list(_texts(comment))
    if texts:
        part.put_in(texts[-1], quoted(f"\n\n{words}"))
        return
    for holder in comment.every("text")[:1]:
        part.put_in(holder, b'<%bt xml:space="preserve">%b</%bt>' % (own, quoted(words), own))


def _author(part: Markup) -> int:
    """Our place among the authors, at whose end we are put where we are not among them."""
    authors = part.root.first("authors")
    own, ours = part.prefix.encode("ascii"), quoted(AUTHOR)
    if authors is None:
        part.insert(part.root.inner, b"<%bauthors><%bauthor>%b</%bauthor></%bauthors>" % (own, own, ours, own, own))
        return 0
    names = [author.text for author in authors.every("author")]
    if AUTHOR not in names:
        part.put_in(authors, b"<%bauthor>%b</%bauthor>" % (own, ours, own))
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _comment(prefix: str, address: str, author: int, words: str) -> bytes:
    own = prefix.encode("ascii")
    text = b'<%btext><%bt xml:space="preserve">%b</%bt></%btext>' % (own, own, quoted(words), own, own)
    head = b'<%bcomment ref="%b" authorId="%d" shapeId="0">' % (own, address.encode("ascii"), author)
    return b"%b%b</%bcomment>" % (head, text, own)
