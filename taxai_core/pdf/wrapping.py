"""Lines put together that wrap: headings, labels and cells of several lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from .drawing import Rule
from .lines import lines_of
from .row import Row, is_body, joined

# A heading's lines are set this tight; what stands further below is the next row.
TIGHT_EM = 0.45
# Figures beside a label of two lines stand between those, overlapping both by this much.
BESIDE_EM = 0.1
# In which line of a label its figures stand.
Style = Literal["first", "last", "unknown"]


def by_wrapping(rows: Sequence[Row], across: Sequence[Rule]) -> list[Row]:
    """Put together the lines of wrapped headings and of wrapped cells."""
    rows = _with_centred_figures(rows)
    body = next((i for i, row in enumerate(rows) if is_body(row)), 0)
    right = max((w.x1 for row in rows for w in row.cells.get(0, []) if not row.spans), default=0.0)
    style = _style(rows)
    while 0 < body < len(rows) and _begins_label(rows[body - 1], rows[body], right, style):
        body -= 1
    done = headings(list(rows[:body]), across)
    start = len(done)
    for row in rows[body:]:
        before = done[-1] if len(done) > start else None
        if (
            before is not None
            and _goes_on(before, row, right, style)
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


def headings(rows: list[Row], across: Sequence[Rule]) -> list[Row]:
    """Put together the lines of a heading, but keep headings that run over several columns."""
    done: list[Row] = []
    for row in rows:
        before = done[-1] if done else None
        if (
            before is not None
            and row.top - before.bottom < TIGHT_EM * row.size
            and not before.spans
            and not row.spans
            and not _is_ruled(before, row, across)
        ):
            before.add(row)
        else:
            done.append(row)
    return done


def _style(rows: Sequence[Row]) -> Style:
    """In which line of a long label its figures stand, as far as small letters tell."""
    first = last = 0
    for before, row in pairwise(rows):
        if 0 not in row.cells or not lines_of(row.cells[0])[0].text[:1].islower():
            continue
        if before.cells.keys() == {0} and row.cells.keys() > {0}:
            last += 1
        elif row.cells.keys() == {0} and before.cells.keys() > {0}:
            first += 1
    if first == last:
        return "unknown"
    return "first" if first > last else "last"


def _goes_on(before: Row, row: Row, right: float, style: Style) -> bool:
    """Does a line go on with the row before it?"""
    if row.top - before.bottom > TIGHT_EM * row.size or row.spans or before.spans:
        return False
    columns, held = set(row.cells), set(before.cells)
    if 0 not in columns:
        return not row.figures() and columns <= held and not before.figures_only(columns)
    if columns == {0} and held - {0}:  # the label goes on below its figures
        return style != "last" and _is_wrapped(before, row, right, style)
    if held == {0}:  # the label began above its figures
        return style != "first" and _is_wrapped(before, row, right, style)
    return False


def _begins_label(row: Row, after: Row, right: float, style: Style) -> bool:
    """Is it no heading but the first line of the label below it?"""
    return set(row.cells) == {0} and _goes_on(row, after, right, style)


def _is_wrapped(before: Row, row: Row, right: float, style: Style) -> bool:
    """Does a label go on in the next line: with a small letter, or as its next word had no room?

    Where nothing tells of the table's style, a line that begins with a capital is the next label.
    """
    label, goes_on = before.cells.get(0), row.cells.get(0)
    if not label or not goes_on or label[-1].text.endswith(":"):
        return False
    first_word = lines_of(goes_on)[0].words[0]
    room = right - lines_of(label)[-1].x1
    too_long = first_word.x1 - first_word.x0 + 0.25 * row.size > room
    if too_long and (style != "unknown" or not first_word.text[0].isupper()):
        return True
    return first_word.text[0].islower() and not label[-1].text.endswith(".")


def _is_ruled(before: Row, row: Row, across: Sequence[Rule]) -> bool:
    left, right = min(w.x0 for w in row.words), max(w.x1 for w in row.words)
    return any(
        before.bottom - 2 <= rule.at <= row.top + 2
        and min(rule.end, right) - max(rule.start, left) > 0.3 * (right - left)
        for rule in across
    )
