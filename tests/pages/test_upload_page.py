"""The Upload page: a verdict on each file, and what becomes of it."""

import pytest
from papers import INTEREST, PREMIUMS, paper
from window import Window, present, read

from taxai_core import service
from taxai_core.errors import (
    EmptyPdfError,
    EncryptedPdfError,
    NotAPdfError,
    TooLargeError,
    WrongPasswordError,
)
from taxai_core.jobs.queue import waiting_ids
from taxai_core.jobs.workplace import get_redis
from taxai_core.settings import get_settings

SECRET = "abcpa1234a01011980"


def locked_paper() -> bytes:
    return paper("Locked", INTEREST, password=SECRET)


def test_an_empty_window_says_what_can_be_read_and_what_happens_then(window: Window) -> None:
    assert window.title == "Upload"
    assert "What can be read:" in window.text
    assert "What happens next:" in window.text


def test_the_sample_paper_can_be_tried_with_one_click(window: Window) -> None:
    window.click("Try it with a sample paper")

    (document,) = service.list_documents()
    assert document.name == "sample-interest-certificate.pdf"
    assert "accepted · **waiting" in window.text
    assert read(document).state == "review"


@pytest.mark.parametrize(("megabytes", "pages"), [("50", "500"), ("7", "12")])
def test_the_limits_in_force_stand_at_the_drop_zone(data, monkeypatch, megabytes, pages) -> None:
    monkeypatch.setenv("TAXAI_MAX_FILE_MB", megabytes)
    monkeypatch.setenv("TAXAI_MAX_PAGES", pages)
    get_settings.cache_clear()

    label = Window().app.file_uploader[0].label

    assert f"up to {megabytes} MB and {pages} pages" in label


def test_each_file_of_one_drop_gets_its_own_verdict(window: Window) -> None:
    good = paper("Interest", INTEREST)

    window.add(
        ("good.pdf", good),
        ("again.pdf", good),
        ("letter.pdf", b"Dear Sir or Madam"),
        ("nothing.pdf", b""),
        ("other.pdf", paper("Premiums", PREMIUMS)),
    )

    verdicts = [one.value for one in window.later().app.markdown]
    assert verdicts == [  # newest first
        "accepted · **waiting, number 2 in line**",
        f":red[refused: {EmptyPdfError()}]",
        f":red[refused: {NotAPdfError()}]",
        r"duplicate of good\.pdf · **waiting, number 1 in line**",
        "accepted · **waiting, number 1 in line**",
    ]
    assert sorted(one.name for one in service.list_documents()) == ["good.pdf", "other.pdf"]


def test_accepted_papers_wait_in_the_queue(window: Window) -> None:
    window.add(("good.pdf", paper("Interest", INTEREST)))

    (document,) = service.list_documents()
    assert waiting_ids(get_redis()) == [document.job_id]


def test_the_page_lets_go_of_the_files_and_takes_the_next_drop(window: Window) -> None:
    window.add(("first.pdf", paper("Interest", INTEREST)))

    assert window.app.file_uploader[0].value == []

    window.add(("second.pdf", paper("Premiums", PREMIUMS)))

    assert {one.name for one in service.list_documents()} == {"first.pdf", "second.pdf"}
    assert window.text.count("accepted") == 2


def test_a_file_over_the_limit_is_refused_with_both_figures(data, monkeypatch) -> None:
    monkeypatch.setenv("TAXAI_MAX_FILE_MB", "1")
    get_settings.cache_clear()
    window = Window()

    window.add(("big.pdf", b"%PDF-1.7" + bytes(3 << 19)))

    assert f"refused: {TooLargeError(1.5, 1)}" in window.text
    assert service.list_documents() == []


def test_a_file_name_that_looks_like_markup_is_shown_as_it_is(window: Window) -> None:
    name = "**bold** :red[x] <b>$1$ me@here.in.pdf"
    data = paper("Interest", INTEREST)

    window.add((name, data)).add(("again.pdf", data))

    assert name in [one.value for one in window.app.text]
    # An invisible joiner keeps an address from becoming a link.
    assert f"duplicate of {name}" in window.text.replace("\u2060", "")


def test_a_password_typed_before_the_drop_opens_the_paper(window: Window) -> None:
    window.type("upload-password", SECRET).draw()
    window.add(("locked.pdf", locked_paper()))

    (document,) = service.list_documents()
    assert read(document).state == "review"
    # The next files need not have the same one.
    assert window.app.text_input(key="upload-password").value == ""


def test_a_protected_paper_asks_for_its_password_until_it_fits(window: Window) -> None:
    window.add(("locked.pdf", locked_paper()))
    (document,) = service.list_documents()
    read(document)

    window.draw()
    assert str(EncryptedPdfError()) in window.text

    window.type("Password", "guess").click("Open")
    assert present(document).state == "queued"
    read(present(document))
    assert str(WrongPasswordError()) in window.draw().text

    window.type("Password", SECRET).click("Open")
    read(present(document))
    assert "**to review**" in window.draw().text
    assert not [one for one in window.app.text_input if one.placeholder == "Password"]


def test_the_same_protected_paper_dropped_again_with_its_password_is_read(window: Window) -> None:
    window.add(("locked.pdf", locked_paper()))
    (document,) = service.list_documents()
    read(document)

    window.type("upload-password", SECRET).draw().add(("locked.pdf", locked_paper()))

    assert "duplicate of locked.pdf" in window.text
    assert read(present(document)).state == "review"


def test_a_row_follows_its_paper_to_the_review(window: Window) -> None:
    window.add(("interest.pdf", paper("Interest", INTEREST)))
    (document,) = service.list_documents()
    read(document)

    (link,) = window.draw().app.get("page_link")

    assert (link.proto.page, link.proto.query_string) == ("review", f"document={document.id}")
    assert window.open("review", document=document.id).has("Approve")


def test_a_paper_deleted_meanwhile_says_so(window: Window) -> None:
    window.add(("interest.pdf", paper("Interest", INTEREST)))
    (document,) = service.list_documents()

    service.delete(document.id)

    assert "accepted · deleted since" in window.draw().text


def test_a_second_window_lists_what_came_in_lately_without_a_verdict(
    window: Window, other_window: Window
) -> None:
    assert "Lately" not in other_window.text
    window.add(("interest.pdf", paper("Interest", INTEREST)))

    other_window.draw()

    assert "Lately" in other_window.text
    assert "interest.pdf" in [one.value for one in other_window.app.text]
    assert "accepted" not in other_window.text
