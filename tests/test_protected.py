"""Protected papers: what opens with which password, and what is said of the rest."""

import io
import unicodedata

import pikepdf
import pytest
from papers import INTEREST, paper

from taxai_core.errors import (
    CorruptPdfError,
    EncryptedPdfError,
    TaxAIError,
    UnsupportedProtectionError,
    WrongPasswordError,
)
from taxai_core.pipeline import process_pdf

PLAIN = paper("Interest certificate", INTEREST)
USER, OWNER = "abcpe1234f01011990", "the owner's"
# Revision of the standard handler and whether it is AES: RC4 with 40 and 128 bits, AES with 128
# bits, AES with 256 bits as Acrobat 9 made it and as PDF 2.0 has it.
KINDS = {"RC4-40": (2, False), "RC4-128": (3, False), "AES-128": (4, True), "AES-256": (6, True)}
KINDS["AES-256 of Acrobat 9"] = (5, True)


def locked(kind: str, user: str, owner: str = OWNER) -> bytes:
    revision, aes = KINDS[kind]
    out = io.BytesIO()
    lock = pikepdf.Encryption(user=user, owner=owner, R=revision, aes=aes, metadata=aes)
    pikepdf.open(io.BytesIO(PLAIN)).save(out, encryption=lock)
    return out.getvalue()


def read(data: bytes, password: str | None = None) -> list[list[list[str]]]:
    reading = process_pdf(data, password=password, max_file_mb=50, max_pages=500)
    return [table.rows for table in reading.tables]


@pytest.mark.filterwarnings("ignore:Encryption R=5 is deprecated")
@pytest.mark.parametrize("kind", KINDS)
def test_either_password_opens_a_paper_and_no_other(kind: str) -> None:
    data = locked(kind, USER)

    assert read(data, USER) == read(data, OWNER) == [INTEREST]
    for none_given in (None, ""):
        with pytest.raises(EncryptedPdfError, match="Type its password"):
            read(data, none_given)
    with pytest.raises(WrongPasswordError):
        read(data, USER.upper())


@pytest.mark.filterwarnings("ignore:Encryption R=5 is deprecated")
@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_locked_for_printing_only_opens_without_asking(kind: str) -> None:
    data = locked(kind, user="")

    assert read(data) == read(data, OWNER) == [INTEREST]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("password", ["Müller₹1990", "पासवर्ड१२३", "Zoë Iyer"])
def test_a_password_opens_however_its_letters_are_composed(password: str, form: str) -> None:
    data = locked("AES-256", unicodedata.normalize(form, password))

    for typed in ("NFC", "NFD"):
        assert read(data, unicodedata.normalize(typed, password)) == [INTEREST]


@pytest.mark.parametrize("kind", ["RC4-40", "AES-128"])
def test_an_accented_password_opens_an_old_kind_of_protection(kind: str) -> None:
    assert read(locked(kind, "Müller1990"), unicodedata.normalize("NFD", "Müller1990"))


def test_a_blank_copied_along_with_the_password_does_no_harm() -> None:
    assert read(locked("AES-256", USER), f" {USER}\n") == [INTEREST]
    assert read(locked("AES-256", f"{USER} "), f"{USER} ") == [INTEREST]


def test_a_password_of_no_letters_that_exist_is_a_wrong_one() -> None:
    typed = b"caf\xe9".decode(errors="surrogateescape")  # as a shell of another encoding gives it

    assert read(PLAIN, typed) == [INTEREST]
    with pytest.raises(WrongPasswordError):
        read(locked("AES-256", USER), typed)


def with_protection(settings: bytes) -> bytes:
    """The plain paper, said to be protected in a way of its own."""
    return PLAIN.replace(b"trailer\n<<", b"trailer\n<< /Encrypt << " + settings + b" >>", 1)


CERTIFICATE = (
    b"/Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128 /StmF /DefaultCryptFilter "
    b"/StrF /DefaultCryptFilter "
    b"/CF << /DefaultCryptFilter << /CFM /AESV2 /Recipients [<3082>] >> >>"
)
AES_256 = locked("AES-256", USER)
UNKNOWN = {
    "a certificate": with_protection(CERTIFICATE),
    "a server of rights": with_protection(b"/Filter /FOPN_foweb /V 1 /Length 40"),
    "an algorithm of no standard": AES_256.replace(b"/CFM /AESV3", b"/CFM /AESV9"),
    "a version of no standard": AES_256.replace(b"/V 5", b"/V 3"),
    "a handler named beside it": AES_256.replace(b"/Filter /Standard", b"/Filter /Strangers"),
}


@pytest.mark.parametrize("password", [None, "needless"])
@pytest.mark.parametrize("data", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_protection_that_no_password_opens_says_so(data: bytes, password: str | None) -> None:
    with pytest.raises(UnsupportedProtectionError, match="no password opens here") as raised:
        read(data, password)

    assert raised.value.code == "encrypted"


def test_a_damaged_protected_paper_is_damaged_or_protected_and_nothing_else() -> None:
    half = AES_256[: len(AES_256) // 2]

    with pytest.raises((CorruptPdfError, EncryptedPdfError, WrongPasswordError)) as raised:
        read(half, USER)

    assert isinstance(raised.value, TaxAIError)
