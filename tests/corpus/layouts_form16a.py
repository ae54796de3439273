"""Form 16A and 131: certificates of tax deducted from what is no salary."""

from datetime import date, timedelta
from functools import partial
from random import Random

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Spacer

from tests.corpus import identifiers
from tests.corpus.drawing import grid, p, pdf, rupee_sign, unicode_font, watermark
from tests.corpus.figures import (
    MoneyStyle,
    date_style,
    in_words,
    indian,
    money_style,
    plain,
)
from tests.corpus.filled import Filled
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.withholding import SECTIONS, Withholding, withholding

RULE = "Certificate under section 203 of the Income-tax Act, 1961 for tax deducted at source"


def certificate(made: bytes, out: Filled, name: str, note: str) -> Paper:
    """A paper of this type."""
    return Paper(made, "form16a", out.fields, f"form16a/{name}", note)


def due_day(day: date) -> date:
    """The seventh of the following month, when tax must be deposited."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=7)


def _challans(rng: Random, case: Withholding, out: Filled) -> list[list[str]]:
    rows, left = [], case.deposited
    for number, (day, _, tax) in enumerate(case.payments, 1):
        share = min(tax, left)
        left -= share
        if share:
            rows.append([str(number), out.plain(share), identifiers.bsr_code(rng),
                         f"{due_day(day):%d-%m-%Y}", f"{rng.randrange(100, 99999):05d}",
                         rng.choice("FFFP")])  # fmt: skip
    return [*rows, ["Total (Rs.)", out.plain(case.deposited), "", "", "", ""]]


def traces(rng: Random, case: Withholding | None = None) -> Paper:
    """As TRACES makes it: payments, quarter, challans, each with a total."""
    case = case or withholding(rng)
    out, size, wide = Filled(case.values, MoneyStyle(plain)), 7.5, 520
    who, (first, last) = case.parties(out), case.year.quarter(case.quarter)
    payer_pan = rng.choice((case.deductor.pan, case.deductor.pan, "PANNOTREQD"))
    head = [
        ["FORM NO. 16A", ""], ["[See rule 31(1)(b)]", ""], [RULE, ""],
        [f"Certificate No. {out.text('certificate_number', case.certificate)}",
         f"Last updated on {case.issued:%d-%b-%Y}"],
        ["Name and address of the deductor", "Name and address of the deductee"],
        [f"{who['deductor_name']}, {', '.join(case.deductor.address)}",
         f"{who['deductee_name']}, {', '.join(case.deductee_address)}"],
    ]  # fmt: skip
    numbers = [["PAN of the deductor", "TAN of the deductor", "PAN of the deductee"],
               [payer_pan, who["deductor_tan"], who["deductee_pan"]]]  # fmt: skip
    period = [["CIT (TDS)", "Assessment Year", "Period From", "To"],
              [f"The Commissioner of Income Tax (TDS), {case.deductor.address[1]}",
               out.text("assessment_year", case.year.assessment), f"{first:%d-%b-%Y}",
               f"{last:%d-%b-%Y}"]]  # fmt: skip
    paid = [["Sl. No.", "Amount paid/credited (Rs.)", "Nature of payment**",
             "Deductee Reference No. provided by the Deductor",
             "Date of payment/credit"]]  # fmt: skip
    for number, (day, amount, _) in enumerate(case.payments, 1):
        paid.append([str(number), out.plain(amount), case.section, "", f"{day:%d-%m-%Y}"])
    paid.append(["Total (Rs.)", out.money("amount_paid"), "", "", ""])
    quarter = [["Quarter", "Receipt Numbers of original quarterly statements of TDS under "
                "sub-section (3) of section 200", "Amount of tax deducted in respect of Deductee",
                "Amount of tax deposited in respect of Deductee"],
               [f"Q{case.quarter + 1}", identifiers.receipt_number(rng),
                out.money("tax_deducted"), out.money("tax_deposited")]]  # fmt: skip
    challans = [["Sl. No.", "Tax deposited in respect of deductee (Rs.)", "BSR Code",
                 "Date on which tax deposited", "Challan Serial Number", "Status"],
                *_challans(rng, case, out)]  # fmt: skip
    look = {"size": size}
    flow = [
        grid(head, [wide / 2] * 2, center=(0, 1), bold=(0, 2, 4), **look,
             spans=[(0, r, 1, r) for r in range(3)]),
        grid(numbers, [wide / 3] * 3, center=range(3), bold=(0,), **look),
        grid(period, [wide / 2, wide / 6, wide / 6, wide / 6], center=range(4), bold=(0,), **look),
        p("<b>Summary of payment</b>", size, align="center", before=4),
        grid(paid, [60, 120, 90, 150, 100], center=range(5), bold=(0, -1), **look),
        p("<b>Summary of tax deducted at source in respect of Deductee</b>", size, align="center",
          before=4),
        grid(quarter, [60, 200, 130, 130], center=(0, 1), right=(2, 3), bold=(0,), **look),
        p("<b>II. DETAILS OF TAX DEDUCTED AND DEPOSITED IN THE CENTRAL GOVERNMENT ACCOUNT THROUGH "
          "CHALLAN</b>", size, align="center", before=4),
        grid(challans, [60, 130, 90, 100, 90, 50], center=range(6), bold=(0, -1), **look),
        p(f"I, <b>{case.signatory.name}</b>, son/daughter of {case.signatory.father} do hereby "
          f"certify that a sum of Rs. {out.plain(case.deducted)} [Rs. {in_words(case.deducted)} "
          f"Only] has been deducted and a sum of Rs. {out.plain(case.deposited)} deposited to the "
          f"credit of the Central Government. Place {case.deductor.city} Date "
          f"{case.issued:%d-%b-%Y}", size, before=6),
        p(f"**{case.section}: {SECTIONS[case.section][0]}. 193: Interest on securities. 194: "
          "Dividend. 195: Other sums payable to a non-resident.", size - 1, before=4),
    ]  # fmt: skip
    made = pdf(flow, margins=(36, 36, 36, 36), on_page=lambda c, _: watermark(c, "TRACES", 90))
    return certificate(made, out, "traces", "TRACES, ruled, watermarked")


def _new_head(case: Withholding, canvas: Canvas, page: int) -> None:
    canvas.setFont("Times-Roman", 6.5)
    canvas.drawString(
        30, 820, f"Certificate Number: {case.certificate}    TAN of Deductor: {case.deductor.tan}"
        f"    PAN of Deductee: {case.deductee_pan}    Tax Year: {case.year.financial}",
    )  # fmt: skip
    canvas.drawRightString(565, 20, f"Page {page}")


def form131(rng: Random) -> Paper:
    """The Act of 2025: Form 131 with Tax Year, two parties side by side, tiny Times."""
    case = withholding(rng, start=2026)
    code = {"194A": "1022", "194C": "1023", "194J": "1026", "194I": "1008"}.get(
        case.section, "1006"
    )
    case.section = "393(1)"
    out, font, size = Filled(case.values, MoneyStyle(indian)), "Times-Roman", 7.5
    who = case.parties(out)
    sides = [["Sl.", "Particulars", "Deductor", "Deductee"],
             ["1", "Name", who["deductor_name"], who["deductee_name"]],
             ["2", "PAN", case.deductor.pan, who["deductee_pan"]],
             ["3", "TAN", who["deductor_tan"], "Not applicable"],
             ["4", "Address", ", ".join(case.deductor.address), ", ".join(case.deductee_address)],
             ["5", "Tax Year / Quarter", case.year.financial, f"Q{case.quarter + 1}"],
             ["6", "Section", who["section"], ""]]  # fmt: skip
    paid = [["Sl. No.", "Section Code", "Amount paid/credited", "Date of payment/credit"]]
    for number, (day, amount, _) in enumerate(case.payments, 1):
        paid.append([str(number), code, out.plain(amount), f"{day:%d-%b-%Y}"])
    paid.append(["", "Total", out.money("amount_paid"), ""])
    taxes = [["Quarter", "Receipt Number (Form No. 140)", "Tax deducted", "Rate (%)",
              "Tax deposited"],
             [f"Q{case.quarter + 1}", identifiers.receipt_number(rng), out.money("tax_deducted"),
              "As per law", out.money("tax_deposited")]]  # fmt: skip
    look = {"size": size, "font": font}
    flow = [
        grid([["FORM NO. 131"], ["[See rule 215(1) (Table: Sl. No. 2)]"],
              ["Certificate under section 395(4) of the Income-tax Act, 2025 for tax deducted at "
               "source other than on salary"],
              [f"Certificate Number {out.text('certificate_number', case.certificate)}    Date of "
               f"issue {case.issued:%d-%b-%Y}"]], [520], center=(0,), bold=(0,), **look),
        Spacer(1, 4),
        grid(sides, [30, 110, 190, 190], bold=(0,), **look),
        p("PART B: Summary of payment", size, font=font, bold=True, before=5),
        grid(paid, [60, 120, 200, 140], center=(0, 1, 3), right=(2,), bold=(0, -1), **look),
        p("Summary of tax deducted in respect of the deductee (Rs.)", size, font=font, bold=True,
          before=5),
        grid(taxes, [70, 150, 110, 80, 110], center=(0, 1, 3), right=(2, 4), bold=(0,), **look),
        p("Status of matching", size, font=font, bold=True, before=5),
        grid([["Sl. No.", "Tax deposited", "BSR Code", "Date", "Challan", "Status"],
              *_challans(rng, case, out)], [60, 130, 90, 100, 90, 50], center=range(6), **look),
        p(f"Declaration: I, {case.signatory.name}, {case.signatory.designation}, certify that the "
          "above is true, complete and correct.", size, font=font, before=8),
    ]  # fmt: skip
    made = pdf(flow, on_page=partial(_new_head, case))
    note = "Form 131, Tax Year instead of assessment year. derivable: assessment_year="
    return certificate(made, out, "form131", note + case.year.assessment)


def branch(rng: Random) -> Paper:
    """A bank branch's certificate without rules: labels and values with colons."""
    case = withholding(rng, section="194A", most=3)
    out = Filled(case.values, money_style(rng, places=2, marks=("", "Rs. ", "INR ")))
    who, day, sheet = case.parties(out), date_style(rng), Sheet(font="Courier", points=9)
    sheet.text(40, 50, who["deductor_name"], bold=True, points=13)
    sheet.lines(40, 66, [f"Branch: {case.deductor.address[0]}", case.deductor.address[1]], 11)
    sheet.text(297, 108, "FORM 16A - TDS CERTIFICATE ON INTEREST", bold=True, align="center")
    sheet.text(297, 120, "(Section 203 read with rule 31)", align="center", points=8)
    lines = [
        ("Certificate No", out.text("certificate_number", case.certificate)),
        ("Issued on", day(case.issued)),
        ("Issued to", f"{case.deductee_title} {who['deductee_name']}"),
        ("Customer ID", identifiers.digits(rng, 8)),
        ("PAN of customer", who["deductee_pan"]),
        ("TAN of bank", who["deductor_tan"]),
        ("Assessment year", out.text("assessment_year", case.year.assessment)),
        ("Section", f"{who['section']}"),
        ("Quarter ended", day(case.year.quarter(case.quarter)[1])),
    ]
    top = 146.0
    for label, value in lines:
        sheet.text(40, top, label)
        sheet.text(190, top, f": {value}")
        top += 14
    top += 10
    for x, head, side in ((40, "Deposit A/c", "left"), (300, "Interest credited", "right"),
                          (420, "TDS", "right"), (540, "Date", "right")):  # fmt: skip
        sheet.text(x, top, head, bold=True, align=side)
    for when, amount, tax in case.payments:
        top += 14
        sheet.text(40, top, identifiers.masked(identifiers.account_number(rng)))
        for x, value in (
            (300, out.plain(amount)),
            (420, out.plain(tax)),
            (540, f"{when:%d-%m-%y}"),
        ):
            sheet.text(x, top, value, align="right")
    top += 24
    for label, key in (("Total interest paid / credited", "amount_paid"),
                       ("Total tax deducted at source", "tax_deducted"),
                       ("Tax deposited with Central Government", "tax_deposited")):  # fmt: skip
        sheet.text(40, top, label)
        sheet.text(420, top, out.money(key), align="right")
        top += 14
    sheet.text(40, top + 24, f"Manager: {case.signatory.name}    Date: {day(case.issued)}")
    return certificate(sheet.pdf(), out, "branch", "bank branch, borderless, with deposit accounts")


