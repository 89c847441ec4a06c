"""The codes of Annex B, Appendix 1: written, read back to the last sign, and judged."""
