"""Tables without lines: columns that white space runs through, and the rows between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .drawing import Drawing, Rule
from .lines import Line
from .rivers import River, rivers_of, with_figure_walls, with_walls

# Lines of one table follow each other within this many times the height of their print.
NEXT_LINE_EM = 2.6
# One that follows this far below must stand in the columns, or it is a footer or the next table.
FAR_EM, ALIGNED_PT = 0.9, 4.0
# After so many lines a table's columns are settled: a line that leaves fewer than this share of
# them is the next table's.
SETTLED, FEWER = 4, 0.6
# After so many lines the white space is measured again only every so often: each time costs as much
# as all lines before.
MANY, AGAIN = 40, 20
# Where the next table has begun unnoticed, this much room, or a heading, parts it from the one that
# has at least so many lines.
APART_EM, LEAST_LINES = 0.6, 2
# A heading over a table's columns, or a line between its rows, may stand alone this often in a row.
MOST_LONELY = 2


@dataclass
class Block:
    """Lines that belong to one table, and the white space between its columns."""

    lines: list[Line] = field(default_factory=list)
    rivers: list[River] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What it covers: left, top, right, bottom."""
        return (
            min(line.x0 for line in self.lines),
            min(line.top for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.bottom for line in self.lines),
        )


def find_blocks(lines: Sequence[Line], drawing: Drawing) -> list[Block]:
    """Find runs of lines that stand in columns."""
    blocks: list[Block] = []
    start = free = 0  # the first line to look at, and the first that no block has taken
    while start < len(lines):
        block = _grow(lines, start)
        if block is None:
            start += 1
            continue
        end = start + len(block.lines)
        head = _heading_above(lines[free:], start - free, block, drawing.across)
        taken = [*lines[start - head : start], *block.lines]
        rivers = with_figure_walls(with_walls(block.rivers, taken, drawing.down), taken)
        blocks.append(Block(taken, rivers))
        start = free = end
    return blocks


def _grow(lines: Sequence[Line], start: int) -> Block | None:
    """The longest table that begins with a line; None where none does."""
    if len(lines[start].pieces) < 2:
        return None
    taken = [lines[start]]
    rivers = rivers_of(taken)
    lonely = 0
    for line in lines[start + 1 :]:
        gap = line.top - taken[-1].bottom
        if gap > NEXT_LINE_EM * line.size:
            break
        if gap > FAR_EM * line.size and not _is_aligned(line, taken):
            break
        if len(line.pieces) < 2:
            lonely += not (rivers and line.x1 <= rivers[0][1])
            if lonely > MOST_LONELY or _is_sentence(line, taken):
                break
            taken.append(line)
            continue
        wider = _rivers_with(line, taken, rivers)
        if len(wider) < max(1, FEWER * len(rivers) if len(taken) >= SETTLED else 1):
            taken = _before_the_next_table(taken)
            rivers = rivers_of(taken)
            break
        lonely = 0
        taken.append(line)
        rivers = wider
    while taken and len(taken[-1].pieces) < 2:
        if _continues_label(taken[-1], taken[-2] if len(taken) > 1 else None):
            break
        taken.pop()
    block = Block(taken, rivers_of(taken))
    full = sum(len(line.pieces) >= 2 for line in taken)
    return block if full >= 2 and block.rivers else None


def _rivers_with(line: Line, taken: Sequence[Line], rivers: list[River]) -> list[River]:
    """The rivers of lines and one more."""
    if len(taken) > MANY and len(taken) % AGAIN:
        middles = [(start + end) / 2 for start, end in rivers]
        crossed = [any(w.x0 < x < w.x1 for w in line.words) for x in middles]
        # Crossing one river of many ends none; a line that crosses most is of the next table.
        return rivers if 2 * sum(crossed) <= len(rivers) else []
    stands_in = any(w.x0 < end and w.x1 > start for start, end in rivers for w in line.words)
    return rivers_of([*taken, line]) if stands_in else rivers


def _before_the_next_table(taken: list[Line]) -> list[Line]:
    """The lines up to the last heading, or the last wider gap: there the next table begins.

    It shows only at a later line, which no longer fits the columns.
    """
    for index in range(len(taken) - 1, LEAST_LINES - 1, -1):
        is_heading = len(taken[index].pieces) < 2
        if is_heading or taken[index].top - taken[index - 1].bottom > APART_EM * taken[index].size:
            return taken[:index]
    return taken


def _is_aligned(line: Line, taken: Sequence[Line]) -> bool:
    """Do most pieces of a line begin or end where pieces of the lines before do?"""
    before = [piece for other in taken[-6:] for piece in other.pieces]
    pieces = line.pieces
    held = sum(
        any(
            abs(piece.x0 - other.x0) < ALIGNED_PT
            or abs(piece.x1 - other.x1) < ALIGNED_PT
            or abs(piece.x0 + piece.x1 - other.x0 - other.x1) < ALIGNED_PT
            for other in before
        )
        for piece in pieces
    )
    return 2 * held > len(pieces)


def _continues_label(line: Line, before: Line | None) -> bool:
    return (
        before is not None
        and line.text[:1].islower()
        and line.top - before.bottom < 0.5 * line.size
        and line.x1 < before.x1
    )


def _is_sentence(line: Line, taken: Sequence[Line]) -> bool:
    """Does a line run across the table like prose does?"""
    left = min(other.x0 for other in taken)
    right = max(other.x1 for other in taken)
    return line.x1 - line.x0 > 0.75 * (right - left) and len(line.words) >= 6


def _heading_above(lines: Sequence[Line], start: int, block: Block, across: Sequence[Rule]) -> int:
    """How many lines above belong to the table: the upper lines of its headings."""
    x0, _, x1, _ = block.box
    count = 0
    for index in range(start - 1, max(-1, start - 6), -1):
        line = lines[index]
        below = lines[index + 1]
        if line.x0 < x0 - line.size or line.x1 > x1 + line.size:
            break
        ruled = any(
            line.bottom - 2 <= rule.at <= below.top + 2
            and min(rule.end, x1) - max(rule.start, x0) > 0.8 * (x1 - x0)
            for rule in across
        )
        if ruled or below.top - line.bottom > 0.45 * line.size:
            break
        first_column = block.rivers[0][0] if block.rivers else x1
        if line.x0 <= first_column and line.x1 > first_column:
            break  # a title or a sentence begins at the left and runs over the columns
        if line.x1 <= first_column and line.x0 < first_column and len(line.words) > 6:
            break
        count = start - index
    return count
