"""What of a document lies open in this window: page, paper, fields, table, tab, drawn area."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from .. import service
from ..models import Box
from ..service import OpenDocument, StoredField, StoredRecord
from ..service.records import SURE
from ..store.readings import StoredTable
from ..store.revisions import Revision

Tab = Literal["Fields", "Tables", "Checks", "History"]
# How many answers are kept for a list of fields that has not heard them yet.
MOST_ANSWERS = 50


@dataclass(frozen=True)
class Answer:
    """What came of an act on a field: nothing to say, or why it was refused."""

    record: int
    name: str
    text: str
    sentence: str


@dataclass
class Desk:
    """The open places of one document; the first of `fields` is the one to edit."""

    page: int
    paper: int
    fields: list[str]
    table: int | None
    tab: Tab
    picking: bool = False
    area: tuple[int, Box | None] = (0, None)
    answers: dict[str, Answer] = field(default_factory=dict)

    def answer(self, act: str, answer: Answer) -> None:
        """Keep an answer until the list of fields has heard it."""
        self.answers[act] = answer
        for old in list(self.answers)[:-MOST_ANSWERS]:
            del self.answers[old]


def desk(opened: OpenDocument) -> Desk:
    """What lies open; at first the field to look at first, else the first table, else page 1."""
    key = f"desk-{opened.document.id}"
    if key not in st.session_state:
        st.session_state[key] = _new_desk(opened)
    found: Desk = st.session_state[key]
    return found


def present_place(opened: OpenDocument) -> tuple[int, StoredTable | None]:
    """The page shown and the table chosen."""
    place = desk(opened)
    tables = {table.id: table for table in opened.reading.tables}
    on_page = opened.reading.tables_on(place.page)
    first = next(iter(tables.values()), None)
    # The table chosen may be gone: added by reading again, and undone.
    return place.page, tables.get(place.table or 0) or next(iter(on_page), first)


def choose_table(opened: OpenDocument, table_id: int) -> None:
    """Open a table, and its first page where it does not stand on the page shown."""
    place = desk(opened)
    for table in opened.reading.tables:
        if table.id == table_id:
            place.page = place.page if place.page in table.pages else table.page
            place.table, place.tab = table.id, "Tables"


def choose_page(opened: OpenDocument, page: int) -> None:
    """Turn to a page, to the paper it belongs to, and to its first table."""
    place = desk(opened)
    _, table = present_place(opened)
    if table is None or page not in table.pages:
        table = next(iter(opened.reading.tables_on(page)), table)
    place.page, place.table = page, table.id if table else None
    paper = present_paper(opened)
    if place.picking or (paper and paper.first_page <= page <= paper.last_page):
        return  # what is picked may stand on a page of another paper
    for other in opened.reading.records:
        if other.first_page <= page <= other.last_page:
            place.paper, place.fields = other.number, []


def present_paper(opened: OpenDocument) -> StoredRecord | None:
    """The paper whose fields are shown."""
    papers = opened.reading.records
    number = desk(opened).paper
    return next((paper for paper in papers if paper.number == number), next(iter(papers), None))


def choose_paper(opened: OpenDocument, number: int) -> None:
    """Open one of the papers in the file, where it begins or is to be looked at."""
    place = desk(opened)
    for paper in opened.reading.records:
        if paper.number == number:
            first = _to_look_at(paper)
            place.paper, place.picking = number, False
            place.fields = [first.name] if first else []
            place.page = first.field.page if first and first.field else paper.first_page
            place.table = next((one.id for one in opened.reading.tables_on(place.page)), None)


def choose_fields(opened: OpenDocument, names: Sequence[str]) -> None:
    """Choose fields of the present paper and turn to where the first of them is printed."""
    place, paper = desk(opened), present_paper(opened)
    place.fields = list(names)
    for name in names:
        found = paper and paper.fields.get(name)
        if found and found.field and found.has_place:
            place.page = found.field.page
            return


def show_edit(opened: OpenDocument, edit: Revision) -> None:
    """Open what an edit was of, so that undoing it is seen."""
    if edit.table_id is not None:
        choose_table(opened, edit.table_id)
    elif edit.field:
        number, name = edit.field.split("/", 1)
        if (place := desk(opened)).paper != int(number):
            choose_paper(opened, int(number))
        choose_fields(opened, [name])
        place.tab = place.tab if place.tab == "Checks" else "Fields"


def draw_area(opened: OpenDocument, page: int, area: Box | None) -> None:
    """Keep the area that was drawn, in place of an earlier one; None gives it up."""
    place = desk(opened)
    place.area = (page, area)
    if area:
        place.tab = "Tables"


def drawn_area(opened: OpenDocument, page: int) -> Box | None:
    """The area drawn on a page, which nobody has asked to read yet."""
    drawn_on, area = desk(opened).area
    return area if drawn_on == page else None


def is_locked(opened: OpenDocument) -> bool:
    """An approved document is not changed."""
    return opened.document.state == "approved"


def has_fields(opened: OpenDocument) -> bool:
    """Does any paper of the document have values?"""
    return any(paper.fields for paper in opened.reading.records)


def _new_desk(opened: OpenDocument) -> Desk:
    papers, tables = opened.reading.records, opened.reading.tables
    paper = next((one for one in papers if _to_look_at(one)), next(iter(papers), None))
    first = _to_look_at(paper) if paper else None
    if first and first.field and paper:
        page, fields = first.field.page, [first.name]
    elif has_fields(opened) and paper:
        page, fields = paper.first_page, []
    else:
        page, fields = tables[0].page if tables else 1, []
    table = next(iter([*opened.reading.tables_on(page), *tables]), None)
    tab: Tab = "Fields" if has_fields(opened) else "Tables"
    return Desk(
        page=page,
        paper=paper.number if paper else 0,
        fields=fields,
        table=table.id if table else None,
        tab=tab,
    )


def _to_look_at(paper: StoredRecord) -> StoredField | None:
    """The first field in the order of review, where there is a reason to look at it."""
    failed = {name for check in paper.checks if check.status == "fail" for name in check.fields}
    for one in service.fields_in_review_order(paper):
        if one.field:
            return one if one.name in failed or one.field.confidence < SURE else None
    return None
