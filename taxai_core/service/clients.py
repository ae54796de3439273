"""Whose papers there are, of which years, and only those of one client or year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..export.files import Item
from ..store.document import Document
from .download import Export


@dataclass(frozen=True)
class Client:
    """A taxpayer. `key` tells one from another: the PAN, or the name where there is none."""

    key: str
    name: str
    pan: str


class _Belonging(Protocol):
    @property
    def taxpayer_pan(self) -> str: ...

    @property
    def taxpayer_name(self) -> str: ...

    @property
    def financial_year(self) -> str: ...


@dataclass(frozen=True)
class Wanted:
    """Of which client, by key, and of which year papers are wanted; "" for all."""

    client: str = ""
    year: str = ""

    def takes(self, paper: _Belonging) -> bool:
        """Is this paper wanted?"""
        return self.client in ("", client_key(paper)) and self.year in ("", paper.financial_year)

    def among(self, documents: Iterable[Document]) -> list[Document]:
        """The documents that hold such a paper; all where nothing is asked for."""
        if self == Wanted():
            return list(documents)
        return [one for one in documents if any(map(self.takes, one.records))]

    def narrow(self, export: Export) -> Export:
        """An export of these papers alone, with the tables of their pages."""
        if self == Wanted():
            return export
        items = [self._narrowed(item) for item in export.items]
        return replace(export, items=[item for item in items if item.reading.records])

    def _narrowed(self, item: Item) -> Item:
        papers = [paper for paper in item.reading.records if self.takes(paper)]
        tables = [
            table
            for table in item.reading.tables
            if any(paper.first_page <= table.page <= paper.last_page for paper in papers)
        ]
        return replace(item, reading=replace(item.reading, records=papers, tables=tables))


def client_key(paper: _Belonging) -> str:
    """By what a taxpayer is known: the PAN, or the name in any spelling of capitals."""
    return paper.taxpayer_pan or paper.taxpayer_name.casefold()


def clients(documents: Sequence[Document]) -> list[Client]:
    """All taxpayers by name; a name that some papers leave out is taken from another one."""
    found: dict[str, Client] = {}
    for document in documents:
        for paper in document.records:
            key = client_key(paper)
            if key and not (key in found and found[key].name):
                found[key] = Client(key, paper.taxpayer_name, paper.taxpayer_pan)
    return sorted(found.values(), key=lambda client: (client.name.casefold(), client.key))


def years(documents: Sequence[Document]) -> list[str]:
    """All financial years, the newest first."""
    found = {paper.financial_year for document in documents for paper in document.records}
    return sorted(found - {""}, reverse=True)
