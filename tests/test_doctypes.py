"""Document types: ours are the contract's, and a folder of YAML adds to them without any Python."""

import io
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from taxai_core import service
from taxai_core.doctypes import (
    DefinitionError,
    DocumentType,
    Wording,
    layouts_in,
    load_document_types,
    without_layout,
)
from taxai_core.extract.label import labels_of
from taxai_core.extract.same_words import printed_words
from taxai_core.settings import get_document_types

CHECKOUT = Path(__file__).parents[1]
OURS = load_document_types()
# Every type and field of the contract, in its order.
CONTRACT = {
    "form16": """employee_name employee_pan employer_name employer_tan employer_pan
        certificate_number assessment_year financial_year period_from period_to
        opted_out_of_115bac salary_17_1 perquisites_17_2 profits_in_lieu_17_3 gross_salary
        exempt_allowances_10 hra_exemption_10_13a salary_from_current_employer
        standard_deduction_16_ia entertainment_allowance_16_ii professional_tax_16_iii
        income_under_salaries house_property_income other_sources_income gross_total_income
        deduction_80c deduction_80ccc deduction_80ccd_1 deduction_80ccd_1b deduction_80ccd_2
        deduction_80d deduction_80e deduction_80g deduction_80tta total_deductions_vi_a
        total_taxable_income tax_on_total_income rebate_87a surcharge cess tax_payable relief_89
        net_tax_payable tds_deducted tds_deposited""",
    "form16a": """deductor_name deductor_tan deductee_name deductee_pan certificate_number
        assessment_year section amount_paid tax_deducted tax_deposited""",
    "payslip": """employee_name employee_pan employee_id employer_name month basic hra
        special_allowance gross_earnings epf_employee professional_tax income_tax
        total_deductions net_pay""",
    "bank_interest_certificate": """bank_name account_holder pan financial_year savings_interest
        deposit_interest total_interest tds_deducted""",
    "capital_gains_statement": """issuer_name client_name pan financial_year short_term_gain
        long_term_gain speculative_gain dividend_income""",
    "mutual_fund_statement": """issuer_name investor_name pan folio financial_year elss_invested
        total_invested""",
    "nps_statement": """subscriber_name pran pan financial_year employee_contribution
        employer_contribution voluntary_contribution total_contribution""",
    "form26as": "name pan assessment_year financial_year tds_salary tds_other tds_total",
    "home_loan_certificate": """lender_name borrower_name pan loan_account financial_year
        principal_repaid interest_paid""",
    "insurance_premium_receipt": """insurer_name policyholder policy_number insurance_kind
        financial_year premium_paid""",
    "rent_receipt": "tenant_name landlord_name landlord_pan period_from period_to rent_paid",
    "donation_receipt": "donee_name donee_pan donor_name date amount",
    "other": "",
}
SCHOOL_FEE = """
id: school_fee_receipt
title: School fee receipt
recognise:
  titles: [School fee receipt, Tuition fee receipt]
  phrases: [academic session, tuition fee, towards fees]
groups:
  - title: School
    fields:
      - {name: school_name, title: School, kind: name, labels: [Name of the school]}
      - {name: pupil_name, title: Pupil, kind: name, holder: person, labels: [Name of the pupil]}
  - title: Fees
    fields:
      - {name: tuition_fee, title: Tuition fee, kind: amount, labels: [Tuition fee]}
      - {name: other_fees, title: Other fees, kind: amount, labels: [Transport fee]}
      - {name: total_fee, title: Fees paid, kind: amount, labels: [Total fees received]}
checks:
  - {name: fees_add_up, title: Fees = total, plus: [tuition_fee, other_fees], equals: total_fee}
"""


