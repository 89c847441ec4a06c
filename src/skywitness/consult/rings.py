"""Events that refer to one another in a ring, found with two looks at each link however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

__all__ = ["rings"]


def rings(ahead: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return for each identifier one of the ring that it stands in; itself where it stands in none (Kosaraju).

    ``ahead``: what each leads to, all of it among its keys.

    >>> rings({"a": ["b"], "b": ["a", "c"], "c": []})
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    back: dict[str, list[str]] = {ident: [] for ident in ahead}
    for ident, those in ahead.items():
        for to in those:
            back[to].append(ident)
    seen: set[str] = set()
    left = [one for ident in ahead for one in _walk(ident, ahead, seen)]
    seen.clear()
    found = {one: ident for ident in reversed(left) for one in _walk(ident, back, seen)}
    return {ident: found[ident] for ident in ahead}


def _walk(start: str, ways: Mapping[str, Collection[str]], seen: set[str]) -> Iterator[str]:
    """Go everywhere that was not seen yet, and name each place when it is left."""
    if start in seen:
        return
    seen.add(start)
    stack = [(start, iter(ways[start]))]
    while stack:
        ident, rest = stack[-1]
        to = next((one for one in rest if one not in seen), None)
        if to is None:
            stack.pop()
            yield ident
        else:
            seen.add(to)
            stack.append((to, iter(ways[to])))
