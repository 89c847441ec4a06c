-- What a copy of a log held under a key that its Party has since retired, and people set aside: kept for good.
CREATE TABLE aside (
  origin TEXT NOT NULL REFERENCES log (origin),
  number INTEGER NOT NULL CHECK (number >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('entry', 'checkpoint')),
  idx INTEGER NOT NULL CHECK (idx >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  body BLOB,
  PRIMARY KEY (origin, number, kind, idx, hash)
) STRICT;
