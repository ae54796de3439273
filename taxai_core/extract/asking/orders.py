"""Words in a paper that speak to a machine that reads it: no model is shown them."""

import re
from collections.abc import Sequence

# `Assistant Commissioner` and `Instructions for the deductee` are on honest papers, so a word
# alone orders nothing.
_ORDER = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass)\b\W+(?:\w+\W+){0,4}?
        (?:above|before|below|previous|prior|earlier|instructions?|rules?|prompts?|everything)\b
    | \b(?:answer|respond|reply|output)\b\W+
        (?:\d|(?:\w+\W+){0,2}?(?:with|as|only|null|zero|json)\b)
    | \b(?:print|return|write|give|say)\b\W+(?:\w+\W+){0,2}?(?:null|json)\b
    | \b(?:new|follow|following|these|updated|real)\s+instructions?\b | \binstructions?\s*:
    | \binstructions?\s+(?:to|for)\s+(?:the\s+)?(?:model|machine|reader|ai|assistant|program)\b
    | \bprompts?\b | \blanguage\s+model | \bchat\s?gpt\b | \bLLMs?\b
    | \bAI\s+(?:model|assistant|reader|system|agent)s?\b | \b(?:as|dear|an)\s+AI\b
    | \b(?:assistant|system|user)\s*: | \byou\s+are\s+(?:now\s+)?an?\s
    | \b(?:correct|right|expected)\s+answer\b | \bset\b\W+(?:\w+\W+){1,5}?to\s+(?:null|zero|\d)
    | <\s*/?\s*[|]?\s*(?:im_start|im_end|start_of_turn|end_of_turn|system|user|assistant)
    | \[/?INST\] | ={3,} | `{3,}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def ordering_lines(lines: Sequence[str]) -> set[int]:
    """The numbers of those lines that hold an order, or a part of one that runs over several.

    What goes on behind it in small letters is of the same sentence.
    """
    text = "\n".join(lines)
    found: set[int] = set()
    for match in _ORDER.finditer(text):
        first, last = (text.count("\n", 0, at) for at in (match.start(), match.end() - 1))
        while last + 1 < len(lines) and lines[last + 1][:1].islower():
            last += 1
        found.update(range(first, last + 1))
    return found
