"""The lean peer: FastAPI and asyncpg on the same tables, with no login, no rules and no log.

It reads and writes what the service reads and writes, by the fewest statements that do it. The database is a copy of
the service's own, named by PEER_DATABASE.
"""

import datetime
import os
from contextlib import asynccontextmanager

import asyncpg
import orjson
from fastapi import FastAPI, Request, Response

EPOCH = datetime.date(1970, 1, 1)
WINDOW = 28


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.pool = await asyncpg.create_pool(os.environ["PEER_DATABASE"], min_size=8, max_size=8)
    async with app.pool.acquire() as connection:
        app.centres = {r["code"]: r["id"] for r in await connection.fetch("SELECT id, code FROM centre")}
        app.items = {r["sku"]: r["id"] for r in await connection.fetch("SELECT id, sku FROM item")}
    yield
    await app.pool.close()


app = FastAPI(lifespan=lifespan, openapi_url=None)


def answer(value, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")

POSITIONS = """
    SELECT i.sku, sum(b.quantity)::bigint AS "onHand", max(b.reported_day) AS reported,
      sum(b.quantity) FILTER (WHERE l.expiry IS NULL OR l.expiry >= $2)::bigint AS usable,
      (SELECT -sum(m.quantity)::bigint FROM stock_movement m
        WHERE m.centre_id = $1 AND m.item_id = i.id AND m.reason = 'use' AND m.day >= $3) AS used
    FROM (%s) i JOIN stock_balance b ON b.centre_id = $1 AND b.item_id = i.id JOIN lot l ON l.id = b.lot_id
    GROUP BY i.id, i.sku ORDER BY i.sku
"""
PAGE = POSITIONS % """
    SELECT i.id, i.sku FROM item i
    WHERE i.sku > $4 AND EXISTS (SELECT 1 FROM stock_balance b WHERE b.centre_id = $1 AND b.item_id = i.id)
    ORDER BY i.sku LIMIT $5
"""
ONE = POSITIONS % "SELECT i.id, i.sku FROM item i WHERE i.sku = $4"


def number(day: str) -> int:
    return (datetime.date.fromisoformat(day) - EPOCH).days


def shown(row, centre: str, today: int) -> dict:
    position = dict(row)
    used = position["used"]
    position["centre"] = centre
    position["coverDays"] = position["usable"] * WINDOW // used if used else None
    position["ageDays"] = today - position["reported"] if position["reported"] is not None else None
    return position


@app.get("/v1/stock/positions")
async def positions(centre: str, day: str, limit: int = 50, after: str = ""):
    today = number(day)
    rows = await app.pool.fetch(
        PAGE, app.centres[centre], today, today - WINDOW + 1, after, limit)
    return answer([shown(row, centre, today) for row in rows])


@app.get("/v1/centres/{centre}/stock/{sku}")
async def position(centre: str, sku: str, day: str):
    today = number(day)
    rows = await app.pool.fetch(ONE, app.centres[centre], today, today - WINDOW + 1, sku)
    return answer([shown(row, centre, today) for row in rows])


REPORT = """
    WITH entry AS (
      INSERT INTO stock_entry (centre_id, day, recorded_at, actor, document) VALUES ($1, $2, $3, 'peer', $4)
      RETURNING id
    ), report AS (
      INSERT INTO stock_report (id, centre_id, report_key, origin, digest, lines)
      SELECT id, $1, $4, 'interface', '', $5 FROM entry
    ), line AS (
      SELECT * FROM unnest($6::bigint[], $7::bigint[], $8::bigint[]) WITH ORDINALITY AS t(item, counted, used, line)
    ), balance AS (
      SELECT l.*, b.lot_id, b.quantity FROM line l
      JOIN stock_balance b ON b.centre_id = $1 AND b.item_id = l.item
    ), kept AS (
      INSERT INTO stock_report_line (report_id, item_id, lot_number, line, counted, used)
      SELECT entry.id, item, '', line, counted, used FROM line, entry
    ), moved AS (
      INSERT INTO stock_movement (centre_id, entry_id, line, reason, item_id, lot_id, day, quantity)
      SELECT $1, entry.id, line, 'use', item, lot_id, $2, -used FROM balance, entry
      UNION ALL
      SELECT $1, entry.id, line, 'count', item, lot_id, $2, counted - quantity + used FROM balance, entry
    )
    UPDATE stock_balance b SET quantity = l.counted, last_day = $2, reported_day = $2
    FROM balance l WHERE b.centre_id = $1 AND b.item_id = l.item AND b.lot_id = l.lot_id
"""


@app.post("/v1/stock/reports")
async def report(request: Request):
    sent = await request.json()
    lines = sent["lines"]
    items = [app.items[line["item"]] for line in lines]
    moment = int(datetime.datetime.now(datetime.timezone.utc).timestamp() * 1000)
    async with app.pool.acquire() as connection, connection.transaction():
        await connection.execute(
            REPORT, app.centres[sent["centre"]], number(sent["day"]), moment, sent["report"], len(lines), items,
            [line["counted"] for line in lines], [line["used"] for line in lines])
    return answer({"report": sent["report"], "lines": len(lines)}, 201)


LINES = """
    SELECT o.id, o.item_id, o.pack_units, (
      SELECT t.price FROM offer_tier t WHERE t.offer_id = o.id AND t.from_packs <= a.packs
      ORDER BY t.from_packs DESC LIMIT 1) AS price
    FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS a(item, packs, line)
    JOIN supplier_offer o ON o.item_id = a.item ORDER BY a.line
"""


@app.post("/v1/orders")
async def order(request: Request):
    sent = await request.json()
    rows = sent["rows"]
    items = [app.items[row["sku"]] for row in rows]
    packs = [row["packs"] for row in rows]
    places = list(range(1, len(rows) + 1))
    async with app.pool.acquire() as connection, connection.transaction():
        offers = await connection.fetch(LINES, items, packs)
        costs = [offer["price"] * count for offer, count in zip(offers, packs)]
        units = sum(offer["pack_units"] * count for offer, count in zip(offers, packs))
        made = await connection.fetchval(
            """INSERT INTO purchase_order (number, key, supplier_id, lot_id, state, ordered_on, goods, freight, units,
                 drawn_value, drawn_quantity)
               VALUES ($1, $1, 1, 1, 'draft', $2, $3, 0, $4, 0, 0) RETURNING id""",
            sent["key"], (datetime.date.today() - EPOCH).days, sum(costs), units)
        await connection.execute(
            """INSERT INTO order_line (order_id, line, offer_id, item_id, packs, pack_units, cost)
               SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])""",
            made, places, [o["id"] for o in offers], items, packs, [o["pack_units"] for o in offers], costs)
        await connection.execute(
            """INSERT INTO order_share (order_id, line, centre_id, packs, cost)
               SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])""",
            made, places, [app.centres[row["centre"]] for row in rows], packs, costs)
    return answer({"order": made, "lines": len(rows), "goods": sum(costs)}, 201)
