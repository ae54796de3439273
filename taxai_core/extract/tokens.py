"""Words of a label or a line in the form in which they are compared: `Sec. 17 (1)` → `§17(1)`."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..doctypes.wording import common_words

# A section of the Act: `17(1)`, `80CCD (1B)`, `80-C`, `10(13-A)`, `115BAC`, `16(i-a)`. Letters that
# stand apart belong to a number that is a section with letters: `2024-25 FORM 16` is none.
_SECTION = re.compile(
    r"(?<![\w,])(?<!\d\.)([1-9]\d{0,2})"
    r"((?:(?<=80)|(?<=115)|(?<=87)|(?<=19[2-6])|(?<=206)|(?<=234))[ -][A-Z]{1,4}(?![a-z])"
    r"|[A-Z]{0,5}|[a-z]{0,5})"
    r"((?:\s?-?\(\s?(?:\d{1,2}-?[A-Za-z]{0,3}|[A-Za-z]{1,4}(?:-[A-Za-z])?)\s?\))*)"
    r"(?![\w.]\d|\w)"
)
_WORD = re.compile(
    r"(?:[A-Z][a-z]+(?=(?:[A-Z][a-z]+)+\b)|(?<=[a-z])[A-Z][a-z]+)|[A-Za-z]+(?:['’][A-Za-z]+)?|\d+"
)
# `1.`, `(a)`, `iv)`, `10.`, `2(a)` before a label count the lines of a form; `16(ia)` is a
# section, and `P. Tax` a tax.
_COUNTER = re.compile(
    r"\s*(?:(?:\d{1,2}|[ivxIVX]{1,4}|[a-zA-Z])[.:]\s+(?!(?i:tax)\b)|\d{1,2}[.:](?=[A-Za-z(])|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\)\s*|\(a[a-z]\)\s*"
    r"|(?:1?\d|2[01])\s?\([a-l]\)\s*)+"
)
_CHAPTER = re.compile(r"(?:chapter|ch\.?)\s*(?:vi|6)\s*-?\s*a\b|\bvi-a\b", re.IGNORECASE)
# `Form No. 16A`, `FORM 26AS`, `Form-16`
_FORM = re.compile(
    r"forms?\s*-?\s*(?:no\.?|number)?\s*[:.-]?\s*(\d{1,3}\s?-?[A-Za-z]{0,2})(?![\w(])",
    re.IGNORECASE,
)
# A bare number after these is a section: `u/s 10`, `Section 89`.
_SECTION_WORDS = {"under", "section", "sec"}
# Tax is deducted under these.
_BARE_SECTION = re.compile(r"\((?:19[2-5]|39[2-4])\)")
_IN_BRACKETS = re.compile(r"[(\[]\s?[a-zA-Z]\s?[)\]]")
# Signs that join two words into one.
_SLASHED = re.compile(r"(?:a/c|u/s|s/o|d/o|w/o|c/o)\b", re.IGNORECASE)
_JOINED = {"a/c": "account", "u/s": "under", "s/o": "sonof", "d/o": "sonof", "w/o": "sonof"}
# `P.A.N.`, `F. Y.`
_DOTTED = re.compile(r"(?:[A-Za-z]\.\s?){2,}[A-Za-z]?(?![A-Za-z])")
# `Emp#` is the employee's number; behind other words it is the mark of a note.
_NUMBERED_BY_SIGN = frozenset(
    ["employee", "staff", "person", "personnel", "worker", "member", "policy", "folio", "account"]
)
# `H R A`
_SPACED = re.compile(r"(?:H R A|T D S|P A N|U A N|E P F|E S I|L T A|C C A|L O P)(?![\w.])")
_BRACKET = re.compile(
    r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]"
    r"|(?<=[\w)])[\s,]+rounded\b[^():]*"
    r"|(?<=\w)[\s,]+(?:including|inclusive|incl\.|excluding|excl\.)\s[^():]*",
    re.IGNORECASE,
)

# Fillers that are a label where nothing else is said: `Amount (Rs.)`.
_ALONE = ("amount", "value")

_COMMON = common_words()
_SAME = {word: one for one, words in _COMMON.same.items() for word in words}
_PHRASES = {tuple(words.split()): one for one, runs in _COMMON.phrases.items() for words in runs}
# How many words the longest run has that begins with a word.
_LONGEST = {run[0]: len(run) for run in sorted(_PHRASES, key=len)}
# What a word begins with, and what `form 16` and `chapter VI-A` do: a look before each pattern.
_LETTER, _NUMBERED = re.compile(r"[^\W_]|#"), frozenset("fFcCvV")


class Token(NamedTuple):
    """One word as it is compared, where it stands in the text, and whether it is in brackets."""

    text: str
    start: int
    end: int
    bracketed: bool = False


@lru_cache(maxsize=4_000)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text in the form in which they are compared; fillers are left out."""
    brackets = [m.span() for m in _BRACKET.finditer(text) if _is_remark(m[0])]
    found: list[Token] = []
    bare: list[Token] = []
    at = m.end() if (m := _COUNTER.match(text)) else 0
    before = ""
    while m := _LETTER.search(text, at):
        at = m.start()
        token = _token_at(text, at)
        if text[at] == "#" and before in _NUMBERED_BY_SIGN:
            token = Token("number", at, at + 1)
        if token is None:
            at += 1
            continue
        at = max(token.end, at + 1)
        word = token.text
        if word.isdigit() and (before in _SECTION_WORDS or _is_bare_section(text, token)):
            token = token._replace(text=f"§{word}")
        elif len(word) == 1 and _IN_BRACKETS.match(text, token.start - 1):
            continue  # `Employer (B)`: what the sum behind it is made of
        before = word
        if token.text and not token.text.isdigit() and token.text not in _COMMON.fillers:
            inside = any(a <= token.start < b for a, b in brackets)
            found.append(token._replace(bracketed=inside))
        elif token.text in _ALONE:
            bare.append(token)
    found = found or bare[:1]
    return tuple(_with_phrases(_without_section_words(found)))


