"""The annual tax statement: Form 26AS of the years, Form 168, and prints made from it."""

from functools import partial
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from tests.corpus.credits import Deductor, Statement, statement
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import MoneyStyle, date_style, indian, money_style, plain, rupees
from tests.corpus.filled import Filled
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet

SUMS = ("paid", "deducted", "deposited")


def annual_statement(made: bytes, out: Filled, name: str, note: str) -> Paper:
    """A paper of this type."""
    return Paper(made, "form26as", out.fields, f"form26as/{name}", note)


def _sums(out: Filled, deductor: Deductor) -> list[str]:
    return [out.plain(deductor.total(of)) for of in SUMS]


def _empty(part: str, words: str, size: float) -> list[Flowable]:
    return [
        p(f"<b>PART-{part} - {words}</b>", size, before=6),
        grid([["Sr. No.", "Name", "TAN / Acknowledgement Number", "Total Amount", "Total Tax"],
              ["No Transactions Present", "", "", "", ""]], [50, 160, 120, 100, 90], size=size,
             spans=[(0, 1, 4, 1)], bold=(0,)),
    ]  # fmt: skip


def _nested(case: Statement, out: Filled, size: float, wide: float) -> list[Flowable]:
    """A table a deductor: its row of totals, then its transactions below."""
    flow: list[Flowable] = []
    scale = wide / 520
    for number, deductor in enumerate(case.deductors, 1):
        first = [["Sr. No.", "Name of Deductor", "TAN of Deductor", "Total Amount Paid / Credited",
                  "Total Tax Deducted#", "Total TDS Deposited"],
                 [str(number), deductor.firm.name, deductor.firm.tan, *_sums(out, deductor)],
        ]  # fmt: skip
        second = [["Sr. No.", "Section1", "Transaction Date", "Status of Booking*",
                   "Date of Booking", "Remarks**", "Amount Paid / Credited", "Tax Deducted##",
                   "TDS Deposited"]]  # fmt: skip
        for place, entry in enumerate(reversed(deductor.entries), 1):
            second.append([str(place), entry.section, f"{entry.day:%d-%b-%Y}", "F",
                           f"{entry.booked:%d-%b-%Y}", "-", out.plain(entry.paid),
                           out.plain(entry.deducted), out.plain(entry.deposited)])  # fmt: skip
        flow += [
            grid(first, [w * scale for w in (38, 172, 80, 85, 72, 73)], size=size, right=(3, 4, 5),
                 bold=(0, 1), shaded=(0,)),
            grid(second, [w * scale for w in (38, 45, 66, 55, 66, 47, 73, 65, 65)], size=size,
                 right=(6, 7, 8), repeat=1),
            Spacer(1, 3),
        ]  # fmt: skip
    return flow


def traces(rng: Random) -> Paper:
    """As TRACES exports it: nested tables, empty parts, no total over the deductors."""
    case, size = statement(rng), rng.choice((6, 6.5, 7))
    out = Filled(case.values, MoneyStyle(plain))
    head, day = case.head(out), case.year.last_day
    facts = [["Permanent Account Number (PAN)", head["pan"], "Current Status of PAN",
              "Active and Operative", "Financial Year", head["financial_year"],
              "Assessment Year", head["assessment_year"]],
             ["Name of Assessee", head["name"], "", "", "", "", "", ""],
             ["Address of Assessee", ", ".join(case.person.address), "", "", "", "", "", ""],
    ]  # fmt: skip
    note = case.mark_single(out)
    flow = [
        p("Form 26AS", 13, bold=True, align="center"),
        p("Annual Tax Statement under Section 203AA of the Income Tax Act, 1961", 8, bold=True,
          align="center"),
        p(f"Data updated till {day.replace(month=6, day=14):%d-%b-%Y}", 7, align="right"),
        grid(facts, [80, 62, 62, 66, 58, 55, 75, 62], size=size,
             spans=[(1, 1, 7, 1), (1, 2, 7, 2)]),
        p("<b>PART-I - Details of Tax Deducted at Source</b> (All amount values are in INR)", 8,
          before=6, after=4),
        *_nested(case, out, size, 520),
        *_empty("II", "Details of Tax Deducted at Source for 15G / 15H", size),
        *_empty("IV", "Details of Tax Deducted at Source u/s 194IA / 194IB / 194M (For Seller)",
                size),
        *_empty("VI", "Details of Tax Collected at Source", size),
        p("<b>Status Of Booking</b> U: Unmatched, P: Provisional, F: Final, O: Overbooked. "
          "<b>Sections</b> 192: Salary, 194A: Interest other than 'Interest on securities', 194J: "
          "Fees for professional or technical services, 194C: Contractors", size, before=6),
    ]  # fmt: skip
    made = pdf(flow, margins=(36, 30, 36, 30), on_page=partial(_foot, case))
    return annual_statement(made, out, "traces", f"TRACES export, nested tables; {note}")


