"""Prints views as reference.sql does, through LibreOffice's own PostgreSQL driver, in an office that listens on a pipe.

Arguments: pipe, schema, directory, views. Connects as PG* say.
"""
import datetime
import os
import struct
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

# com.sun.star.sdbc.DataType
KINDS = {12: "text", -1: "text", 5: "integer", 4: "integer", -5: "integer", 8: "float", 91: "date", -7: "boolean", 16: "boolean"}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def office(pipe):
    """The context of the office, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(1200):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # not up yet
            time.sleep(0.5)
    raise SystemExit("the office does not answer")


def text_of(kind, row, i):
    """Column i of the row in canonical form."""
    if kind == "text":
        value = row.getString(i)
        text = value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    elif kind == "integer":
        text = str(row.getLong(i))
    elif kind == "float":
        text = struct.pack(">d", row.getDouble(i)).hex()
    elif kind == "date":
        d = row.getDate(i)
        text = f"{d.Year:04}-{d.Month:02}-{d.Day:02}"
    elif kind == "time":
        # The driver has no kind for an instant and gives the text; its zone is the session's.
        value = row.getString(i)
        moment = datetime.datetime.fromisoformat(value + ":00") if value else EPOCH
        text = str((moment - EPOCH) // datetime.timedelta(microseconds=1))
    else:
        text = "t" if row.getBoolean(i) else "f"
    return "\\N" if row.wasNull() else text


def main():
    pipe, schema, directory, *views = sys.argv[1:]
    context = office(pipe)
    e = os.environ
    login = tuple(PropertyValue(Name=name, Value=value) for name, value in (("user", e["PGUSER"]), ("password", e["PGPASSWORD"])))
    manager = context.ServiceManager.createInstanceWithContext("com.sun.star.sdbc.DriverManager", context)
    connection = manager.getConnectionWithInfo(
        f"sdbc:postgresql:host={e['PGHOST']} port={e['PGPORT']} dbname={e['PGDATABASE']}", login
    )
    tables = connection.getMetaData().getTables(None, schema, "%", ("VIEW",))
    listed = set()
    while tables.next():
        listed.add(tables.getString(3))
    missing = set(views) - listed
    if missing:
        raise SystemExit("the driver does not list the views " + ", ".join(sorted(missing)))
    for view in views:
        rows = connection.createStatement().executeQuery(f'SELECT * FROM "{schema}"."{view}"')
        columns = rows.getMetaData()
        numbers = range(1, columns.getColumnCount() + 1)
        kinds = [
            "time" if columns.getColumnTypeName(i) == "timestamptz" else KINDS[columns.getColumnType(i)] for i in numbers
        ]
        with open(os.path.join(directory, view), "w", encoding="utf-8", newline="\n") as out:
            print(*(f"{columns.getColumnName(i)} {kind}" for i, kind in zip(numbers, kinds)), sep="\t", file=out)
            while rows.next():
                print(*(text_of(kind, rows, i) for i, kind in zip(numbers, kinds)), sep="\t", file=out)
    connection.close()


main()
