"""Printed text → values: what papers really print, and what only looks like a value."""

from datetime import date
from decimal import Decimal

import pytest

from taxai_core import values


def each(*rows: str) -> list[str]:
    """The texts of all rows, each text parted from the next by a bar."""
    return [text for row in rows for text in row.split(" ¦ ")]


def pairs(*rows: str) -> list[tuple[str, ...]]:
    """What is printed → what is read of it."""
    return [tuple(text.split(" → ")) for text in each(*rows)]


@pytest.mark.parametrize(
    ("text", "amount"),
    pairs(
        "12,34,567.89 → 1234567.89 ¦ 1,234,567.89 → 1234567.89 ¦ 1,23,456 → 123456",
        "1234567 → 1234567 ¦ 500 → 500 ¦ 7 → 7 ¦ 0 → 0 ¦ 0.00 → 0 ¦ 0.5 → 0.5",
        "410505.00 → 410505 ¦ 1234.5 → 1234.5 ¦ .00 → 0 ¦ .50 → 0.5",
        "1,00,00,00,000.00 → 1000000000 ¦ 99,999 → 99999 ¦ 100,000 → 100000",
    ),
)
def test_an_amount_is_read_in_indian_western_and_no_grouping(text: str, amount: str) -> None:
    assert values.parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    each(
        "Rs. 12,345.00 ¦ Rs.12,345 ¦ Rs 12,345.00 ¦ RS. 12345 ¦ ₹12,345 ¦ ₹ 12,345.00",
        "INR 12,345 ¦ रु 12,345 ¦ रु. 12,345.00 ¦ 12,345.00 INR ¦ 12,345 Rs. ¦ ₨ 12,345",
        "12,345/- ¦ Rs. 12,345/- ¦ Rs.12345/= ¦ 12345/- ¦ Rs. 12,345.00 only ¦ 12,345/- Only",
        "***12,345.00 ¦ **12,345.00** ¦ 12,345.00* ¦ 12,345.00 # ¦ 12,345.00¹",
        "*** Rs. 12,345 *** ¦ 12,345.00 Cr ¦ 12,345.00Cr. ¦ 12,345.00 (Cr) ¦ +12,345.00",
        ": 12,345.00 ¦ ....12,345.00 ¦ ` 12,345.00 ¦ ■ 12,345.00 ¦ ? 12,345.00 ¦ Rs.: 12,345.00",
        "12,345. ¦ Rupees 12,345.00 ¦ [Rs. 12,345.00]",
    ),
)
def test_signs_and_fillers_around_an_amount_do_not_change_it(text: str) -> None:
    assert values.parse_amount(text) == Decimal("12345")


@pytest.mark.parametrize(
    "text",
    each(
        "-48,260.00 ¦ −48,260.00 ¦ – 48,260.00 ¦ 48,260.00- ¦ (48,260.00) ¦ ( 48,260.00 )",
        "Rs. -48,260 ¦ -Rs. 48,260/- ¦ (Rs. 48,260.00) ¦ Rs. (48,260.00) ¦ ₹(48,260)",
        "48,260.00 Dr ¦ 48,260.00DR. ¦ 48,260.00 (Dr) ¦ (-)48,260.00 ¦ (-48,260.00) ¦ (48260)",
    ),
)
def test_minus_brackets_and_dr_make_an_amount_negative(text: str) -> None:
    assert values.parse_amount(text) == Decimal("-48260")


@pytest.mark.parametrize(
    ("text", "amount"),
    pairs(
        "1, 23,456.00 → 123456 ¦ 12,345 .00 → 12345 ¦ 12,345. 00 → 12345",
        "1 ,23, 456.00 → 123456 ¦ Rs . 12, 345 → 12345 ¦ 12, 345 / - → 12345",
        "1,23.456.00 → 123456 ¦ 1.23.456,00 → 123456 ¦ 12.345,67 → 12345.67 ¦ 12,345,00 → 12345",
        "12345,67 → 12345.67 ¦ 12\xa0,345.00 → 12345",
    ),
)
def test_blanks_and_points_as_ocr_leaves_them_are_read_where_one_reading_is_left(
    text: str, amount: str
) -> None:
    assert values.parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *[("3.5 lakh", "350000"), ("Rs. 3.5 lakhs", "350000"), ("1.2 crore", "12000000")],
        *[("₹2 Lacs", "200000"), ("Rs.50 thousand", "50000"), ("1.255 crores", "12550000")],
    ],
)
def test_an_amount_in_lakh_or_crore_is_written_out(text: str, amount: str) -> None:
    assert values.parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    each(
        "- ¦ -- ¦ — ¦ – ¦ - - ¦ Nil ¦ NIL ¦ nil. ¦ Nill ¦ N I L ¦ Rs. Nil ¦ ₹ - ¦ Nil/- ¦ -/-",
        "(-)",
    ),
)
def test_a_dash_or_nil_is_a_printed_zero(text: str) -> None:
    assert values.is_zero_mark(text)
    assert values.parse_amount(text) == 0