def _foot(case: Statement, canvas: Canvas, page: int) -> None:
    canvas.setFont("Helvetica", 6.5)
    canvas.drawString(36, 16, f"Assessee PAN: {case.person.pan}  Assessee Name: {case.person.name}"
                      f"  Assessment Year: {case.year.assessment}")  # fmt: skip
    canvas.drawRightString(560, 16, f"Page {page}")


def text_export(rng: Random) -> Paper:
    """The statement's text export on a line printer, fields parted by carets."""
    case = statement(rng)
    out = Filled(case.values, MoneyStyle(plain))
    head, sheet = case.head(out), Sheet(landscape(A4), font="Courier", points=7)
    lines = [
        "File Creation Date^Permanent Account Number (PAN)^Current Status of PAN^Financial Year^"
        "Assessment Year^Name of Assessee",
        f"{case.year.last_day.replace(month=7, day=2):%d-%m-%Y}^{head['pan']}^Active^"
        f"{head['financial_year']}^{head['assessment_year']}^{head['name']}",
        "",
        "^Annual Tax Statement (Form 26AS) - PART-I - Details of Tax Deducted at Source^",
        "Sr. No.^Name of Deductor^TAN of Deductor^^^^^Total Amount Paid/Credited(Rs.)^"
        "Total Tax Deducted(Rs.)^Total TDS Deposited(Rs.)",
    ]
    for number, deductor in enumerate(case.deductors, 1):
        sums = "^".join(_sums(out, deductor))
        lines += [f"{number}^{deductor.firm.name}^{deductor.firm.tan}^^^^^{sums}",
                  "^Sr. No.^Section^Transaction Date^Status of Booking^Date of Booking^Remarks^"
                  "Amount Paid/Credited(Rs.)^Tax Deducted(Rs.)^TDS Deposited(Rs.)"]  # fmt: skip
        for place, entry in enumerate(deductor.entries, 1):
            amounts = "^".join(out.plain(getattr(entry, of)) for of in SUMS)
            lines.append(f"^{place}^{entry.section}^{entry.day:%d-%b-%Y}^F^"
                         f"{entry.booked:%d-%b-%Y}^-^{amounts}")  # fmt: skip
        lines.append("")
    lines += ["^PART-II - Details of Tax Deducted at Source for 15G / 15H^",
              "^No Transactions Present^"]  # fmt: skip
    note, step = case.mark_single(out), 58
    for start in range(0, len(lines), step):
        if start:
            sheet.next_page()
        sheet.lines(30, 30, lines[start : start + step], 9.2)
    return annual_statement(sheet.pdf(), out, "text-export", f"text export printed; {note}")


