"""Signed notes: checkpoints of logs, cosignatures of witnesses, policies and proofs in the formats of C2SP."""
