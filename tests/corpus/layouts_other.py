"""Papers that speak of salary and tax but are none of the document types."""

from datetime import timedelta
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Spacer

from tests.corpus import identifiers, people
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import date_style, in_words, indian, money_style, rupees, year
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import rounded, salary_year


def other(flow: list[Flowable], name: str, note: str, *, margin: float = 48) -> Paper:
    """A paper of type `other`: no fields."""
    return Paper(pdf(flow, margins=(margin,) * 4), "other", {}, f"other/{name}", note)


def news(rng: Random) -> Paper:
    """A newspaper's page on Form 16, with a worked example in it."""
    writer, when = people.person(rng), year(rng)
    gross, tax = rupees(rng, 900_000, 2_400_000, 1000), rupees(rng, 30_000, 300_000, 100)
    body = [
        f"With the due date for filing returns for assessment year {when.assessment} approaching, "
        "salaried taxpayers are waiting for Form 16, the certificate of tax deducted at source "
        "that every employer must issue under section 203 of the Income-tax Act, 1961 by 15 June.",
        "Part A of Form 16, generated on the TRACES portal, carries the name and address of the "
        "employer, the TAN and PAN of the deductor, the PAN of the employee and a quarterly "
        "summary of tax deducted and deposited. Part B has the details of salary paid: gross "
        "salary under section 17(1), perquisites under section 17(2), allowances exempt under "
        "section 10, the standard deduction under section 16(ia) and Chapter VI-A deductions.",
        f"Take the case of a manager whose gross salary is Rs. {indian(gross, 0)}. After a "
        "standard deduction of Rs. 75,000 her total taxable income is Rs. "
        f"{indian(gross - 75_000, 0)} and her employer deducted tax of Rs. {indian(tax, 0)}. If "
        "the TDS in Form 26AS is lower, she should ask the employer to correct the return, says "
        f"{people.person(rng).name}, partner at a tax consultancy.",
        "Those who changed jobs during the year should collect Form 16 from both employers. A "
        "missing PAN, such as ABCDE1234F typed wrongly, leads to a mismatch and a demand.",
    ]
    return other([
        p("MONEY &amp; TAX", 9, bold=True),
        p("Got your Form 16? Check these five things before you file", 20, bold=True,
          font="Times-Roman", after=6),
        p(f"By {writer.name} | Updated {when.last_day + timedelta(days=70):%d %B %Y, 09:15 IST}", 9,
          after=10),
        *[p(text, 11, font="Times-Roman", align="justify", after=8) for text in body],
        grid([["What to check", "Where"], ["PAN of employee", "Part A"],
              ["Tax deducted and deposited", "Part A, quarterly table"],
              ["Gross salary, total taxable income", "Part B"]], [220, 220], size=9, bold=(0,)),
    ], "news", "newspaper article about Form 16")  # fmt: skip


def blog(rng: Random) -> Paper:
    """A web page that computes tax for an example."""
    case = salary_year(rng, old_regime=rng.random() < 0.5)
    money, get = money_style(rng, places=0), case.amounts
    rows = [["Particulars", "Amount (Rs.)"]]
    for words, key in (("Gross salary", "gross_salary"),
                       ("Less: exempt allowances u/s 10", "exempt_allowances_10"),
                       ("Less: standard deduction u/s 16(ia)", "standard_deduction_16_ia"),
                       ("Income from salary", "income_under_salaries"),
                       ("Less: deductions u/s 80C to 80U", "total_deductions_vi_a"),
                       ("Total taxable income", "total_taxable_income"),
                       ("Tax on total income", "tax_on_total_income"), ("Rebate u/s 87A",
                       "rebate_87a"), ("Health and education cess @ 4%", "cess"),
                       ("Net tax payable", "net_tax_payable")):  # fmt: skip
        rows.append([words, money(rounded(get[key]))])
    return other([
        p("Home / Learn / Income tax / How to compute tax on salary", 8),
        p(f"How to calculate income tax on salary for FY {case.year.financial}", 18, bold=True,
          after=6),
        p(f"Let us take an example. {escape(case.employee.name)} works in {case.employer.city} and "
          "wants to know how much TDS her employer should deduct every month. Here is the "
          "computation:", 10, after=8),
        grid(rows, [300, 130], right=(1,), bold=(0, -1), size=10),
        p("So the employer deducts one twelfth of this from each payslip and issues Form 16 after "
          "the year ends. You can check the tax deposited in Form 26AS.", 10, before=10),
        p("Frequently asked questions", 13, bold=True, before=10),
        p("Is Form 16 mandatory? Can I file without Form 16? What is a donation receipt under "
          "section 80G? How is the interest certificate of my home loan used?", 10),
        p("Share this article | 214 comments | Start your free trial", 8, before=20),
    ], "blog", "blog page with a tax computation")  # fmt: skip