@pytest.mark.parametrize(
    "text",
    each(
        "0 ¦ 0.00 ¦  ¦ NA ¦ ---------- ¦ Rs. ¦ -5 ¦ Nilgiri ¦ ...",
    ),
)
def test_only_a_dash_or_nil_is_a_zero_mark(text: str) -> None:
    assert not values.is_zero_mark(text)


@pytest.mark.parametrize(
    "text",
    each(
        "  ¦ NA ¦ N.A. ¦ N/A ¦ Not applicable ¦ Not available ¦ ........ ¦ Rs. ........ ¦ 12,34",
        "1,2345 ¦ 1,23,45 ¦ 12,3456 ¦ 1,2,345 ¦ 123,45,678 ¦ 0,12,345 ¦ 12,,345 ¦ 10% ¦ 10.00 %",
        "5.5 % p.a. ¦ 31/03/2025 ¦ 31-03-2025 ¦ 31.03.2025 ¦ 2024-25 ¦ 10:30 ¦ 9876543210",
        "+91 98765 43210 ¦ 022-22334455 ¦ 98765 43210 ¦ 405352897607 ¦ 0880092 ¦ 00 ¦ 007",
        "194C ¦ 80C ¦ 17(1) ¦ 10(13A) ¦ ABCPE1234F ¦ HL4415043926 ¦ USJOVKF ¦ 1. ¦ 12. ¦ (1)",
        "(12) ¦ 1) ¦ (1961) ¦ 12* ¦ 12- ¦ (12,345.00 ¦ 12,345.00) ¦ 1.2.3 ¦ 12,345.00 15,000.00",
        "1 234 567 ¦ 12,34 5.00 ¦ 2. 50,000.00 ¦ 1. 234.00 ¦ 10, 115 ¦ 12.345 ¦ 12.3456 ¦ 1.234",
        "Rs. ¦ ₹ ¦ Salary ¦ Rs. in lakhs ¦ lakh ¦ 1e5 ¦ inf ¦ NaN ¦ --12 ¦ (- ¦ Rs. 500- ¦ 2 Cr",
        "1.5 Cr ¦ Rs. Rs. 12 ¦ 1.23456789 lakh ¦ 12,345.00 p.m. ¦ \u0661 ¦ Dr ¦ Cr ¦ ___ ¦ ***",
        "12/ ¦ 1/2 ¦ Q1 ¦ * ¦ 12,345.00 - 4",
    ),
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert values.parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    pairs(
        "Rupees Twelve Lakh Three Thousand Four Hundred Five and Fifty Paise Only → 1203405.50",
        "Rs. Four Lakh Ten Thousand Five Hundred Five Only (in words) → 410505",
        "[Rs. One Lakh Forty Six Thousand Nine Hundred Sixty One Only] → 146961",
        "One Lakh Thirty Two Thousand Five Hundred Forty Three only → 132543",
        "RUPEES TWENTY-FIVE THOUSAND ONLY → 25000",
        "Rupees One Crore Two Lacs and One Only. → 10200001 ¦ Fifty Thousand Rupees → 50000",
        "INR Ninety Nine and Paise Five Only → 99.05",
        "One Hundred Twenty Three Thousand → 123000",
        "Rupees One Hundred and Five Crore → 1050000000",
        "Rupees TwentyOne Thousand only → 21000 ¦ Rs. Zero Only → 0 ¦ Rupees Nil only → 0",
        "Fifty Paise Only → 0.50 ¦ (Rupees Fourty Thousand Ninty Only/-) → 40090",
    ),
)
def test_an_amount_in_words_is_read(text: str, amount: str) -> None:
    assert values.parse_amount_in_words(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    each(
        "Rupees ¦ only ¦ Five ¦ Twenty Five ¦ Rupees Five Thousand Three Lakh ¦ Nil ¦ Rs. only",
        "Rupees Twelve Lakh and counting ¦ Hundred Two Hundred ¦ Rupees Five Five ¦ Lakh ¦ and",
        "Rupees Twenty Eleven only ¦ Rupees One Thousand Two Thousand ¦ One Hundred Paise Only",
        "Rupees 12,345 only ¦ in lakhs ¦ Thousand Pillars ¦ Rupees One Rupees Two",
    ),
)
def test_what_is_no_amount_in_words_is_none(text: str) -> None:
    assert values.parse_amount_in_words(text) is None


