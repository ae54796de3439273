"""The document types: one YAML file a type says what it prints and what we call it."""

from .loading import load_document_types
from .schema import CheckRule, DocumentType, FieldRule, Kind, Wording

__all__ = ["CheckRule", "DocumentType", "FieldRule", "Kind", "Wording", "load_document_types"]
