"""The picture of a page with the outlines of its tables; a click on an outline chooses it."""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from ..store.readings import StoredTable

_FOLDER = Path(__file__).parent / "viewer"
_viewer = st.components.v2.component(
    "taxai_page_viewer",
    html=(_FOLDER / "viewer.html").read_text(),
    css=(_FOLDER / "viewer.css").read_text(),
    js=(_FOLDER / "viewer.js").read_text(),
)


def page_viewer(
    *,
    document_id: str,
    page: int,
    pages: int,
    picture: bytes | None,
    size_pt: tuple[float, float],
    tables: Sequence[StoredTable],
    chosen: int | None,
    on_table: Callable[[int], None],
    on_page: Callable[[int], None],
) -> None:
    """Draw a page.

    Args:
        picture: the page as WebP, or None where it could not be drawn.
        tables: those on this page; outlines of dropped ones are dashed.
        chosen: the id of the table whose outline stands out.
        on_table, on_page: called with the table's id and the page's number when chosen there.
    """
    key = f"viewer-{document_id}"

    def chose_table() -> None:
        if (table := st.session_state[key].table) is not None:
            on_table(int(table))

    def chose_page() -> None:
        if (number := st.session_state[key].page) is not None:
            on_page(int(number))

    width_pt, height_pt = size_pt
    _viewer(
        key=key,
        data={
            "name": f"{document_id}/{page}",
            "page": page,
            "pages": pages,
            "picture": picture and "data:image/webp;base64," + base64.b64encode(picture).decode(),
            "width": width_pt,
            "height": height_pt,
            "chosen": chosen,
            "boxes": [
                {
                    "id": table.id,
                    "label": f"Table {table.number}",
                    "box": table.bbox.as_list(),
                    "dropped": table.content.dropped,
                }
                for table in tables
            ],
        },
        on_table_change=chose_table,
        on_page_change=chose_page,
    )
