"""How states, times and sizes are said on every page."""

from datetime import datetime

from ..models import Method
from ..store.ask import Ask
from ..store.contents import Content
from ..store.document import Document
from .plain import plain

STATES = {
    "queued": "waiting",
    "extracting": "reading",
    "review": "to review",
    "approved": "approved",
    "failed": "failed",
    "cancelled": "cancelled",
}
# How tables are read, in the order of `models.METHODS`; None leaves it to the page.
METHOD_NAMES: dict[Method | None, str] = {
    None: "Best for the page",
    "ruled": "The lines drawn around its cells",
    "aligned": "The white space between its columns",
    "lattice": "Lines, by Camelot (lattice)",
    "network": "Alignment, by Camelot (network)",
    "hybrid": "Lines and alignment, by Camelot (hybrid)",
    "pdfplumber": "Lines, by pdfplumber",
}


def progress_words(document: Document, position: int | None) -> str:
    """What a document is doing now, with its place in the queue or its page."""
    if document.state == "queued":
        place = f"waiting, number {position} in line" if position else "waiting"
        if document.pages_done and document.pages_total:
            return f"{place}; {document.pages_done} of {document.pages_total} pages read"
        return place
    if document.state == "extracting" and document.pages_total:
        return f"reading page {document.pages_done} of {document.pages_total}"
    return STATES[document.state]


def model_words(ask: Ask | None, position: int | None) -> str:
    """What the model was asked about a document; nothing where the rules left nothing open."""
    if ask is None:
        return ""
    if ask.state == "queued":
        return f"waiting, no. {position}" if position else "waiting"
    if ask.state == "done":
        return f"found {ask.filled} of {ask.gaps}"
    return {"asking": "asking…", "failed": "no answer"}.get(ask.state, "not asked")


def masked(pan: str) -> str:
    """A PAN by which one knows it again and cannot use it: `LUFPM…A`."""
    return f"{pan[:5]}…{pan[-1]}" if pan else ""


def count(number: int, thing: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def duration(seconds: float | None) -> str:
    """`0.8 s`, `12 s`, `3 min 5 s`, `40 min`."""
    if seconds is None:
        return ""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return " ".join([f"{minutes} min"] * bool(minutes) + [f"{rest} s"] * bool(rest or not minutes))


def about(seconds: float) -> str:
    """A time to come that nobody knows exactly: `a moment`, `about 40 s`, `about 3 min`."""
    if seconds < 10:
        return "a moment"
    if seconds < 60:
        return f"about {10 * round(seconds / 10)} s"
    return f"about {round(seconds / 60):,} min"


def moment(at: datetime) -> str:
    """A time in the machine's own zone: `23 Nov 14:05`."""
    return at.astimezone().strftime("%-d %b %H:%M")


def origin(content: Content) -> str:
    """How a table was read: by which method, from what, and by whose choice."""
    scan = " · read from a scan (OCR)" if content.is_ocr else ""
    choice = content.choice
    if choice is None:
        return f"{content.method}, regularity {content.accuracy:.0f} %{scan}"
    where = "the area drawn" if choice.area else "the page"
    best = "" if choice.method else ", which suited best"
    who = f"by {plain(choice.by)}, {moment(choice.at)}"
    return f"read again from {where} with {content.method}{best}, {who}{scan}"
