"""A paper of nobody's, to try a model on: what it says, and what is to be found in it."""

from ...models import Page, Record, Word, Words

SAMPLE_TYPE = "bank_interest_certificate"
# Printed, and the values that it holds; amounts in INR.
LINES = (
    "MALABAR HILLS COOPERATIVE BANK LTD",
    "Certificate of interest, year 2024-25",
    "Depositor: Rohan Kulkarni",
    "Returns on savings account        4,812.00",
    "Returns on five year deposits    61,240.00",
    "All returns paid in the year     66,052.00",
    "Income tax kept back by us        6,124.00",
    "Station Road, Kollam       Tel 0474 270010",
)
WANTED = {
    "savings_interest": "4812.00",
    "deposit_interest": "61240.00",
    "total_interest": "66052.00",
    "tds_deducted": "6124.00",
}
LETTER_PT, LINE_PT, MARGIN_PT = 5.5, 24.0, 40.0
WIDTH_PT, HEIGHT_PT = 595.0, 842.0


def sample_record() -> Record:
    """The paper as if the rules had known its type and found none of its amounts."""
    return Record(
        first_page=1, last_page=1, document_type=SAMPLE_TYPE, type_confidence=0.99,
        financial_year="2024-25",
    )  # fmt: skip


def sample_page() -> Page:
    """Its one page, set in letters of one width."""
    words = []
    for number, line in enumerate(LINES):
        at = 0
        for text in line.split():
            at = line.index(text, at)
            x0, top = MARGIN_PT + at * LETTER_PT, MARGIN_PT + number * LINE_PT
            words.append(Word(text, x0, top, x0 + len(text) * LETTER_PT, top + 10))
            at += len(text)
    return Page(
        number=1, width_pt=WIDTH_PT, height_pt=HEIGHT_PT, tables=[], warnings=[],
        words=Words.pack(words),
    )  # fmt: skip
