"""``skywitness cfe``: the CFE Treaty: holdings, inspections, exchanges of information."""
