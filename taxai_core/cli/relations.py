"""How right the tables read are: the measure of the ICDAR 2013 table competition.

Each filled cell is related to its next filled neighbour to the right and below; a relation is
found where both texts and the direction agree. Relations are compared page by page, so that a
table that was split, merged or missed costs what it should.

Source: Göbel, Hassan, Oro, Orsi: ICDAR 2013 Table Competition, section III.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

TRUTH = "-str.xml"
# A place in a table, row before column, and what stands there: which cell, and its text.
_Grid = Mapping[tuple[int, int], tuple[object, str]]
_Relations = Counter[tuple[str, str, str]]


class Score(NamedTuple):
    """What a method found of a set of documents. `macro_f1` is the mean of their own F1."""

    precision: float
    recall: float
    f1: float
    macro_f1: float


def score(truths: Mapping[str, Path], read: Mapping[str, Iterable[Mapping[str, Any]]]) -> Score:
    """Compare documents, by name, with their truth files; what was not read counts as no tables.

    Args:
        truths: the truth file of each document, in the competition's `-str.xml` form.
        read: the tables of each document, with `page` and `rows`.
    """
    found = wanted = given = 0
    own = []
    for name, path in truths.items():
        truth = _by_page(_true_tables(path))
        mine = _by_page(_read_tables(read.get(name, ())))
        hits = sum((truth[page] & mine.get(page, Counter())).total() for page in truth)
        both = [sum(counts.total() for counts in pages.values()) for pages in (truth, mine)]
        found, wanted, given = found + hits, wanted + both[0], given + both[1]
        own.append(2 * hits / max(sum(both), 1))
    precision, recall = found / max(given, 1), found / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Score(precision, recall, f1, sum(own) / max(len(own), 1))


def find_truths(folder: Path) -> dict[str, Path]:
    """The truth files of a folder that have their document beside them, by its name.

    The competition's eu-009b has no document of its own and counts for none.
    """
    truths = {path.name.removesuffix(TRUTH): path for path in sorted(folder.glob(f"*{TRUTH}"))}
    return {name: path for name, path in truths.items() if (folder / f"{name}.pdf").exists()}


def _by_page(tables: Iterable[tuple[int, _Grid]]) -> dict[int, _Relations]:
    pages: dict[int, _Relations] = {}
    for page, grid in tables:
        if grid:
            pages.setdefault(page, Counter()).update(relations(grid))
    return pages


def _true_tables(path: Path) -> Iterator[tuple[int, _Grid]]:
    for region in ET.parse(path).getroot().iter("region"):
        grid: dict[tuple[int, int], tuple[object, str]] = {}
        for number, cell in enumerate(region.findall("cell")):
            if text := bare(cell.findtext("content")):
                grid.update(dict.fromkeys(_places(cell), (number, text)))
        yield int(region.get("page", 0)), grid


def _places(cell: ET.Element) -> Iterator[tuple[int, int]]:
    """All places of the grid that a cell covers."""
    top, left = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
    rows = range(top, int(cell.get("end-row", top)) + 1)
    return product(rows, range(left, int(cell.get("end-col", left)) + 1))


def _read_tables(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, _Grid]]:
    for table in tables:
        rows: Sequence[Sequence[str | None]] = table["rows"]
        yield (
            int(table["page"]),
            {
                (r, c): ((r, c), text)
                for r, row in enumerate(rows)
                for c, cell in enumerate(row)
                if (text := bare(cell))
            },
        )


def relations(grid: _Grid) -> _Relations:
    """How often each pair of texts is found beside or below each other in a table."""
    found: _Relations = Counter()
    seen = set()
    bottom, right = (max(place[axis] for place in grid) for axis in (0, 1))
    for (row, column), (cell, text) in grid.items():
        ways = {
            "right": ((row, c) for c in range(column + 1, right + 1)),
            "below": ((r, column) for r in range(row + 1, bottom + 1)),
        }
        for way, places in ways.items():
            # A merged cell stands at several places; it is no neighbour of itself.
            others = (grid[place] for place in places if place in grid)
            other, other_text = next((next_ for next_ in others if next_[0] != cell), (None, ""))
            if other is not None and (cell, other, way) not in seen:
                seen.add((cell, other, way))
                found[text, other_text, way] += 1
    return found


def bare(text: str | None) -> str:
    """Letters and digits only, as the competition compares them."""
    return re.sub(r"[^0-9a-z]+", "", (text or "").casefold())
