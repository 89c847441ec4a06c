"""What a Party writes: canonical JSON, signed envelopes, keys, entries, and the rules that bind them into streams."""
