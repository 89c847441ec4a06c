"""The law as dated data: instruments, their Parties, and the values that hold on a day.

The data are TOML files, one folder per instrument; ``docs/law.md`` explains their format.  Nothing here knows geometry,
plans or flights.
"""