@pytest.mark.parametrize(
    "text",
    each(
        "31/03/2025 ¦ 31-03-25 ¦ 31.03.2025 ¦ 31-Mar-2025 ¦ 31 March 2025 ¦ 31st March, 2025",
        "March 31, 2025 ¦ 2025-03-31 ¦ 2025.03.31 ¦ 31Mar2025 ¦ 31 MAR 25 ¦ 31/Mar/2025",
        "31 / 03 / 2025 ¦ 31 -03- 2025 ¦ 31-Mar'25 ¦ 31st day of March 2025 ¦ Mar. 31st, 2025",
        "31/03/2025 10:15:22 ¦ 31-03-2025, 4:05 PM ¦ Monday, 31 March 2025 ¦ 31 03 2025",
        "31.03.2025. ¦ 31st\nMarch 2025 ¦ 31–03–2025 ¦ 31 st March 2025 ¦ 31, March, 2025",
    ),
)
def test_a_date_is_read_day_first(text: str) -> None:
    assert values.parse_date(text) == date(2025, 3, 31)


def test_a_two_digit_year_from_70_on_is_of_the_last_century() -> None:
    assert values.parse_date("01/01/69") == date(2069, 1, 1)
    assert values.parse_date("01/01/70") == date(1970, 1, 1)


@pytest.mark.parametrize(
    "text",
    each(
        "31/02/2025 ¦ 03/31/2025 ¦ 32-01-2025 ¦ 31 Foo 2025 ¦ 2025 ¦ March 2025 ¦ 31/03",
        "31/03/202 ¦ 12.34.56 ¦ 1.2.3.4 ¦ 31032025 ¦ 2024-25 ¦ 00/01/2025 ¦ 31-03.2025",
        "31/03/1825 ¦ 31/03/2025 to 30/04/2025 ¦ 12,345.00 ¦ May ¦ 31 Mar 2025 Delhi",
    ),
)
def test_what_is_no_possible_date_is_none(text: str) -> None:
    assert values.parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    each(
        "September 2024 ¦ Sep-24 ¦ SEP 2024 ¦ 09/2024 ¦ 2024-09 ¦ Sept'24 ¦ Sep, 2024",
        "Sept.-2024 ¦ September-2024 ¦ sep2024 ¦ Sep’24 ¦ 09-2024 ¦ 9/2024 ¦ 09/24 ¦ Sep 24",
        "September, 24 ¦ month ended 30.09.2024 ¦ 01/09/2024 to 30/09/2024",
        "1 - 30 September 2024 ¦ For the month of September 2024 ¦ Month: Sep-2024",
        "01-Sep-2024 - 30-Sep-2024",
    ),
)
def test_a_month_is_read(text: str) -> None:
    assert values.parse_month(text) == "2024-09"


@pytest.mark.parametrize(
    "text",
    each(
        "September ¦ 2024 ¦ 13/2024 ¦ 2024-25 ¦ 09/10 ¦ 24/09 ¦ 30.09.2024 ¦ Sep 1824",
        "01/09/2024 to 31/10/2024 ¦ Septembre 2024 ¦ 00/2024 ¦ September 2024 Pune",
    ),
)
def test_what_is_no_month_is_none(text: str) -> None:
    assert values.parse_month(text) is None


