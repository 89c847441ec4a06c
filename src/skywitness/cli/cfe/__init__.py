"""``skywitness cfe``: holdings held against the limits of the CFE Treaty."""
