"""A record that Parties who distrust one another can share: signed entries, a Merkle log, witnesses, exchange."""
