"""Which columns of which facts hold a person's name or address: what an officer's ruling may take out or put right.

`PERSONAL` were the first that may; every migration since names its own, and `persons` says what a ruling changes.

Everything else of a fact stays as it was recorded, and the database sees to that: an UPDATE is let through where a
ruling about that very fact is on record, and where it changes nothing but these columns.
"""

# ruff: noqa: S608 - the statements are made of our own table names, and a trigger takes no parameters
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from quarterday.adapters.register.append_only import REFUSED

PERSONAL: dict[str, tuple[str, ...]] = {
    "contact_changed": ("name", "email"),
    "reply_received": ("colleague_name", "colleague_email"),
    "upload_kept": ("said_name",),
}

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change_but_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV
       AND EXISTS (SELECT 1 FROM person_erased WHERE "table" = TG_TABLE_NAME AND fact = OLD.key) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
END $$
"""


def let_persons_out(
    dialect: str, columns: dict[str, list[str]], personal: Mapping[str, tuple[str, ...]] = MappingProxyType(PERSONAL)
) -> Iterator[str]:
    """The statements that put these triggers in the place of those that refuse every change.

    `columns` names every column of each table, `personal` those of them that a ruling may change.
    """
    if dialect == "postgresql":
        yield _POSTGRESQL_FUNCTION
    for table, every in columns.items():
        may_change = personal[table]
        yield from _sqlite(table, every, may_change) if dialect == "sqlite" else _postgresql(table, may_change)


def _sqlite(table: str, every: list[str], personal: tuple[str, ...]) -> Iterator[str]:
    same = " AND ".join(f'NEW."{each}" IS OLD."{each}"' for each in every if each not in personal)
    ruled = f"EXISTS (SELECT 1 FROM person_erased WHERE \"table\" = '{table}' AND fact = OLD.key)"
    yield f"DROP TRIGGER {table}_refuses_update"
    yield (
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} WHEN NOT ({same} AND {ruled}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _postgresql(table: str, personal: tuple[str, ...]) -> Iterator[str]:
    named = ", ".join(f"'{each}'" for each in personal)
    yield f"DROP TRIGGER {table}_refuses_change ON {table}"
    yield (
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change_but_of_person({named})"
    )
