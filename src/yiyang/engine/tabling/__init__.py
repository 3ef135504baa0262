"""Tables as offices send them: workbooks, CSV, JSON. The file is taken to be hostile and half right."""

from yiyang.engine.tabling.lines import BadFile, Cell, Fault, Line, Table
from yiyang.engine.tabling.opening import Format, format_of, open_table

__all__ = ["BadFile", "Cell", "Fault", "Format", "Line", "Table", "format_of", "open_table"]
