"""Summaries of Form 26AS that print totals over the deductors."""

from random import Random

from reportlab.platypus import Spacer

from tests.corpus.credits import statement
from tests.corpus.drawing import grid, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import MoneyStyle, indian, money_style
from tests.corpus.filled import Filled
from tests.corpus.layouts_form26as import annual_statement
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.withholding import SECTIONS


def by_section(rng: Random) -> Paper:
    """An accountant's summary from the portal: one row a section, then the grand total."""
    case = statement(rng, others=rng.choice((1, 2, 3)))
    out = Filled(case.values, money_style(rng, zeros=(None,), places=2))
    head = case.head(out)
    rows = [["Nature of income", "Deductors", "Gross receipts", "TDS as per 26AS"]]
    salary, other = case.kind(True), case.kind(False)
    rows.append(["Salary (192)", str(len(salary)), out.plain(case.total("paid", salary)),
                 out.money("tds_salary")])  # fmt: skip
    for section in sorted({one.entries[0].section for one in other}):
        some = [one for one in other if one.entries[0].section == section]
        rows.append([f"{SECTIONS[section][0]} ({section})", str(len(some)),
                     out.plain(case.total("paid", some)),
                     out.plain(case.total("deposited", some))])  # fmt: skip
    rows.append(["Total other than salary", str(len(other)), out.plain(case.total("paid", other)),
                 out.money("tds_other")])  # fmt: skip
    rows.append(["Grand total", str(len(case.deductors)), out.plain(case.total("paid")),
                 out.money("tds_total")])  # fmt: skip
    names = [["TAN", "Deductor", "TDS deposited"]]
    for deductor in case.deductors:
        names.append([deductor.firm.tan, deductor.firm.name,
                      out.plain(deductor.total("deposited"))])  # fmt: skip
    flow = [
        p("Form 26AS - Summary of Part I (TDS)", 14, bold=True),
        p(f"Assessee: {head['name']} &nbsp; PAN: {head['pan']}", 10),
        p(f"F.Y. {head['financial_year']} &nbsp; A.Y. {head['assessment_year']}", 10, after=8),
        grid(rows, [250, 60, 110, 100], ruled=False, right=(1, 2, 3), bold=(0, -2, -1), size=9,
             extra=[("LINEABOVE", (0, -2), (-1, -1), 0.5, "black")]),
        Spacer(1, 14),
        grid(names, [90, 310, 120], ruled=False, right=(2,), bold=(0,), size=8),
        p("Prepared by M/s P. Das &amp; Associates, Chartered Accountants, PAN AAQFP4821K", 8,
          before=20),
    ]  # fmt: skip
    return annual_statement(
        pdf(flow), out, "by-section", "accountant's summary by section, grand total"
    )


def cards(rng: Random) -> Paper:
    """A tax app's view: cards for the totals, a list of deductors below."""
    case, font = statement(rng), unicode_font()
    out = Filled(case.values, MoneyStyle(indian, 2, None, "-{}", rupee_sign(font)))
    head, sheet = case.head(out), Sheet(font=font)
    sheet.text(36, 48, "Form 26AS", bold=True, points=18)
    sheet.text(36, 66, "Tax credit statement (section 203AA)", gray=0.4)
    items = [("Name", head["name"]), ("PAN", head["pan"]),
             ("Financial year", head["financial_year"]),
             ("Assessment year", head["assessment_year"]),
             ("TDS on salary", out.money("tds_salary")), ("Total TDS", out.money("tds_total")),
    ]  # fmt: skip
    if case.kind(False):
        items.insert(5, ("TDS on other income", out.money("tds_other")))
    for number, (label, value) in enumerate(items):
        row, column = divmod(number, 3)
        x, top = 36 + column * 176, 84 + row * 54
        sheet.box(x, top, x + 168, top + 46, fill=0.95, stroke=False)
        sheet.text(x + 8, top + 16, label, points=7.5, gray=0.4)
        sheet.text(x + 8, top + 34, value, points=10, bold=True)
    top = 84 + ((len(items) + 2) // 3) * 54 + 20
    sheet.text(36, top, "Deductors (Part I)", bold=True, points=11)
    for deductor in case.deductors:
        top += 34
        sheet.text(36, top, deductor.firm.name)
        sheet.text(36, top + 12, f"{deductor.firm.tan} | section {deductor.entries[0].section}",
                   points=7.5, gray=0.4)  # fmt: skip
        sheet.text(430, top, out.plain(deductor.total("paid")), align="right")
        sheet.text(555, top, out.plain(deductor.total("deposited")), align="right")
        sheet.rule(36, top + 20, 559, width=0.2)
    sheet.text(36, 815, "Downloaded from the taxpayer's account. Not a certificate.", points=7)
    return annual_statement(sheet.pdf(), out, "cards", "tax app, cards with totals")


LAYOUTS: dict[str, Layout] = {
    "form26as/by-section": by_section,
    "form26as/cards": cards,
}
