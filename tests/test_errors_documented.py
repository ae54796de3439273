"""The errors, their sentences and the page that explains them say the same."""

import pickle
import re
from pathlib import Path

import pytest

from taxai_core import errors
from taxai_core.ai import errors as model_errors
from taxai_core.errors import CONTRACT_CODES, TaxAIError

CHECKOUT = Path(__file__).parents[1]
CODES_OF_THE_CONTRACT = {
    *("not_a_pdf", "corrupt", "encrypted", "wrong_password", "too_large"),
    *("too_many_pages", "empty", "timeout", "out_of_memory", "internal"),
}
CLASSES = [
    thing
    for thing in {**vars(errors), **vars(model_errors)}.values()
    if isinstance(thing, type) and issubclass(thing, TaxAIError)
]


def documented() -> list[tuple[str, str, str, str]]:
    """The rows of docs/errors.md: code, sentence, cause, what to do."""
    rows = []
    for line in (CHECKOUT / "docs/errors.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and re.fullmatch(r"`?[a-z_]+`?", cells[0]) and cells[0] != "code":
            assert len(cells) == 4, line
            rows.append((cells[0].strip("`"), *cells[1:]))
    return rows


def test_the_contract_has_exactly_its_ten_codes() -> None:
    assert set(CONTRACT_CODES) == CODES_OF_THE_CONTRACT


def test_only_a_kind_of_an_error_shares_its_code() -> None:
    first = {error.code: error for error in reversed(CLASSES)}

    astray = [error for error in CLASSES if not issubclass(error, first[error.code])]

    assert astray == []
    assert all(error is first[error.code] for error in CONTRACT_CODES.values())


def test_every_error_is_documented_with_its_sentence_and_no_other() -> None:
    told = [(code, sentence) for code, sentence, _, _ in documented()]

    assert sorted(told) == sorted((error.code, error.message) for error in CLASSES)


def test_every_documented_error_tells_cause_and_remedy() -> None:
    assert all(cause and remedy for _, _, cause, remedy in documented())


def arguments_of(error: type[TaxAIError]) -> tuple[int, ...]:
    return tuple(range(3, 3 + len(set(re.findall(r"\{(\d)\}", error.message)))))


@pytest.mark.parametrize("error", CLASSES)
def test_an_error_keeps_its_sentence_from_process_to_process(error: type[TaxAIError]) -> None:
    raised = error(*arguments_of(error))

    back = pickle.loads(pickle.dumps(raised))

    assert type(back) is error
    assert str(back) == str(raised)
    assert "{" not in str(back)
    assert all(str(argument) in str(back) for argument in arguments_of(error))


@pytest.mark.parametrize("error", CLASSES)
def test_a_sentence_ends_like_one(error: type[TaxAIError]) -> None:
    assert error.message[0].isupper() or error.message[0] == "{"
    assert error.message.endswith(".")
