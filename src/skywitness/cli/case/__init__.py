"""The commands of ``skywitness case``."""
