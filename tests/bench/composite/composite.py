# The same arithmetic in pandas, the transfer from the database counted.
import os
import time
import pandas
import psycopg2

connection = psycopg2.connect(dbname="postgres")
connection.autocommit = True
cursor = connection.cursor()


def query(sql):
    cursor.execute(sql)
    return pandas.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


node = query("SELECT code, parent, weight, direction FROM node").set_index("code")


def read():
    return query("SELECT unit, code, value FROM fact").pivot(index="unit", columns="code", values="value")


def weighted(frame, weights):
    return (frame * weights).sum(axis=1) / (frame.notna() * weights).sum(axis=1)


def index(wide):
    leaf = node.loc[wide.columns]
    low, high = wide.min(), wide.max()
    score = 100 * (wide - low) / (high - low)
    down = leaf.index[leaf["direction"] == "down"]
    score[down] = 100 - score[down]
    category = {p: weighted(score[g.index], g["weight"]) for p, g in leaf.groupby("parent")}
    category = pandas.DataFrame(category)
    return weighted(category, node.loc[category.columns, "weight"])


wide = read()
for name, work in (("pandas: frame in memory", lambda: index(wide)), ("pandas: read from the database", lambda: index(read()))):
    for _ in range(int(os.environ["RUNS"])):
        begun = time.perf_counter()
        work()
        cursor.execute("INSERT INTO measured VALUES (%s, %s)", (name, 1000 * (time.perf_counter() - begun)))
for unit, score in index(wide).items():
    cursor.execute("INSERT INTO score VALUES ('pandas', %s, %s)", (int(unit), float(score)))