@pytest.mark.parametrize(
    "text",
    each(
        "2024-25 ¦ 2024-2025 ¦ FY 2024–25 ¦ F.Y. 24-25 ¦ 2024/25 ¦ A.Y.2024-25 ¦ 24-25",
        "Tax Year 2024-25 ¦ Financial Year: 2024 - 25 ¦ Assessment Year 2024-2025 ¦ FY2024-25",
        "01/04/2024 to 31/03/2025 ¦ April 2024 to March 2025 ¦ year ended 31st March 2025",
        "1st April 2024 - 31st March 2025 ¦ Apr-24 to Mar-25 ¦ Apr'24-Mar'25 ¦ 2024 to 2025",
        "From 01-04-2024 To 31-03-2025 ¦ for the financial year ended 31.03.2025",
        "F. Y. 2024-25 ¦ for the financial year 2024-25 ¦ Year ending March 2025",
        "01-04-2024-31-03-2025 ¦ 2024—25. ¦ FY 2024-25 (01/04/2024 to 31/03/2025) ¦ (2024-25)",
    ),
)
def test_a_year_is_read(text: str) -> None:
    assert values.parse_year(text) == "2024-25"


@pytest.mark.parametrize(
    "text",
    each(
        "2024-26 ¦ 2024 ¦ 2024-24 ¦ 2025-24 ¦ FY 2024 ¦ FY25 ¦ 202425 ¦ 2024-025 ¦ 1824-25",
        "31.03.2025 ¦ 01/04/2024 to 30/09/2024 ¦ January 2024 to December 2024",
        "2024-25 2025-26 ¦ year ended 31 December 2025 ¦ 24-26 ¦ 2024-25-26 ¦ 2024-09",
        "page 24-25 ¦ FY 2023-24 (01/04/2024 to 31/03/2025)",
    ),
)
def test_what_is_no_financial_year_is_none(text: str) -> None:
    assert values.parse_year(text) is None


def test_a_year_over_the_turn_of_a_century_keeps_its_form() -> None:
    assert values.parse_year("1999-2000") == "1999-00"
    assert values.parse_year("1999-00") == "1999-00"
    assert values.following_year("1998-99") == "1999-00"
    assert values.following_year("2024-25") == "2025-26"
    assert values.previous_year("2024-25") == "2023-24"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("01/04/2024 to 30/09/2024", date(2024, 4, 1), date(2024, 9, 30)),
        ("From 01-Apr-2024 To 31-Mar-2025", date(2024, 4, 1), date(2025, 3, 31)),
        ("01-04-2024 - 31-03-2025", date(2024, 4, 1), date(2025, 3, 31)),
        ("10.06.2024 till 31.03.2025", date(2024, 6, 10), date(2025, 3, 31)),
        ("1st April 2024 – 31st March 2025", date(2024, 4, 1), date(2025, 3, 31)),
        ("April 2024 upto February 2025", date(2024, 4, 1), date(2025, 2, 28)),
        ("April to June 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("1 April to 30 September 2024", date(2024, 4, 1), date(2024, 9, 30)),
        ("Period: 01/04/2024 up to 15/04/2024", date(2024, 4, 1), date(2024, 4, 15)),
        ("for the period from Jan 2024 to Feb 2024", date(2024, 1, 1), date(2024, 2, 29)),
        ("between 1 May 2024 and 31 May 2024", date(2024, 5, 1), date(2024, 5, 31)),
    ],
)
def test_a_period_has_its_first_and_its_last_day(text: str, first: date, last: date) -> None:
    assert values.parse_period(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    each(
        "31/03/2025 to 01/04/2024 ¦ 01/04/2024 ¦ 2024-25 ¦ to 31/03/2025",
        "September to March 2025 ¦ 01/04/2024 to 31/02/2025 ¦ April to June",
        "01/04/2024 31/03/2025",
    ),
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert values.parse_period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ABCPE1234F",
        "abcpe1234f",
        "A B C P E 1 2 3 4 F",
        "ABCPE 1234 F",
        "A.B.C.P.E.1234.F",
        " ABCPE1234F:",
    ],
)
def test_a_pan_is_read_in_upper_case_without_blanks(text: str) -> None:
    assert values.parse_pan(text) == "ABCPE1234F"


