"""The service beside the lean peer, over HTTP, on one PostgreSQL, in one run: rates, waits and memory as ratios.

    measure.py --program .build/release/procure --peer .build/peer/bin/python [--rounds 3] [--seconds 5]

TEST_DATABASE_URL names the server. Both work on copies of the same network: 20 centres with 5,000 items each, reported
twice, and 200 items on offer under one lot. wrk sends; the two take turns.
"""

import argparse
import concurrent.futures
import datetime
import glob
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

FOLDER = os.path.dirname(os.path.abspath(__file__))
CENTRES = 20
OFFERED = 200
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
KINDS = ["list", "position", "report", "order"]
DURABLE = [
    "fsync = on", "synchronous_commit = on", "full_page_writes = on", "max_wal_size = '4GB'", "random_page_cost = 1.1",
    "jit = off"]


def day(ago: int) -> str:
    return str(TODAY - datetime.timedelta(days=ago))


class Network:
    """The made-up network's tables. Item j of centre i: 20 + (7 i + 3 j) mod 40 used a week."""

    def __init__(self, items: int, folder: str):
        self.items, self.folder = items, folder

    def write(self, name: str, head: str, rows) -> str:
        path = f"{self.folder}/{name}.csv"
        with open(path, "w") as file:
            file.write(head + "\n")
            file.writelines(row + "\n" for row in rows)
        return path

    def centres(self) -> str:
        return self.write(
            "centres",
            "code,organisation_code,organisation,name,kind,city,department_code,region,latitude,longitude",
            (f"c{i},network,The network,Centre {i},hospital_site,City {i},69,Region,{45 + i / 10:.2f},{4 + i / 10:.2f}"
             for i in range(1, CENTRES + 1)))

    def articles(self) -> str:
        return self.write(
            "items", "sku,name_fr,name_en,base_unit,criticality,storage,certainty",
            (f"ITEM-{j:05},Article {j},Item {j},{{each}},standard,ambient,made up" for j in range(1, self.items + 1)))

    @staticmethod
    def lines(centre: int, items: int, week: int):
        for j in range(1, items + 1):
            used = 20 + (7 * centre + 3 * j) % 40
            yield f"ITEM-{j:05},{600 - week * used + 30 * ((centre + j) % 11)},{used}"

    def reports(self, ago: int, week: int) -> str:
        return self.write(
            f"reports-{week}", "centre,day,item,counted,used",
            (f"c{i},{day(ago)},{line}" for i in range(1, CENTRES + 1) for line in self.lines(i, self.items, week)))

    def agreement(self) -> dict:
        span = f"{TODAY.year - 1}-01-01,{TODAY.year + 1}-12-31"
        return {
            "suppliers": self.write("suppliers", "code,name,country", ["s,Supplier,FR"]),
            "agreements": self.write(
                "agreements", "reference,title,starts_on,ends_on,payment_days", [f"A,A,{span},30"]),
            "lots": self.write(
                "lots", "agreement_reference,lot,title,allocation_rule,limit_kind,maximum",
                ["A,1,L,sole,value,1000000000000"]),
            "holders": self.write("holders", "agreement_reference,lot,supplier_code,rank", ["A,1,s,1"]),
            "offers": self.write(
                "offers",
                "code,supplier_code,agreement_reference,lot,sku,pack_base_units,lead_time_days,valid_from,valid_until,"
                "tier_kind",
                (f"o{j},s,A,1,ITEM-{j:05},100,7,{span},all_units" for j in range(1, OFFERED + 1))),
            "tiers": self.write(
                "tiers", "offer_code,from_packs,price_cents_per_pack",
                (f"o{j},{packs},{price}" for j in range(1, OFFERED + 1)
                 for packs, price in ((1, 1000), (50, 900), (500, 800)))),
        }


