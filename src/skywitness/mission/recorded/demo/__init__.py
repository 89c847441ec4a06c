"""A whole mission between five nodes, invented, so that a record can be seen at work: ``skywitness demo mission``."""
