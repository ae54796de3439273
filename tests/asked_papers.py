"""A paper with a gap, the model that could fill it, and what became of asking."""

from typing import Any

from papers import paper
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs.ask import ask_document
from taxai_core.service import Ask
from taxai_core.store.document import Document

MODEL = "gemma3:270m"
PAN, SMALL, LARGE = "ABCPK1234F", "4,810.00", "61,240.00"
# The amounts stand under words that no definition has.
ROWS = [
    ["Account holder", "Rohan Kulkarni"],
    ["PAN", PAN],
    ["Earned on the small pots", SMALL],
    ["Earned on the large pots", LARGE],
    ["TDS deducted", "6,124.00"],
]
ASKED = ("savings_interest", "deposit_interest", "total_interest")


def open_paper(number: int = 0) -> bytes:
    """A certificate whose interest the rules do not find; each number is another paper."""
    rows = [[title, text.replace(SMALL, small_of(number))] for title, text in ROWS]
    return paper("Interest certificate", rows)


def small_of(number: int = 0) -> str:
    """The smaller amount of that paper, as printed."""
    return SMALL.replace("810", str(810 + number))


def copying(body: dict[str, Any]) -> dict[str, Any]:
    """The answer of a model that reads the two amounts right."""
    words = body["messages"][-1]["content"].split()
    small = next((word for word in words if word.startswith(SMALL[:3])), None)
    known = {"savings_interest": small, "deposit_interest": LARGE}
    return {name: known.get(name) for name in body["format"]["properties"]}


def document_of(document_id: str) -> Document:
    return service.open_document(document_id).document


def ask_of(document_id: str) -> Ask:
    ask = document_of(document_id).ask
    assert ask
    return ask


def wait_for_ask(document_id: str, *states: str) -> Ask:
    wait_until(
        lambda: ask_of(document_id).state in states,
        f"asking about {document_id} becomes {' or '.join(states)}",
        patience_s=120,
    )
    return ask_of(document_id)


def ask_here(document_id: str) -> Ask:
    """Ask in this process, as a worker's child would."""
    ask_document(document_id, ask_of(document_id).run)
    return ask_of(document_id)


def value_of(document_id: str, name: str) -> str | None:
    (record,) = service.open_document(document_id).reading.records
    field = record.values.get(name)
    return field.value if field else None