class Service:
    """A server under load: its processes, its address, and the token that it wants."""

    def __init__(self, name: str, command: list, environment: dict, token: str, ready: str):
        self.name, self.token = name, token
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [part.replace("PORT", str(self.port)) for part in command]
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urllib.request.urlopen(urllib.request.Request(self.url(ready), headers=self.headers()), timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{name} does not answer")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def headers(self) -> dict:
        return {"Authorization": f"Bearer {self.token}"}

    def start(self, kind: str, connections: int, seconds: int, run: str, items: int) -> subprocess.Popen:
        environment = {
            **os.environ, "KIND": kind, "TOKEN": self.token, "DAY": day(0), "ITEMS": str(items),
            "CENTRES": str(CENTRES), "RUN": run}
        return subprocess.Popen(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency",
             "-s", f"{FOLDER}/requests.lua", self.url("")],
            env=environment, stdout=subprocess.PIPE, text=True)

    @staticmethod
    def result(running: subprocess.Popen) -> dict:
        output = running.communicate()[0]
        lines = [line for line in output.splitlines() if line.startswith("RESULT ")]
        if not lines:
            raise SystemExit(f"wrk said: {output}")
        found = json.loads(lines[0].removeprefix("RESULT "))
        if found["broken"] or found["refused"]:
            raise SystemExit(f"requests failed: {found}")
        return {"rate": found["requests"] / found["microseconds"] * 1e6, "p50": found["p50"], "p99": found["p99"]}

    def load(self, kind: str, connections: int, seconds: int, run: str, items: int) -> dict:
        return self.result(self.start(kind, connections, seconds, run, items))

    def processes(self) -> list:
        found, seen = [self.process.pid], []
        while found:
            process = found.pop()
            seen.append(process)
            for path in glob.glob(f"/proc/{process}/task/*/children"):
                with open(path) as file:
                    found += [int(child) for child in file.read().split()]
        return seen

    def memory(self) -> float:
        """Proportional set size of the process and those it started, in MiB."""
        total = 0
        for process in self.processes():
            with open(f"/proc/{process}/smaps_rollup") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        return total / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Bench:
    def __init__(self, options, folder: str):
        self.options, self.folder = options, folder
        self.server = os.environ["TEST_DATABASE_URL"]
        self.ours, self.theirs = self.database("http_ours"), self.database("http_peer")

    def database(self, name: str) -> str:
        return self.server.replace("/postgres?", f"/{name}?")

    def psql(self, *statements: str):
        for statement in statements:
            subprocess.run(["psql", "-q", self.server, "-c", statement], check=True)

    def procure(self, *words: str) -> str:
        return subprocess.run(
            [self.options.program, *words, "--database", self.ours], check=True, text=True, stdout=subprocess.PIPE,
            stderr=None).stdout

    def prepare(self) -> str:
        """Makes the network, copies it for the peer, and returns the token of a user who may do all of it."""
        network = Network(self.options.items, self.folder)
        # The throw-away server does not wait for its disk and plans for a slow one; this is what a database in use has.
        self.psql(*(f"ALTER SYSTEM SET {setting}" for setting in DURABLE), "SELECT pg_reload_conf()")
        self.psql("CREATE DATABASE http_ours")
        self.procure("database", "migrate")
        self.procure("centre", "import", network.centres())
        self.procure("item", "import", network.articles())
        self.procure("stock", "report", network.reports(8, 0))
        self.procure("stock", "report", network.reports(1, 1))
        tables = network.agreement()
        self.procure("supplier", "import", tables["suppliers"])
        self.procure("agreement", "import", tables["agreements"])
        self.procure("agreement", "import-lots", tables["lots"], "--holders", tables["holders"])
        self.procure("offer", "import", tables["offers"], "--tiers", tables["tiers"])
        self.procure("user", "save", "bench", "--role", "administrator", "--role", "buyer")
        token = json.loads(self.procure("token", "create", "bench", "bench", "--format", "json"))["secret"]
        self.fill(token)
        self.psql("CREATE DATABASE http_peer TEMPLATE http_ours")
        for database in (self.ours, self.theirs):
            subprocess.run(["psql", "-q", database, "-c", "VACUUM ANALYZE"], check=True)
        self.psql("CHECKPOINT")
        return token

    def fill(self, token: str):
        """A second of reports and of orders: a database plans badly for tables that were empty when it planned."""
        server = self.serve(token)
        try:
            for kind in ("report", "order"):
                server.load(kind, 4, 1, f"fill-{kind}", self.options.items)
        finally:
            server.stop()

    def serve(self, token: str) -> Service:
        return Service(
            "procure",
            [self.options.program, "serve", "--port", "PORT", "--rate", "1000000", "--burst", "1000000", "--database",
             self.ours],
            {}, token, "/ready")

    def peer(self) -> Service:
        command = [
            self.options.peer, "-m", "uvicorn", "peer:app", "--app-dir", FOLDER, "--port", "PORT", "--workers", "2",
            "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
        return Service(
            "peer", command, {"PEER_DATABASE": self.theirs}, "none", f"/v1/stock/positions?centre=c1&day={day(0)}")

    def compare(self, ours: Service, theirs: Service):
        rows = {}
        for kind in KINDS:
            found = {ours: [], theirs: []}
            for place in range(self.options.rounds):
                for service in (ours, theirs):
                    run = f"{service.name}-{kind}-{place}"
                    found[service].append(service.load(kind, 16, self.options.seconds, run, self.options.items))
            rows[kind] = {
                service.name: {name: statistics.median(one[name] for one in found[service]) for name in found[service][0]}
                for service in found}
            one, other = rows[kind]["procure"], rows[kind]["peer"]
            print(
                f"{kind:9} {one['rate']:7.0f} /s  p50 {one['p50'] / 1000:6.1f} ms  p99 {one['p99'] / 1000:6.1f} ms"
                f" | peer {other['rate']:7.0f} /s  p50 {other['p50'] / 1000:6.1f} ms  p99 {other['p99'] / 1000:6.1f} ms"
                f" | rate x{one['rate'] / other['rate']:.2f}  p99 x{one['p99'] / other['p99']:.2f}", flush=True)

    def floor(self):
        """The peer's report without a server for it: what PostgreSQL writes by itself, asked as fast as it answers."""
        script = f"{self.folder}/floor.sql"
        values = {
            "$1": "CAST(:centre AS bigint)", "$2": str((TODAY - datetime.date(1970, 1, 1)).days), "$3": "0", "$5": "50",
            "$4": "'floor-' || :client_id || '-' || clock_timestamp()",
            "unnest($6::bigint[], $7::bigint[], $8::bigint[])":
                "(SELECT i, CAST(random() * 900 AS bigint), CAST(random() * 40 AS bigint)"
                " FROM generate_series(CAST(:first AS bigint), :first + 49) i) s(item, counted, used)"}
        statement = re.search('REPORT = """(.*?)"""', open(f"{FOLDER}/peer.py").read(), re.S).group(1)
        statement = statement.replace(" WITH ORDINALITY AS t(item, counted, used, line)", "")
        statement = statement.replace("SELECT * FROM unnest", "SELECT *, row_number() OVER () AS line FROM unnest")
        for name, value in values.items():
            statement = statement.replace(name, value)
        with open(script, "w") as file:
            file.write(
                f"\\set centre random(1, {CENTRES})\n\\set first random(1, {self.options.items - 50})\n"
                + " ".join(statement.split()) + ";\n")
        output = subprocess.run(
            ["pgbench", "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", str(self.options.seconds), "-f", script,
             self.theirs], check=True, text=True, stdout=subprocess.PIPE).stdout
        rate = float(re.search(r"tps = ([0-9.]+)", output).group(1))
        print(f"floor     {rate:7.0f} /s reports that PostgreSQL writes by itself", flush=True)

    def hundred(self, services):
        for service in services:
            service.load("list", 100, self.options.seconds, f"{service.name}-hundred", self.options.items)
            print(f"memory    {service.name}: {service.memory():.0f} MiB after 100 connections", flush=True)

    def day_of_reports(self, ours: Service):
        """Twenty centres send their day's report, four at a time."""
        def send(centre: int):
            body = "item,counted,used\n" + "\n".join(Network.lines(centre, self.options.items, 2))
            request = urllib.request.Request(
                ours.url(f"/v1/stock/reports?centre=c{centre}&day={day(0)}&key=day"), body.encode(),
                {**ours.headers(), "Content-Type": "text/csv"})
            with urllib.request.urlopen(request, timeout=600) as response:
                response.read()

        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(send, range(1, CENTRES + 1)))
        taken = time.monotonic() - begun
        lines = CENTRES * self.options.items
        print(f"day       {CENTRES} reports of {self.options.items} lines in {taken:.1f} s, {lines / taken:.0f} lines/s")

    def replicas(self, token: str, ours: Service):
        """The same load on one server, and half of it on each of two."""
        second = self.serve(token)
        try:
            for kind in ("list", "report"):
                def rate(servers, run):
                    running = [
                        server.start(kind, 16 // len(servers), self.options.seconds, f"{run}-{place}", self.options.items)
                        for place, server in enumerate(servers)]
                    return sum(Service.result(one)["rate"] for one in running)

                alone = rate([ours], f"alone-{kind}")
                both = rate([ours, second], f"both-{kind}")
                print(f"replicas  {kind}: one {alone:.0f} /s, two {both:.0f} /s, x{both / alone:.2f}", flush=True)
        finally:
            second.stop()

    def run(self):
        token = self.prepare()
        ours, theirs = self.serve(token), self.peer()
        try:
            print(f"memory    procure: {ours.memory():.0f} MiB, peer: {theirs.memory():.0f} MiB at the start")
            self.compare(ours, theirs)
            self.hundred([ours, theirs])
            theirs.stop()
            self.floor()
            self.replicas(token, ours)
            self.day_of_reports(ours)
        finally:
            theirs.stop()
            ours.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--items", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Bench(options, folder).run()


if __name__ == "__main__":
    sys.exit(main())
