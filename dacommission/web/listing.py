"""Lists that sort, filter and page, all by links and one form, so that they work without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from dacommission.db import db

PAGE_LENGTH = 25


@dataclass(frozen=True)
class ListPage:
    """One page of a list: its rows, where it stands, and the links to the rest."""

    rows: Sequence[Any]
    total: int
    number: int
    pages: int
    sort: str
    descending: bool
    search: str
    columns: Mapping[str, str] = field(default_factory=dict)  # sort key → heading

    def link(self, **changes: object) -> str:
        """This page's address with something changed."""
        kept = {**(request.view_args or {}), **request.args.to_dict(), **changes}
        return url_for(request.endpoint or "", **{key: value for key, value in kept.items() if value is not None})

    def sort_link(self, key: str) -> str:
        """Sorted by a column; the other way round when it is sorted by it already."""
        turned = "desc" if key == self.sort and not self.descending else None
        return self.link(sort=key, order=turned, page=None)

    def sorted_as(self, key: str) -> str:
        """The value of aria-sort for a column."""
        if key != self.sort:
            return "none"
        return "descending" if self.descending else "ascending"


def listed(
    query: Select[Any],
    *,
    columns: Mapping[str, tuple[str, Any]],
    tie_break: Any,
    search_in: Sequence[InstrumentedAttribute[Any]] = (),
    first_sort: str | None = None,
    newest_first: bool = False,
) -> ListPage:
    """The page of a query that the address asks for with ?sort, ?order, ?search and ?page.

    Until somebody asks for an order it is that of `first_sort`, or of the first column; the other way
    round for `newest_first`. `tie_break` is a column, or several in a tuple, that leave no two rows alike.

    `columns` maps a sort key to its heading and column; only these can be sorted by. Text typed into
    search is matched as typed, in any of `search_in`, whatever its case.
    """
    search = request.args.get("search", "").strip()
    if search:
        pattern = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        matches = [column.ilike(pattern, escape="\\") for column in search_in]
        query = query.where(matches[0].self_group() if len(matches) == 1 else _any_of(matches))
    sort = request.args.get("sort", "")
    sort = sort if sort in columns else (first_sort or next(iter(columns)))
    asked = "sort" in request.args or "order" in request.args
    descending = request.args.get("order") == "desc" if asked else newest_first
    column = columns[sort][1]
    last = tie_break if isinstance(tie_break, tuple) else (tie_break,)
    query = query.order_by(None).order_by(column.desc() if descending else column, *last)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // PAGE_LENGTH))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    rows = db.session.scalars(query.limit(PAGE_LENGTH).offset((number - 1) * PAGE_LENGTH)).unique().all()
    headings = {key: heading for key, (heading, _) in columns.items()}
    return ListPage(rows, total, number, pages, sort, descending, search, headings)


def _any_of(matches: Sequence[Any]) -> Any:
    found = matches[0]
    for match in matches[1:]:
        found = found | match
    return found
