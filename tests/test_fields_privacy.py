"""Nothing that a paper says stands in a log or in the text of an error while it is read."""

import logging
import re

import pytest
from read_fields import Paper, build, read

from taxai_core.errors import TaxAIError

LAYOUTS = ["form16/traces-part-b", "payslip/two-lists", "rent_receipt/filled-blanks",
           "bank_interest_certificate/prose", "form26as/traces", "donation_receipt/form-10be",
           "payslip/bundle-six-months"]  # fmt: skip
PAPERS = {layout: build(layout, 4242) for layout in LAYOUTS}


def secrets(paper: Paper) -> set[str]:
    """What of a paper must not be told: its values as they are and as Indian amounts."""
    parts = [part["fields"] for part in paper.parts or []] or [paper.fields]
    values = {value for fields in parts for value in fields.values()}
    plain = {v for v in values if len(v) > 4 and not re.fullmatch(r"[\d-]{4,10}|0\.00", v)}
    return plain | {word for v in plain if " " in v for word in v.split() if len(word) > 5}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_log_record_of_a_reading_tells_what_the_paper_says(
    layout: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    paper = PAPERS[layout]

    with caplog.at_level(logging.DEBUG):
        logging.getLogger("control").debug("caught")
        reading = read(paper.pdf)

    assert "caught" in caplog.text
    told = caplog.text + "".join(capfd.readouterr()) + " ".join(reading.warnings)
    assert reading.records
    assert {secret for secret in secrets(paper) if secret.casefold() in told.casefold()} == set()


def test_every_corpus_paper_has_something_that_must_not_be_told() -> None:
    assert all(secrets(paper) for paper in PAPERS.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_of_an_error_tells_nothing_of_the_paper(layout: str) -> None:
    paper = PAPERS[layout]

    with pytest.raises(TaxAIError) as caught:
        read(paper.pdf[: len(paper.pdf) // 3])

    error = caught.value
    told = f"{error} {error.args} {error.__cause__!r} {error.__context__!r}"
    assert {secret for secret in secrets(paper) if secret in told} == set()
