"""News articles read against the law: who is named, when, which treaty, and what of it the law can check.

Nothing here decides who is right and nothing is ever written: what an article says is its own word, kept with the
place where it says so.  ``docs/press.md`` tells what is recognised and what is not.
"""
