"""Whole columns of numbers to PostgreSQL: binary arrays, no text on either side, no staging table."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import psycopg
from django.db import connection
from psycopg.adapt import Dumper
from psycopg.pq import Format

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Kind(IntEnum):
    """Types of PostgreSQL that are whole numbers on the wire, by their number there."""

    BIGINT = 20
    INTEGER = 23
    DATE = 1082  # days since EPOCH
    TIMESTAMPTZ = 1184  # microseconds since EPOCH


EPOCH = np.datetime64("2000-01-01")
_WIDTHS = {Kind.BIGINT: 8, Kind.INTEGER: 4, Kind.DATE: 4, Kind.TIMESTAMPTZ: 8}


class Column:
    """One array of whole numbers, none missing, as the server reads it: each with its length before it."""

    def __init__(self, kind: Kind, values: NDArray[np.integer]) -> None:
        width = _WIDTHS[kind]
        cells = np.empty(len(values), dtype=[("length", ">i4"), ("value", f">i{width}")])
        cells["length"], cells["value"] = width, values
        # One dimension, no nulls, type of the elements, how many, numbered from 1.
        self.raw = struct.pack(">iiIii", 1, 0, kind, len(values), 1) + cells.tobytes()


def days(values: NDArray[np.datetime64]) -> Column:
    return Column(Kind.DATE, (values - EPOCH).astype("timedelta64[D]").astype(np.int64))


def moments(values: NDArray[np.datetime64]) -> Column:
    """UTC, as Arrow and NumPy keep them."""
    return Column(Kind.TIMESTAMPTZ, (values - EPOCH).astype("timedelta64[us]").astype(np.int64))


class _ColumnDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Column) -> bytes:
        return obj.raw


def run_with(query: str, values: Sequence[Column | list[str]]) -> None:
    """Execute one statement with columns as parameters, in the transaction and scope that are open."""
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    # Django's own cursors write parameters into the text; this one sends them beside it.
    with psycopg.Cursor(raw) as cursor:
        cursor.adapters.register_dumper(Column, _ColumnDumper)
        cursor.execute(query.encode(), values)
