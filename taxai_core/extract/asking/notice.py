"""What a person is told of the pages that a model did not help with: warnings of a paper."""

from collections.abc import Iterable, Iterator


def not_asked_about(pages: Iterable[int]) -> str:
    """The model was not shown these pages: there are too many of them, or too much is on one."""
    return (
        f"The model was not asked about {_named(pages)}, as this paper is too long for it."
        " Look there yourself for what is missing."
    )


def no_answer_about(pages: Iterable[int]) -> str:
    """The model was shown these pages and its answer could not be used."""
    return f"The model gave no usable answer about {_named(pages)}."


def _named(pages: Iterable[int]) -> str:
    """Page numbers in words: `pages 1, 3 to 5 and 9`."""
    *first, last = _runs(sorted(set(pages)))
    said = f"{', '.join(first)} and {last}" if first else last
    return f"page {said}" if said.isdigit() else f"pages {said}"


def _runs(numbers: list[int]) -> Iterator[str]:
    while numbers:
        first, count = numbers[0], 1
        while numbers[count : count + 1] == [first + count]:
            count += 1
        count = 1 if count == 2 else count  # `3 and 4`
        yield str(first) if count == 1 else f"{first} to {numbers[count - 1]}"
        numbers = numbers[count:]