def words_of(text: str) -> frozenset[str]:
    """The words of a label in the form in which they are compared."""
    return frozenset(token.text for token in tokens_of(text))


def _is_bare_section(text: str, token: Token) -> bool:
    """Is it a section that has no letters, alone in brackets: `Salary (192)`?"""
    return bool(_BARE_SECTION.match(text, token.start - 1)) and token.start > 1


def _without_section_words(tokens: list[Token]) -> list[Token]:
    """`section` before its number says nothing; alone it is what a label asks for."""
    after = [*tokens[1:], None][: len(tokens)]
    return [
        token
        for token, behind in zip(tokens, after, strict=True)
        if token.text not in ("section", "sec") or not (behind and behind.text.startswith("§"))
    ]


def _token_at(text: str, at: int) -> Token | None:
    first, sign = text[at], text[at + 1 : at + 2]
    if first.isdigit() and (m := _SECTION.match(text, at)) and (m[2] or m[3]):
        name = re.sub(r"[\s-]", "", m[1] + m[2] + m[3])
        return Token(f"§{name.upper()}", *m.span())
    if at and text[at - 1].isalnum() and not (text[at - 1].islower() and first.isupper()):
        return None
    if first in _NUMBERED:
        if m := _FORM.match(text, at):
            return Token(f"form{re.sub(r'[^0-9a-z]', '', m[1].lower())}", *m.span())
        if m := _CHAPTER.match(text, at):
            return Token("chapter6a", *m.span())
    if sign == "/" and (m := _SLASHED.match(text, at)):
        return Token(_JOINED.get(m[0].lower(), ""), *m.span())
    if sign == "." and (m := _DOTTED.match(text, at)):
        return Token(_same("".join(filter(str.isalpha, m[0])).casefold()), *m.span())
    if sign == " " and (m := _SPACED.match(text, at)):
        return Token(_same(m[0].replace(" ", "").casefold()), *m.span())
    if m := _WORD.match(text, at):
        return Token(_same(m[0].casefold()), *m.span())
    return None


def _is_remark(bracket: str) -> bool:
    """Is it more than the number of a section's part: `(1B)`, `(13A)`?"""
    return len(re.sub(r"[\s()\[\]]", "", bracket)) > 3


@lru_cache(maxsize=4_000)
def _same(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    if word in _SAME:
        return _SAME[word]
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ess")):
        word = word[:-1]
    return _SAME.get(word, word)


def _with_phrases(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        most = min(_LONGEST.get(tokens[at].text, 0), len(tokens) - at)
        for length in range(most, 0, -1):
            run = tokens[at : at + length]
            if one := _PHRASES.get(tuple(t.text for t in run)):
                made.append(Token(one, run[0].start, run[-1].end, run[0].bracketed))
                at += length
                break
        else:
            made.append(tokens[at])
            at += 1
    return made
