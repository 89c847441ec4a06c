"""The law as a set of pages: an index with a search, and a page for each article and annex, in every language."""