def old_part_a(rng: Random) -> Paper:
    """The statement before 2022: Part A, A1, A2, B, C; a total over all deductors."""
    case = statement(rng)
    out = Filled(case.values, money_style(rng, places=2))
    day = date_style(rng, "%d/%m/%Y", "%d-%b-%Y")
    head = case.head(out)
    rows = [["Sr. No.", "Name of the deductor", "TAN of the deductor", "Section under which "
             "deduction made", "Date of payment / credit", "Amount paid / credited", "Tax deducted "
             "(TDS + Surcharge + Cess)", "TDS deposited"]]  # fmt: skip
    for number, deductor in enumerate(case.deductors, 1):
        for place, entry in enumerate(deductor.entries):
            who = [str(number), deductor.firm.name, deductor.firm.tan] if not place else [""] * 3
            rows.append([*who, entry.section, day(entry.day),
                         *[out.plain(getattr(entry, of)) for of in SUMS]])  # fmt: skip
        if len(case.deductors) > 1:
            rows.append(["", "", "", "", "Sub total", *_sums(out, deductor)])
    case.mark_single(out)
    rows.append(["", "", "", "", "Total", out.plain(case.total("paid")),
                 out.plain(case.total("deducted")), out.money("tds_total")])  # fmt: skip
    advance = rupees(rng, 5_000, 60_000, 10)
    taxes = [["Sr. No.", "Major Head", "Minor Head", "BSR Code", "Date of Deposit", "Challan No.",
              "Total Tax"],
             ["1", "0021", "100", "0510308", day(case.year.month(11)), "21874",
              out.plain(advance)]]  # fmt: skip
    left = [f"{name}={case.values[name]:.2f}" for name in ("tds_salary", "tds_other")
            if name not in out.fields and case.values[name]]  # fmt: skip
    flow = [
        p("FORM NO. 26AS", 12, bold=True, align="center", font="Times-Roman"),
        p("[See section 203AA and second proviso to section 206C(5) and rule 31AB]<br/>Annual Tax "
          "Statement", 8, align="center", font="Times-Roman", after=6),
        grid([["Name of the assessee :", head["name"], "Permanent Account Number :", head["pan"]],
              ["Financial year :", head["financial_year"], "Assessment year :",
               head["assessment_year"]]], [110, 180, 130, 100], size=8, font="Times-Roman"),
        p("PART A - Details of tax deducted at source", 9, bold=True, font="Times-Roman",
          before=6),
        grid(rows, [26, 130, 66, 54, 62, 66, 66, 60], size=7, font="Times-Roman",
             right=(5, 6, 7), bold=(0, -1), repeat=1),
        p("PART B - Details of tax collected at source", 9, bold=True, font="Times-Roman",
          before=6),
        p("No transactions", 8, font="Times-Roman"),
        p("PART C - Details of tax paid (other than TDS or TCS)", 9, bold=True,
          font="Times-Roman", before=6),
        grid(taxes, [40, 70, 70, 80, 90, 80, 100], size=7.5, font="Times-Roman", right=(6,)),
    ]  # fmt: skip
    note = "statement before 2022, total over all deductors"
    note += f". derivable: {'; '.join(left)}" if left else ""
    return annual_statement(pdf(flow), out, "old-part-a", note)


def form168(rng: Random) -> Paper:
    """Tax Year 2026-27: the new statement, a total a deductor, its parts lettered."""
    case = statement(rng, start=2026)
    out = Filled(case.values, MoneyStyle(indian))
    facts = [["PAN", out.text("pan", case.person.pan), "Name", out.text("name", case.person.name)],
             ["Tax Year", out.text("financial_year", case.year.financial), "Status", "Individual"],
             ["Date of birth", f"{case.person.born:%d/%m/%Y}", "Aadhaar", "XXXX XXXX 4417"],
    ]  # fmt: skip
    note = case.mark_single(out)
    flow = [
        p("FORM NO. 168", 12, bold=True, align="center"),
        p("[See section 510 and rule 245] Annual Information Statement - Tax credits", 8,
          align="center", after=6),
        grid(facts, [80, 180, 80, 180], size=8, bold=()),
        p("Part I: Tax deducted at source (section 392 and section 393)", 9, bold=True, before=8,
          after=4),
    ]  # fmt: skip
    for number, deductor in enumerate(case.deductors, 1):
        code = "392" if deductor.is_salary else "393(1)"
        rows = [["Quarter", "Section", "Date", "Amount paid / credited", "Tax deducted",
                 "Tax deposited"]]  # fmt: skip
        for entry in deductor.entries:
            rows.append([f"Q{(entry.day.month - 4) % 12 // 3 + 1}", code, f"{entry.day:%d-%m-%Y}",
                         *[out.plain(getattr(entry, of)) for of in SUMS]])  # fmt: skip
        rows.append(["Total", "", "", *_sums(out, deductor)])
        flow += [
            p(f"{number}. {escape(deductor.firm.name)} (TAN {deductor.firm.tan})", 8, bold=True,
              before=4),
            grid(rows, [60, 70, 90, 110, 95, 95], size=7.5, right=(3, 4, 5), bold=(0, -1)),
        ]  # fmt: skip
    flow += [p("Part II: Tax collected at source", 9, bold=True, before=8), p("Nil", 8)]
    note += f"; assessment_year={case.year.assessment}"
    return annual_statement(pdf(flow), out, "form168", f"Form 168 with Tax Year; {note}")


LAYOUTS: dict[str, Layout] = {
    "form26as/traces": traces,
    "form26as/text-export": text_export,
    "form26as/old-part-a": old_part_a,
    "form26as/form168": form168,
}
