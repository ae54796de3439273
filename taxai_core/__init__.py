"""TaxAI reads Indian income-tax papers on the machine they lie on."""

__version__ = "0.1.0"
