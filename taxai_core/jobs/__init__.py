"""Background work: the only code that knows RQ and Redis."""
