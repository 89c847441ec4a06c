"""The steps by which a store came to its form, numbered from the first day."""
