"""The command line as a shell sees it: what it prints, and what it exits with."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from papers import INTEREST, PREMIUMS, blank_paper, joined, paper
from waiting import wait_until

from taxai_core import service

CHECKOUT = Path(__file__).parents[1]
KEYS = [
    *("file", "sha256", "pages", "document_type", "type_confidence"),
    *("fields", "tables", "checks", "warnings", "timings"),
]
TABLE_KEYS = [
    *("page", "bbox", "method", "accuracy", "rows"),
    *("source", "continues", "repeated_rows"),
]
LOCKED = paper("Interest certificate", INTEREST, password="abcpe1234f")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "interest.pdf": paper("Interest certificate", INTEREST),
        "premiums.pdf": joined(blank_paper(), paper("Premiums", PREMIUMS)),
        "locked.pdf": LOCKED,
        "page.pdf": b"<html>Log in first</html>",
        "empty.pdf": b"",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_process_prints_one_object_a_line_in_the_order_given(folder: Path, taxai) -> None:
    names = ["premiums.pdf", "page.pdf", "interest.pdf", "missing.pdf", "empty.pdf", "locked.pdf"]

    done = taxai("process", *(folder / name for name in names), "--json")

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == names
    assert [line.get("error", {}).get("code") for line in lines] == [
        *(None, "not_a_pdf", None, "not_a_pdf", "empty", "encrypted"),
    ]
    assert done.returncode == 1


def test_process_prints_the_objects_of_the_contract(folder: Path, taxai) -> None:
    done = taxai("process", folder / "premiums.pdf", "--json")

    line = json.loads(done.stdout)
    assert list(line) == KEYS
    (table,) = line["tables"]
    assert list(table) == TABLE_KEYS
    assert (line["pages"], table["page"], table["rows"]) == (2, 2, PREMIUMS)
    assert (line["document_type"], line["fields"], line["checks"]) == ("other", {}, [])
    assert len(line["sha256"]) == 64
    assert len(table["bbox"]) == 4
    assert line["warnings"][0].startswith("Page 1 ")
    assert list(line["timings"]) == ["total_s"]
    assert done.returncode == 0


def test_a_failed_file_prints_its_code_and_sentence_only(folder: Path, taxai) -> None:
    done = taxai("process", folder / "page.pdf", "--json")

    assert json.loads(done.stdout) == {
        "file": "page.pdf",
        "error": {
            "code": "not_a_pdf",
            "message": "This is not a PDF file. Save or print the paper as PDF and add it again.",
        },
    }


def test_process_opens_a_protected_paper_with_its_password(folder: Path, taxai) -> None:
    path = folder / "locked.pdf"

    right = taxai("process", path, "--password", "abcpe1234f", "--json")
    wrong = taxai("process", path, "--password", "ABCPE1234F", "--json")

    assert json.loads(right.stdout)["tables"][0]["rows"] == INTEREST
    assert json.loads(wrong.stdout)["error"]["code"] == "wrong_password"
    assert (right.returncode, wrong.returncode) == (0, 1)


def test_process_without_json_says_it_in_words(folder: Path, taxai) -> None:
    done = taxai("process", folder / "interest.pdf", folder / "locked.pdf", "--no-ai")

    assert "interest.pdf: 1 pages, 1 tables" in done.stdout
    assert "5 rows × 3 columns" in done.stdout
    assert "locked.pdf: failed (encrypted)" in done.stdout
    assert done.returncode == 1


def test_process_needs_no_data_folder_and_makes_none(folder: Path, taxai, configure) -> None:
    configure(data_dir=folder / "never")

    done = taxai("process", folder / "interest.pdf", "--json")

    assert done.returncode == 0
    assert not list(folder.glob("never*"))


@pytest.mark.parametrize(
    ("setting", "code"), [({"job_timeout_s": 1}, "timeout"), ({"max_pages": 10}, "too_many_pages")]
)
def test_the_limits_hold_for_process_too(
    folder: Path, taxai, configure, setting: dict[str, int], code: str
) -> None:
    pages = paper("A long statement", INTEREST, pages=48)
    (folder / "long.pdf").write_bytes(joined(*[pages] * 10))
    configure(**setting)

    done = taxai("process", folder / "long.pdf", folder / "interest.pdf", "--json")

    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["error"]["code"] == code
    assert "error" not in second


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["process"],
        ["process", "--jsn", "a.pdf"],
        ["frobnicate"],
        ["export"],
        ["up", "--port", "many"],
    ],
)
def test_wrong_usage_exits_with_2_and_prints_no_result(words: list[str], taxai) -> None:
    done = taxai(*words)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage: taxai" in done.stderr


def test_a_file_name_that_is_no_utf8_is_shown_as_far_as_it_can_be(
    data: Path, taxai, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"inter\xffest.pdf")
    path.write_bytes(paper("Interest", INTEREST))

    processed, submitted = taxai("process", path, "--json"), taxai("submit", path)

    assert json.loads(processed.stdout)["file"] == "inter�est.pdf"
    assert (processed.returncode, submitted.returncode) == (0, 0)
    assert [document.name for document in service.list_documents()] == ["inter�est.pdf"]


def test_submit_and_wait_tells_what_became_of_each(folder: Path, data: Path, start, taxai) -> None:
    start("extract", "1")
    names = ["interest.pdf", "locked.pdf", "page.pdf"]

    done = taxai("submit", "--wait", *(folder / name for name in names))

    assert done.returncode == 1
    assert "interest.pdf: accepted" in done.stdout
    assert "review" in done.stdout
    assert "encrypted: This PDF is protected." in done.stdout
    assert "page.pdf: refused (not_a_pdf)" in done.stderr
    assert {document.state for document in service.list_documents()} == {"review", "failed"}


def test_submit_and_wait_of_a_good_paper_exits_with_0(
    folder: Path, data: Path, start, taxai
) -> None:
    start("extract", "1")

    done = taxai("submit", "--wait", folder / "locked.pdf", "--password", "abcpe1234f")

    assert done.returncode == 0
    assert "1/1 pages" in done.stdout
    again = taxai("submit", folder / "locked.pdf")
    assert "is here already" in again.stdout


def test_submit_without_a_queue_keeps_the_paper_and_says_so(
    folder: Path, data: Path, taxai, configure
) -> None:
    configure(redis_url=f"unix://{folder}/nobody-listens-here")

    done = taxai("submit", folder / "interest.pdf")

    assert done.returncode == 0
    assert "The queue does not answer. Papers are kept" in done.stderr
    assert [document.state for document in service.list_documents()] == ["queued"]


def test_status_lists_the_documents_newest_first(read_paper, data: Path, taxai) -> None:
    assert "No documents yet" in taxai("status").stdout
    assert json.loads(taxai("status", "--json").stdout) == []
    first = read_paper(paper("Interest", INTEREST), "interest.pdf")
    second = read_paper(LOCKED, "locked.pdf")

    listed = json.loads(taxai("status", "--json").stdout)
    words = taxai("status").stdout

    assert [one["id"] for one in listed] == [second, first]
    assert [(one["file"], one["state"]) for one in listed] == [
        ("locked.pdf", "failed"),
        ("interest.pdf", "review"),
    ]
    assert listed[0]["error"]["code"] == "encrypted"
    assert listed[1]["error"] is None
    assert (listed[1]["pages_done"], listed[1]["pages_total"]) == (1, 1)
    assert [line.split()[1] for line in words.splitlines()] == ["failed", "review"]


def test_export_writes_what_is_approved_and_says_how_much(
    read_paper, data: Path, taxai, tmp_path: Path
) -> None:
    approved = read_paper(paper("Interest", INTEREST), "interest.pdf")
    read_paper(paper("Premiums", PREMIUMS), "premiums.pdf")
    service.approve(approved)

    some = taxai("export", tmp_path / "some")
    every = taxai("export", "--all", tmp_path / "every")

    assert (some.returncode, every.returncode) == (0, 0)
    assert "3 files of 1 documents" in some.stdout
    assert "4 files of 2 documents" in every.stdout
    assert "nobody has approved" in every.stderr
    table = tmp_path / "some/tables/interest-p1-t1.csv"
    with open(table, encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == INTEREST


def test_export_with_nothing_approved_says_so(data: Path, taxai, tmp_path: Path) -> None:
    done = taxai("export", tmp_path / "out")

    assert done.returncode == 0
    assert "Nothing is approved yet" in done.stderr


def test_export_into_what_is_no_folder_fails_with_a_sentence(
    data: Path, taxai, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    done = taxai("export", tmp_path / "file")

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_data_folder_can_be_named_on_the_command_line(
    data: Path, read_paper, taxai, tmp_path: Path
) -> None:
    read_paper(paper("Interest", INTEREST), "interest.pdf")

    here = taxai("status", "--json", "--data", data)
    elsewhere = taxai("status", "--json", "--data", tmp_path / "elsewhere")

    assert len(json.loads(here.stdout)) == 1
    assert elsewhere.returncode == 1
    assert "There is no TaxAI data" in elsewhere.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_lost_key_stops_a_command_with_its_sentence(data: Path, taxai) -> None:
    data.with_name("data.key").unlink()

    done = taxai("status")

    assert done.returncode == 1
    assert "their key is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_setting_stops_a_command_by_name(taxai, configure) -> None:
    configure(max_page=3)

    done = taxai("status")

    assert done.returncode == 2
    assert done.stderr.strip() == "Unknown settings: TAXAI_MAX_PAGE"


def test_interrupting_process_leaves_no_child_behind(folder: Path) -> None:
    pages = paper("A long statement", INTEREST, pages=48)
    (folder / "long.pdf").write_bytes(joined(*[pages] * 10))
    command = [sys.executable, "-m", "taxai_core", "process", folder / "long.pdf", "--json"]
    with subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE) as process:
        assert process.stderr
        process.stderr.readline()
        children = psutil.Process(process.pid).children()

        process.send_signal(signal.SIGINT)

        process.wait(30)
    assert children
    wait_until(lambda: not any(child.is_running() for child in children), "the child is gone")
