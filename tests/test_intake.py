"""Taking papers in: what is refused, what is queued, what is known already."""

from pathlib import Path

import pytest
from papers import INTEREST, PREMIUMS, paper

from taxai_core import service
from taxai_core.errors import EmptyPdfError, NotAPdfError, TooLargeError, WrongStateError
from taxai_core.jobs.queue import extract_queue, waiting_ids

GOOD = paper("Interest certificate", INTEREST)
LOCKED = paper("Interest certificate", INTEREST, password="abcpe1234f")


@pytest.mark.parametrize(
    ("bytes_", "error"),
    [
        (b"", EmptyPdfError),
        (b"PK\x03\x04 a spreadsheet", NotAPdfError),
        (GOOD + b"\n" * (1 << 20), TooLargeError),
    ],
)
def test_what_is_refused_leaves_no_trace(
    bytes_: bytes, error: type[Exception], data: Path, configure, redis
) -> None:
    configure(max_file_mb=1)

    with pytest.raises(error):
        service.submit("paper.pdf", bytes_)

    assert service.list_documents() == []
    assert waiting_ids(redis) == []
    assert not list(data.glob("blobs/*"))


def test_an_accepted_paper_waits_in_the_queue(data: Path, redis) -> None:
    accepted = service.submit("Zinszertifikat – बैंक.pdf", GOOD)

    (document,) = service.list_documents()
    assert accepted.is_new
    assert accepted.document == document
    assert (document.name, document.state) == ("Zinszertifikat – बैंक.pdf", "queued")
    assert document.size_bytes == len(GOOD)
    assert waiting_ids(redis) == [document.job_id]


def test_the_same_paper_twice_is_queued_once(data: Path, redis) -> None:
    first = service.submit("a.pdf", GOOD)

    again = service.submit("b.pdf", GOOD)

    assert (again.is_new, again.document.id) == (False, first.document.id)
    assert len(waiting_ids(redis)) == 1


def test_a_password_sent_after_the_paper_failed_for_want_of_it_reads_it(read_paper) -> None:
    document_id = read_paper(LOCKED)
    assert service.open_document(document_id).document.error_code == "encrypted"

    read_paper(LOCKED, password="wrong")
    assert service.open_document(document_id).document.error_code == "wrong_password"

    assert read_paper(LOCKED, password="abcpe1234f") == document_id
    opened = service.open_document(document_id)
    assert opened.document.state == "review"
    assert [table.content.rows for table in opened.reading.tables] == [INTEREST]


def test_sending_a_read_paper_again_with_a_password_changes_nothing(read_paper) -> None:
    document_id = read_paper(GOOD)

    accepted = service.submit("a.pdf", GOOD, password="needless")

    assert (accepted.is_new, accepted.document.state) == (False, "review")
    assert accepted.document.id == document_id


def test_a_paper_in_review_cannot_be_retried(read_paper) -> None:
    document_id = read_paper(GOOD)

    with pytest.raises(WrongStateError, match="Cannot retry a document that is review"):
        service.retry(document_id)


def test_a_cancelled_paper_leaves_the_queue_and_can_be_queued_again(data: Path, redis) -> None:
    document = service.submit("a.pdf", GOOD).document

    service.cancel(document.id)
    assert waiting_ids(redis) == []
    again = service.retry(document.id)

    assert waiting_ids(redis) == [again.job_id]
    assert (again.state, again.run) == ("queued", 2)


def test_a_deleted_paper_leaves_queue_rows_and_disk(data: Path, redis) -> None:
    document = service.submit("a.pdf", GOOD).document
    stays = service.submit("b.pdf", paper("Premiums", PREMIUMS)).document

    service.delete(document.id)
    service.delete(document.id)

    assert [one.id for one in service.list_documents()] == [stays.id]
    assert waiting_ids(redis) == [stays.job_id]
    assert [path.name for path in (data / "blobs").iterdir()] == [stays.id]
    assert extract_queue(redis).fetch_job(document.job_id) is None


def test_a_paper_is_accepted_while_the_queue_is_away(data: Path, configure, tmp_path) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody-listens-here")

    accepted = service.submit("a.pdf", GOOD)

    assert accepted.document.state == "queued"
    assert not service.system_state().queue_up
    assert "Papers are kept" in (service.system_state().trouble or "")
