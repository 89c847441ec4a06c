"""``skywitness inf``: what records make of missile types, and whether ledgers and times keep the INF Treaty."""
