"""The INF Treaty: which missiles fall under it by which reading, and whether ledgers, notices, inspections keep it."""
