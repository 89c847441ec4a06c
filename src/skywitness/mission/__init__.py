"""One observation from notification to report: its clock, its documents."""
