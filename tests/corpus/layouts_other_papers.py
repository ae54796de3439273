"""More papers that are none of the types: declarations, acknowledgements, quotations, bills."""

from datetime import timedelta
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import identifiers, people
from tests.corpus.drawing import grid, p
from tests.corpus.figures import date_style, in_words, indian, money_style, rupees, year
from tests.corpus.layouts_other import other
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import rounded, salary_year
from tests.corpus.sheet import Sheet


def form12bb(rng: Random) -> Paper:
    """What an employee declares to the employer: rent, landlord's PAN, interest, 80C."""
    one, landlord, lender = people.person(rng), people.person(rng), people.lender(rng)
    money, when = money_style(rng, places=0), year(rng)
    rows = [
        ["Sl. No.", "Nature of claim", "Amount (Rs.)", "Evidence / particulars"],
        ["1", f"House Rent Allowance: (i) Rent paid to the landlord (ii) Name of the landlord "
         f"{landlord.name} (iii) PAN of the landlord {landlord.pan}",
         money(rupees(rng, 96_000, 480_000, 12_000)), "Rent receipts"],
        ["2", "Leave travel concessions or assistance", money(0), ""],
        ["3", f"Deduction of interest on borrowing: Name of the lender {lender.name}, PAN "
         f"{lender.pan}", money(rupees(rng, 20_000, 200_000)), "Provisional certificate"],
        ["4", "Deduction under Chapter VI-A (A) Section 80C: LIC premium, PPF",
         money(rupees(rng, 20_000, 150_000)), "Receipts"],
        ["", "(B) Other sections: 80D", money(rupees(rng, 8_000, 25_000)), "Receipt"],
    ]  # fmt: skip
    return other([
        p("FORM NO. 12BB", 13, bold=True, align="center"),
        p("(See rule 26C) Statement showing particulars of claims by an employee for deduction of "
          "tax under section 192", 9, align="center", after=8),
        grid([["1. Name and address of the employee", f"{one.name}, {', '.join(one.address)}"],
              ["2. Permanent Account Number of the employee", one.pan],
              ["3. Financial year", when.financial]], [220, 280], size=9),
        Spacer(1, 8),
        grid(rows, [35, 265, 80, 120], right=(2,), bold=(0,), size=9),
        p(f"Verification: I, {escape(one.name)}, son/daughter of {one.father} do hereby certify "
          "that the information given above is complete and correct.", 9, before=10),
    ], "form12bb", "Form 12BB declaration of an employee")  # fmt: skip


def acknowledgement(rng: Random) -> Paper:
    """The acknowledgement of a filed return (ITR-V)."""
    case = salary_year(rng)
    one, get, money = case.employee, case.amounts, money_style(rng, places=0)
    rows = [["Current Year business loss, if any", "1", "0"],
            ["Total Income", "2", money(case.other["rounded_income"])],
            ["Book Profit under MAT, where applicable", "3", "0"],
            ["Net tax payable", "4", money(get["net_tax_payable"])],
            ["Interest and Fee Payable", "5", "0"],
            ["Total tax, interest and Fee payable", "6", money(get["net_tax_payable"])],
            ["Taxes Paid", "7", money(get["tds_deducted"])],
            ["(+) Tax Payable / (-) Refundable (6-7)", "8", "0"]]  # fmt: skip
    return other([
        p("INDIAN INCOME TAX RETURN ACKNOWLEDGEMENT", 13, bold=True, align="center"),
        p("[Where the data of the Return of Income in Form ITR-1 (SAHAJ) filed and verified]", 8,
          align="center"),
        p(f"Assessment Year {case.year.assessment}", 11, bold=True, align="right", after=6),
        grid([["PAN", one.pan], ["Name", one.name], ["Address", ", ".join(one.address)],
              ["Form Number", "ITR-1"], ["e-Filing Acknowledgement Number",
                                         identifiers.digits(rng, 15)]], [190, 310], size=9),
        Spacer(1, 6),
        grid([["Taxable Income and Tax Details", "", ""], *rows], [320, 40, 140], right=(2,),
             bold=(0,), size=9),
        p("This is not a TDS certificate. DO NOT SEND THIS ACKNOWLEDGEMENT TO CPC.", 9, before=10),
    ], "acknowledgement", "acknowledgement of an income-tax return")  # fmt: skip


