"""Inspections under the CFE Treaty: quotas, notices, times and conduct, judged by what is told of them."""
