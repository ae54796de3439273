"""The picture of a page with the outlines of its tables or fields; a click chooses one."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ..models import Box
from ..store.document import Document
from ..store.readings import StoredReading
from .finding import Finding
from .told import told

_FOLDER = Path(__file__).parent / "viewer"
_SCRIPTS = ("viewer.js", "marks.js", "drawing.js", "finding.js", "picking.js")
_viewer = st.components.v2.component(
    "taxai_page_viewer",
    html=(_FOLDER / "viewer.html").read_text(),
    css=(_FOLDER / "viewer.css").read_text(),
    js="\n".join((_FOLDER / name).read_text() for name in _SCRIPTS),
)


@dataclass(frozen=True)
class Marks:
    """What is outlined on a page: tables or fields, and which of them are chosen.

    `picking` is the title of the field that a word clicked is for, "" where none is; `words` are
    those of the page then: text, x0, top, x1, bottom.
    """

    table: int | None = None
    tables: Sequence[Mapping[str, object]] = ()
    chosen: Sequence[str] = ()
    fields: Sequence[Mapping[str, object]] = ()
    picking: str = ""
    words: Sequence[Sequence[object]] = ()


@dataclass(frozen=True)
class Acts:
    """What is called when a table, field, page or area was chosen, or words found or picked.

    `area` gets None where the area was given up; `find` the words, and how many places to go on;
    `words` what was picked: its text, page and box; `pick` whether picking goes on.
    """

    table: Callable[[int], None]
    field: Callable[[str], None]
    words: Callable[[Mapping[str, Any]], None]
    pick: Callable[[bool], None]
    page: Callable[[int], None]
    area: Callable[[int, Box | None], None]
    find: Callable[[str, int], None]


def page_viewer(
    *,
    document: Document,
    reading: StoredReading,
    page: int,
    picture: bytes | None,
    marks: Marks,
    areas: Sequence[Box],
    finding: Finding,
    can_draw: bool,
    acts: Acts,
) -> None:
    """Draw a page.

    Args:
        picture: the page as WebP, or None where it could not be drawn.
        areas: drawn to be read again, or being read; their outlines are dashed.
        can_draw: may areas be drawn?
    """
    key = f"viewer-{document.id}"

    def on(name: str, act: Callable[[Any], None]) -> Callable[[], None]:
        def report() -> None:
            if (value := told(key, name)) is not None:
                act(value)

        return report

    width_pt, height_pt = reading.page_sizes[page]
    _viewer(
        key=key,
        data={
            "document": document.id,
            "name": f"{document.id}/{page}",
            "page": page,
            "pages": len(reading.page_sizes),
            "kind": reading.page_kinds[page],
            "picture": picture and "data:image/webp;base64," + base64.b64encode(picture).decode(),
            "width": width_pt,
            "height": height_pt,
            "chosen": marks.table,
            "boxes": marks.tables,
            "chosen_fields": marks.chosen,
            "fields": marks.fields,
            "picking": marks.picking,
            "words": marks.words,
            "areas": [area.as_list() for area in areas],
            "has_area": bool(areas),
            "can_draw": can_draw,
            "found": finding.as_shown(),
            "hits": finding.boxes_on(page),
        },
        on_table_change=on("table", lambda table_id: acts.table(int(table_id))),
        on_field_change=on("field", acts.field),
        on_words_change=on("words", acts.words),
        on_pick_change=on("pick", acts.pick),
        on_page_change=on("page", lambda number: acts.page(int(number))),
        on_area_change=on("area", lambda drawn: acts.area(int(drawn["page"]), _box(drawn["box"]))),
        on_find_change=on("find", lambda wanted: acts.find(wanted["phrase"], int(wanted["step"]))),
    )


def _box(sides: list[float] | None) -> Box | None:
    return Box(**dict(zip(Box.model_fields, sides, strict=True))) if sides else None
