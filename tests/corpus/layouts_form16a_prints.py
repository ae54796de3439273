"""Form 16A as letters, old forms and spreadsheets print it."""

from random import Random
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Flowable, Spacer

from tests.corpus import identifiers
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import (
    date_style,
    in_words,
    money_style,
)
from tests.corpus.filled import Filled
from tests.corpus.layouts_form16a import RULE, certificate, due_day
from tests.corpus.paper import Layout, Paper
from tests.corpus.withholding import SECTIONS, withholding


def letter(rng: Random) -> Paper:
    """A landlord's or consultant's certificate in running text."""
    case = withholding(rng, section=rng.choice(("194I", "194J", "194C", "194H")), most=3)
    out = Filled(case.values, money_style(rng, zeros=(None,)))
    who, day, font = case.parties(out), date_style(rng), rng.choice(("Times-Roman", "Helvetica"))
    first, last = case.year.quarter(case.quarter)
    tail = "/-" if out.style.places == 0 else ""
    text = (
        f"Certified that {case.deductee_title} <b>{escape(who['deductee_name'])}</b> (PAN "
        f"{who['deductee_pan']}) of {', '.join(case.deductee_address)} was paid or credited a sum "
        f"of Rs. {out.money('amount_paid')}{tail} during the quarter from {day(first)} to "
        f"{day(last)} towards {SECTIONS[case.section][0].lower()}, and that income tax of Rs. "
        f"{out.money('tax_deducted')}{tail} (Rupees {in_words(case.deducted)} only) was deducted "
        f"therefrom under section {who['section']} of the Income-tax Act, 1961. Of this, Rs. "
        f"{out.money('tax_deposited')}{tail} has been deposited to the credit of the Central "
        f"Government. Assessment year: {out.text('assessment_year', case.year.assessment)}."
    )
    flow: list[Flowable] = [
        p(escape(who["deductor_name"]), 14, bold=True, font=font),
        p(f"{', '.join(case.deductor.address)} | TAN {who['deductor_tan']}", 9, font=font,
          after=20),
        p(f"Ref: {out.text('certificate_number', case.certificate)}", 10, font=font),
        p(f"Date: {day(case.issued)}", 10, font=font, after=14),
        p("FORM 16A: CERTIFICATE OF DEDUCTION OF TAX AT SOURCE", 11, bold=True, font=font,
          align="center", after=12),
        p(text, 11, font=font, align="justify", lead=1.6),
        p(f"For {escape(case.deductor.name)}", 10, font=font, before=24),
        p(f"{escape(case.signatory.name)}<br/>{case.signatory.designation}", 10, font=font,
          before=30),
    ]  # fmt: skip
    return certificate(pdf(flow, margins=(60, 50, 60, 50)), out, "letter", "prose on a letterhead")


def old_form(rng: Random) -> Paper:
    """The form before TRACES: TDS, surcharge and cess in columns, then the total tax."""
    case = withholding(rng)
    out = Filled(case.values, money_style(rng, places=2, zeros=("-", None, "Nil")))
    who, day = case.parties(out), date_style(rng, "%d/%m/%Y", "%d-%b-%y")
    rows = [["S. No.", "Date of payment / credit", "Amount paid / credited", "TDS", "Surcharge",
             "Cess", "Total tax", "Challan date", "BSR Code"]]  # fmt: skip
    for number, (when, amount, tax) in enumerate(case.payments, 1):
        rows.append([str(number), day(when), out.plain(amount), out.plain(tax), out.plain(0),
                     out.plain(0), out.plain(tax), day(due_day(when)),
                     identifiers.bsr_code(rng)])  # fmt: skip
    rows.append(["", "TOTAL", out.money("amount_paid"), out.plain(case.deducted), out.plain(0),
                 out.plain(0), out.money("tax_deducted"), "", ""])  # fmt: skip
    facts = [
        ["Name & address of the person deducting tax",
         f"{who['deductor_name']}, {', '.join(case.deductor.address)}"],
        ["TDS Circle where annual return is delivered", f"Ward 5(2), {case.deductor.city}"],
        ["Tax Deduction Account No. of the deductor", who["deductor_tan"]],
        ["PAN No. of the deductor", case.deductor.pan],
        ["Nature of payment / section", f"{SECTIONS[case.section][0]} / {who['section']}"],
        ["Name & address of the person to whom payment made",
         f"{case.deductee_title} {who['deductee_name']}, {', '.join(case.deductee_address)}"],
        ["PAN No. of the payee", who["deductee_pan"]],
        ["Certificate No. / A.Y.",
         f"{out.text('certificate_number', case.certificate)} / "
         f"{out.text('assessment_year', case.year.assessment)}"],
    ]  # fmt: skip
    flow = [
        p("FORM NO. 16A", 12, bold=True, align="center", font="Times-Roman"),
        p(f"{RULE} [For interest on securities; dividends; payments to contractors; rent; fees "
          "for professional services; other sums]", 8, align="center", font="Times-Roman", after=6),
        grid(facts, [210, 310], size=8.5, font="Times-Roman"),
        Spacer(1, 8),
        grid(rows, [32, 68, 74, 62, 52, 42, 66, 62, 62], size=7.5, font="Times-Roman",
             right=range(2, 7), bold=(0, -1)),
        p(f"Certified that a sum of Rs. {out.money('tax_deposited')} has been paid to the credit "
          f"of the Central Government as per details given above. Place: {case.deductor.city}, "
          f"Date: {day(case.issued)}. Full name: {case.signatory.name}", 9, font="Times-Roman",
          before=10),
    ]  # fmt: skip
    return certificate(pdf(flow), out, "old-form", "form before TRACES, tax in components")


def one_row(rng: Random) -> Paper:
    """An accountant's landscape print: every value below its column's heading, in one row."""
    case = withholding(rng, most=1)
    out = Filled(case.values, money_style(rng, places=2))
    who = case.parties(out)
    heads = ["Certificate No.", "Deductor", "TAN", "Deductee", "PAN", "Sec.", "A.Y.",
             "Amt. paid/credited", "Tax deducted", "Tax deposited"]  # fmt: skip
    row = [out.text("certificate_number", case.certificate), who["deductor_name"],
           who["deductor_tan"], who["deductee_name"], who["deductee_pan"], who["section"],
           out.text("assessment_year", case.year.assessment), out.money("amount_paid"),
           out.money("tax_deducted"), out.money("tax_deposited")]  # fmt: skip
    flow = [
        p("Form 16A - Certificate of TDS u/s 203", 13, bold=True),
        p(f"Quarter {case.quarter + 1}. Printed from the TDS software of the deductor.", 9,
          after=8),
        grid([heads, row], [70, 130, 70, 120, 70, 40, 50, 82, 74, 74], size=8, bold=(0,),
             shaded=(0,), right=(7, 8, 9), line=0.3),
        p(f"Verified by CA {case.signatory.name}, Membership No. {identifiers.digits(rng, 6)}", 8,
          before=20),
    ]  # fmt: skip
    made = pdf(flow, size=landscape(A4), margins=(30, 40, 30, 40))
    return certificate(made, out, "one-row", "one row, headings above, landscape")


LAYOUTS: dict[str, Layout] = {
    "form16a/letter": letter,
    "form16a/old-form": old_form,
    "form16a/one-row": one_row,
}
