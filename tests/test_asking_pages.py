"""What of a paper goes into one question, what into the next, and what a person is told of."""

import pytest
from asking import SLIP, WINDOW, ask, lines_of, page_of, questions, record_of

from taxai_core.ai.question import TEMPLATE_TOKENS, estimated_tokens
from taxai_core.extract.asking.notice import no_answer_about, not_asked_about
from taxai_core.extract.asking.questions import (
    FIRST_PAGES,
    LAST_PAGES,
    LINES_TOKENS,
    MOST_QUESTIONS,
    pages_to_ask,
)


def salaries(count: int, page: int) -> list[str]:
    """Lines that are surely wanted where the net pay is, each page's its own."""
    return [f"Net salary of person {n} | {n},100.00 {page}" for n in range(10, 10 + count)]


@pytest.mark.parametrize("window", [WINDOW, 1600])
def test_a_question_and_its_answer_fit_into_the_window(window: int) -> None:
    pages = [page_of(*salaries(30, page), number=page) for page in (1, 2)]

    found = ask(record_of("payslip", {}), pages, "net_pay", "gross_earnings", window=window)

    assert found
    for asked in found:
        assert asked.question.tokens + asked.question.most_tokens <= window
        lines = "\n".join(lines_of(asked.question.text))
        assert estimated_tokens(lines) - TEMPLATE_TOKENS <= LINES_TOKENS


def test_a_window_that_holds_no_line_makes_no_question_and_the_page_is_told() -> None:
    assert questions(record_of("payslip", {}), [SLIP], "net_pay", window=300) == ([], (1,))


@pytest.mark.parametrize("count", [3, 30, 90])
def test_what_does_not_fit_is_split_between_pages_and_no_relevant_line_is_lost(count: int) -> None:
    pages = [page_of(*salaries(count, page), number=page) for page in range(1, 6)]

    found = ask(record_of("payslip", {}), pages, "net_pay")

    assert [number for asked in found for number in asked.pages] == [1, 2, 3, 4, 5]
    for asked in found:
        wanted = [[f"[page {page}]", *salaries(count, page)] for page in asked.pages]
        assert lines_of(asked.question.text) == [line for lines in wanted for line in lines]
        assert asked.question.tokens + asked.question.most_tokens <= WINDOW


def test_a_page_that_does_not_fit_into_the_window_is_not_cut_but_left_out_and_told() -> None:
    pages = [page_of(*salaries(n, page), number=page) for page, n in enumerate((3, 60, 4), start=1)]

    found = questions(record_of("payslip", {}), pages, "net_pay", window=1200)

    (asked,) = found.asked
    assert asked.pages == (1, 3)
    assert found.left_out == (2,)


def test_the_least_likely_pages_are_left_out_where_there_are_too_many_and_told() -> None:
    unlikely = [f"Net salary {n} last year as sent | {n},100.00" for n in range(10, 40)]
    pages = [page_of(*salaries(35, page), number=page) for page in range(2, MOST_QUESTIONS + 2)]

    found = questions(record_of("payslip", {}), [page_of(*unlikely), *pages], "net_pay")

    assert [asked.pages for asked in found.asked] == [(page.number,) for page in pages]
    assert found.left_out == (1,)


def test_the_pages_of_a_long_paper_that_nobody_looks_at_are_told() -> None:
    record = record_of("payslip", {}).model_copy(update={"last_page": 43})

    assert questions(record, [SLIP], "net_pay").left_out == (31, 32, 33)


def test_lines_that_may_be_wanted_fill_a_question_and_do_not_make_it_longer() -> None:
    others = [f"Allowance no. {number} | {number},500.00" for number in range(10, 60)]
    page = page_of("Net salary | 70,000.00", *others)

    (asked,) = ask(record_of("payslip", {}), [page], "net_pay")

    lines = lines_of(asked.question.text)
    assert 10 < len(lines) < len(others)
    assert estimated_tokens("\n".join(lines)) - TEMPLATE_TOKENS <= LINES_TOKENS


@pytest.mark.parametrize(
    ("pages", "named"),
    [
        ((7,), "page 7"),
        ((7, 8), "pages 7 and 8"),
        ((3, 4, 5), "pages 3 to 5"),
        ((9, 1, 3, 5, 4), "pages 1, 3 to 5 and 9"),
    ],
)
def test_a_person_is_told_of_which_pages_there_is_no_answer(
    pages: tuple[int, ...], named: str
) -> None:
    assert no_answer_about(pages) == f"The model gave no usable answer about {named}."
    assert not_asked_about(pages).startswith(f"The model was not asked about {named}, as ")


def test_a_paper_s_own_pages_are_looked_at_and_of_a_long_one_the_first_and_the_last() -> None:
    record = record_of("payslip", {})
    short = record.model_copy(update={"first_page": 2, "last_page": 3})
    long = record.model_copy(update={"first_page": 1, "last_page": 500})

    assert pages_to_ask(short) == [2, 3]
    assert pages_to_ask(long) == [*range(1, FIRST_PAGES + 1), *range(501 - LAST_PAGES, 501)]
