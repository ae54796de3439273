"""Lines of one row told from those of the next by the room, or the rule, between them."""

from collections.abc import Sequence
from itertools import pairwise

from .drawing import Rule
from .row import Row, has_figures_twice, joined
from .wrapping import headings

# Rows are what stands between two drawn lines where there are so many of those, and where in this
# share of them no column holds two figures.
LEAST_BANDS, RULED_ROWS = 4, 0.8
# Lines are grouped by the room between them where enough gaps are clearly wider than the tight
# ones, which are all alike.
LEAST_GAPS, LEAST_SHARE, ROOM_EM, NEAR_EM = 4, 0.15, 0.25, 0.15


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
    is_row_each = any(has_figures_twice(group) or _is_list(group, rows) for group in groups)
    return groups if begun >= 0.8 * len(groups) and not is_row_each else None


def _is_list(group: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Do lines fill the same columns, though the next label had room in the line before?"""
    right = max((word.x1 for row in rows for word in row.cells.get(0, [])), default=0.0)
    pairs = [
        (before.cells[0], after.cells[0])
        for before, after in pairwise(group)
        if 0 in before.cells and before.cells.keys() == after.cells.keys() != {0}
    ]
    ended = sum(
        max(w.x1 for w in before) + after[0].x1 - after[0].x0 + 0.3 * after[0].height < right
        for before, after in pairs
    )
    return len(pairs) >= 2 and 2 * ended > len(pairs)


def by_rules(rows: Sequence[Row], across: Sequence[Rule]) -> list[Row] | None:
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
    if len(bands) < LEAST_BANDS:
        return None
    if sum(map(has_figures_twice, body)) > (1 - RULED_ROWS) * len(body):
        return None
    done = []
    for band in bands:
        if band is not bands[0] and has_figures_twice(band):
            done += list(band)
        elif band is bands[0]:
            done += headings(band, across)
        else:
            done += joined([band])
    return done
