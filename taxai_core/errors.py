"""What can go wrong: a class for each sentence the user reads, and a code for programs.

Classes share a code only where one is a kind of the other.

The codes of `CONTRACT_CODES` are what a document can fail with; the others answer an action
(an edit, an approval, a start) and never stand in a document's row.
"""

from typing import ClassVar


class TaxAIError(Exception):
    """A failure with a code for programs and a sentence for the person at the screen.

    `str(error)` is shown as it stands: it says what to do next and holds no path, no
    document text and no library name. The technical reason is `__cause__`, in the log.
    """

    code: ClassVar[str] = "internal"
    message: ClassVar[str] = (
        "Something went wrong on our side. Your file is kept; press Retry to read it again."
    )

    def __str__(self) -> str:
        return self.message.format(*self.args)


class NotAPdfError(TaxAIError):
    """The bytes do not begin like a PDF."""

    code = "not_a_pdf"
    message = "This is not a PDF file. Save or print the paper as PDF and add it again."


class CorruptPdfError(TaxAIError):
    """The PDF's structure cannot be read."""

    code = "corrupt"
    message = "This PDF is damaged or was cut off. Download it again from where you got it."


class EncryptedPdfError(TaxAIError):
    """The PDF needs a password and none was given."""

    code = "encrypted"
    message = (
        "This PDF is protected. Type its password and open it; for papers from the tax portal it "
        "is often the PAN in small letters followed by the date of birth (ddmmyyyy)."
    )


class UnsupportedProtectionError(EncryptedPdfError):
    """The PDF is locked with a certificate, by a server, or in a way that nobody here knows."""

    message = (
        "This PDF is protected in a way that no password opens here, mostly by a certificate. Open "
        "it with the program it was made for, print it to a new PDF without protection and add "
        "that one."
    )


class WrongPasswordError(TaxAIError):
    """The password given does not open the PDF."""

    code = "wrong_password"
    message = "That password does not open this PDF. Check capital letters and try again."


class TooLargeError(TaxAIError):
    """More bytes than `Settings.max_file_mb`. Arguments: megabytes found, megabytes allowed."""

    code = "too_large"
    message = "This file has {0} MB and the limit is {1} MB. Split it and add the parts."


class TooManyPagesError(TaxAIError):
    """More pages than `Settings.max_pages`. Arguments: pages found, pages allowed."""

    code = "too_many_pages"
    message = "This PDF has {0} pages and the limit is {1}. Split it and add the parts."


class EmptyPdfError(TaxAIError):
    """A file of no bytes or a PDF of no pages."""

    code = "empty"
    message = "There is nothing in this file. Download it again from where you got it."


class ReadTimeoutError(TaxAIError):
    """Reading took longer than `Settings.job_timeout_s`. Argument: the limit in seconds."""

    code = "timeout"
    message = (
        "Reading took longer than {0} seconds and was stopped. Split the file, or press Retry."
    )


class OutOfMemoryError(TaxAIError):
    """The reading process went over its memory cap. Argument: the cap in MB."""

    code = "out_of_memory"
    message = (
        "Reading this file needs more memory than the {0} MB that one worker may use. "
        "Split it and add the parts."
    )


class OutOfMemoryOnPageError(OutOfMemoryError):
    """A document's reading was ended at a page, and can go on there.

    Arguments: megabytes allowed, what it took and what is kept as parts of the sentence, page.
    """

    message = (
        "Reading ran out of memory (it may use {0} MB{1}) on page {3} with the full method{2}. "
        "Retry with the lighter method goes on there."
    )


class WorkerLostError(TaxAIError):
    """A document's reading ended two workers at the same page.

    Arguments: page, what is kept as a part of the sentence.
    """

    message = (
        "The worker that read it ended twice on page {0}{1}. Press Retry to go on there; if it "
        "happens again, add the file without that page."
    )


class EndedBySystemError(OutOfMemoryError):
    """A document's reading was killed twice from outside, far below its memory cap.

    Arguments: page, what is kept as a part of the sentence.
    """

    message = (
        "The system ended the reading twice on page {0}, mostly because the machine ran out of "
        "memory{1}. Close other programs; Retry with the lighter method goes on there."
    )


CONTRACT_CODES: dict[str, type[TaxAIError]] = {
    error.code: error
    for error in (
        NotAPdfError,
        CorruptPdfError,
        EncryptedPdfError,
        WrongPasswordError,
        TooLargeError,
        TooManyPagesError,
        EmptyPdfError,
        ReadTimeoutError,
        OutOfMemoryError,
        TaxAIError,
    )
}


