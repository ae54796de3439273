"""What leaves TaxAI: the contract's files, which any spreadsheet opens without running them."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from papers import INTEREST, PREMIUMS, paper, two_tables

from taxai_core import service
from taxai_core.errors import StorageError
from taxai_core.export import files
from taxai_core.export.files import Item
from taxai_core.export.spreadsheet import as_csv, neutralise
from taxai_core.models import Box, Field, Record
from taxai_core.papers import present
from taxai_core.service.fields import NOWHERE
from taxai_core.store.document import Document
from taxai_core.store.readings import Content, StoredReading, StoredTable
from taxai_core.store.records import StoredRecord

SUMMARY_HEADER = (
    "document_id,file,document_type,taxpayer_pan,financial_year,"
    "field,label,value,page,source,confidence,edited,approved"
)
NOW = datetime(2026, 4, 1, tzinfo=UTC)
DOCUMENT = Document(
    **{"id": "d1", "name": "a.pdf", "size_bytes": 1, "state": "approved", "run": 1},
    **{"lost_at": -1, "is_light": False, "behind_s": 0.0, "read_s": 0.0, "goes_on": False},
    **{"lost_runs": 0, "pages_total": 1, "pages_done": 1, "error_code": None},
    **{"error_message": None, "document_type": "form16", "type_confidence": 0.99},
    **{"created_at": NOW, "queued_at": NOW, "started_at": NOW, "finished_at": NOW},
)
TYPES = service.document_types()
BOX = Box(x0=1, top=2, x1=3, bottom=4)


def field(value: str, source: str = "table") -> Field:
    return Field(value=value, page=2, bbox=BOX, source=source, confidence=0.98, text=value)


def table(*rows: list[str], page: int = 1, number: int = 1, dropped: bool = False) -> StoredTable:
    read = Content(list(rows))
    content = replace(read, dropped=dropped)
    return StoredTable(1, page, number, read, content)


def item(
    *tables: StoredTable,
    name: str = "a.pdf",
    fields: dict[str, Field] | None = None,
    records: list[StoredRecord] | None = None,
    id_: str = "d1",
) -> Item:
    document = replace(DOCUMENT, name=name, id=id_)
    if fields:
        records = [record(**fields)]
    return Item(document, StoredReading({}, list(tables), [], records=records or []))


def record(number: int = 1, document_type: str = "form16", **fields: Field) -> StoredRecord:
    read = Record(
        first_page=number,
        last_page=number,
        document_type=document_type,
        fields=fields,
        taxpayer_pan="ABCPE1234F",
        financial_year="2024-25",
    )
    return present(StoredRecord.of(number, read, {}))


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_summary_has_the_header_of_the_contract_and_one_row_a_field() -> None:
    one = item(
        fields={
            "employee_pan": field("ABCPE1234F"),
            "financial_year": field("2024-25"),
            "gross_salary": field("1234567.00"),
        }
    )

    data = as_csv(files.summary_rows([one], TYPES))

    header, *lines = data.decode("utf-8-sig").split("\r\n")
    assert header == SUMMARY_HEADER
    assert lines[2] == (
        "d1,a.pdf,form16,ABCPE1234F,2024-25,"
        "gross_salary,Gross salary,1234567.00,2,table,0.98,no,yes"
    )
    assert len(lines) == 4
    assert lines[-1] == ""


def test_the_documents_file_has_one_row_a_document_and_a_column_for_every_field() -> None:
    one = item(fields={"gross_salary": field("5.00")})
    other = item(fields={"net_pay": field("4.00")}, name="b.pdf", id_="d2")

    rows = files.document_rows([one, other], TYPES)

    assert rows[0][-2:] == ["gross_salary", "net_pay"]
    assert [(row[0], row[1], row[-2:]) for row in rows[1:]] == [
        ("d1", "a.pdf", ["5.00", ""]),
        ("d2", "b.pdf", ["", "4.00"]),
    ]


def test_a_file_of_several_papers_has_a_row_for_each_of_them() -> None:
    slips = [record(n, "payslip", net_pay=field(f"{n}.00")) for n in (1, 2)]

    rows = files.document_rows([item(records=slips), item(name="empty.pdf", id_="d2")], TYPES)

    assert rows[1:] == [
        ["d1", "a.pdf", "payslip", "ABCPE1234F", "2024-25", "1.00"],
        ["d1", "a.pdf", "payslip", "ABCPE1234F", "2024-25", "2.00"],
        ["d2", "empty.pdf", "form16", "", "", ""],
    ]
    summary = files.summary_rows([item(records=slips)], TYPES)
    assert [(row[2], row[5], row[7]) for row in summary[1:]] == [
        ("payslip", "net_pay", "1.00"),
        ("payslip", "net_pay", "2.00"),
    ]


def test_columns_stand_in_the_order_of_the_forms_whatever_was_found_first() -> None:
    poor = item(fields={"gross_salary": field("5.00")})
    rich = item(fields={"cess": field("1.00"), "salary_17_1": field("4.00")}, name="b.pdf")
    slip = item(records=[record(1, "payslip", net_pay=field("4.00"), basic=field("3.00"))])

    header, *_ = files.document_rows([poor, slip, rich], TYPES)

    assert header[5:] == ["salary_17_1", "gross_salary", "cess", "basic", "net_pay"]


def test_corrections_are_exported_as_such_and_cleared_fields_are_left_out() -> None:
    typed = field("9.00", source="user").model_copy(update={"bbox": NOWHERE, "confidence": 1.0})
    read = Record(
        first_page=1,
        last_page=1,
        document_type="form16",
        fields={name: field("1.00") for name in ("salary_17_1", "gross_salary", "surcharge")},
    )
    edits = {
        "1/gross_salary": {"field": field("2.00", source="user").model_dump(), "seq": 3},
        "1/surcharge": {"field": None, "seq": 4},
        "1/cess": {"field": typed.model_dump(), "seq": 5},
    }
    one = item(records=[present(StoredRecord.of(1, read, edits))])

    _, *rows = files.summary_rows([one], TYPES)

    # field, value, page, source, confidence, edited; what stands nowhere has no page
    assert [(row[5], *row[7:12]) for row in rows] == [
        ("salary_17_1", "1.00", "2", "table", "0.98", "no"),
        ("gross_salary", "2.00", "2", "user", "0.98", "yes"),
        ("cess", "9.00", "", "user", "1.00", "yes"),
    ]
    header, values = files.document_rows([one], TYPES)
    assert dict(zip(header[5:], values[5:], strict=True)) == {
        "salary_17_1": "1.00",
        "gross_salary": "2.00",
        "cess": "9.00",
    }


def test_a_csv_begins_with_the_mark_that_spreadsheets_need_and_ends_lines_as_the_rfc_says() -> None:
    data = as_csv([["रकम", 'He said "nil"'], ["a,b", "two\nlines"]])

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == 'रकम,"He said ""nil"""\r\n"a,b","two\nlines"\r\n'
    assert rows_of(data) == [["रकम", 'He said "nil"'], ["a,b", "two\nlines"]]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '=HYPERLINK("http://evil.example","Refund")',
        "+cmd|' /C calc'!A0",
        "-cmd|' /C calc'!A0",
        "-1+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        " \t=1+1",
        "＝1+1",
        "＋cmd|A0",
        "－cmd|A0",
        "＠SUM(A1)",
        "-2+3",
        "+91 80-2345=A1",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_becomes_text(cell: str) -> None:
    (written,) = rows_of(as_csv([[cell, "next"]]))

    assert written == ["'" + cell, "next"]


