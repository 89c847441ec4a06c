"""The border file that comes with the program: load it, and check that it is the one that was built."""

from __future__ import annotations

import functools
import hashlib
import io
import tomllib
from importlib import resources
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon

from skywitness.core.errors import DataError
from skywitness.core.text import say

BORDERS = "borders_10m"


def read_table(name: str) -> dict[str, Any]:
    """Read a TOML file of this room.  Raises ``DataError`` when it is missing or is no TOML."""
    try:
        return tomllib.loads(read_bytes(name).decode("utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise DataError("bad_data", say("This data file cannot be read: {why}.", why=str(error)), name) from error


@functools.cache
def natural_earth() -> dict[str, MultiPolygon]:
    """Load all areas of the border file by their code.  Raises ``DataError`` if it is not the file that was built."""
    raw = read_bytes(f"{BORDERS}.npz")
    about = read_table(f"{BORDERS}.toml")
    if hashlib.sha256(raw).hexdigest() != about["output_sha256"]:
        raise DataError(
            "bad_borders",
            say("the border file is not the one its description names: build it anew with scripts/build_borders.py"),
            f"{BORDERS}.npz",
        )
    with np.load(io.BytesIO(raw), allow_pickle=False) as packed:
        coords = np.ascontiguousarray(np.cumsum(packed["steps"], axis=1).T) / round(1.0 / about["step_deg"])
        offsets = packed["rings"], packed["parts"], packed["features"]
        shapes = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, coords, offsets)
        return {str(code): shape for code, shape in zip(packed["codes"], shapes, strict=True)}


@functools.cache
def area_names() -> dict[str, str]:
    """Name all areas of the border file, and the parts that can be cut out of them, by their code."""
    with np.load(io.BytesIO(read_bytes(f"{BORDERS}.npz")), allow_pickle=False) as packed:
        names = {str(code): str(name) for code, name in zip(packed["codes"], packed["names"], strict=True)}
    return {**names, **{row["code"]: row["name"] for row in read_table("parts_10m.toml")["part"]}}


def read_bytes(name: str) -> bytes:
    """Read a data file of this room."""
    return resources.files("skywitness.geo").joinpath("data", name).read_bytes()
