"""The list of a paper's fields: choosing, typing, clearing, and picking a value from the page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..models import Box
from ..service import OpenDocument, StoredField, StoredRecord
from .field_rows import groups
from .review_state import Answer, choose_fields, desk, is_locked, present_paper
from .told import told

_FOLDER = Path(__file__).parent / "fields"
_SCRIPTS = ("fields.js", "rows.js", "typing.js", "foot.js")
_list = st.components.v2.component(
    "taxai_field_list",
    html=(_FOLDER / "fields.html").read_text(),
    css=(_FOLDER / "fields.css").read_text(),
    js="\n".join((_FOLDER / name).read_text() for name in _SCRIPTS),
)
Act = Mapping[str, Any]


def field_list(opened: OpenDocument, paper: StoredRecord) -> None:
    """Draw the list. It shows what a person does at once, and then what came of it."""
    place = desk(opened)
    key = f"fields-{opened.document.id}-{paper.number}"

    def hear() -> None:
        if (news := told(key, "told")) is not None:
            _hear(opened, news)

    _list(
        key=key,
        data={
            "paper": f"{opened.document.id}/{paper.number}",
            "record": paper.number,
            "papers": len(opened.reading.records),
            "locked": is_locked(opened),
            "chosen": next(iter(place.fields), None),
            "groups": groups(paper),
            "order": [one.name for one in service.fields_in_review_order(paper)],
            "warnings": [*paper.warnings, *opened.reading.warnings],
            "picking": place.picking,
            "answers": {
                act: {"name": answer.name, "text": answer.text, "sentence": answer.sentence}
                for act, answer in place.answers.items()
                if answer.record == paper.number
            },
        },
        on_told_change=hear,
    )


def fill_field(opened: OpenDocument, picked: Act) -> None:
    """Give the chosen field the words picked on a page; where they are no value, say so there."""
    place, paper = desk(opened), present_paper(opened)
    if paper is None or not place.fields:
        return
    name, text = place.fields[0], str(picked["text"])
    before = paper.fields.get(name, StoredField(name))
    box = Box(**dict(zip(Box.model_fields, picked["box"], strict=True)))
    answer = _answer(
        paper.number, name, text,
        lambda: service.set_field(
            opened.document.id, paper.number, name, text, before.seq,
            page=int(picked["page"]), box=box,
        ),
    )  # fmt: skip
    place.answer(f"picked-{picked['id']}", answer)
    place.picking = bool(answer.sentence)


def pick_from_page(opened: OpenDocument, wanted: bool) -> None:
    """Begin or end picking the chosen field's value from the page."""
    place = desk(opened)
    place.picking = wanted and bool(place.fields) and not is_locked(opened)


def _hear(opened: OpenDocument, news: Act) -> None:
    """Take over the choice and do what is not done yet: acts are told until they are answered."""
    place = desk(opened)
    if news["chosen"] and news["chosen"] != next(iter(place.fields), None):
        choose_fields(opened, [news["chosen"]])
        place.picking = False
    for act in news["acts"]:
        if act["id"] not in place.answers:
            place.answer(act["id"], _done(opened, act))


def _done(opened: OpenDocument, act: Act) -> Answer:
    record, name, text = int(act["record"]), str(act["name"]), str(act["text"])
    place = (opened.document.id, record, name)
    verbs: dict[str, Callable[[], object]] = {
        "set": lambda: service.set_field(*place, text, int(act["seq"])),
        "clear": lambda: service.clear_field(*place, int(act["seq"])),
        "reset": lambda: service.reset_field(*place, int(act["seq"])),
        "pick": lambda: pick_from_page(opened, True),
        "stop": lambda: pick_from_page(opened, False),
    }
    return _answer(record, name, text, verbs[act["type"]])


def _answer(record: int, name: str, text: str, verb: Callable[[], object]) -> Answer:
    try:
        verb()
    except TaxAIError as error:
        return Answer(record, name, text, str(error))
    return Answer(record, name, text, "")