def rent_agreement(rng: Random) -> Paper:
    """A lease: tenant, landlord and rent, but nothing paid."""
    owner, tenant, day = people.person(rng), people.person(rng), date_style(rng)
    rent, start = rupees(rng, 8_000, 60_000, 500), year(rng).day(rng)
    clauses = [
        f"This RENT AGREEMENT is made at {owner.address[1]} on {day(start)} between "
        f"{escape(owner.titled)} (PAN {owner.pan}), hereinafter called the Landlord, and "
        f"{escape(tenant.titled)}, hereinafter called the Tenant.",
        f"1. The monthly rent shall be Rs. {indian(rent, 0)}/- (Rupees {in_words(rent)} only), "
        "payable in advance by the 5th of each month against a rent receipt.",
        f"2. The Tenant has paid an interest-free security deposit of Rs. {indian(rent * 3, 0)}/-.",
        f"3. The period of tenancy is eleven months from {day(start)} to "
        f"{day(start + timedelta(days=334))}.",
        "4. Electricity and water charges shall be borne by the Tenant.",
        "5. Either party may terminate this agreement by giving one month's notice in writing.",
    ]
    return other([
        p("INDIA NON JUDICIAL - e-Stamp Rs. 100", 9, align="center"),
        p("RENT AGREEMENT", 15, bold=True, align="center", font="Times-Roman", after=14),
        *[p(text, 11, font="Times-Roman", align="justify", after=9) for text in clauses],
        p(f"Witness: {escape(people.person(rng).name)}", 10, before=30),
    ], "rent-agreement", "rent agreement: rent agreed, not received")  # fmt: skip


