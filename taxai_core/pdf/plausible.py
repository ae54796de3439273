"""Telling a table from what only looks like one to a parser."""

from collections.abc import Iterable

from ..models import Table

# A frame drawn around prose, or a line of it, comes out as rows with one filled cell each. On
# corpus/tables F1 falls from 0.95 to 0.85 without this bound; a Form 16, whose page is one grid
# of merged cells, has two filled cells in 65 to 77 % of its rows while 15 to 21 % of its cells are.
LEAST_ROWS, LEAST_COLUMNS, LEAST_FULL_ROWS = 2, 2, 0.5
# Without lines, indented or bulleted prose aligns like a table, but sparsely or in long cells. On
# corpus/tables these bounds cost no true relation and take out a third of the false ones.
LEAST_FILLED, MOST_WORDS_A_CELL = 0.3, 6.0


def plausible(tables: Iterable[Table]) -> list[Table]:
    """Keep what is a table, without the columns in which no cell is filled."""
    trimmed = (_without_empty_columns(table) for table in tables)
    return [table for table in trimmed if _is_table(table)]


def _is_table(table: Table) -> bool:
    rows = [row for row in table.rows if any(row)]
    if len(rows) < LEAST_ROWS or len(rows[0]) < LEAST_COLUMNS:
        return False
    full = sum(sum(map(bool, row)) >= 2 for row in table.rows)
    if full < LEAST_FULL_ROWS * len(table.rows):
        return False
    return table.method != "network" or not _is_prose(table)


def _is_prose(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row]
    filled = [cell for cell in cells if cell]
    words = sum(len(cell.split()) for cell in filled)
    return len(filled) < LEAST_FILLED * len(cells) or words >= MOST_WORDS_A_CELL * len(filled)


def _without_empty_columns(table: Table) -> Table:
    width = max(map(len, table.rows), default=0)
    kept = [column for column in range(width) if any(row[column] for row in table.rows)]
    return table.model_copy(update={"rows": [[row[c] for c in kept] for row in table.rows]})
