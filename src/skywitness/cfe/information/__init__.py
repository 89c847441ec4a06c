"""The exchange of information under the CFE Treaty, its calendar, conferences and withdrawal, by what is told."""
