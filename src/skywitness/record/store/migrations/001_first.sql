-- Written for SQLite; store/dialect.py says what PostgreSQL reads instead.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE log (
  origin TEXT PRIMARY KEY,
  party TEXT NOT NULL,
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  size INTEGER NOT NULL CHECK (size >= 0),
  signed_size INTEGER CHECK (signed_size <= size),
  signed_root BLOB CHECK (length(signed_root) = 32),
  CHECK ((signed_size IS NULL) = (signed_root IS NULL))
) STRICT;

-- Hashes stand before envelopes: they are read without what spills over a page.
CREATE TABLE entry (
  origin TEXT NOT NULL REFERENCES log (origin),
  idx INTEGER NOT NULL CHECK (idx >= 0),
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  address TEXT,
  stream TEXT,
  author TEXT,
  sequence INTEGER CHECK (sequence >= 0),
  kind TEXT,
  type TEXT,
  time_utc TEXT,
  withheld TEXT,
  envelope BLOB,
  PRIMARY KEY (origin, idx),
  CHECK ((envelope IS NULL) = (withheld IS NOT NULL)),
  CHECK (envelope IS NOT NULL OR address IS NULL)
) STRICT;

-- Not unique: two payloads with one sequence, or one payload twice, are the fault of a Party, and have to be kept.
CREATE INDEX entry_sequence ON entry (origin, stream, author, sequence, idx);
CREATE INDEX entry_address ON entry (address);

CREATE TABLE node (
  origin TEXT NOT NULL REFERENCES log (origin),
  level INTEGER NOT NULL CHECK (level >= 0),
  idx INTEGER NOT NULL CHECK (idx >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (origin, level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  origin TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  root BLOB NOT NULL CHECK (length(root) = 32),
  note BLOB NOT NULL,
  PRIMARY KEY (origin, size, root)
) STRICT;

CREATE TABLE cosignature (
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  witness TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (origin, size, root, witness, key_hash)
) STRICT;

CREATE TABLE witness_state (
  origin TEXT PRIMARY KEY,
  size INTEGER NOT NULL CHECK (size >= 0),
  root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TABLE introduction (
  party TEXT NOT NULL,
  issue INTEGER NOT NULL,
  envelope BLOB NOT NULL,
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
  PRIMARY KEY (party, issue)
) STRICT;

CREATE TABLE peer (
  party TEXT NOT NULL,
  origin TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  PRIMARY KEY (party, origin)
) STRICT;

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE draft (
  address TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  author TEXT NOT NULL,
  time_utc TEXT NOT NULL,
  envelope BLOB NOT NULL
) STRICT;

CREATE TABLE token (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  authority TEXT NOT NULL,
  token BLOB NOT NULL
) STRICT;
