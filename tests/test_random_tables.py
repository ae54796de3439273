"""A hundred tables of as many looks: nearly every cell has its neighbours."""

from collections import Counter

from random_tables import Cell, random_table

from taxai_core.cli.relations import bare, relations
from taxai_core.pipeline import process_pdf

SEEDS = range(100)


def printed(cells: list[Cell]) -> Counter[tuple[str, str, str]]:
    return relations(
        {
            (row, column): (number, bare(text))
            for number, (row, first, last, text) in enumerate(cells)
            for column in range(first, last + 1)
            if bare(text)
        }
    )


def read(data: bytes) -> Counter[tuple[str, str, str]]:
    tables = process_pdf(data, password=None, max_file_mb=50, max_pages=1).tables
    found = Counter[tuple[str, str, str]]()
    for table in tables:
        cells = [(r, c, c, cell) for r, row in enumerate(table.rows) for c, cell in enumerate(row)]
        found += printed(cells)
    return found


def test_tables_of_many_looks_are_read() -> None:
    scores = {}
    for seed in SEEDS:
        table = random_table(seed)
        truth, found = printed(table.cells), read(table.data)
        scores[seed] = 2 * (truth & found).total() / (truth.total() + found.total())

    worst = sorted(scores.items(), key=lambda item: item[1])[:10]
    assert sum(scores.values()) / len(scores) >= 0.97, worst
