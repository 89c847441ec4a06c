"""What every other room stands on: findings, readings, dated values, quantities, geodesy, errors.

Nothing here knows a treaty, a file, a database, a language or the time of day.
"""
