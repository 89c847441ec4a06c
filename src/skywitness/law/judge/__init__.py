"""What no single flight decides: quotas, groups, distances, designations and plans of a year, judged by the law."""
