"""The white spaces that run through a table from top to bottom, and other walls of its columns."""

from bisect import bisect
from collections.abc import Sequence

from .drawing import Rule
from .figures import is_figure
from .lines import Line
from .words import Ink

River = tuple[float, float]
# Between two columns no word may stand in more than this share of the lines: what does is a
# heading over several columns.
CROSSING = 0.12
# The room between two columns: in every line at least a blank, in most of them this much.
LEAST_ROOM_EM, USUAL_ROOM_EM = 0.22, 0.9
# Less room than this is a blank between two words: 0.53 in typewriter fonts.
BLANK_EM = 0.62
# Figures in tight columns: so many lines, and this share of them, hold two; the right edges of a
# column lie this near, but for closing brackets; the wall stands this far behind them.
LEAST_TIGHT, TIGHT, SAME_EDGE_EM, WALL_OFF_EM = 3, 0.3, 0.5, 0.12
# A line drawn along this much of a table's height is a wall between two of its columns.
WALL_REACH = 0.5


def rivers_of(lines: Sequence[Line]) -> list[River]:
    """The white spaces that run through lines from top to bottom, from left to right."""
    full = [line for line in lines if len(line.pieces) >= 2]
    if not full:
        return []
    spans = sorted((word.x0, word.x1) for line in full for word in line.words if word.turn % 2 == 0)
    if not spans:
        return []
    allowed = int(CROSSING * len(full))
    events = sorted([(x0, 1) for x0, _ in spans] + [(x1, -1) for _, x1 in spans])
    rivers = []
    depth, since = 0, None
    for x, step in events:
        depth += step
        if depth <= allowed and since is None:
            since = x
        elif depth > allowed and since is not None:
            rivers.append((since, x))
            since = None
    size = sorted(line.size for line in full)[len(full) // 2]
    left, right = min(x0 for x0, _ in spans), max(x1 for _, x1 in spans)
    wide = [
        river
        for river in rivers
        if river[0] > left
        and river[1] < right
        and river[1] - river[0] >= LEAST_ROOM_EM * size
        and _usual_room(full, river) >= USUAL_ROOM_EM * size
        and not _is_chance(full, river, size)
    ]
    ends = [*(start for start, _ in wide), right + 1][1:]
    return [
        river
        for river, end in zip(wide, ends, strict=True)
        if not _goes_on_behind(full, river, end, size)
    ]


def _goes_on_behind(lines: Sequence[Line], river: River, end: float, size: float) -> bool:
    """Does what stands between a river and the next go on with the words before, in every line?"""
    held = False
    for line in lines:
        behind = [word for word in line.words if river[0] < (word.x0 + word.x1) / 2 < end]
        if not behind:
            continue
        first = min(behind, key=lambda word: word.x0)
        before = [word.x1 for word in line.words if word.x1 <= first.x0 + 0.1 * size]
        if not before or is_figure(first.text) or first.x0 - max(before) > BLANK_EM * size:
            return False
        held = True
    return held


def with_walls(rivers: Sequence[River], lines: Sequence[Line], down: Sequence[Rule]) -> list[River]:
    """The rivers, and the lines drawn from top to bottom where there is none."""
    top, bottom = lines[0].top, lines[-1].bottom
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    walls = [
        (rule.at, rule.at)
        for rule in down
        if left < rule.at < right
        and min(rule.end, bottom) - max(rule.start, top) > WALL_REACH * (bottom - top)
        and not any(start <= rule.at <= end for start, end in rivers)
    ]
    return sorted([*rivers, *walls])


def with_figure_walls(rivers: Sequence[River], lines: Sequence[Line]) -> list[River]:
    """The rivers, and walls between columns of figures set so tight that no white runs through.

    Figures end below each other at the right; two of them in one line are never one cell.
    """
    middles = [(a + b) / 2 for a, b in rivers]
    columns: list[list[list[Ink]]] = [[] for _ in range(len(rivers) + 1)]
    for line in lines:
        found: dict[int, list[Ink]] = {}
        for word in _lone_numbers(line):
            found.setdefault(bisect(middles, (word.x0 + word.x1) / 2), []).append(word)
        for column, figures in found.items():
            columns[column].append(figures)
    walls = []
    for held in columns:
        if sum(len(figures) > 1 for figures in held) < max(LEAST_TIGHT, TIGHT * len(held)):
            continue
        ends = sorted(w.x1 for figures in held for w in figures)
        size = held[0][0].height
        groups = [[ends[0]]]
        for end in ends[1:]:
            if end - groups[-1][-1] > SAME_EDGE_EM * size:
                groups.append([end])
            else:
                groups[-1].append(end)
        steady = [g for g in groups if len(g) >= LEAST_TIGHT and g[-1] - g[0] < size]
        walls += [g[len(g) // 2] + WALL_OFF_EM * size for g in steady[:-1]]
    return sorted([*rivers, *((wall, wall) for wall in walls)])


def _lone_numbers(line: Line) -> list[Ink]:
    """The numbers of a line that are not part of a text, as in `15 to 24 years`."""
    found = []
    for before, word, after in zip(
        [None, *line.words], line.words, [*line.words[1:], None], strict=False
    ):
        near = [
            other
            for other in (before, after)
            if other and max(word.x0 - other.x1, other.x0 - word.x1) < BLANK_EM * line.size
        ]
        is_number = any(map(str.isdigit, word.text)) and is_figure(word.text)
        if is_number and all(is_figure(other.text) for other in near):
            found.append(word)
    return found


def _is_chance(lines: Sequence[Line], river: River, size: float) -> bool:
    """Do only blanks between words lie below each other there?"""
    middle = (river[0] + river[1]) / 2
    blanks = 0
    for line in lines:
        before = [word.x1 for word in line.words if (word.x0 + word.x1) / 2 <= middle]
        after = [word for word in line.words if (word.x0 + word.x1) / 2 > middle]
        if before and after:
            next_word = min(after, key=lambda word: word.x0)
            room = next_word.x0 - max(before)
            blanks += room < BLANK_EM * size and not is_figure(next_word.text)
    return blanks >= max(2, CROSSING * len(lines))


def _usual_room(lines: Sequence[Line], river: River) -> float:
    """The median room that lines leave at a river, of those with words on both its sides."""
    middle = (river[0] + river[1]) / 2
    rooms = []
    for line in lines:
        before = [word.x1 for word in line.words if (word.x0 + word.x1) / 2 <= middle]
        after = [word.x0 for word in line.words if (word.x0 + word.x1) / 2 > middle]
        if before and after:
            rooms.append(min(after) - max(before))
    rooms.sort()
    return rooms[(len(rooms) - 1) // 2] if rooms else 0.0
