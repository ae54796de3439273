"""Nothing that a paper says, is called or is opened with lies about in clear."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from papers import INTEREST, joined, paper
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.errors import CONTRACT_CODES, TaxAIError
from taxai_core.jobs.queue import waiting_ids
from taxai_core.jobs.reread import read_page_again

NAME = "Meera-Iyer-salary-slip.pdf"
PASSWORD = "abcpe1234f01011990"
NOTE = "Corrected by hand: 99,887.00"
ROWS = [["Beneficiary", "Amount"], ["Zanzibarsson", "7,31,904.25"], ["Total", "7,31,904.25"]]
SECRETS = [
    secret.encode()
    for secret in ("Meera-Iyer", PASSWORD, "Zanzibarsson", "7,31,904.25", "Corrected by hand")
]
PAPER = paper("Salary of Zanzibarsson", ROWS, pages=2, password=PASSWORD)


def found_in(data: bytes) -> list[str]:
    """The secrets that stand in these bytes, as they are or in two bytes a letter."""
    return [
        secret.decode()
        for secret in SECRETS
        if secret in data or secret.decode().encode("utf-16-le") in data
    ]


def values_of(redis: Redis) -> Iterator[bytes]:
    """Every key and every value of whatever type that Redis holds."""
    readers: dict[bytes, Callable[[bytes], object]] = {
        b"string": redis.get,
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"hash": redis.hgetall,
        b"set": redis.smembers,
        b"zset": lambda key: redis.zrange(key, 0, -1, withscores=True),
        b"stream": redis.xrange,
    }
    for key in redis.scan_iter():
        yield key
        yield repr(readers[redis.type(key)](key)).encode()


def secrets_in_redis(redis: Redis) -> list[str]:
    held = list(values_of(redis))
    assert held, "Redis holds something to look at"
    return [secret for value in held for secret in found_in(value)]


def test_no_file_of_the_data_folder_holds_name_cells_or_password_in_clear(
    data: Path, read_paper: Callable[..., str]
) -> None:
    document_id = read_paper(PAPER, NAME, PASSWORD)
    table = service.open_document(document_id).reading.tables[0]
    assert table.content.rows == ROWS
    service.save_rows(document_id, table.id, 0, [[NOTE, ""], *ROWS[1:]])
    service.approve(document_id)

    files = [path for path in data.rglob("*") if path.is_file()]

    assert len(files) >= 4  # the database, the paper, two pictures
    assert {str(path): found for path in files if (found := found_in(path.read_bytes()))} == {}
    assert not any("Meera" in str(path) for path in files)
    # The very pictures and papers must not lie there either, only sealed ones.
    assert not [path for path in files if path.read_bytes()[:4] in (b"%PDF", b"RIFF")]


def test_the_same_search_finds_what_is_not_sealed(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"...Zanzibarsson...")

    assert found_in((tmp_path / "notes").read_bytes()) == ["Zanzibarsson"]


def test_deleted_rows_cannot_be_found_in_the_database_file(
    data: Path, read_paper: Callable[..., str]
) -> None:
    document_id = read_paper(PAPER, NAME, PASSWORD)

    service.delete(document_id)

    assert not list((data / "blobs").iterdir())
    left = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert found_in(left) == []


def test_the_key_is_not_in_the_folder_that_it_opens(data: Path) -> None:
    key = data.with_name("data.key").read_bytes().strip()

    assert not [path for path in data.rglob("*") if path.is_file() and key in path.read_bytes()]


def test_reading_a_page_again_leaves_nothing_in_clear(
    data: Path, redis: Redis, read_paper: Callable[..., str]
) -> None:
    document_id = read_paper(PAPER, NAME, PASSWORD)
    asked = service.read_again(document_id, service.Wish(1, "lattice"))
    assert secrets_in_redis(redis) == []

    read_page_again(asked.id, asked.run)

    (table, _) = service.open_document(document_id).reading.tables
    assert (table.content.rows, bool(table.content.choice)) == (ROWS, True)
    left = {str(path): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert {path: found for path, content in left.items() if (found := found_in(content))} == {}


def test_redis_holds_ids_only_while_a_paper_waits_is_read_fails_and_is_done(
    start, data: Path, redis: Redis
) -> None:
    rows = [*ROWS, *INTEREST]
    long = paper("Salary of Zanzibarsson", [row[:2] for row in rows], pages=40, password=PASSWORD)
    wrong = service.submit("Meera-Iyer-wrong.pdf", PAPER + b"\n", password=PASSWORD[:-1]).document
    broken = service.submit("Meera-Iyer-broken.pdf", PAPER, password=PASSWORD).document
    (data / "blobs" / broken.id / "run1").write_text("a file where the pictures should go")
    document = service.submit(NAME, long, password=PASSWORD).document
    assert len(waiting_ids(redis)) == 3
    assert secrets_in_redis(redis) == []

    start("extract", "1")
    start("keep")
    now = lambda one: service.open_document(one.id).document  # noqa: E731
    wait_until(lambda: now(document).pages_done >= 3, "some pages are read")
    assert secrets_in_redis(redis) == []

    wait_until(lambda: now(document).state == "review", "the paper is read")
    assert [now(one).error_code for one in (wrong, broken)] == ["wrong_password", "internal"]
    assert secrets_in_redis(redis) == []


def test_the_logs_hold_nothing_of_a_paper_even_when_reading_fails(
    start, data: Path, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    damaged = joined(paper("Salary of Zanzibarsson", ROWS), paper("Interest", ROWS))
    first = re.search(rb"/Kids *\[ *(\d+) 0 R", damaged)
    assert first
    # The parsers stumble over this text, and some of them quote what they stumble over.
    text = rb"/Zanzibarsson(7,31,904.25 Zanzibarsson"
    damaged = re.sub(rb"(\n%s 0 obj\s*<<)" % first[1], rb"\1" + text, damaged, count=1)
    read = service.submit("Meera-Iyer-damaged.pdf", damaged).document
    cut_off = service.submit("Meera-Iyer-cut.pdf", PAPER[: len(PAPER) // 2]).document
    no_disk = service.submit(NAME, PAPER, password=PASSWORD).document
    (data / "blobs" / no_disk.id / "run1").write_text("a file where the pictures should go")

    worker, keeper = start("extract", "1", log=log), start("keep", log=log)
    states = lambda: {document.state for document in service.list_documents()}  # noqa: E731
    wait_until(lambda: states() <= {"failed", "review"}, "all are done")
    for process in (worker, keeper):
        process.terminate()
        process.wait()

    codes = {one.id: one.error_code for one in service.list_documents()}
    assert codes == {read.id: None, cut_off.id: "corrupt", no_disk.id: "internal"}
    written = log.read_bytes()
    assert b"Traceback" in written, "the technical reason is there"
    assert found_in(written) == []


def test_process_says_nothing_of_a_paper_on_standard_error(tmp_path: Path, taxai) -> None:
    (tmp_path / "a.pdf").write_bytes(PAPER)

    done = taxai("process", tmp_path / "a.pdf", "--password", PASSWORD, "--json")

    assert done.returncode == 0
    assert "Zanzibarsson" in done.stdout
    assert found_in(done.stderr.encode()) == []


def test_a_copy_without_the_key_gives_nothing_away_and_says_why(
    data: Path, read_paper: Callable[..., str], tmp_path: Path, taxai
) -> None:
    read_paper(PAPER, NAME, PASSWORD)
    copy = tmp_path / "stolen" / "data"
    shutil.copytree(data, copy)

    done = taxai("status", "--data", copy)

    assert done.returncode == 1
    assert "their key is missing" in done.stderr
    assert found_in((done.stdout + done.stderr).encode()) == []


@pytest.mark.parametrize("error", CONTRACT_CODES.values())
def test_what_the_user_reads_names_no_library_and_no_path(error: type[TaxAIError]) -> None:
    said = str(error(5, 3))

    named = "camelot|pdfium|pdfplumber|redis|sqlite|postgres|python|traceback|/home|/tmp"
    assert not re.search(named, said, re.IGNORECASE)
