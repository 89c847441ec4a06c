"""Orienteering among points: the most value that a route of limited length can collect.

Arrays in, arrays out.  ``pose.pose`` makes the problem, ``tournament.play`` solves it, ``kernel.work`` is the one
compiled entrance; ``reference`` does every move again in plain Python, for tests.
"""
