"""HTML made of elements: whatever is not markup already is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final

_EMPTY: Final = frozenset({"br", "hr", "input", "link", "meta"})
"""Elements that have no content and no end tag."""


class Safe(str):
    """Text that is markup already.  Whatever is done with it as a text, other than here, gives plain text again."""

    __slots__ = ()


Child = str | None
"""What can stand in an element: a text, markup (``Safe``), or nothing."""


def tag(element: str, /, *children: Child, **attributes: str | bool | None) -> Safe:
    """Make an element.  A final underscore of an attribute is dropped, others become hyphens; ``None`` leaves it out.

    >>> tag("a", "1 < 2", href='x"y', class_="id", aria_hidden="true", hidden=None)
    '<a href="x&quot;y" class="id" aria-hidden="true">1 &lt; 2</a>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    if element in _EMPTY:
        return Safe(f"<{element}{written}>")
    return Safe(f"<{element}{written}>{join(children)}</{element}>")


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value), quote=True)}"'


def join(children: Iterable[Child], between: str = "") -> Safe:
    """Put texts and markup one after the other; texts are escaped.

    >>> join(["a & b", Safe("<br>"), None, "c"])
    'a &amp; b<br>c'
    """
    return Safe(escaped(between).join(escaped(child) for child in children if child is not None))


def escaped(child: str) -> Safe:
    """Escape a text; markup stays as it is."""
    return child if isinstance(child, Safe) else Safe(html.escape(child, quote=True))


def script_data(text: str) -> Safe:
    """Write JSON so that it can stand in a ``script`` element: nothing in it can end the element or open a comment.

    >>> script_data('["</script>", "a & b"]')
    '["\\\\u003c/script\\\\u003e", "a \\\\u0026 b"]'
    """
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Safe(text)