@pytest.mark.parametrize(
    "text",
    each(
        "XXXXX1234X ¦ ABCXX1234F ¦ ABCPE123456 ¦ ABCXE1234F ¦ *****1234F ¦ ABCPEXXXXF",
        "PANNOTREQD ¦ PANAPPLIED ¦ PANINVALID ¦ PANNOTAVBL ¦ ABCPE0000F ¦ BLRA12345B",
        "ABCPE1234FX ¦ PAN ABCPE1234F ¦ ABCPE1234F BLRA12345B ¦ Not available",
    ),
)
def test_what_is_no_pan_is_none_read_or_repaired(text: str) -> None:
    assert values.parse_pan(text) is None
    assert values.repair_pan(text) is None


def test_a_tan_is_read_in_upper_case_without_blanks() -> None:
    assert values.parse_tan("blra 12345 b") == "BLRA12345B"
    assert values.parse_tan("B L R A 1 2 3 4 5 B") == "BLRA12345B"


@pytest.mark.parametrize(
    "text", ["", "ABCPE1234F", "BLRA1234B", "BLRA1234567", "BLRA12345BX", "XXXX00000X"]
)
def test_what_is_no_tan_is_none_read_or_repaired(text: str) -> None:
    assert values.parse_tan(text) is None
    assert values.repair_tan(text) is None


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        *[("ABCPE1234F", ("ABCPE1234F", False)), ("A8CPE1234F", ("ABCPE1234F", True))],
        *[("ABCPEI234F", ("ABCPE1234F", True)), ("ABCPE1Z34F", ("ABCPE1234F", True))],
        *[("ABCPEl234F", ("ABCPE1234F", True)), ("A0CPE12O4F", ("AOCPE1204F", True))],
        *[("ABC8E1234F", ("ABCBE1234F", True)), ("ABC1E1234F", ("ABCLE1234F", True))],
        ("ABCPE12 G45", ("ABCPE1264S", True)),
    ],
)
def test_ocr_confusions_in_a_pan_are_repaired_and_said(
    text: str, repaired: tuple[str, bool]
) -> None:
    assert values.repair_pan(text) == repaired


@pytest.mark.parametrize(
    "text", ["1BCPE1234F", "ABC0E1234F", "AB12345678", "ABCPESOILS", "AAA8012345", "ABCPE12A4F"]
)
def test_a_pan_of_which_several_readings_or_none_are_left_is_not_repaired(text: str) -> None:
    assert values.repair_pan(text) is None


def test_ocr_confusions_in_a_tan_are_repaired_and_said() -> None:
    assert values.repair_tan("BLRA12345B") == ("BLRA12345B", False)
    assert values.repair_tan("8LRAI2345B") == ("BLRA12345B", True)
    assert values.repair_tan("BLRA1234SB") == ("BLRA12345B", True)
    assert values.repair_tan("BLRA123451") is None


@pytest.mark.parametrize(
    ("text", "name"),
    pairs(
        "Priya S. Sharma → Priya S. Sharma ¦ MR. HARISH D. PATEL → HARISH D. PATEL",
        "Smt. Kavitha A. Nair, → Kavitha A. Nair",
        "M/s Aravali Textiles Ltd. → Aravali Textiles Ltd.",
        "M/S. KOSI LOGISTICS LLP → KOSI LOGISTICS LLP ¦ Mr. Dr. T D Khan: → T D Khan",
        ": Sh. Ravi Kumar → Ravi Kumar ¦ Shri  Mohan\nLal → Mohan Lal",
        "Drishti Rao → Drishti Rao ¦ 3i Infotech Limited → 3i Infotech Limited",
        "24/7 Customer Pvt Ltd → 24/7 Customer Pvt Ltd ¦ Mr.Ashwin → Ashwin ¦ Kum. Lata → Lata",
        "Messrs. Rao & Sons → Rao & Sons ¦ MsRao → MsRao",
    ),
)
def test_a_name_is_kept_as_printed_without_its_title(text: str, name: str) -> None:
    assert values.parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    each(
        "- ¦ NA ¦ N.A. ¦ Not available ¦ Not Applicable ¦ Nil ¦ A ¦ Mr. ¦ Mr.  ¦ ........",
        "12,345.00 ¦ Total 12,345.00 ¦ A-12345 ¦ ABCPE1234F ¦ 31 March 2025 ¦ September 2024",
        "Rs. 500 ¦ rao@example.in ¦ www.example.in ¦ XXXXXXX ¦ FY 2024-25 ¦ None ¦ BLRA12345B",
        "____ ¦ M/s. ¦ Rupees Five Thousand Only ¦ 01/04/2024 to 31/03/2025",
    ),
)
def test_what_is_no_name_is_none(text: str) -> None:
    assert values.parse_name(text) is None


