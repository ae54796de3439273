"""From lines of text and the columns they stand in to the rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .aligned import PIECE_EM, is_figure
from .drawing import Rule
from .lines import Line, lines_of, pieces_of, text_of
from .words import Ink

River = tuple[float, float]
# A heading's lines are set this tight; what stands further below is the next row.
TIGHT_EM = 0.45
# A piece of text that leaves this much room at a river is two cells there.
SPLIT_EM = 0.55
# Rows between drawn lines are bands when at least this share of the gaps between lines is ruled.
RULED_ROWS = 0.6
# Figures beside a label of two lines stand between those, overlapping both by this much.
BESIDE_EM = 0.1
# Lines are grouped by the room between them where enough gaps are clearly wider than the tight
# ones, which are all alike.
LEAST_GAPS, LEAST_SHARE, ROOM_EM, NEAR_EM = 4, 0.15, 0.25, 0.15


@dataclass
class Row:
    """Words by column; `spans` says that one of its pieces runs over several columns."""

    cells: dict[int, list[Ink]] = field(default_factory=dict)
    spans: bool = False

    @property
    def words(self) -> list[Ink]:
        """All of its words."""
        return [word for cell in self.cells.values() for word in cell]

    @property
    def top(self) -> float:
        """The top of its highest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of its lowest word."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """How high its print is."""
        heights = sorted(word.height for word in self.words)
        return heights[len(heights) // 2]

    def figures(self) -> list[int]:
        """The columns that hold figures."""
        return [c for c, words in self.cells.items() if is_figure(text_of(words))]

    def figures_only(self, columns: set[int]) -> bool:
        """Do all of these columns hold figures?"""
        return columns <= set(self.figures())

    def add(self, other: "Row") -> None:
        """Take in the words of the next line."""
        for column, words in other.cells.items():
            self.cells.setdefault(column, []).extend(words)
        self.spans |= other.spans


def rows_of(
    lines: Sequence[Line], rivers: Sequence[River], across: Sequence[Rule]
) -> list[list[str]]:
    """Read the cells of a table.

    Args:
        lines: its lines, from top to bottom.
        rivers: the white spaces between its columns, from left to right.
        across: the horizontal lines drawn in it.
    """
    rivers = _with_empty_columns(lines, rivers)
    rows = [_row(line, rivers) for line in lines]
    rows = _without_shifted_headings([row for row in rows if row.cells], len(rivers) + 1)
    rows = _by_rules(rows, across) or joined(by_room(rows)) or by_wrapping(rows, across)
    width = len(rivers) + 1
    return [[text_of(row.cells.get(c, [])) for c in range(width)] for row in rows]


def _with_empty_columns(lines: Sequence[Line], rivers: Sequence[River]) -> list[River]:
    """Divide a river in which a heading stands between those of the columns beside it.

    Nothing is printed below it: a statement without a single deposit has that column all the same.
    """
    found = []
    for start, end in rivers:
        for line in lines:
            pieces = pieces_of(line, PIECE_EM)
            inside = [p for p in pieces if start - 1 <= p.x0 and p.x1 <= end + 1]
            before = any(p.x1 <= start + 1 and not is_figure(p.text) for p in pieces)
            after = any(p.x0 >= end - 1 and not is_figure(p.text) for p in pieces)
            if len(inside) == 1 and before and after:
                found += [(start, inside[0].x0), (inside[0].x1, end)]
                break
        else:
            found.append((start, end))
    return found


def _without_shifted_headings(rows: Sequence[Row], width: int) -> list[Row]:
    """Give columns that hold headings only back to the columns those stand over.

    A heading may stand beside the figures below it, which end at the right, or over the gap
    between two columns.
    """
    body = next((i for i, row in enumerate(rows) if _is_body(row)), 0)
    head, rest = rows[:body], rows[body:]
    for column in range(width):
        if any(column in row.cells for row in rest):
            continue
        for there in (column + 1, column - 1):
            has_figures = any(there in row.cells for row in rest)
            if has_figures and not any(there in row.cells for row in head):
                _move(head, column, there)
        if column > 0:
            over_two = [row for row in head if column in row.cells and column - 1 not in row.cells]
            _move(over_two, column, column - 1)
            for row in over_two:
                row.spans = True
    return list(rows)


def _move(rows: Sequence[Row], here: int, there: int) -> None:
    for row in rows:
        if here in row.cells:
            row.cells[there] = row.cells.pop(here)


def _row(line: Line, rivers: Sequence[River]) -> Row:
    row = Row()
    for piece in pieces_of(line, PIECE_EM):
        for part in _split(piece, rivers):
            columns = _columns_of(part, rivers)
            row.cells.setdefault(columns[0], []).extend(part)
            row.spans |= len(columns) > 1
    return row


def _split(piece: Line, rivers: Sequence[River]) -> list[list[Ink]]:
    """Split a piece at the rivers it leaves room at."""
    parts: list[list[Ink]] = [[piece.words[0]]]
    for word in piece.words[1:]:
        before = parts[-1][-1]
        room = word.x0 - before.x1
        crossed = any(
            (before.x0 + before.x1) / 2 < (a + b) / 2 < (word.x0 + word.x1) / 2
            and min(b, word.x0) - max(a, before.x1) > 0.5 * min(b - a, room)
            for a, b in rivers
        )
        if crossed and room >= SPLIT_EM * piece.size:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _columns_of(words: Sequence[Ink], rivers: Sequence[River]) -> list[int]:
    """The columns over which words run: those of which they cover more than an edge."""
    x0, x1 = min(w.x0 for w in words), max(w.x1 for w in words)
    edges = [float("-inf"), *((a + b) / 2 for a, b in rivers), float("inf")]
    over = [
        column
        for column, (left, right) in enumerate(pairwise(edges))
        if min(x1, right) - max(x0, left) > 0.2 * min(x1 - x0, right - left)
    ]
    return over or [sum(edge < (x0 + x1) / 2 for edge in edges[1:-1])]


def by_room(rows: Sequence[Row]) -> list[list[Row]] | None:
    """Group lines by the room between them: lines of one row stand closer than two rows do.

    None where there is no such difference, or where a group does not begin like a row.
    """
    gaps = [row.top - before.bottom for before, row in pairwise(rows)]
    if len(gaps) < LEAST_GAPS:
        return None
    size = sorted(row.size for row in rows)[len(rows) // 2]
    usual = sorted(gaps)
    tight = usual[len(usual) // 4]
    wide = [gap > tight + ROOM_EM * size for gap in gaps]
    if not LEAST_SHARE * len(gaps) <= sum(wide) <= (1 - LEAST_SHARE) * len(gaps):
        return None
    if any(abs(gap - tight) > NEAR_EM * size for gap, w in zip(gaps, wide, strict=True) if not w):
        return None
    groups = [[rows[0]]]
    for row, is_wide in zip(rows[1:], wide, strict=True):
        if is_wide:
            groups.append([row])
        else:
            groups[-1].append(row)
    begun = sum(0 in group[0].cells and len(group[0].cells) > 1 for group in groups)
    twice = any(_has_figures_twice(group) for group in groups)
    return groups if begun >= 0.8 * len(groups) and not twice else None


def _has_figures_twice(group: Sequence[Row]) -> bool:
    columns = [column for row in group for column in row.figures()]
    return len(columns) != len(set(columns))


def _by_rules(rows: Sequence[Row], across: Sequence[Rule]) -> list[Row] | None:
    """Put together what stands between two drawn lines, where nearly all rows are so divided."""
    if len(rows) < 3:
        return None
    left = min(word.x0 for row in rows for word in row.words)
    right = max(word.x1 for row in rows for word in row.words)
    wide = [r for r in across if min(r.end, right) - max(r.start, left) > 0.6 * (right - left)]
    bands: list[list[Row]] = [[rows[0]]]
    for row in rows[1:]:
        divided = any(bands[-1][-1].bottom - 3 <= r.at <= row.top + 3 for r in wide)
        if divided:
            bands.append([row])
        else:
            bands[-1].append(row)
    body = bands[1:] if len(bands) > 1 else bands
    single = sum(len(band) <= 2 for band in body)
    if len(bands) < 4 or single < RULED_ROWS * len(body):
        return None
    if sum(map(len, body)) > 2.5 * len(body):
        return None
    done = []
    for band in bands:
        if any(len(row.figures()) >= 2 for row in band[1:]):
            done += list(band)
        elif band is bands[0]:
            done += _headings(band)
        else:
            done += joined([band])
    return done


def joined(groups: Sequence[Sequence[Row]] | None) -> list[Row]:
    """Each group as one row."""
    rows = []
    for first, *others in groups or []:
        for row in others:
            first.add(row)
        rows.append(first)
    return rows


def by_wrapping(rows: Sequence[Row], across: Sequence[Rule]) -> list[Row]:
    """Put together the lines of wrapped headings and of wrapped cells."""
    rows = _with_centred_figures(rows)
    body = next((i for i, row in enumerate(rows) if _is_body(row)), 0)
    right = max((w.x1 for row in rows for w in row.cells.get(0, []) if not row.spans), default=0.0)
    while 0 < body < len(rows) and _begins_label(rows[body - 1], rows[body], right):
        body -= 1
    done = _headings(list(rows[:body]))
    start = len(done)
    for row in rows[body:]:
        before = done[-1] if len(done) > start else None
        if (
            before is not None
            and _goes_on(before, row, right)
            and not _is_ruled(before, row, across)
        ):
            before.add(row)
        else:
            done.append(row)
    return done


def _with_centred_figures(rows: Sequence[Row]) -> list[Row]:
    """Put together a label of two lines and the figures that stand between them in height."""
    done: list[Row] = []
    index = 0
    while index < len(rows):
        taken = 3 if _are_label_around_figures(rows[index : index + 3]) else 1
        done += joined([rows[index : index + taken]])
        index += taken
    return done


def _are_label_around_figures(rows: Sequence[Row]) -> bool:
    if len(rows) < 3 or 0 in rows[1].cells or not set(rows[0].cells) == set(rows[2].cells) == {0}:
        return False
    above, middle, below = rows
    overlap = min(above.bottom - middle.top, middle.bottom - below.top)
    return overlap > BESIDE_EM * middle.size


def _is_body(row: Row) -> bool:
    figures = row.figures()
    years = [c for c in figures if _is_year(text_of(row.cells[c]))]
    return len(figures) > len(years) and 2 * len(figures) >= len(row.cells) - 1


def _is_year(text: str) -> bool:
    digits = text.strip("()*")
    return len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2100


def _headings(rows: list[Row]) -> list[Row]:
    """Put together the lines of a heading, but keep headings that run over several columns."""
    done: list[Row] = []
    for row in rows:
        before = done[-1] if done else None
        if (
            before is not None
            and row.top - before.bottom < TIGHT_EM * row.size
            and not before.spans
            and not row.spans
        ):
            before.add(row)
        else:
            done.append(row)
    return done


def _goes_on(before: Row, row: Row, right: float) -> bool:
    """Does a line go on with the row before it?"""
    if row.top - before.bottom > TIGHT_EM * row.size or row.spans or before.spans:
        return False
    columns, held = set(row.cells), set(before.cells)
    if 0 not in columns:
        return not row.figures() and columns <= held and not before.figures_only(columns)
    if columns == {0} and held - {0}:  # the label goes on below its figures
        return _is_wrapped(before, row, right)
    if held == {0}:  # the label began above its figures
        return _is_wrapped(before, row, right)
    return False


def _begins_label(row: Row, after: Row, right: float) -> bool:
    """Is it no heading but the first line of the label below it?"""
    return set(row.cells) == {0} and _goes_on(row, after, right)


def _is_wrapped(before: Row, row: Row, right: float) -> bool:
    label, goes_on = before.cells.get(0), row.cells.get(0)
    if not label or not goes_on:
        return False
    if label[-1].text.endswith((":", ".")):
        return False
    last = lines_of(label)[-1]
    first_word = lines_of(goes_on)[0].words[0]
    room = right - last.x1
    too_long = first_word.x1 - first_word.x0 + 0.25 * row.size > room
    return too_long or first_word.text[:1].islower()


def _is_ruled(before: Row, row: Row, across: Sequence[Rule]) -> bool:
    left, right = min(w.x0 for w in row.words), max(w.x1 for w in row.words)
    return any(
        before.bottom - 2 <= rule.at <= row.top + 2
        and min(rule.end, right) - max(rule.start, left) > 0.3 * (right - left)
        for rule in across
    )
