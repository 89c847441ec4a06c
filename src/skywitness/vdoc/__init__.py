"""The Vienna Document 2011: whether activities must be notified and observed and when, calendars, limits, visits."""