class NotFoundError(TaxAIError):
    """The document or table was deleted meanwhile."""

    code = "not_found"
    message = "This document is no longer here; it was deleted meanwhile."


class NoDataError(TaxAIError):
    """A command that only looks was given a folder without documents. Argument: the folder."""

    code = "no_data"
    message = (
        "There is no TaxAI data in {0}. Start with `taxai up`, or name the folder with --data."
    )


class LockedError(TaxAIError):
    """An approved document was to be changed."""

    code = "locked"
    message = "This document is approved and locked. Re-open it to change it."


class WrongStateError(TaxAIError):
    """An action that the document's state does not allow. Arguments: action, state."""

    code = "wrong_state"
    message = "Cannot {0} a document that is {1}. The list shows its present state."


class EditConflictError(TaxAIError):
    """The same cell or field, or the table's shape, was changed from somewhere else meanwhile."""

    code = "edit_conflict"
    message = (
        "The same place was changed in another window meanwhile. The newer version is shown now; "
        "your last change was not applied, make it again if it still holds."
    )


class NotAValueError(TaxAIError):
    """What was typed is no value of its field's kind. Argument: what one looks like, a sentence."""

    code = "not_a_value"
    message = "{0} Nothing was changed."


class NotReadAgainError(TaxAIError):
    """A page or an area could not be read again. Argument: why, and what to do, in sentences."""

    code = "not_read_again"
    message = "{0} Nothing was changed."


class QueueDownError(TaxAIError):
    """Redis does not answer."""

    code = "queue_down"
    message = "The queue does not answer. Nothing is lost; work goes on by itself when it is back."


class TooMuchWaitingError(TaxAIError):
    """One of many files was refused, as too many wait already.

    Arguments: how many wait, how many may, how many at a time are taken all the same.
    """

    code = "backlog"
    message = (
        "{0} papers wait to be read already, and no batch is taken in while {1} or more do. Add "
        "this one again when fewer wait; up to {2} at a time are taken now too."
    )


class StorageError(TaxAIError):
    """The data folder or database cannot be written."""

    code = "storage"
    message = (
        "The data folder cannot be written (disk full or locked). Free some space and try again."
    )


class StoreDownError(StorageError):
    """The object store of `Settings.store_url` does not answer, or refuses."""

    message = (
        "The store of the documents does not answer. Nothing is lost; try again when it is back."
    )


class OtherVersionError(TaxAIError):
    """The database's tables are not this version's. Arguments: theirs, ours."""

    code = "other_version"
    message = (
        "The database has the tables of another version (it has {0}, this program needs {1}). Run "
        "`taxai migrate`, and the same version on every machine."
    )


class BackupError(TaxAIError):
    """A backup could not be made or used. Argument: why, and what to do, in sentences."""

    code = "backup"
    message = "{0} Nothing was changed."


class DamagedError(TaxAIError):
    """A stored file is gone or was changed, though the key is right."""

    code = "damaged"
    message = (
        "What was stored of this document is damaged or missing. Delete it and add the paper again."
    )


class KeyMissingError(TaxAIError):
    """The data folder was encrypted with a key that is not here. Argument: where it should be."""

    code = "key_missing"
    message = (
        "The documents in this data folder are encrypted and their key is missing. Put the key "
        "file back at {0}, or set TAXAI_KEY; without the key nobody can read the documents."
    )


class WrongKeyError(TaxAIError):
    """The key present is not the one the data folder was encrypted with. Argument: its origin."""

    code = "wrong_key"
    message = (
        "The key in {0} does not belong to this data folder. Put back the one it was made "
        "with; without it the documents cannot be read by anyone."
    )


class MachineTooSmallError(TaxAIError):
    """Too little memory for one worker without a model. Arguments: what is here, what is needed."""

    code = "machine_too_small"
    message = (
        "{0} of memory are not enough: TaxAI needs {1}, then with one worker and no model. With "
        "Docker Desktop give it more under Settings, Resources, Memory."
    )


class ModelTooLargeError(TaxAIError):
    """The wanted model does not fit beside one worker.

    Arguments: its name, the memory it needs, what is here, the model that fits.
    """

    code = "model_too_large"
    message = (
        "{0} needs a machine with {1} and this one has {2}, into which {3} fits. Choose that, or "
        "give it more memory."
    )
