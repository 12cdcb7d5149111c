"""The register's own mark on PostgreSQL: another value with each transaction that writes to a table of facts.

PostgreSQL tells of no table whether it has changed, and a snapshot's number moves with every commit of the whole
server: Prefect's, in the same one, come several a second. So a table of one row keeps a mark, and a trigger on each
table of facts gives it a new value before the first row of a transaction goes in. The new value is seen exactly when
the facts are, at the commit. Writers take turns at that row, from their first statement on: none commits between
another's write and its commit, and since all of them take it first, none waits for another in a circle.

The function runs as its owner: the application's role needs to select from the table, not to write to it.
"""

# ruff: noqa: S608 - the statements are made of our own names, and a trigger takes no parameters
from collections.abc import Iterable, Iterator

TABLE = "register_mark"
_FUNCTION = "mark_change"


def mark_and_function() -> Iterator[str]:
    """PostgreSQL's statements for the mark, and for what gives it a new value."""
    yield f"CREATE TABLE {TABLE} (one boolean PRIMARY KEY DEFAULT true CHECK (one), mark uuid NOT NULL)"
    yield f"INSERT INTO {TABLE} (mark) VALUES (gen_random_uuid())"
    yield f"""
CREATE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE %I.{TABLE} SET mark = gen_random_uuid()', TG_TABLE_SCHEMA);
    RETURN NULL;
END $$
"""


def marked(tables: Iterable[str]) -> Iterator[str]:
    """PostgreSQL's statements by which tables move the mark, where there is one: earlier migrations ask, too."""
    for table in tables:
        yield f"""
DO $$
BEGIN
    IF to_regproc('{_FUNCTION}') IS NOT NULL THEN
        CREATE TRIGGER {table}_marks_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}();
    END IF;
END $$
"""
