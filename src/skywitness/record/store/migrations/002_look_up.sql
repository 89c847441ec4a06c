-- The keys of a log are read at every entry: not by walking its plain entries, of which there may be a million.
CREATE INDEX entry_marked ON entry (origin, kind, idx) WHERE kind <> 'entry';

-- Whether a stream was opened or closed is asked at every entry too.
CREATE INDEX entry_stream_marked ON entry (stream, origin, idx) WHERE kind <> 'entry';

-- A flight is one stream in the logs of several Parties.
CREATE INDEX entry_stream ON entry (stream, origin, idx);
CREATE INDEX token_head ON token (origin, size);
