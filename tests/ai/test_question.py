"""How long a question is at most and at least, before it is sent."""

import pytest

from taxai_core.ai.question import estimated_tokens, fewest_tokens

# Tokens as gemma3:270m counted them, its 10 tokens around a message included.
COUNTED = [
    ("The employer shall furnish a certificate of tax deducted at source. " * 5, 63),
    (" ".join(f"12,{i + 10},{456 + i}.00" for i in range(80)), 1041),
    (" ".join(f"ABC{chr(65 + i % 26)}K{1000 + i * 7}L" for i in range(60)), 435),
    ("₹ 5,000 ₹ 6,000 ₹ 7,123 " * 20, 423),
    ("DEDUCTION UNDER CHAPTER VI-A SECTION 80CCD(1B) GROSS TOTAL INCOME HRA LTA NPS TDS " * 5, 138),
    ("आयकर विभाग भारत सरकार स्थायी लेखा संख्या कार्ड वेतन पर कर कटौती का प्रमाण पत्र " * 5, 79),
]


@pytest.mark.parametrize(("text", "tokens"), COUNTED)
def test_a_text_has_no_more_and_no_fewer_tokens_than_estimated(text: str, tokens: int) -> None:
    assert fewest_tokens(text) <= tokens <= estimated_tokens(text)