def quotation(rng: Random) -> Paper:
    """An insurer's quotation and brochure: premiums that nobody paid."""
    insurer, one = people.insurer(rng, rng.choice(("life", "health"))), people.person(rng)
    money, base = money_style(rng, places=0), rupees(rng, 9_000, 40_000)
    rows = [["Plan", "Sum insured (Rs.)", "Premium without GST", "Premium with GST @ 18%"]]
    for plan, factor in (("Silver", 100), ("Gold", 140), ("Platinum", 195)):
        premium = rounded(base * factor / 100)
        rows.append([plan, money(500_000 * factor // 100), money(premium),
                     money(rounded(premium * 118 / 100))])  # fmt: skip
    return other([
        p(escape(insurer.name), 16, bold=True),
        p("Premium quotation", 13, after=8),
        p(f"Prepared for {escape(one.titled)}, age 3{rng.randrange(10)} | Valid for 15 days | "
          f"Quote ref. Q{identifiers.digits(rng, 9)}", 10, after=8),
        grid(rows, [110, 120, 130, 140], right=(1, 2, 3), bold=(0,), size=10),
        p("Premiums qualify for deduction under section 80D / 80C of the Income-tax Act, 1961, "
          "subject to its limits. On payment you receive a premium receipt with your policy "
          "number.", 10, before=10),
        p("Why choose us: cashless treatment in 14,000 hospitals, no-claim bonus, lifelong "
          "renewal. Insurance is the subject matter of solicitation.", 10, before=6),
    ], "quotation", "insurance quotation and brochure")  # fmt: skip


def electricity_bill(rng: Random) -> Paper:
    """A bill with units, arrears and a due date."""
    one, day, money = people.person(rng), date_style(rng, "%d-%m-%Y"), money_style(rng, places=2)
    units, start = rng.randrange(90, 700), year(rng).day(rng)
    energy = rounded(rupees(rng, 5, 8) * units)
    rows = [["Energy charges", money(energy)], ["Fixed charges", money(120)],
            ["Electricity duty", money(rounded(energy * 6 / 100))], ["Arrears", money(0)],
            ["Total amount payable", money(energy + 120 + rounded(energy * 6 / 100))]]  # fmt: skip
    return other([
        p(f"{one.address[1].split(' - ')[0].upper()} VIDYUT VITRAN NIGAM LTD.", 14, bold=True),
        p("ELECTRICITY BILL", 12, bold=True, after=6),
        grid([["Consumer name", one.name, "Consumer No.", identifiers.digits(rng, 12)],
              ["Address", ", ".join(one.address), "Bill date", day(start)],
              ["Units consumed", str(units), "Due date", day(start + timedelta(days=18))]],
             [90, 200, 90, 120], size=9),
        Spacer(1, 8),
        grid(rows, [240, 110], right=(1,), bold=(-1,), size=9.5, align="LEFT"),
    ], "electricity-bill", "electricity bill")  # fmt: skip


def sanction_letter(rng: Random) -> Paper:
    """A housing loan's sanction: amount, rate and EMI, but no year's interest."""
    lender, one, money = people.lender(rng), people.person(rng), money_style(rng, places=0)
    loan = rupees(rng, 1_500_000, 9_000_000, 50_000)
    facts = [["Applicant", one.titled], ["PAN", one.pan], ["Loan amount sanctioned", money(loan)],
             ["Rate of interest", f"{rng.randrange(825, 995) / 100:.2f} % p.a. floating"],
             ["Tenure", "240 months"], ["Equated monthly instalment",
                                        money(rounded(loan * 9 / 1000))],
             ["Processing fee", money(rounded(loan / 400))],
             ["Loan application No.", identifiers.loan_account(rng)]]  # fmt: skip
    return other([
        p(escape(lender.name), 14, bold=True, after=10),
        p("Home loan sanction letter", 12, bold=True, after=8),
        p("We are pleased to sanction a home loan on the terms below. Interest and principal "
          "certificates for income tax (sections 24(b) and 80C) will be issued every April.", 10,
          after=8),
        grid(facts, [200, 260], size=10),
    ], "sanction-letter", "home loan sanction letter")  # fmt: skip


def resume(rng: Random) -> Paper:
    """The resume of someone in payroll, full of the forms' names."""
    one, sheet = people.person(rng), Sheet(font="Helvetica", points=10)
    sheet.text(50, 60, one.name, bold=True, points=18)
    sheet.text(50, 78, f"Payroll and taxation executive | {one.address[1]}")
    past = people.firm(rng), people.firm(rng)
    lines = ["EXPERIENCE", f"{past[0].name} - Senior Executive, Payroll (2021 - now)",
             "- Issued Form 16 and Form 12BA to 1,850 employees; filed 24Q and 26Q returns",
             "- Reconciled Form 26AS with TDS ledgers, salary register and payslips",
             f"{past[1].name} - Accounts Assistant (2017 - 2021)",
             "- Prepared interest certificates, rent receipts files and 80G donation records", "",
             "SKILLS", "Sections 192, 194A, 194J; professional tax; EPF, ESI; NPS; gratuity", "",
             "EDUCATION", f"B.Com., {one.address[2]} University, 2016", "",
             f"Current CTC: Rs. {rng.randrange(4, 19)}.5 LPA    Date of birth: "
             f"{one.born:%d %B %Y}    PAN: {one.pan}"]  # fmt: skip
    sheet.lines(50, 112, lines, 17)
    return Paper(sheet.pdf(), "other", {}, "other/resume", "resume of a payroll executive")


LAYOUTS: dict[str, Layout] = {
    "other/form12bb": form12bb,
    "other/acknowledgement": acknowledgement,
    "other/rent-agreement": rent_agreement,
    "other/quotation": quotation,
    "other/electricity-bill": electricity_bill,
    "other/sanction-letter": sanction_letter,
    "other/resume": resume,
}
