"""A case drawn: its time line as a picture, two pages on paper, a question as a map."""
