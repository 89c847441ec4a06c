"""What class a missile type has under the INF Treaty, by reading: records in, tables with articles out."""
