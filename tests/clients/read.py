"""Prints views as reference.sql does, through psycopg2, psycopg or pyodbc.

Arguments: driver, schema, directory, views. Connects as PG* say.
"""
import datetime
import os
import struct
import sys

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
# Type numbers of pg_type, as psycopg reports them.
KINDS = {25: "text", 3802: "text", 21: "integer", 23: "integer", 20: "integer", 701: "float", 1082: "date", 1184: "time", 16: "boolean"}
CLASSES = {str: "text", int: "integer", float: "float", datetime.date: "date", datetime.datetime: "time", bool: "boolean"}


def connect(driver):
    """A connection, and what tells the kind of a column from its description."""
    e = os.environ
    if driver == "psycopg2":
        import psycopg2
        import psycopg2.extras

        psycopg2.extras.register_default_jsonb(globally=True, loads=lambda text: text)
        return psycopg2.connect(""), lambda column: KINDS[column.type_code]
    if driver == "psycopg":
        import psycopg
        import psycopg.types.json

        psycopg.types.json.set_json_loads(lambda data: data if isinstance(data, str) else bytes(data).decode())
        return psycopg.connect(""), lambda column: KINDS[column.type_code]
    import pyodbc

    connection = pyodbc.connect(
        "Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s;Uid=%s;Pwd=%s;BoolsAsChar=0;MaxVarcharSize=32767"
        % (e["PGHOST"], e["PGPORT"], e["PGDATABASE"], e["PGUSER"], e["PGPASSWORD"])
    )
    return connection, lambda column: CLASSES[column[1]]


def listed(driver, connection, schema):
    """The views of the schema as the driver's own catalogue call, or the standard one, lists them."""
    cursor = connection.cursor()
    if driver == "pyodbc":
        return {row.table_name for row in cursor.tables(schema=schema, tableType="VIEW")}
    cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s AND table_type = 'VIEW'", [schema])
    return {row[0] for row in cursor.fetchall()}


def text_of(kind, value):
    """One value in canonical form; a value of another class than the kind promises is an error."""
    if value is None:
        return "\\N"
    if CLASSES[type(value)] != kind:
        raise TypeError(f"{value!r} is a {type(value).__name__}, not {kind}")
    if kind == "text":
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    if kind == "integer":
        return str(value)
    if kind == "float":
        return struct.pack(">d", value).hex()
    if kind == "date":
        return value.isoformat()
    if kind == "time":
        # ODBC's timestamps have no zone: they are in the session's, which is UTC here.
        if value.tzinfo is None:
            value = value.replace(tzinfo=datetime.timezone.utc)
        return str((value - EPOCH) // datetime.timedelta(microseconds=1))
    return "t" if value else "f"


def main():
    driver, schema, directory, *views = sys.argv[1:]
    connection, kind_of = connect(driver)
    missing = set(views) - listed(driver, connection, schema)
    if missing:
        raise SystemExit("the driver does not list the views " + ", ".join(sorted(missing)))
    for view in views:
        cursor = connection.cursor()
        cursor.execute(f'SELECT * FROM "{schema}"."{view}"')
        kinds = [kind_of(column) for column in cursor.description]
        with open(os.path.join(directory, view), "w", encoding="utf-8", newline="\n") as out:
            print(*(f"{column[0]} {kind}" for column, kind in zip(cursor.description, kinds)), sep="\t", file=out)
            for row in cursor.fetchall():
                print(*(text_of(kind, value) for kind, value in zip(kinds, row)), sep="\t", file=out)


main()
