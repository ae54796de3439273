"""Asking the model about the gaps of a document, and the states that goes through.

`queued → asking → done`, `failed` with a sentence, or `not_asked` with the reason. The document is
in `review` all the while, so nobody waits for a model; an approved one is not asked about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..errors import NotFoundError, TaxAIError, WrongStateError
from ..models import Record
from .ask import UNFINISHED, Ask, ask_view
from .database import Store
from .document import SYSTEM, now
from .records import (
    StoredRecord,
    open_answers,
    open_reading,
    records_of,
    seal_answers,
    write_rows,
)
from .revisions import current_fields, lock_for_edit, log_event
from .rows import AskRow, DocumentRow

# A question that takes the server with it would take it again and again.
MOST_TRIES = 3
Present = Callable[[StoredRecord], StoredRecord]


@dataclass(frozen=True)
class Claimed:
    """What a run begins with: a document's papers by the rules, with what the model added before
    (`read`), and with what people made of them since; and the run that its blobs are of."""

    by_rules: list[Record]
    read: list[Record]
    papers: list[StoredRecord]
    reading_run: int


@dataclass(frozen=True)
class Asked:
    """What came of asking: the papers that changed, by number, as read, and what it took.

    `wanted` is how many values were open; `note` says why not all were asked about.
    """

    records: Mapping[int, Record] = field(default_factory=dict)
    wanted: int = 0
    filled: int = 0
    note: str = ""
    model: str = ""
    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0


def note_gaps(session: Session, document_id: str, gaps: int, why_not: TaxAIError | None) -> None:
    """Say of a document just read how many values are wanted, in the caller's transaction.

    Args:
        why_not: the reason why the model is not asked about them now; None where it is to be.
    """
    row = session.get(AskRow, document_id)
    if gaps == 0:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = AskRow(document_id=document_id, run=0)
        session.add(row)
    row.gaps, row.is_urgent, row.tries = gaps, False, 0
    _begin(row)
    if why_not is not None:
        _end(row, "not_asked", why_not)


def want(store: Store, document_id: str, by: str | None = None, *, is_urgent: bool = False) -> Ask:
    """Ask for a new run about a document that has gaps.

    Args:
        by: the person who wants it; None where it is asked by itself.
        is_urgent: that person waits for this one.

    Raises:
        NotFoundError: it was deleted, or has no gaps.
        LockedError, WrongStateError: it is approved, not read yet, or being asked about already.
    """
    with store.writing() as session:
        lock_for_edit(session, document_id)
        row = session.get(AskRow, document_id, with_for_update=True)
        if row is None:
            raise NotFoundError()
        if row.state in UNFINISHED:
            raise WrongStateError("ask about", "being asked about")
        row.is_urgent = is_urgent
        _begin(row)
        if by is not None:
            row.tries = 0
            log_event(session, store.vault, document_id, by, "the model is to be asked")
        return ask_view(row)


def claim(store: Store, document_id: str, run: int) -> Claimed | None:
    """Begin a run; None where it is superseded or done, or the document was approved meanwhile."""
    with store.writing() as session:
        row = session.get(AskRow, document_id, with_for_update=True)
        document = session.get(DocumentRow, document_id)
        if row is None or document is None or row.run != run or row.state != "queued":
            return None
        if document.state != "review" or document.reading_sealed is None:
            return None
        row.state, row.started_at = "asking", now()
        by_rules = open_reading(store.vault, document_id, document.reading_sealed)
        answered = open_answers(store.vault, document)
        read = [answered.get(number, one) for number, one in enumerate(by_rules.records, 1)]
        edits = current_fields(session, store.vault, document_id)
        papers = records_of(by_rules.model_copy(update={"records": read}), edits)
        return Claimed(by_rules.records, read, papers, document.run)


def finish(store: Store, document_id: str, run: int, asked: Asked, present: Present) -> bool:
    """Put what was found into the document; False where the run is superseded.

    What people have typed meanwhile stands; a document that was approved keeps its values.

    Args:
        present: brings a paper up to what its fields say now, for the lists.
    """
    with store.writing() as session:
        document = session.get(DocumentRow, document_id, with_for_update=True)
        row = session.get(AskRow, document_id, with_for_update=True)
        if row is None or document is None or row.run != run or row.state != "asking":
            return False
        if document.state != "review" or document.reading_sealed is None:
            return False
        answered = open_answers(store.vault, document) | dict(asked.records)
        document.answers_sealed = seal_answers(store.vault, document_id, answered)
        reading = open_reading(store.vault, document_id, document.reading_sealed, answered)
        first = reading.first_record
        document.document_type = first.document_type
        document.type_confidence = first.type_confidence
        edits = current_fields(session, store.vault, document_id)
        papers = [present(one) for one in records_of(reading, edits)]
        write_rows(session, store.vault, document_id, papers)
        row.state, row.finished_at, row.lost_runs = "done", now(), 0
        row.gaps, row.error_message = asked.wanted, asked.note or None
        for name in ("filled", "model", "calls", "prompt_tokens", "answer_tokens", "seconds"):
            setattr(row, name, getattr(asked, name))
        told = f"the model {asked.model} was asked: {asked.filled} of {asked.wanted} values found"
        log_event(session, store.vault, document_id, SYSTEM, told)
    return True


def fail(store: Store, document_id: str, run: int, error: TaxAIError) -> bool:
    """End a run with the error's sentence; False where it is superseded."""
    with store.writing() as session:
        row = session.get(AskRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state not in UNFINISHED:
            return False
        _end(row, "failed", error)
    return True


def put_off(
    store: Store, document_id: str, run: int, error: TaxAIError, *, was_tried: bool
) -> bool:
    """Say why the model was not asked after all; False where the run is superseded.

    A document that fails the server again and again is not asked about by itself any more.
    """
    with store.writing() as session:
        row = session.get(AskRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state not in UNFINISHED:
            return False
        row.tries += was_tried
        _end(row, "failed" if row.tries >= MOST_TRIES else "not_asked", error)
    return True


def queue_again(
    store: Store, document_id: str, run: int | None = None, *, lost: bool = True
) -> Ask:
    """Ask for a new run of one whose worker was lost, or told to stop.

    Args:
        run: the one that was lost; None for the present one.

    Raises:
        NotFoundError: it was deleted or is done, or that run is not the present one.
    """
    with store.writing() as session:
        row = session.get(AskRow, document_id, with_for_update=True)
        if row is None or row.state not in UNFINISHED or run not in (None, row.run):
            raise NotFoundError()
        lost_runs = row.lost_runs
        _begin(row)
        row.lost_runs = lost_runs + lost
        return ask_view(row)


def note_old(store: Store, document_id: str, gaps: int) -> None:
    """Say of a document that was read before models were asked how many values are open."""
    with store.writing() as session:
        note_gaps(session, document_id, gaps, why_not=None)
        row = session.get(AskRow, document_id)
        assert row
        row.state, row.error_message = "not_asked", "It was read by an earlier version."


def withdraw(session: Session, document_id: str) -> None:
    """Stop wanting it where it has not ended, in the caller's transaction."""
    session.execute(
        update(AskRow)
        .where(AskRow.document_id == document_id, AskRow.state.in_(UNFINISHED))
        .values(state="not_asked", error_code=None, error_message="It was approved before.")
    )


def _begin(row: AskRow) -> None:
    row.state, row.run, row.asked_at = "queued", row.run + 1, now()
    row.started_at = row.finished_at = row.error_code = row.error_message = row.model = None
    row.lost_runs = row.filled = row.calls = row.prompt_tokens = row.answer_tokens = 0
    row.seconds = 0.0


def _end(row: AskRow, state: str, error: TaxAIError) -> None:
    row.state, row.finished_at = state, now()
    row.error_code, row.error_message = error.code, str(error)
