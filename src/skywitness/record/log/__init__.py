"""A Party's own log and its copies of others: entries placed, trees, checkpoints, drafts and proofs."""
