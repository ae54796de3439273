"""What is asked of a model, and what it answered."""

from dataclasses import dataclass
from typing import Any

# Numbers tokenise badly: of so many letters a model makes one token, at worst.
LETTERS_A_TOKEN = 2.5


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
    """How many tokens a text has, never too few."""
    return round(len(text) / LETTERS_A_TOKEN) + 1
