"""Form 16 as TRACES makes it: Part A, Part B (Annexure I), both, and of a government office."""

from functools import partial
from random import Random

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Spacer

from tests.corpus.drawing import grid, p, pdf, watermark
from tests.corpus.figures import MoneyStyle, in_words, money_style, plain
from tests.corpus.filled import Filled
from tests.corpus.form16_parts import (
    PRESCRIBED,
    SALARY_LINES,
    TAX_LINES,
    VIA_LINES,
    VIA_QUALIFYING,
    challan_rows,
    head_grid,
    quarter_rows,
    two_columns,
    verification,
    via_rows,
)
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import SalaryYear, salary_year

WIDTH = 530


def _title(part: str, size: float) -> list[Flowable]:
    lines = [["FORM NO. 16"], ["[See rule 31(1)(a)]"], [f"PART {part}"], [PRESCRIBED]]
    return [grid(lines, [WIDTH], center=(0,), bold=(0, 2, 3), size=size)]


def _running_head(case: SalaryYear, canvas: Canvas, page: int) -> None:
    watermark(canvas, "TRACES", 90)
    canvas.setFont("Helvetica", 6.5)
    if page > 1:
        text = (
            f"Certificate Number: {case.certificate}    TAN of Employer: {case.employer.tan}    "
            f"PAN of Employee: {case.employee.pan}    Assessment Year: {case.year.assessment}"
        )
        canvas.drawString(33, 812, text)
    canvas.drawRightString(562, 22, f"Page {page}")


def _part_a(rng: Random, case: SalaryYear, out: Filled, size: float = 7) -> list[Flowable]:
    book = case.employer.pan[3] == "G"
    bin_rows = [["Sl. No.", "Tax Deposited in respect of the deductee (Rs.)",
                 "Receipt Numbers of Form No. 24G", "DDO serial number in Form no. 24G",
                 "Date of transfer voucher (dd/mm/yyyy)",
                 "Status of matching with Form no. 24G"]]  # fmt: skip
    cin_rows = [["Sl. No.", "Tax Deposited in respect of the deductee (Rs.)",
                 "BSR Code of the Bank Branch", "Date on which Tax deposited (dd/mm/yyyy)",
                 "Challan Serial Number", "Status of matching with OLTAS*"]]  # fmt: skip
    payments, none = challan_rows(rng, case, out), ["Total (Rs.)", "", "", "", "", ""]
    bin_rows += payments if book else [none]
    cin_rows += [none] if book else payments
    columns = [45, 110, 100, 100, 90, 85]
    summary = [["Quarter(s)", "Receipt Numbers of original quarterly statements of TDS under "
                "sub-section (3) of Section 200", "Amount paid/credited",
                "Amount of tax deducted (Rs.)", "Amount of tax deposited / remitted (Rs.)"],
               *quarter_rows(rng, case, out)]  # fmt: skip
    total = case.amounts["tds_deducted"]
    sworn = (
        f"a sum of Rs. {out.plain(total)} [Rs. {in_words(total)} Only (in words)] has been "
        "deducted and deposited to the credit of the Central Government. "
    )
    small = partial(p, size=size, align="center")
    note = "(The deductor to provide payment wise details of tax deducted and deposited with respect to the deductee)"  # noqa: E501
    return [
        *_title("A", size),
        *head_grid(case, out, WIDTH, size),
        grid([["Summary of amount paid/credited and tax deducted at source thereon in respect of "
               "the employee"]], [WIDTH], size=size, bold=(0,), center=(0,)),
        grid(summary, [70, 160, 100, 100, 100], size=size, center=(0, 1), right=(2, 3, 4),
             bold=(0, -1)),
        small("<b>I. DETAILS OF TAX DEDUCTED AND DEPOSITED IN THE CENTRAL GOVERNMENT ACCOUNT "
              "THROUGH BOOK ADJUSTMENT</b>", before=6),
        small(note),
        grid(bin_rows, columns, size=size, center=range(6), bold=(0, -1), repeat=1),
        small("<b>II. DETAILS OF TAX DEDUCTED AND DEPOSITED IN THE CENTRAL GOVERNMENT ACCOUNT "
              "THROUGH CHALLAN</b>", before=6),
        small(note),
        grid(cin_rows, columns, size=size, center=range(6), bold=(0, -1), repeat=1),
        Spacer(1, 8),
        *verification(case, sworn, size, WIDTH),
        p("Notes: 1. Part B (Annexure) of the certificate in Form No.16 shall be issued by the "
          "employer. 2. If an assessee is employed under one employer only during the year, "
          "certificate in Form No. 16 issued for the quarter ending on 31st March of the financial "
          "year shall contain the details of tax deducted and deposited for all the quarters.",
          size - 0.5, before=6),
    ]  # fmt: skip


