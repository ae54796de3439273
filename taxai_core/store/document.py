"""What the lists show of one document."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .ask import Ask, ask_view
from .database import Store
from .records import RecordSummary, summary
from .rows import DocumentRow

WAITING = ("queued", "extracting")
READ = ("review", "approved")
STATES = (*WAITING, *READ, "failed", "cancelled")
SYSTEM = "TaxAI"
# The names of the blobs that hold pages of an unfinished reading end so.
KEPT = ".page"


@dataclass(frozen=True)
class Document:
    """What the lists show of one document, and of each paper in it."""

    id: str
    name: str
    size_bytes: int
    state: str
    run: int
    lost_runs: int
    lost_at: int
    is_light: bool
    behind_s: float
    read_s: float
    goes_on: bool
    pages_total: int | None
    pages_done: int
    error_code: str | None
    error_message: str | None
    document_type: str
    type_confidence: float
    created_at: datetime
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    records: tuple[RecordSummary, ...] = ()
    ask: Ask | None = None

    @property
    def seconds(self) -> float | None:
        """How long it has been, or was, read; None before that."""
        if self.started_at is None:
            return None
        # A clock that is set back meanwhile must not make it negative.
        return max(0.0, ((self.finished_at or now()) - self.started_at).total_seconds())

    @property
    def place_s(self) -> float:
        """Where it stands in the line of all that are to be read, as a moment."""
        return self.queued_at.timestamp() + self.behind_s

    @property
    def job_id(self) -> str:
        """The id of the job that reads it: a new one for each run."""
        return f"{self.id}-{self.run}"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def run_folder(run: int) -> str:
    """Where the blobs of one run lie."""
    return f"run{run}"


def view(store: Store, row: DocumentRow, *, with_papers: bool = True) -> Document:
    """A row as the lists show it; one that is not read yet has no papers to look up."""
    plain = Document.__dataclass_fields__.keys() - {"name", "records", "ask"}
    return Document(
        name=document_name(store, row.id, row.name_sealed),
        records=tuple(summary(store.vault, one) for one in row.records) if with_papers else (),
        ask=ask_view(row.ask) if with_papers and row.ask else None,
        **{name: getattr(row, name) for name in plain},
    )


def document_name(store: Store, document_id: str, sealed: bytes) -> str:
    """What a document is called, of its sealed name."""
    return store.vault.open(sealed, f"{document_id}/name").decode()