def cards(rng: Random) -> Paper:
    """A paying platform's certificate: cards with the label above the value."""
    case, font = withholding(rng, section=rng.choice(("194H", "194J", "194C"))), unicode_font()
    out = Filled(case.values, MoneyStyle(indian, 2, None, "-{}", rupee_sign(font)))
    who, sheet = case.parties(out), Sheet(font=font)
    first, last = case.year.quarter(case.quarter)
    sheet.text(40, 56, "Form 16A", bold=True, points=20)
    sheet.text(40, 74, "TDS certificate for vendors (non-salary)", gray=0.4)
    items = [
        ("Deductor", who["deductor_name"]), ("Deductor TAN", who["deductor_tan"]),
        ("Deductee", who["deductee_name"]), ("Deductee PAN", who["deductee_pan"]),
        ("Certificate number", out.text("certificate_number", case.certificate)),
        ("Assessment year", out.text("assessment_year", case.year.assessment)),
        ("Section", who["section"]),
        ("Quarter", f"Q{case.quarter + 1} ({first:%b} - {last:%b %Y})"),
        ("Gross amount paid", out.money("amount_paid")),
        ("Tax deducted", out.money("tax_deducted")),
        ("Tax deposited", out.money("tax_deposited")),
        ("Net paid to you", out.plain(case.paid - case.deducted)),
    ]  # fmt: skip
    for number, (label, value) in enumerate(items):
        row, column = divmod(number, 2)
        x, top = 40 + column * 262, 96 + row * 62
        sheet.box(x, top, x + 252, top + 52, fill=0.96, stroke=False)
        sheet.text(x + 10, top + 18, label.upper(), points=7, gray=0.4)
        sheet.text(x + 10, top + 38, value, points=11)
    sheet.text(
        40, 480, f"Digitally signed by {case.signatory.name} on {case.issued:%d-%m-%Y}", gray=0.4
    )
    return certificate(sheet.pdf(), out, "cards", "vendor portal, cards")


LAYOUTS: dict[str, Layout] = {
    "form16a/traces": traces,
    "form16a/form131": form131,
    "form16a/branch": branch,
    "form16a/cards": cards,
}
