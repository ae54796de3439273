"""What a reviewer does to a field; each change is one revision that can be undone."""

from collections.abc import Callable

import structlog

from ..doctypes import FieldRule
from ..errors import EditConflictError, NotAValueError, NotFoundError
from ..jobs.workplace import get_store
from ..models import Box, Field
from ..papers import present
from ..settings import get_settings
from ..store import documents, revisions
from ..store.database import Session
from ..store.records import StoredField, StoredRecord, load_records, place_of, write_rows
from ..store.vault import Vault
from ..values import canonical, shown
from .find import page_words
from .records import document_types

log = structlog.get_logger()

Change = Callable[[FieldRule, StoredRecord, StoredField], Field | None]
NOWHERE = Box(x0=0, top=0, x1=0, bottom=0)


def set_field(
    document_id: str,
    record: int,
    name: str,
    text: str,
    base_seq: int,
    *,
    page: int | None = None,
    box: Box | None = None,
) -> StoredRecord:
    """Give a field the value that a person typed or clicked; return its paper as it is then.

    It stands where the person clicked, else where the field's value stood before, else nowhere: on
    the paper's first page in an empty box.

    Args:
        record: the number of its paper.
        base_seq: the `seq` of the value that the person saw; 0 where there was none.
        page, box: of the word that was clicked.

    Raises:
        NotAValueError: not a value of the field's kind.
        EditConflictError, NotFoundError, LockedError, WrongStateError, StorageError
    """
    clicked = _clicked(document_id, page, box) if page is not None and box is not None else None

    def change(rule: FieldRule, paper: StoredRecord, before: StoredField) -> Field:
        value = _value(rule, text)
        for known in (before.field, before.read):
            if clicked is None and known and known.value == value:
                return known  # to type what stands there, or what was read, is no correction
        place = clicked or before.field or before.read or _nowhere(paper)
        typed = {"value": value, "source": "user", "confidence": 1.0, "note": ""}
        return place.model_copy(update=typed)

    return _change(document_id, record, name, base_seq, change)


def clear_field(document_id: str, record: int, name: str, base_seq: int) -> StoredRecord:
    """Say that a paper does not have this field. Raises as `set_field` does."""
    return _change(document_id, record, name, base_seq, lambda *_: None)


def reset_field(document_id: str, record: int, name: str, base_seq: int) -> StoredRecord:
    """Go back to what was read. Raises as `set_field` does."""
    return _change(document_id, record, name, base_seq, lambda _rule, _paper, one: one.read)


def undo(document_id: str) -> revisions.Revision | None:
    """Take back the last edit of a document, of a table or a field; None where there is none.

    Raises:
        NotFoundError, LockedError, WrongStateError, StorageError
    """
    undone = _flip(document_id, revisions.undo)
    if undone:
        log.info("edit undone", document=document_id)
    return undone


def redo(document_id: str) -> revisions.Revision | None:
    """Bring back the edit undone last; None where there is none. Raises as `undo` does."""
    redone = _flip(document_id, revisions.redo)
    if redone:
        log.info("edit done again", document=document_id)
    return redone


def _change(
    document_id: str, number: int, name: str, base_seq: int, change: Change
) -> StoredRecord:
    store = get_store()
    with store.writing() as session:
        # Before anything is read: PostgreSQL shows what was there before another window's commit.
        revisions.lock_for_edit(session, document_id)
        paper = _numbered(number, _papers(session, document_id))
        rule = _rule(paper, name)
        before = paper.fields.get(name, StoredField(name))
        if before.seq != base_seq:
            raise EditConflictError()
        field = change(rule, paper, before)
        if field == before.field:
            return paper
        revisions.save_edit(
            session,
            store.vault,
            document_id,
            place_of(number, name),
            get_settings().reviewer,
            f"{paper.place} · {_told(rule, before, field)}",
            {"field": field and field.model_dump(mode="json")},
        )
        changed = _numbered(number, _with_new_rows(session, document_id))
    log.info("field edited", document=document_id)
    return changed


def _flip(
    document_id: str, flip: Callable[[Session, Vault, str], revisions.Revision | None]
) -> revisions.Revision | None:
    store = get_store()
    with store.writing() as session:
        flipped = flip(session, store.vault, document_id)
        if flipped and flipped.field:
            _with_new_rows(session, document_id)
        return flipped


def _papers(session: Session, document_id: str) -> list[StoredRecord]:
    return [present(one) for one in load_records(session, get_store().vault, document_id)]


def _with_new_rows(session: Session, document_id: str) -> list[StoredRecord]:
    """The papers after an edit; the lists show them as they are then."""
    papers = _papers(session, document_id)
    write_rows(session, get_store().vault, document_id, papers)
    return papers


def _numbered(number: int, papers: list[StoredRecord]) -> StoredRecord:
    for paper in papers:
        if paper.number == number:
            return paper
    raise NotFoundError()


def _rule(paper: StoredRecord, name: str) -> FieldRule:
    document_type = document_types().get(paper.document_type)
    rule = document_type.field(name) if document_type else None
    if rule is None and name not in paper.fields:
        raise NotFoundError()
    # A value read by a definition that has gone since is text.
    return rule or FieldRule(name=name, title=name, kind="identifier")


def _value(rule: FieldRule, text: str) -> str:
    try:
        value = canonical(rule.kind, text)
    except ValueError as error:
        raise NotAValueError(str(error)) from error
    if not rule.choices:
        return value
    for choice in rule.choices:
        if choice.casefold() == value.casefold():
            return choice
    raise NotAValueError(f"Choose one of: {', '.join(rule.choices)}.")


def _told(rule: FieldRule, before: StoredField, field: Field | None) -> str:
    """What changed, for the history."""
    if field is None:
        return f"{rule.title} cleared"
    new = f"“{shown(rule.kind, field.value)}”"
    if field == before.read:
        return f"{rule.title} reset to what was read, {new}"
    old = f"“{shown(rule.kind, before.field.value)}” → " if before.field else ""
    return f"{rule.title}: {old}{new}"


def _clicked(document_id: str, page: int, box: Box) -> Field:
    """A place that was clicked, with what is printed there."""
    document = documents.get(get_store(), document_id)
    if not 1 <= page <= (document.pages_total or 0):
        raise NotFoundError()
    printed = [
        word.text
        for word in page_words(document, page).unpack()
        if box.x0 <= (word.x0 + word.x1) / 2 <= box.x1
        and box.top <= (word.top + word.bottom) / 2 <= box.bottom
    ]
    text = " ".join(printed)
    return Field(value="", page=page, bbox=box, source="user", confidence=1.0, text=text)


def _nowhere(paper: StoredRecord) -> Field:
    """The place of a value that is printed nowhere."""
    page = paper.first_page
    return Field(value="", page=page, bbox=NOWHERE, source="user", confidence=1.0, text="")