def invoice(rng: Random) -> Paper:
    """A GST invoice with PANs, GSTINs and a TDS remark."""
    seller, buyer = people.firm(rng), people.firm(rng)
    day, money = date_style(rng), money_style(rng, places=2)
    rows, total = [["#", "Description", "SAC", "Qty", "Rate", "Amount"]], 0
    for number, what in enumerate(("Payroll processing", "Form 16 generation",
                                   "TDS return filing (24Q)")[: rng.randint(1, 3)], 1):  # fmt: skip
        amount = rupees(rng, 5_000, 90_000, 50)
        total += amount
        rows.append([str(number), what, "998222", "1", money(amount), money(amount)])
    tax = rounded(total * 18 / 100)
    rows += [["", "IGST @ 18%", "", "", "", money(tax)],
             ["", "Total payable", "", "", "", money(total + tax)]]  # fmt: skip
    return other([
        p("TAX INVOICE", 14, bold=True, align="center", after=8),
        grid([[f"{seller.name}\n{', '.join(seller.address)}\nGSTIN: 27{seller.pan}1Z5\nPAN: "
               f"{seller.pan}",
               f"Invoice No. INV/{rng.randrange(100, 999)}\nDate: {day(year(rng).day(rng))}\nDue: "
               "on receipt"],
              [f"Bill to: {buyer.name}, {', '.join(buyer.address)}", f"PAN: {buyer.pan}"]],
             [300, 200], size=9),
        Spacer(1, 8),
        grid(rows, [25, 215, 60, 40, 80, 80], right=(4, 5), bold=(0, -1), size=9),
        p(f"Amount in words: Rupees {in_words(total + tax)} only. TDS u/s 194J, if deducted, "
          "please send Form 16A.", 9, before=8),
        p(f"Bank A/c {identifiers.account_number(rng)} | For {escape(seller.name)}", 9, before=14),
    ], "invoice", "GST invoice of a payroll bureau")  # fmt: skip


def bank_statement(rng: Random) -> Paper:
    """An account statement: salary credits, interest, SIPs, rent and premium debits."""
    bank, one, when = people.bank(rng), people.person(rng), year(rng)
    money, day = money_style(rng, places=2), date_style(rng, "%d/%m/%Y", "%d-%b-%y")
    kinds = ["NEFT SALARY {f}", "UPI RENT", "ACH LIC PREMIUM", "SB INT CREDIT", "ATM WDL",
             "NACH HOME LOAN EMI", "TDS ON FD INTEREST", "SIP MUTUAL FUND", "NPS CONTRIBUTION",
             "DONATION RELIEF FUND"]  # fmt: skip
    balance, rows = rupees(rng, 20_000, 200_000), []
    when_now = when.month(rng.randrange(11))
    for number in range(rng.randint(22, 45)):
        what = rng.choice(kinds).format(f=people.firm(rng).short.upper())
        amount = rupees(rng, 200, 60_000)
        into = "SALARY" in what or "INT CREDIT" in what or amount > balance
        balance += amount if into else -amount
        rows.append([day(when_now + timedelta(days=number)), what,
                     "" if into else money(amount), money(amount) if into else "",
                     money(balance)])  # fmt: skip
    return other([
        p(escape(bank.name), 14, bold=True),
        p("Statement of account", 11, after=4),
        p(f"{escape(one.name)} | A/c {identifiers.account_number(rng)} | PAN {one.pan} | IFSC "
          f"{identifiers.letters(rng, 4)}0{identifiers.digits(rng, 6)}", 9, after=8),
        grid([["Date", "Narration", "Withdrawal", "Deposit", "Balance"], *rows],
             [70, 200, 75, 75, 80], right=(2, 3, 4), bold=(0,), size=8, repeat=1),
        p("Interest is paid quarterly. This statement is no interest certificate.", 8, before=8),
    ], "bank-statement", "bank account statement with salary and interest lines")  # fmt: skip