@pytest.mark.parametrize(
    ("text", "identifier"),
    pairs(
        "HL4415043926 → HL4415043926 ¦ 66400383 / 44 → 66400383/44 ¦ TAVUAUZ → TAVUAUZ",
        "HLT/7371/9222885 → HLT/7371/9222885 ¦ 405352897607 → 405352897607 ¦ 194A → 194A",
        "1103 4567 8901 → 110345678901 ¦ EMP - 840180. → EMP-840180 ¦ : IN71926 → IN71926",
        "XXXXXX1234 → XXXXXX1234 ¦ 0880092 → 0880092 ¦ 12/2024 → 12/2024 ¦ #4711 → 4711",
        "6(A) → 6(A)",
    ),
)
def test_an_identifier_is_one_run_of_signs(text: str, identifier: str) -> None:
    assert values.parse_identifier(text) == identifier


@pytest.mark.parametrize(
    "text",
    each(
        "- ¦ NA ¦ Salary ¦ NUMBR ¦ Not available ¦ 12,345 ¦ 1,23,456.00 ¦ 1234.50 ¦ 31/03/2025",
        "31-Mar-2025 ¦ 2024-25 ¦ PANNOTREQD ¦ HL 4415 043926 ¦ two words ¦ ****1234 ¦ Rs.500",
        "/ ¦ 10% ¦ 31.03.2025 ¦ XXXXXXXX ¦ ........",
    ),
)
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert values.parse_identifier(text) is None


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    pairs(
        "amount → 12,34,567 → 1234567.00 ¦ amount → nil → 0.00 ¦ amount → -0 → 0.00",
        "amount → Rupees Five Thousand only → 5000.00 ¦ amount → -48,260.5 → -48260.50",
        "date → 31/3/25 → 2025-03-31 ¦ month → Sep 2024 → 2024-09 ¦ year → 24-25 → 2024-25",
        "pan → abcpe 1234f → ABCPE1234F ¦ tan → blra12345b → BLRA12345B",
        "name → Mr.  T D Khan → T D Khan ¦ identifier → 664 / 44 → 664/44",
        "choice →  Yes  → yes",
    ),
)
def test_what_a_person_types_gets_the_contracts_form(kind: str, typed: str, value: str) -> None:
    assert values.canonical(kind, typed) == value


@pytest.mark.parametrize(
    "kind",
    each(
        "amount ¦ date ¦ month ¦ year ¦ pan ¦ tan ¦ name ¦ identifier ¦ choice",
    ),
)
@pytest.mark.parametrize("typed", ["", "?!$"])
def test_what_is_no_value_is_refused_with_what_to_type_and_not_repeated(
    kind: str, typed: str
) -> None:
    if (kind, typed) == ("choice", "?!$"):
        return  # which choices there are is the definition's matter

    with pytest.raises(ValueError, match=r"^Type .+\.$") as refused:
        values.canonical(kind, typed)

    assert not typed or typed not in str(refused.value)


def test_a_wrong_grouping_is_refused() -> None:
    with pytest.raises(ValueError, match="amount"):
        values.canonical("amount", "12,34")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    pairs(
        "amount → 1234567.00 → 12,34,567.00 ¦ amount → -48260.50 → -48,260.50",
        "amount → 0.00 → 0.00 ¦ amount → 999.00 → 999.00 ¦ amount → 100000.00 → 1,00,000.00",
        "amount → 12345678901.10 → 12,34,56,78,901.10 ¦ date → 2025-03-31 → 31 Mar 2025",
        "month → 2024-09 → Sep 2024 ¦ year → 2024-25 → 2024-25 ¦ pan → ABCPE1234F → ABCPE1234F",
        "tan → BLRA12345B → BLRA12345B ¦ name → T D Khan → T D Khan ¦ choice → yes → yes",
        "identifier → 66400383/44 → 66400383/44",
    ),
)
def test_a_shown_value_reads_well_and_typed_back_is_the_same(
    kind: str, value: str, text: str
) -> None:
    assert values.shown(kind, value) == text
    assert values.canonical(kind, text) == value