def _part_b(case: SalaryYear, out: Filled, size: float = 7) -> list[Flowable]:
    columns = [28, 322, 90, 90]
    opted = out.text("opted_out_of_115bac", case.opted_out, case.opted_out.capitalize())
    rows = [["A", "Whether opting out of taxation u/s 115BAC(1A)?", opted, ""],
            *two_columns(case, out, SALARY_LINES)]  # fmt: skip
    rows[1][2:] = ["Rs.", "Rs."]
    via = [["10.", "Deductions under Chapter VI-A", "Gross Amount", "Deductible Amount"],
           *via_rows(case, out, VIA_LINES, 2)]  # fmt: skip
    three = [["", "", "Gross Amount", "Qualifying Amount", "Deductible Amount"],
             *via_rows(case, out, VIA_QUALIFYING, 3)]  # fmt: skip
    three.insert(
        3, ["(k)", "Amount deductible under any other provision (s) of Chapter VI-A", "", "", ""]
    )
    look = {"size": size, "pad": 1.5}
    return [
        grid([["Annexure - I"], ["Details of Salary Paid and any other income and tax deducted"]],
             [WIDTH], center=(0,), bold=(0, 1), **look),
        grid(rows, columns, right=(2, 3), spans=[(2, 0, 3, 0)], **look),
        grid(via, columns, right=(2, 3), bold=(0,), **look),
        grid(three, [28, 262, 80, 80, 80], right=(2, 3, 4), bold=(0,), **look),
        grid(two_columns(case, out, TAX_LINES), columns, right=(2, 3), **look),
        Spacer(1, 8),
        *verification(case, "", size, WIDTH),
    ]  # fmt: skip


def _finish(flow: list[Flowable], case: SalaryYear, out: Filled, layout: str, what: str) -> Paper:
    made = pdf(flow, margins=(32, 40, 32, 34), on_page=partial(_running_head, case))
    return Paper(made, "form16", out.fields, f"form16/{layout}", f"{what}. {case.derivable()}")


def traces_whole(rng: Random, case: SalaryYear | None = None) -> Paper:
    """Part A with its challans and Part B (Annexure I) in one file, over several pages."""
    case = case or salary_year(rng, paise=rng.random() < 0.4)
    out = Filled(case.amounts, MoneyStyle(plain))
    flow = [*_part_a(rng, case, out), PageBreak(), *_title("B", 7), *head_grid(case, out, WIDTH, 7),
            *_part_b(case, out)]  # fmt: skip
    return _finish(flow, case, out, "traces-whole", "TRACES Parts A and B, ruled, watermarked")


def traces_part_a(rng: Random, case: SalaryYear | None = None) -> Paper:
    """Part A alone; of a government office half of the time, with book adjustment."""
    case = case or salary_year(rng)
    out = Filled(case.amounts, MoneyStyle(plain))
    flow = _part_a(rng, case, out, rng.choice((7, 7.5, 8)))
    return _finish(flow, case, out, "traces-part-a", "TRACES Part A alone")


def traces_part_b(rng: Random) -> Paper:
    """Part B alone, with zero lines as the issuer's software prints them."""
    case = salary_year(rng, paise=rng.random() < 0.3, other_employer=rng.random() < 0.4)
    style = money_style(rng, places=2, zeros=(None, "-", "Nil"), negatives=("-{}", "({})"))
    out, size = Filled(case.amounts, style), rng.choice((6.5, 7, 7.5))
    flow = [*_title("B", size), *head_grid(case, out, WIDTH, size), *_part_b(case, out, size)]
    return _finish(flow, case, out, "traces-part-b", "Part B (Annexure I) alone")


LAYOUTS: dict[str, Layout] = {
    "form16/traces-whole": traces_whole,
    "form16/traces-part-a": traces_part_a,
    "form16/traces-part-b": traces_part_b,
}
