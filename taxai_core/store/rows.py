"""The tables of the database. Columns that end in `_sealed` hold what only the key opens."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite gives back what it stored without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Row(DeclarativeBase):
    """The base of all tables."""


class KeyCheckRow(Row):
    """One row: a known word sealed with the key, to tell a wrong key from damaged data."""

    __tablename__ = "key_check"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    word_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentRow(Row):
    """One document: the truth of its state.

    `run` counts the readings asked for. A worker may write only while it holds the present
    run, so the late result of a superseded one changes nothing.
    """

    __tablename__ = "documents"
    # All that the pace of the last hour is made of, without a look at the rows, which are large.
    __table_args__ = (
        Index("ix_documents_pace", "finished_at", "state", "queued_at", "started_at", "pages_done"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    password_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    size_bytes: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16), index=True)
    run: Mapped[int] = mapped_column(Integer, default=1)
    lost_runs: Mapped[int] = mapped_column(Integer, default=0)
    is_light: Mapped[bool] = mapped_column(Boolean, default=False)
    behind_s: Mapped[float] = mapped_column(Float, default=0.0)
    lost_at: Mapped[int] = mapped_column(Integer, default=-1)
    read_s: Mapped[float] = mapped_column(Float, default=0.0)
    goes_on: Mapped[bool] = mapped_column(Boolean, default=False)
    pages_total: Mapped[int | None] = mapped_column(Integer)
    pages_done: Mapped[int] = mapped_column(Integer, default=0)
    error_code: Mapped[str | None] = mapped_column(String(32))
    error_message: Mapped[str | None] = mapped_column(Text)
    document_type: Mapped[str] = mapped_column(String(64), default="other")
    type_confidence: Mapped[float] = mapped_column(Float, default=0.0)
    reading_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    queued_at: Mapped[datetime] = mapped_column(UtcTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    records: Mapped[list["RecordRow"]] = relationship(viewonly=True, order_by="RecordRow.number")
    ask: Mapped["AskRow | None"] = relationship(viewonly=True)


class RecordRow(Row):
    """What the lists show of one paper of a document, as it stands after the last edit.

    Its fields as read lie in the document's `reading_sealed`; what people made of them stands in
    the revisions. The counts and the confidence say nothing of what is printed.
    """

    __tablename__ = "records"
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    first_page: Mapped[int] = mapped_column(Integer)
    last_page: Mapped[int] = mapped_column(Integer)
    document_type: Mapped[str] = mapped_column(String(64))
    type_confidence: Mapped[float] = mapped_column(Float)
    financial_year: Mapped[str] = mapped_column(String(7))
    taxpayer_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    passed_checks: Mapped[int] = mapped_column(Integer)
    failed_checks: Mapped[int] = mapped_column(Integer)
    lowest_confidence: Mapped[float | None] = mapped_column(Float)


class PageRow(Row):
    """One page's size and kind; its picture and its words are blobs."""

    __tablename__ = "pages"
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    width_pt: Mapped[float] = mapped_column(Float)
    height_pt: Mapped[float] = mapped_column(Float)
    kind: Mapped[str] = mapped_column(String(8), default="text")


class TableRow(Row):
    """One table as it was read; what people made of it stands in the revisions.

    `page` and the box are those of its first part. `parts` names them all where it goes on over
    pages, without any text. A table that was `added` by reading again is there only while an edit
    of it is in force.
    """

    __tablename__ = "tables"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    page: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    x0: Mapped[float] = mapped_column(Float)
    top: Mapped[float] = mapped_column(Float)
    x1: Mapped[float] = mapped_column(Float)
    bottom: Mapped[float] = mapped_column(Float)
    method: Mapped[str] = mapped_column(String(16))
    accuracy: Mapped[float] = mapped_column(Float)
    is_ocr: Mapped[bool] = mapped_column(Boolean, default=False)
    parts: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    added: Mapped[bool] = mapped_column(Boolean, default=False)
    rows_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class RereadRow(Row):
    """A person's wish to have a page, or an area of it, read again: the truth of its state.

    `table_id` is the one table to be replaced; without it the tables of the page are, or none
    where `beside` is set. `seen_seq` is the last revision that the person could know of.
    """

    __tablename__ = "rereads"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    page: Mapped[int] = mapped_column(Integer)
    method: Mapped[str | None] = mapped_column(String(16))
    area: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    table_id: Mapped[int | None] = mapped_column(ForeignKey("tables.id", ondelete="CASCADE"))
    beside: Mapped[bool] = mapped_column(Boolean)
    seen_seq: Mapped[int] = mapped_column(Integer)
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(8), index=True)
    run: Mapped[int] = mapped_column(Integer, default=1)
    lost_runs: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    error_code: Mapped[str | None] = mapped_column(String(32))
    error_message: Mapped[str | None] = mapped_column(Text)
    result_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    replaced_an_edit: Mapped[bool] = mapped_column(Boolean, default=False)


class AskRow(Row):
    """That the model is to be asked about a document's gaps: the truth of how far that is.

    `gaps` is how many values are wanted; `filled`, the tokens and the seconds are of the last run.
    """

    __tablename__ = "asks"
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(10), index=True)
    run: Mapped[int] = mapped_column(Integer, default=1)
    lost_runs: Mapped[int] = mapped_column(Integer, default=0)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    is_urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    gaps: Mapped[int] = mapped_column(Integer)
    filled: Mapped[int] = mapped_column(Integer, default=0)
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    error_code: Mapped[str | None] = mapped_column(String(32))
    error_message: Mapped[str | None] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(String(128))
    calls: Mapped[int] = mapped_column(Integer, default=0)
    prompt_tokens: Mapped[int] = mapped_column(Integer, default=0)
    answer_tokens: Mapped[int] = mapped_column(Integer, default=0)
    seconds: Mapped[float] = mapped_column(Float, default=0.0)


class AnswerRow(Row):
    """What a model answered to one question, so that it is not asked twice.

    `key` is a keyed hash of the document, the model's digest and the question.
    """

    __tablename__ = "answers"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), index=True
    )
    answer_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PreferenceRow(Row):
    """Something that people choose on a page, such as the model."""

    __tablename__ = "preferences"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(256))


class RevisionRow(Row):
    """One thing a person or the system did to a document.

    With `content_sealed`, it is an edit, of a table or of a field (`1/gross_salary`: the number of
    its paper and its name), and can be undone: `live` edits are in force, `undone` ones can be
    redone, `gone` ones were undone and then written over. Edits of one `act` are undone and redone
    together; it is the `seq` of the first of them.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("document_id", "seq"),
        Index("ix_revisions_document_status", "document_id", "status"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(Integer)
    act: Mapped[int | None] = mapped_column(Integer)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("tables.id", ondelete="CASCADE"))
    field: Mapped[str | None] = mapped_column(String(160))
    author: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcTime)
    summary_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(8), default="live")