def test_every_amount_comes_back_from_what_is_shown() -> None:
    for paise in [*range(0, 3_000), *(7**power for power in range(2, 18))]:
        for sign in (1, -1):
            value = values.as_amount(sign * Decimal(paise) / 100)

            assert values.canonical("amount", values.shown("amount", value)) == value
            assert values.canonical("amount", value) == value


def test_every_day_comes_back_from_what_is_shown() -> None:
    for ordinal in range(date(1950, 1, 1).toordinal(), date(2069, 12, 31).toordinal(), 13):
        day = date.fromordinal(ordinal)

        assert values.canonical("date", values.shown("date", day.isoformat())) == day.isoformat()
        month = day.isoformat()[:7]
        assert values.canonical("month", values.shown("month", month)) == month


PROSE = (
    "interest of Rs. 12,345.00 was paid on 31/03/2025 to ABCPE1234F (TAN BLRA12345B) for 12 "
    "months, section 194A, page 3, at 7.50 % or 10.25 per cent, FY 2024-25, of which 500/- and "
    "1,23,456 in April 2024"
)


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("amount", PROSE, ["12345.00", "500.00", "123456.00"]),
        ("date", PROSE, ["2025-03-31"]),
        ("pan", PROSE, ["ABCPE1234F"]),
        ("tan", PROSE, ["BLRA12345B"]),
        ("year", PROSE, ["2024-25"]),
        ("month", PROSE, ["2024-04"]),
        ("amount", "for 12 months, page 3, section 17, in 2024", []),
        ("amount", "Loss from house property (48,260.00)", ["-48260.00"]),
        ("amount", "paid five thousand (Rs. 5,000.00) in all", ["5000.00"]),
        ("amount", "Savings - 12,345.00", ["12345.00"]),
        ("amount", "Gain -891.50 Short, 4,211.70 Long", ["-891.50", "4211.70"]),
        ("amount", "a sum of ₹3.5 lakh and Rs.500 only.", ["350000.00", "500.00"]),
        ("amount", "Rs. 1,000.00, Rs. 2,000.00; 12,345.00 Dr", ["1000.00", "2000.00", "-12345.00"]),
        ("amount", "5,000-10,000 or 31.03.2025 or A1,234.00 or 12,34 or 1.2.3", []),
        ("amount", "Rs. -2,00,000 (Rs. in full)", ["-200000.00"]),
        ("amount", "sections 10, 115 and 80", []),
        ("amount", "100,000.00 10% 2,000.00%", ["100000.00"]),
        (
            "date",
            "from 1st April 2024 to March 31, 2025, not 31/02/2025",
            ["2024-04-01", "2025-03-31"],
        ),
        (
            "month",
            "on 31 March 2025 for Sep-24 and 09/2024, by May 2025",
            ["2024-09", "2024-09", "2025-05"],
        ),
        ("month", "year 2009-10 and 30/09/2024", []),
        ("year", "AY 2025-26, 2024-26, year ended 31st March 2025", ["2025-26", "2024-25"]),
        ("year", "from 01/04/2024 to 31/03/2025", ["2024-25"]),
        ("period", "rent from 01/04/2024 to 30/09/2024 paid", ["2024-04-01/2024-09-30"]),
        (
            "pan",
            "A B C P E 1 2 3 4 F and XXXXX1234X and abcpe 1234 f",
            ["ABCPE1234F", "ABCPE1234F"],
        ),
    ],
)
def test_the_values_inside_a_text_are_found_from_left_to_right(
    kind: str, text: str, found: list[str]
) -> None:
    places = values.find_values(kind, text)

    assert [value for _, _, value in places] == found
    ends = [0, *(end for _, end, _ in places)]
    assert all(end <= start < stop for end, (start, stop, _) in zip(ends, places, strict=False))


def test_a_found_place_is_where_the_value_is_printed() -> None:
    text = "interest of Rs. 12,345.00 was paid on 31/03/2025"

    ((start, end, _),) = values.find_values("amount", text)
    ((first, last, _),) = values.find_values("date", text)

    assert text[start:end] == "Rs. 12,345.00"
    assert text[first:last] == "31/03/2025"