def sheet(title: str, lines: list[tuple[str, str]]) -> bytes:
    """A page with a title and a list of labels with their values."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawCentredString(297, 780, title)
    canvas.setFont("Helvetica", 10)
    for number, (label, value) in enumerate(lines):
        canvas.drawString(72, 730 - 22 * number, label)
        canvas.drawString(300, 730 - 22 * number, value)
    canvas.save()
    return out.getvalue()


FEES = sheet(
    "SCHOOL FEE RECEIPT",
    [
        ("Name of the school", "Kaveri Valley Public School"),
        ("Name of the pupil", "Anika Rao"),
        ("Academic session", "2024-25"),
        ("Tuition fee", "48,000.00"),
        ("Transport fee", "12,500.00"),
        ("Total fees received", "60,500.00"),
    ],
)
SLIP = sheet(
    "Payslip for April 2024",
    [
        ("Employee Name", "Anika Rao"),
        ("Employer", "Kaveri Textiles Private Limited"),
        ("Basic", "40,000.00"),
        ("HRA", "16,000.00"),
        ("Gross earnings", "56,000.00"),
        ("Provident fund", "4,800.00"),
        ("Total deductions", "4,800.00"),
        ("Sum handed over", "51,200.00"),
    ],
)


@pytest.fixture
def definitions(tmp_path: Path, configure) -> Path:
    folder = tmp_path / "types"
    folder.mkdir()
    configure(doctypes_dir=folder)
    return folder


def process(taxai, tmp_path: Path, data: bytes) -> dict[str, object]:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    done = taxai("process", path, "--json")
    assert done.returncode == 0, done.stderr
    line: dict[str, object] = json.loads(done.stdout)
    return line


def values_of(line: dict) -> dict[str, str]:
    return {name: field["value"] for name, field in line["fields"].items()}


def test_a_type_of_a_folder_is_recognised_and_read(definitions, taxai, tmp_path: Path) -> None:
    before = process(taxai, tmp_path, FEES)
    (definitions / "school_fee.yaml").write_text(SCHOOL_FEE)

    after = process(taxai, tmp_path, FEES)

    assert before["document_type"] == "other"
    assert after["document_type"] == "school_fee_receipt"
    assert values_of(after) == {
        "school_name": "Kaveri Valley Public School",
        "pupil_name": "Anika Rao",
        "tuition_fee": "48000.00",
        "other_fees": "12500.00",
        "total_fee": "60500.00",
    }
    assert [check["status"] for check in after["checks"]] == ["pass"]


def test_one_more_wording_of_ours_is_a_line_of_yaml(definitions, taxai, tmp_path: Path) -> None:
    before = process(taxai, tmp_path, SLIP)
    path = Path(service.records.__file__).parents[1] / "doctypes" / "payslip.yaml"
    ours = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    (rule,) = (r for group in ours["groups"] for r in group["fields"] if r["name"] == "net_pay")
    rule["labels"].append("Sum handed over")
    (definitions / "payslip.yaml").write_text(yaml.safe_dump(ours, allow_unicode=True))

    after = process(taxai, tmp_path, SLIP)

    assert before["document_type"] == after["document_type"] == "payslip"
    assert "net_pay" not in before["fields"]
    assert values_of(after) == values_of(before) | {"net_pay": "51200.00"}


def test_a_paper_of_a_new_type_is_shown_and_exported(
    definitions, read_paper, configure, tmp_path: Path, taxai
) -> None:
    (definitions / "school_fee.yaml").write_text(SCHOOL_FEE)

    document_id = read_paper(FEES)

    (record,) = service.open_document(document_id).reading.records
    titles = {each.id: each.title for each in service.document_types().values()}
    assert titles[record.document_type] == "School fee receipt"
    assert list(record.fields)[:2] == ["school_name", "pupil_name"]
    assert [check.status for check in record.checks] == ["pass"]
    assert taxai("export", "--all", tmp_path / "out").returncode == 0
    assert "Fees paid,60500.00" in (tmp_path / "out/summary.csv").read_text(encoding="utf-8-sig")


def test_a_total_is_that_of_the_only_kind_though_no_words_speak_of_another(
    definitions, taxai, tmp_path: Path
) -> None:
    only = "title: Tuition fee, alone: {of: total_fee, said: [learning], unsaid: []},"
    (definitions / "a.yaml").write_text(SCHOOL_FEE.replace("title: Tuition fee,", only))
    lines = [("Name of the pupil", "Anika Rao"), ("Towards fees", "Term I: Learning at school"),
             ("Total fees received", "60,500.00")]  # fmt: skip

    found = values_of(process(taxai, tmp_path, sheet("SCHOOL FEE RECEIPT", lines)))

    assert found["tuition_fee"] == found["total_fee"] == "60500.00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SCHOOL_FEE.replace("titles:", "titels:"), "mine.yaml: recognise.titels Extra inputs"),
        (SCHOOL_FEE.replace("equals: total_fee", "equals: fee"), "no such field: fee"),
        (SCHOOL_FEE.replace("kind: amount", "kind: sum", 1), "mine.yaml: groups.1.fields.0.kind"),
        (SCHOOL_FEE.replace("title: Pupil,", "title: Pupil, pattern: '(',"), "regular expression"),
        (
            SCHOOL_FEE.replace(
                "title: Tuition fee,",
                "title: Tuition fee, alone: {of: total_fee, said: [tuition], each: '('},",
            ),
            "regular expression",
        ),
        (
            SCHOOL_FEE.replace("title: School,", "title: School, opposite_labels: [No school],"),
            "school_name: `opposite_labels` need two `choices`",
        ),
        ("id: a: b", "mine.yaml is no YAML, line 1"),
        (
            SCHOOL_FEE.replace("kind: name, labels:", "labels: [School], kind: name, labels:", 1),
            "mine.yaml is no YAML, line 10: it gives the key labels twice.",
        ),
        (SCHOOL_FEE + "title: Fees\n", "the key title twice"),
        ("? [id]\n: a", "mine.yaml is no YAML, line 1: found unhashable key."),
        ("", "mine.yaml: "),
        (b"id: \xff", "mine.yaml cannot be read"),
    ],
)
def test_a_definition_that_cannot_be_used_stops_the_program_by_name(
    definitions, content: str | bytes, said: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (definitions / "mine.yaml").write_bytes(data)

    with pytest.raises(SystemExit) as stopped:
        get_document_types()

    assert said in str(stopped.value.code)
    assert str(definitions) not in str(stopped.value.code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-m", "taxai_core", "process", "a.pdf"], 2),
        (["-m", "taxai_core", "up"], 2),
        ([CHECKOUT / "worker.py", "extract", "1"], 1),
    ],
)
def test_no_command_that_needs_the_types_starts_without_them(
    definitions, words: list[str], code: int
) -> None:
    (definitions / "mine.yaml").write_text(SCHOOL_FEE.replace("titles:", "titels:"))

    done = subprocess.run(
        [sys.executable, *words], cwd=CHECKOUT, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == code
    assert done.stdout == ""
    assert re.fullmatch(r"A document type cannot be used. mine\.yaml: recognise.*\n", done.stderr)


def test_a_folder_that_is_not_there_stops_the_start(configure, taxai, tmp_path: Path) -> None:
    configure(doctypes_dir=tmp_path / "nowhere")

    done = taxai("process", "a.pdf")

    assert done.returncode == 2
    assert f"{tmp_path / 'nowhere'}: No such file or directory." in done.stderr


def test_two_files_of_one_folder_may_not_define_the_same_type(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml"):
        (tmp_path / name).write_text(SCHOOL_FEE)

    with pytest.raises(DefinitionError, match=r"b\.yml: another file beside it defines school_fee"):
        load_document_types(tmp_path)


def test_ours_are_the_types_and_fields_of_the_contract() -> None:
    fields = {name: [rule.name for rule in each.fields] for name, each in OURS.items()}

    assert {name: set(found) for name, found in fields.items()} == {
        name: set(listed.split()) for name, listed in CONTRACT.items()
    }


@pytest.mark.parametrize("name", OURS)
def test_a_definition_of_ours_is_sound(name: str) -> None:
    each = OURS[name]

    assert each.id == name
    for rule in each.fields:
        for example in rule.matches:
            assert rule.pattern, rule.name
            assert re.fullmatch(rule.pattern, example), example
        for example in rule.matches_not:
            assert not re.fullmatch(rule.pattern or "", example), example
        assert bool(rule.choices) == (rule.kind == "choice"), rule.name
        assert rule.where != "label" or rule.labels or rule.sections, rule.name
    for check in each.checks:
        assert set(check.members) <= {rule.name for rule in each.fields}
        assert each.field(check.members[0]).kind == "amount"


@pytest.mark.parametrize("name", OURS)
def test_no_label_stands_for_two_fields_of_a_kind(name: str) -> None:
    fields = defaultdict(set)
    kinds = {rule.name: rule.kind for rule in OURS[name].fields}
    for label in labels_of(OURS[name]):
        if label.field:
            fields[kinds[label.field], label.words, label.meaning[1:]].add(label.field)

    assert {label: names for label, names in fields.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", OURS)
def test_no_label_stands_for_two_fields_or_for_a_field_and_something_else(name: str) -> None:
    meant = defaultdict(set)
    for label in labels_of(OURS[name]):
        meant[label.words, label.meaning[1:], printed_words(label.text)].add(label.field)

    assert {label: fields for label, fields in meant.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("name", OURS)
def test_a_label_that_small_words_tell_from_another_stands_under_no_heading(name: str) -> None:
    meant = defaultdict(set)
    for label in labels_of(OURS[name]):
        if not label.is_plain:
            meant[label.meaning[1:], label.words].add(label.field)

    assert {label: fields for label, fields in meant.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("name", OURS)
def test_no_wording_stands_twice_where_the_second_says_nothing_new(name: str) -> None:
    each = OURS[name]
    known = each.recognise
    lists = [known.titles, known.phrases, known.none_of, each.other_labels]
    lists += [[*rule.labels, *rule.opposite_labels] for rule in each.fields]
    lists += [rule.prose for rule in each.fields]

    assert [text for one in lists for text in twice(one)] == []


def twice(wordings: Sequence[Wording]) -> list[str]:
    counts = Counter(wording.text.casefold() for wording in wordings)
    return [text for text, count in counts.items() if count > 1]


def test_leaving_a_layout_out_drops_its_wordings_and_no_others() -> None:
    brought = {"text": "Slip of wages", "layout": "payslip/cards"}
    other = {"text": "Pay advice", "layout": "payslip/forms"}
    mine = {
        "id": "payslip",
        "title": "Payslip",
        "recognise": {"titles": ["Payslip", brought, other], "phrases": [brought]},
        "other_labels": [brought, "Grade"],
        "groups": [
            {
                "title": "All",
                "fields": [
                    {
                        "name": "net_pay",
                        "title": "Net pay",
                        "kind": "amount",
                        "labels": ["Net pay", brought],
                        "prose": [brought, other],
                        "columns": [other],
                    },
                    {
                        "name": "kind",
                        "title": "Kind",
                        "kind": "choice",
                        "choices": {"a": [brought, "A"], "b": ["B"]},
                    },
                ],
            }
        ],
    }
    types = {"payslip": DocumentType.model_validate(mine)}

    left = without_layout(types, "payslip/cards")["payslip"]

    assert layouts_in(types) == {"payslip/cards", "payslip/forms"}
    assert layouts_in({"payslip": left}) == {"payslip/forms"}
    assert [w.text for w in left.recognise.titles] == ["Payslip", "Pay advice"]
    assert left.recognise.phrases == []
    assert [w.text for w in left.other_labels] == ["Grade"]
    assert [w.text for w in left.fields[0].labels] == ["Net pay"]
    assert [w.text for w in left.fields[0].prose] == ["Pay advice"]
    assert [w.text for w in left.fields[0].columns] == ["Pay advice"]
    assert [w.text for w in left.fields[1].choices["a"]] == ["A"]
    assert without_layout(types, "payslip/nowhere") == types
