"""What a mission puts into the record, who may read it by which provision, and what is read from it again."""
