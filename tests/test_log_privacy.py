"""Whatever is done with a whole corpus of papers, the logs tell ids, codes and figures alone."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import structlog
from ai.fault_server import FaultServer
from asked_papers import MODEL, copying
from waiting import wait_until

from taxai_core import service
from taxai_core.cli.field_truths import Truth, find_truths
from taxai_core.cli.sample_papers import make_samples
from taxai_core.errors import TaxAIError
from taxai_core.log import configure_log
from taxai_core.service.events import events
from taxai_core.service.model import choose_model
from taxai_core.store.document import WAITING

SHARED = Path(__file__).parents[2] / "shared/corpus/documents"
# Of files, in place of the names that the corpus has: those are short and tell nothing.
OWNER = "Zanzibarsson"
# Shorter values ("0.00", "194C", "life") stand in any log by chance. Days, months and years are in
# the form of the log's own times.
LEAST_SIGNS = 5
TIME = re.compile(r"\d{4}-\d\d(-\d\d)?")
# The kernel's numbers of processes, which may be an amount of rupees by chance.
PROCESS_NUMBERS = re.compile(rb'"pid": \d+|-\d+(?=:)|\bpid \d+')


def spellings(value: str) -> set[str]:
    """How a value may be written: as it is; an amount plain and grouped, with and without paise; of
    a name each word that is long enough to be told from others."""
    if TIME.fullmatch(value):
        return set()
    try:
        amount = abs(Decimal(value.replace(",", "")))
    except InvalidOperation:
        words = {word.strip(".,") for word in value.split() if len(word) > LEAST_SIGNS}
        return {each for each in (value, *words) if len(each) >= LEAST_SIGNS}
    whole, _, paise = f"{amount:.2f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    indian = re.sub(r"(?<=\d)(?=(\d\d)+$)", ",", head) + f",{tail}" if head else tail
    written = {value.lstrip("-"), whole, indian, f"{int(whole):,}"}
    written |= {f"{each}.{paise}" for each in (whole, indian, f"{int(whole):,}")}
    return {one for one in written if len(re.sub(r"\D", "", one).lstrip("0")) >= LEAST_SIGNS}


def secrets_of(truths: Sequence[Truth]) -> set[str]:
    values = {v for one in truths for paper in one.papers for v in paper.fields.values()}
    found = {spelt for value in values for spelt in spellings(value)}
    return found | {one.password for one in truths if one.password} | {OWNER}


def told_in(text: bytes, secrets: set[str]) -> set[str]:
    """The secrets that stand in a text as words of their own, in any case of letters."""
    plain = PROCESS_NUMBERS.sub(b"", text).decode(errors="replace")
    # JSON may write a letter by its number.
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda one: chr(int(one[1], 16)), plain).casefold()
    there = (one for one in secrets if one.casefold() in plain)  # before the slow way
    return {s for s in there if re.search(rf"(?<!\w){re.escape(s.casefold())}(?!\w)", plain)}


@pytest.fixture(scope="module")
def truths(tmp_path_factory: pytest.TempPathFactory) -> list[Truth]:
    if SHARED.exists():
        return find_truths(SHARED)
    return make_samples(tmp_path_factory.mktemp("papers"), 1)[::4]


@pytest.fixture
def model(data: Path, configure: Callable[..., None]) -> Iterator[None]:
    """A model that answers what it is asked."""
    with FaultServer(answer=copying) as server:
        configure(ollama_url=server.url)
        choose_model(MODEL)
        yield


def submit_failing(paper: bytes, blobs: Path) -> None:
    """A paper that is cut off, and one that fails by a fault of ours, with a traceback."""
    service.submit(f"{OWNER} cut off.pdf", paper[: len(paper) // 2])
    blocked = service.submit(f"{OWNER} blocked.pdf", paper + b"\n").document
    (blobs / blocked.id / "run1").write_text("a file where the pictures should go")


def submit_all(truths: Sequence[Truth]) -> None:
    for one in truths:
        name, data = f"{OWNER} {one.path.name}", one.path.read_bytes()
        service.submit(name, data, password=one.password and f"{OWNER}!")
        service.submit(name, data)
    for path in sorted((SHARED / "bad").glob("*.pdf")):
        try:
            service.submit(f"{OWNER} {path.name}", path.read_bytes())
        except TaxAIError:
            continue


def wait_for_all() -> None:
    def is_done() -> bool:
        listed = service.list_documents()
        return not any(
            one.state in WAITING or (one.ask and one.ask.is_unfinished) for one in listed
        )

    wait_until(is_done, "all papers are read and asked about", patience_s=1200, every_s=0.5)


def use_everything(truths: Sequence[Truth], folder: Path) -> None:
    """Do to the documents all that people do."""
    passwords = {f"{OWNER} {one.path.name}": one.password for one in truths}
    for document in service.list_documents():
        if document.error_code == "wrong_password":
            service.retry(document.id, password=passwords[document.name])
    wait_for_all()
    read = [one for one in service.list_documents() if one.state == "review"]
    for document in read:
        edit(document.id)
    for document in read[::4]:
        service.read_again(document.id, service.Wish(1, "lattice"))
    wait_until(
        lambda: not any(r.is_unfinished for d in read for r in service.list_rereads(d.id)),
        "the pages are read again",
        patience_s=600,
    )
    for document in read:
        service.approve(document.id)
    service.reopen(read[0].id)
    export = service.choose_export()
    export.write(folder)
    for make in (export.everything_zip, export.tables_zip, export.documents_csv):
        assert make()
    service.delete(read[0].id)


def edit(document_id: str) -> None:
    opened = service.open_document(document_id)
    for table in opened.reading.tables[:1]:
        rows = [[OWNER, *table.content.rows[0][1:]], *table.content.rows[1:]]
        service.save_rows(document_id, table.id, table.content.seq, rows)
        service.undo(document_id)
        service.redo(document_id)
    for paper in opened.reading.records[:1]:
        for name, field in list(paper.fields.items())[:1]:
            service.clear_field(document_id, paper.number, name, field.seq)
            service.undo(document_id)


def test_a_whole_corpus_leaves_no_value_no_name_and_no_password_in_the_logs(
    start, data: Path, redis, tmp_path: Path, truths: list[Truth], model: None
) -> None:
    printed = tmp_path / "printed.log"
    configure_log(data / "logs", "app")
    submit_failing(truths[0].path.read_bytes(), data / "blobs")
    for words in (("keep",), ("extract", "1"), ("ask", "1")):
        start(*words, log=printed)
    submit_all(truths)
    wait_for_all()
    use_everything(truths, tmp_path / "export")

    listed = service.list_documents()
    assert {one.state for one in listed} <= {"approved", "failed"}
    assert len(listed) > len(truths)
    told = {event.event for one in listed for event in events(one.id)}
    assert told >= {"document added", "page read", "reading finished", "document approved"}
    assert told >= {"asking finished", "page read again", "table edited", "work failed"}

    assert b"Traceback" in printed.read_bytes()

    secrets = secrets_of(truths)
    assert len(secrets) > 500
    files = [printed, *(path for path in (data / "logs").rglob("*") if path.is_file())]
    found = {path.name: told_in(path.read_bytes(), secrets) for path in files}
    assert {name: some for name, some in found.items() if some} == {}


def test_the_same_search_finds_each_spelling_of_each_secret(truths: list[Truth]) -> None:
    secrets = secrets_of(truths)
    assert spellings("2347795.00") == {
        *("2347795.00", "2347795", "23,47,795.00", "23,47,795", "2,347,795.00", "2,347,795")
    }
    assert spellings("0.00") == spellings("2024-25") == spellings("2024-03-31") == set()

    for secret in secrets:
        line = json.dumps({"event": "page read", "reason": f"unexpected: {secret}, page 1"})
        assert secret in told_in(line.encode(), secrets), secret


def test_the_same_search_finds_what_an_event_gives_away(data: Path, truths: list[Truth]) -> None:
    configure_log(data / "logs", "careless")
    fields = truths[0].papers[0].fields
    pan = next(value for value in fields.values() if re.fullmatch(r"[A-Z]{5}\d{4}[A-Z]", value))

    structlog.get_logger().info("page read", reason=pan)

    written = (data / "logs/events.jsonl").read_bytes()
    assert told_in(written, secrets_of(truths)) == {pan}
