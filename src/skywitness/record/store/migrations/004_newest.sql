-- A head signed again, later: the newest note beside the first, and the time that the log's own signature holds.
ALTER TABLE checkpoint ADD COLUMN time_s INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkpoint ADD COLUMN newest BLOB;

-- Who asks for a file is not answered by walking all logs.
CREATE TABLE named (
  sha256 TEXT NOT NULL,
  origin TEXT NOT NULL,
  idx INTEGER NOT NULL,
  PRIMARY KEY (sha256, origin, idx)
) STRICT, WITHOUT ROWID;

-- A store with entries has them listed when its node is opened (log/naming.py).
INSERT INTO meta (key, value) SELECT 'named', 'all' WHERE NOT EXISTS (SELECT 1 FROM entry);
