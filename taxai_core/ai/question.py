"""What is asked of a model, and what it answered."""

from dataclasses import dataclass
from math import ceil
from typing import Any

# Measured with gemma3: prose has 4.8 Latin letters a token, words in capitals 3.0, a PAN 1.9.
LETTERS_A_TOKEN = 1.8
# What a model's template sets around a system and a user message: 10 to 25 tokens.
TEMPLATE_TOKENS = 32


@dataclass(frozen=True)
class Question:
    """One call: `system` is the same for all of one prompt version, so the server can keep it.

    `schema` is a JSON schema in which everything is bounded; `most_tokens` bounds the answer.
    """

    system: str
    text: str
    schema: dict[str, Any]
    most_tokens: int

    @property
    def tokens(self) -> int:
        """How many tokens its prompt has at most, by its letters."""
        return estimated_tokens(self.system + self.text)


@dataclass(frozen=True)
class Answer:
    """What a model answered to one question: an object that keeps to the question's schema."""

    values: dict[str, Any]
    prompt_tokens: int
    tokens: int
    seconds: float


def estimated_tokens(text: str) -> int:
    """How many tokens a text has, never too few.

    A column of amounts has one token a character: each digit and sign is one, and so is the blank
    before a number and the end of a line. Other scripts have at most one for each of their bytes.
    """
    words = text.split()
    letters = sum(char.isascii() and char.isalpha() for char in text)
    others = sum(len(word.encode()) for word in words) - letters
    blanks = sum(not word[0].isalpha() for word in words) + text.count("\n")
    return ceil(letters / LETTERS_A_TOKEN) + others + blanks + TEMPLATE_TOKENS


def fewest_tokens(text: str) -> int:
    """How many tokens a text has at least: no tokeniser joins two words."""
    return len(text.split())
