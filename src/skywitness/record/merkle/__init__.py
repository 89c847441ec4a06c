"""The Merkle tree of a log: hashes, roots, proofs, tiles (RFC 6962, RFC 9162, C2SP tlog-tiles)."""
