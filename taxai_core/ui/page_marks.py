"""What the present tab outlines on the page: the tables, or the fields of the paper."""

from .. import service
from ..service import OpenDocument, StoredRecord
from ..service.records import SURE
from ..values import shown
from .page_viewer import Marks
from .review_state import desk, has_fields, present_paper, present_place


def page_marks(opened: OpenDocument) -> Marks:
    """Tables while one looks at tables, else fields: both at once would be a tangle of lines."""
    place, paper = desk(opened), present_paper(opened)
    page, table = present_place(opened)
    if place.tab == "Tables" or not has_fields(opened) or paper is None:
        return Marks(table=table.id if table else None, tables=_tables(opened, page))
    document_type = service.document_types().get(paper.document_type)
    rule = document_type.field(place.fields[0]) if document_type and place.fields else None
    picking = place.picking and rule is not None
    words = service.page_words(opened.document, page).unpack() if picking else ()
    return Marks(
        chosen=place.fields,
        fields=_fields(paper, page),
        picking=rule.title if rule and picking else "",
        words=[(word.text, *(round(side, 1) for side in word[1:5])) for word in words],
    )


def _tables(opened: OpenDocument, page: int) -> list[dict[str, object]]:
    return [
        {
            "id": table.id,
            "label": f"Table {table.number}",
            "box": part.box.as_list(),
            "dropped": table.content.dropped,
        }
        for table in opened.reading.tables_on(page)
        for part in table.content.parts
        if part.page == page
    ]


def _fields(paper: StoredRecord, page: int) -> list[dict[str, object]]:
    document_type = service.document_types().get(paper.document_type)
    rules = {rule.name: rule for rule in document_type.fields} if document_type else {}
    failed = {name for check in paper.checks if check.status == "fail" for name in check.fields}
    found: list[dict[str, object]] = []
    for name, one in paper.fields.items():
        if one.field is None or one.field.page != page or not one.has_place:
            continue
        rule = rules.get(name)
        value = shown(rule.kind, one.field.value) if rule else one.field.value
        is_to_look_at = name in failed or one.field.confidence < SURE
        found.append(
            {
                "name": name,
                "label": f"{rule.title if rule else name}: {value}",
                "box": one.field.bbox.as_list(),
                "look": "look" if is_to_look_at else "",
            }
        )
    return found
