"""Whether ledgers, places, notices and inspections told in a file keep the INF Treaty."""
