"""The CFE Treaty: holdings declared, observed and claimed, held against its limits."""