@pytest.mark.parametrize(
    "cell",
    [
        "-1,23,456.00",
        "-5%",
        "+91 80 2345 6789",
        "+5.00",
        "(1,200)",
        "12-34?",
        "1,04,200.00",
        "-",
        "",
        "Nil",
        "a=b",
        "me@example.in",
        "05/06/2024",
        "₹ 5,000",
        "16(ia)",
    ],
)
def test_a_cell_that_no_spreadsheet_runs_stays_as_printed(cell: str) -> None:
    (written,) = rows_of(as_csv([[cell, "next"]]))

    assert written == [cell, "next"]
    assert neutralise(cell) == cell


def test_a_hostile_file_name_and_value_are_harmless_in_the_summary_too() -> None:
    one = item(name="=evil().pdf", fields={"employee_name": field("@SUM(A1)")})

    for rows in (files.summary_rows([one], TYPES), files.document_rows([one], TYPES)):
        written = rows_of(as_csv(rows))[1]
        assert "'=evil().pdf" in written
        assert "'@SUM(A1)" in written


def test_every_neutralised_cell_is_counted_for_the_person_who_exports() -> None:
    one = item(
        table(["=1", "-5.00"], ["@x", "fine"]),
        table(["=2"], number=2, dropped=True),
        fields={"employee_name": field("=3"), "gross_salary": field("-1.00")},
    )

    assert files.neutralised_cells([one]) == 3


def test_a_table_is_called_after_its_paper_page_and_number() -> None:
    every = files.all_files([item(table(["x"], page=3, number=2), name="Form 16.PDF")], TYPES)

    assert set(every) == {"summary.csv", "documents.csv", "tables/Form 16-p3-t2.csv"}


