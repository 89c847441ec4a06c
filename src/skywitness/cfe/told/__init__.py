"""What people tell of inspections and exchanges of data, fact by fact, and how a fact is held against the law."""
