"""Forms with nothing filled in: their type is plain, their fields are none."""

from random import Random

from reportlab.platypus import Spacer

from tests.corpus.drawing import grid, p, pdf
from tests.corpus.form16_parts import PRESCRIBED, SALARY_LINES, TAX_LINES, VIA_LINES
from tests.corpus.paper import Layout, Paper


def _blank(flow: list[object], kind: str, margin: float = 36) -> Paper:
    made = pdf(flow, margins=(margin,) * 4)  # type: ignore[arg-type]
    return Paper(made, kind, {}, f"{kind}/blank", "blank form: nothing filled in")


def form16(rng: Random) -> Paper:
    """As the rules print it, dots and boxes to write in."""
    dots = "." * rng.randint(14, 30)
    lines = [[n, w, "Rs. ......" if key else ""] for n, w, key, _ in SALARY_LINES]
    lines += [[n, w, "Rs. ......"] for n, w, _ in VIA_LINES]
    lines += [[n, w, "Rs. ......"] for n, w, _, _ in TAX_LINES]
    quarters = [["Quarter(s)", "Receipt Numbers of original quarterly statements of TDS",
                 "Amount paid/credited", "Amount of tax deducted (Rs.)",
                 "Amount of tax deposited (Rs.)"], *[[f"Quarter {q}", "", "", "", ""] for q in
                 range(1, 5)], ["Total (Rs.)", "", "", "", ""]]  # fmt: skip
    return _blank([
        p("FORM NO. 16", 12, bold=True, align="center"),
        p("[See rule 31(1)(a)] PART A", 9, align="center"),
        p(PRESCRIBED, 8, align="center", after=5),
        grid([["Certificate No.", "Last updated on"],
              ["Name and address of the Employer", "Name and address of the Employee"],
              [dots, dots]], [260, 260], size=8),
        grid([["PAN of the Deductor", "TAN of the Deductor", "PAN of the Employee",
               "Assessment Year", "Period From", "To"], [""] * 6], [90, 90, 90, 90, 80, 80],
             size=8, heights=None),
        Spacer(1, 5),
        grid(quarters, [70, 170, 90, 95, 95], size=8, bold=(0,)),
        p("PART B (Annexure)", 10, bold=True, align="center", before=8),
        grid(lines, [28, 382, 110], size=7.5, right=(2,)),
        p(f"I, {dots}, son/daughter of {dots} working in the capacity of {dots} do hereby certify "
          "that the information given above is true.", 8, before=8),
    ], "form16")  # fmt: skip


def form16a(rng: Random) -> Paper:
    """The quarterly certificate, empty."""
    rows = rng.randint(3, 6)
    return _blank([
        p("FORM NO. 16A", 12, bold=True, align="center"),
        p("[See rule 31(1)(b)] Certificate under section 203 of the Income-tax Act, 1961 for tax "
          "deducted at source", 9, align="center", after=8),
        grid([["Certificate No.", "Last updated on"],
              ["Name and address of the deductor", "Name and address of the deductee"], ["", ""],
              ["PAN of the deductor / TAN of the deductor", "PAN of the deductee"], ["", ""],
              ["Assessment Year", "Period: From          To"]], [260, 260], size=9),
        p("Summary of payment", 9, bold=True, before=8),
        grid([["Sl. No.", "Amount paid/credited", "Nature of payment", "Date"],
              *[[str(n + 1), "", "", ""] for n in range(rows)], ["Total (Rs.)", "", "", ""]],
             [60, 180, 160, 120], size=9, bold=(0,)),
        p("Date: ............  (Signature of person responsible for deduction of tax)", 9,
          before=14),
    ], "form16a")  # fmt: skip


def rent_receipt(rng: Random) -> Paper:
    """A pad's page from the stationer, three times on a sheet."""
    dots = "." * 28
    one = [
        p("RENT RECEIPT", 12, bold=True, align="center"),
        p(f"No. ........    Date: {dots}", 10, after=6),
        p(f"Received from Mr./Mrs. {dots}{dots} the sum of Rs. {dots} (Rupees {dots}{dots}) "
          f"towards the rent of the house at {dots}{dots} for the month of {dots}.", 10, lead=1.7),
        p(f"Name of landlord: {dots}    PAN: {dots}", 10, before=6),
        p("Signature over revenue stamp", 9, align="right", after=30, before=18),
    ]  # fmt: skip
    return _blank(one * rng.randint(1, 3), "rent_receipt", 60)


def donation_receipt(rng: Random) -> Paper:
    """A charity's empty receipt form in a box."""
    dots = "." * rng.randint(20, 40)
    rows = [["Receipt No.", ""], ["Date", ""], ["Received with thanks from", ""],
            ["Address", ""], ["PAN of donor", ""], ["Amount Rs.", ""],
            ["Mode (cash / cheque / online)", ""]]  # fmt: skip
    return _blank([
        p("DONATION RECEIPT", 14, bold=True, align="center"),
        p(f"Name of trust: {dots}  PAN: {dots}", 10, align="center"),
        p("Donations are exempt under section 80G(5) of the Income-tax Act, 1961", 9,
          align="center", after=10),
        grid(rows, [180, 300], size=11, pad=6),
        p("Authorised signatory", 10, align="right", before=40),
    ], "donation_receipt")  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "form16/blank": form16,
    "form16a/blank": form16a,
    "rent_receipt/blank": rent_receipt,
    "donation_receipt/blank": donation_receipt,
}
