"""How far asking the model about a document is, as the pages show it."""

from dataclasses import dataclass
from datetime import datetime

from .rows import AskRow

UNFINISHED = ("queued", "asking")


@dataclass(frozen=True)
class Ask:
    """`queued → asking → done`, `failed` with a sentence, or `not_asked` with the reason.

    `gaps` is how many values are wanted and `filled` how many the last run found. `id` is the
    document's. Tokens and seconds are those of the last run's calls.
    """

    id: str
    state: str
    run: int
    lost_runs: int
    tries: int
    is_urgent: bool
    gaps: int
    filled: int
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error_code: str | None
    error_message: str | None
    model: str | None
    calls: int
    prompt_tokens: int
    answer_tokens: int
    seconds: float

    @property
    def job_id(self) -> str:
        """The id of the job that asks: a new one for each run."""
        return f"{self.id}-ask-{self.run}"

    @property
    def is_unfinished(self) -> bool:
        """Is there still something to wait for?"""
        return self.state in UNFINISHED


def ask_view(row: AskRow) -> Ask:
    """A row as the pages show it."""
    plain = Ask.__dataclass_fields__.keys() - {"id"}
    return Ask(id=row.document_id, **{name: getattr(row, name) for name in plain})
