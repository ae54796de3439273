"""Several papers in one file: each is a part with its pages, its type and its own fields."""

import pytest
from papers import PROSE, joined, letter
from read_fields import Paper, Printed, build, differences, lines, read, said, sample, typed

from taxai_core.models import Reading

BUNDLES = ["form16/bundle-two-employers", "payslip/bundle-six-months", "form16/bundle-year",
           "form16a/bundle-four-quarters",
           "form26as/bundle-pile"]  # fmt: skip


def slip(month: str, *, name: str = "Meera Iyer", net: str = "48,100.00") -> list[Printed]:
    """One page with one month's pay."""
    return lines("Kaveri Example Mills Private Limited", f"Payslip for the month of {month}",
                 f"Employee name: {name}", "Gross earnings: 56,000.00",
                 "Total deductions: 7,900.00", f"Net pay: {net}")  # fmt: skip


def parts(reading: Reading) -> list[tuple[list[int], str]]:
    """The pages and the type of each part as the contract has them."""
    found = reading.as_contract("a.pdf").get("parts", [])
    return [(part["pages"], part["document_type"]) for part in found]


def true_parts(paper: Paper) -> list[tuple[list[int], str]]:
    return [(part["pages"], part["document_type"]) for part in paper.parts or []]


@pytest.mark.parametrize("layout", BUNDLES)
def test_papers_in_one_file_are_parts_with_their_pages(layout: str) -> None:
    paper, reading = sample(layout)

    assert parts(reading) == true_parts(paper)


@pytest.mark.parametrize("layout", ["form16/bundle-two-employers", "payslip/bundle-six-months"])
def test_each_part_has_its_own_fields_and_no_other_parts(layout: str) -> None:
    paper, reading = sample(layout)

    for part, record in zip(paper.parts or [], reading.records, strict=True):
        first, last = part["pages"]
        assert said(record).items() & part["fields"].items()
        pages = {field.page for field in record.fields.values()}
        assert pages <= set(range(first, last + 1))


def test_the_file_itself_says_what_its_first_part_says() -> None:
    _, reading = sample("payslip/bundle-six-months")
    told = reading.as_contract("a.pdf")

    first = told["parts"][0]
    keys = ("document_type", "type_confidence", "fields", "checks")
    assert {key: told[key] for key in keys} == {key: first[key] for key in keys}
    assert first.keys() == {"pages", *keys}


@pytest.mark.parametrize(
    "layout", ["form16/traces-whole", "form16/bundle-part-a-b", "payslip/two-lists", "other/news"]
)
def test_a_single_paper_has_no_parts(layout: str) -> None:
    _, reading = sample(layout)

    assert "parts" not in reading.as_contract("a.pdf")
    assert len(reading.records) == 1
    assert reading.records[0].last_page == len(reading.pages)


def test_payslips_of_two_months_are_two_and_each_has_its_net_pay() -> None:
    reading = read(typed(slip("August 2024"), slip("September 2024", net="47,000.00")))

    assert parts(reading) == [([1, 1], "payslip"), ([2, 2], "payslip")]
    first, second = map(said, reading.records)
    assert differences(first, {"month": "2024-08", "net_pay": "48100.00"}) == {}
    assert differences(second, {"month": "2024-09", "net_pay": "47000.00"}) == {}


NOT_OURS = ["news", "blog", "invoice", "electricity-bill", "bank-statement", "form12bb", "resume"]


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_is_no_tax_paper_between_two_is_a_part_of_its_own_without_fields(name: str) -> None:
    between = build(f"other/{name}", 4242).pdf

    reading = read(joined(typed(slip("August 2024")), between, typed(slip("September 2024"))))

    types = [one.document_type for one in reading.records]
    assert types == ["payslip", "other", "payslip"]
    assert reading.records[1].fields == {}
    assert said(reading.records[0]).keys() == said(reading.records[2]).keys()


def test_a_letter_behind_a_paper_changes_none_of_its_fields() -> None:
    alone = said(read(typed(slip("August 2024"))))

    reading = read(joined(typed(slip("August 2024")), letter(PROSE, PROSE)))

    assert said(reading) == alone


def test_the_letter_that_a_paper_is_sent_with_belongs_to_it_and_gives_it_no_value() -> None:
    paper, reading = sample("form16a/behind-a-letter")

    assert [one.document_type for one in reading.records] == ["form16a"]
    assert reading.records[0].first_page == 1
    assert differences(said(reading), paper.fields) == {}
    assert {field.page for field in reading.records[0].fields.values()} == {2}


def test_form_12ba_stays_with_the_form_16_that_it_is_annexed_to() -> None:
    form16 = build("form16/traces-part-b", 4242)
    annexure = typed(lines(
        "FORM NO. 12BA", "[See rule 26A(2)(b)]",
        "Statement showing particulars of perquisites, other fringe benefits or amenities and",
        "profits in lieu of salary with value thereof", f"Employee PAN: "
        f"{form16.fields['employee_pan']}", "Nature of perquisites   Value   Amount recovered",
        "Accommodation   0.00   0.00", "Cars / Other automotive   0.00   0.00",
    ))  # fmt: skip

    reading = read(joined(form16.pdf, annexure))

    assert [one.document_type for one in reading.records] == ["form16"]
    assert reading.records[0].last_page == len(reading.pages)
