"""Which label stands where, and under which heading."""

from collections.abc import Sequence

from taxai_core.doctypes import load_document_types
from taxai_core.extract.headings import Headings
from taxai_core.extract.locate import Located
from taxai_core.extract.sheet import Piece, Sheet
from taxai_core.extract.spots import find_spots
from taxai_core.extract.vocabulary import Vocabulary
from taxai_core.pdf.words import Ink

TYPES = load_document_types()
FORM16, PAYSLIP = Vocabulary(TYPES["form16"]), Vocabulary(TYPES["payslip"])
Cell = tuple[int, int, int] | None


def piece(text: str, x0: float, top: float, cell: Cell = None) -> Piece:
    """Lines of words, 5 points a letter and 12 points a line."""
    words, starts, lines, at = [], [], [], 0
    for number, line in enumerate(text.split("\n")):
        lines.append(at)
        x, y = x0, top + 12 * number
        for word in line.split():
            words.append(Ink(word, x, y, x + 5 * len(word), y + 10, 0, 1.0))
            starts.append(at)
            at, x = at + len(word) + 1, x + 5 * len(word) + 3
    x1 = max(word.x1 for word in words)
    bottom = words[-1].bottom
    return Piece(words, " ".join(text.split()), starts, lines, x0, top, x1, bottom, cell)


def sheet(*pieces: Piece) -> Sheet:
    return Sheet(1, 600, 800, False, list(pieces), [w for p in pieces for w in p.words])


def fields(page: Sheet, vocabulary: Vocabulary) -> Sequence[str | None]:
    return [spot.field for spot in find_spots(page, vocabulary)]


def values(page: Sheet, vocabulary: Vocabulary) -> dict[str, str]:
    return {one.field: one.value for one in Located(page, vocabulary).candidates}


def test_a_word_that_a_label_begins_with_is_no_label() -> None:
    page = sheet(piece("Associate Director", 50, 100), piece("EMPLOYEE SUMMARY", 50, 140))

    assert "employee_name" not in fields(page, PAYSLIP)


def test_letters_of_a_number_are_no_label() -> None:
    assert fields(sheet(piece("EMP6704", 50, 100)), PAYSLIP) == []


def test_two_labels_with_a_stroke_share_two_values() -> None:
    page = sheet(piece("AY / FY", 50, 100), piece("2026-27 / 2025-26", 200, 100))

    found = values(page, FORM16)

    assert (found["assessment_year"], found["financial_year"]) == ("2026-27", "2025-26")


def test_a_heading_counts_for_the_labels_that_begin_under_it() -> None:
    page = sheet(
        piece("Employer", 50, 100),
        piece("Employee", 300, 100),
        piece("PAN:", 50, 120),
        piece("PAN:", 300, 120),
    )
    spots = find_spots(page, FORM16)
    headings = Headings(page, FORM16, is_turned_round=False)
    left, right = (spot for spot in spots if spot.piece.text == "PAN:")

    assert headings.is_under(left, frozenset({"employer"}))
    assert headings.is_under(right, frozenset({"employee"}))


def test_labels_below_each_other_in_one_cell_have_their_own_values() -> None:
    page = sheet(
        piece("Gross Salary\nSalary as per section 17(1)", 50, 100, (0, 0, 0)),
        piece("90,000.00", 400, 112, (0, 0, 1)),
    )

    found = values(page, FORM16)

    assert found["salary_17_1"] == "90000.00"
    assert "gross_salary" not in found


def test_a_total_that_no_label_names_is_of_the_part_above() -> None:
    page = sheet(
        piece("section 80C", 50, 100, (0, 0, 0)),
        piece("Life insurance premium", 50, 115, (0, 1, 0)),
        piece("20,000.00", 300, 115, (0, 1, 1)),
        piece("Tuition fees", 50, 130, (0, 2, 0)),
        piece("30,000.00", 300, 130, (0, 2, 1)),
        piece("50,000.00", 400, 145, (0, 3, 2)),
    )

    assert values(page, FORM16)["deduction_80c"] == "50000.00"


def test_the_row_of_what_was_earned_is_meant_and_not_its_rate() -> None:
    page = sheet(
        piece("Basic", 150, 100, (0, 0, 1)),
        piece("Rate", 50, 115, (0, 1, 0)),
        piece("65,000.00", 150, 115, (0, 1, 1)),
        piece("Earned", 50, 130, (0, 2, 0)),
        piece("60,000.00", 150, 130, (0, 2, 1)),
    )

    assert values(page, PAYSLIP)["basic"] == "60000.00"


def test_tax_payable_after_relief_is_the_net_tax() -> None:
    rows = ["Tax payable", "Relief under section 89", "Tax payable"]
    amounts = ["5,000.00", "1,000.00", "4,000.00"]
    cells = [
        cell
        for row, (label, amount) in enumerate(zip(rows, amounts, strict=True))
        for cell in (
            piece(label, 50, 100 + 15 * row, (0, row, 0)),
            piece(amount, 400, 100 + 15 * row, (0, row, 1)),
        )
    ]

    assert values(sheet(*cells), FORM16)["net_tax_payable"] == "4000.00"
