"""Reduction: a State's ledger against Article VIII and the Protocol on Reduction."""