def test_papers_of_one_name_keep_apart_whatever_the_case() -> None:
    items = [item(table([str(n)]), name=name) for n, name in enumerate(["a.pdf", "A.pdf", "a.pdf"])]

    every = files.all_files(items, TYPES)

    tables = {name: rows_of(data) for name, data in every.items() if name.startswith("tables/")}
    assert tables == {
        "tables/a-p1-t1.csv": [["0"]],
        "tables/A (2)-p1-t1.csv": [["1"]],
        "tables/a (3)-p1-t1.csv": [["2"]],
    }


def test_a_dropped_table_is_left_out() -> None:
    one = item(table(["kept"]), table(["dropped"], number=2, dropped=True))

    every = files.all_files([one], TYPES)

    assert [name for name in every if name.startswith("tables/")] == ["tables/a-p1-t1.csv"]


def test_rows_of_unequal_length_come_out_rectangular() -> None:
    assert rows_of(files.table_csv(table(["a", "b"], ["c"]))) == [["a", "b"], ["c", ""]]


HOSTILE_NAMES = [
    "../../x.pdf",
    "..\\..\\x.pdf",
    "/etc/passwd",
    "C:\\Windows\\x.pdf",
    "con:*?.pdf",
    "..pdf",
    ". .pdf",
    ".pdf",
    "a\x00b\n.pdf",
    "x" * 500 + ".pdf",
    "ब" * 300 + ".pdf",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_file_name_leads_out_of_the_folder_or_the_zip(name: str, tmp_path: Path) -> None:
    export = service.Export([item(table(["x"]), name=name)])
    folder = tmp_path / "out"

    written = export.write(folder)

    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written == len(found) == 3
    (path,) = (folder / "tables").iterdir()
    assert path.suffix == ".csv"
    assert not set(path.name) & set('<>:"/\\|?*\x00\n')
    with zipfile.ZipFile(io.BytesIO(export.everything_zip())) as archive:
        assert set(archive.namelist()) == {"summary.csv", "documents.csv", f"tables/{path.name}"}


@pytest.mark.parametrize("name", ["con.pdf", "NUL.pdf", "com1.pdf", "aux.2024.pdf"])
def test_a_name_that_windows_keeps_for_devices_is_no_trap(name: str) -> None:
    stem = files.safe_stem(name)

    assert stem.split(".")[0].strip().casefold() not in {"con", "nul", "com1", "aux"}
    assert stem.casefold().strip("_") == name.casefold().removesuffix(".pdf")


@pytest.fixture
def papers_read(read_paper: Callable[..., str]) -> dict[str, str]:
    ids = {
        "approved": read_paper(paper("Interest", INTEREST), "same.pdf"),
        "in review": read_paper(paper("Premiums", PREMIUMS), "same.pdf"),
        "failed": read_paper(b"%PDF-1.7 broken", "broken.pdf"),
        "queued": service.submit("waits.pdf", two_tables(INTEREST, PREMIUMS)).document.id,
    }
    service.approve(ids["approved"])
    return ids


def test_only_what_is_approved_is_exported_unless_asked_otherwise(papers_read) -> None:
    approved = service.choose_export()
    every = service.choose_export(approved_only=False)

    assert [one.document.id for one in approved.items] == [papers_read["approved"]]
    assert [one.document.id for one in every.items] == [
        papers_read["approved"],
        papers_read["in review"],
    ]
    assert (approved.tables, every.tables) == (1, 2)


def test_the_zips_hold_the_tables_as_they_were_corrected(papers_read) -> None:
    document_id = papers_read["in review"]
    (one,) = service.open_document(document_id).reading.tables
    service.save_rows(document_id, one.id, 0, [["corrected", "=by hand"]])
    export = service.choose_export(approved_only=False)

    with zipfile.ZipFile(io.BytesIO(export.tables_zip())) as archive:
        tables = {name: rows_of(archive.read(name)) for name in archive.namelist()}

    assert tables == {
        "same-p1-t1.csv": INTEREST,
        "same (2)-p1-t1.csv": [["corrected", "'=by hand"]],
    }
    with zipfile.ZipFile(io.BytesIO(export.everything_zip())) as archive:
        assert archive.testzip() is None
        assert rows_of(archive.read("summary.csv"))[0] == SUMMARY_HEADER.split(",")
        assert len(archive.namelist()) == 4


def test_an_export_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError):
        service.Export([item(table(["x"]))]).write(tmp_path / "file" / "out")
