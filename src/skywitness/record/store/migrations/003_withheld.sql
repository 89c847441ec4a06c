-- What is withheld here is asked for again at every exchange.
CREATE INDEX entry_withheld ON entry (origin, idx) WHERE withheld IS NOT NULL;
