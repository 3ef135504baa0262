"""From the law of a day to one query over everybody: DuckDB, Spark and PostgreSQL from one tree."""