def offer_letter(rng: Random) -> Paper:
    """An offer with its table of the cost to company, a year and a month."""
    firm, one, day = people.firm(rng), people.person(rng), date_style(rng)
    ctc, money = rupees(rng, 600_000, 3_000_000, 12_000), money_style(rng, places=0)
    parts = (("Basic", 40), ("House Rent Allowance", 20), ("Special Allowance", 28),
             ("Employer's PF contribution", 5), ("Gratuity", 2), ("Variable pay", 5))  # fmt: skip
    rows = [["Component", "Monthly (Rs.)", "Annual (Rs.)"]]
    for words, share in parts:
        annual = ctc * share / 100
        rows.append([words, money(rounded(annual / 12)), money(rounded(annual))])
    rows.append(["Total cost to company (CTC)", money(rounded(ctc / 12)), money(ctc)])
    return other([
        p(escape(firm.name), 14, bold=True),
        p(", ".join(firm.address), 9, after=12),
        p(f"Date: {day(year(rng).day(rng))}", 10, after=8),
        p(f"Dear {escape(one.titled)},", 10, after=6),
        p(f"We are pleased to offer you the position of {one.designation} at our {firm.city} "
          "office. Your compensation is set out below. Income tax and professional tax will be "
          "deducted at source from your monthly salary and reported in Form 16.", 10, after=8),
        grid(rows, [240, 110, 110], right=(1, 2), bold=(0, -1), size=9.5),
        p("Please bring on the day of joining: PAN card, relieving letter, last three payslips, "
          "Form 16 of the previous employer, Form 12B.", 10, before=10),
        p(f"For {escape(firm.name)}<br/><br/>{escape(people.person(rng).name)}, Head HR", 10,
          before=16),
    ], "offer-letter", "offer letter with a CTC table")  # fmt: skip


def revision_letter(rng: Random) -> Paper:
    """A salary revision: old and new pay side by side."""
    firm, one, day = people.firm(rng), people.person(rng), date_style(rng)
    basic, money = rupees(rng, 20_000, 120_000, 100), money_style(rng, places=2)
    rows = [["Earnings (per month)", "Existing", "Revised"]]
    rise = rng.randint(105, 128)
    for words, share in (("Basic Salary", 100), ("HRA", 40), ("Special Allowance", 55),
                         ("Gross salary", 195)):  # fmt: skip
        old = rounded(basic * share / 100)
        rows.append([words, money(old), money(rounded(old * rise / 100))])
    return other([
        p(escape(firm.name), 14, bold=True, align="center", after=12),
        p("PRIVATE AND CONFIDENTIAL - Salary revision", 11, bold=True, after=8),
        p(f"{escape(one.name)} (Employee No. {identifiers.employee_number(rng)})", 10),
        p(f"We are happy to inform you that your salary is revised with effect from "
          f"{day(year(rng).first_day)} as follows. Deductions towards EPF, professional tax and "
          "income tax (TDS) continue as per law.", 10, after=8),
        grid(rows, [220, 120, 120], right=(1, 2), bold=(0, -1), size=9.5),
        p(f"Net pay will reflect in your next payslip. {escape(people.person(rng).name)}, "
          "Director", 10, before=14),
    ], "revision-letter", "salary revision letter")  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "other/news": news,
    "other/blog": blog,
    "other/invoice": invoice,
    "other/bank-statement": bank_statement,
    "other/offer-letter": offer_letter,
    "other/revision-letter": revision_letter,
}
