"""Two or three PostgreSQL servers under Patroni with one etcd, on this machine, made of deploy/postgresql/patroni.yml itself.

Everything lies in one folder, listens on 127.0.0.1 and runs as the unprivileged account that the embedded database uses too.
"""

import copy
import json
import os
import secrets
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import yaml
from psycopg import sql

from pasti.cli.binaries import Account
from pasti.cli.process import dies_with_parent
from pasti.cli.standins import free_port

TEMPLATE = Path(__file__).resolve().parents[2] / "deploy" / "postgresql" / "patroni.yml"
NETWORK, HERE = "10.0.0.0/28", "127.0.0.1/32"
LONGEST_SECONDS = 120.0

Process = subprocess.Popen[bytes]


@dataclass(kw_only=True)
class Node:
    """One server and its Patroni."""

    name: str
    port: int
    api: int
    folder: Path
    process: Process | None = None

    def state(self) -> dict[str, Any]:
        """What its Patroni says of it; empty when nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.api}/patroni", timeout=2) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as answer:  # 503, and the state all the same
            return dict(json.load(answer))
        except OSError:
            return {}

    def postmaster(self) -> int:
        """The number of its PostgreSQL's first process."""
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])


@dataclass(kw_only=True)
class Pair:
    """The servers, and how one reaches them."""

    folder: Path
    account: Account
    nodes: list[Node]
    etcd: int
    passwords: Mapping[str, str]
    started: list[Process] = field(default_factory=list)

    def url(self, role: str = "pasti", database: str = "pasti") -> str:
        """DATABASE_URL over all servers, whichever is primary."""
        places = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        rest = "target_session_attrs=read-write&sslmode=require"
        return f"postgresql://{role}:{self.passwords[role]}@{places}/{database}?{rest}"

    def primary(self) -> Node | None:
        """The server that is primary now, by Patroni's own word."""
        for node in self.nodes:
            said = node.state()
            if said.get("state") == "running" and said.get("role") in ("master", "primary"):
                return node
        return None

    def is_whole(self) -> bool:
        """Whether there is a primary and every other server is a streaming standby, one of them synchronous."""
        try:
            with psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2) as connection:
                found = [row[0] for row in connection.execute("SELECT sync_state FROM pg_stat_replication")]
        except psycopg.Error:
            return False
        return len(found) == len(self.nodes) - 1 and "sync" in found

    def waits_for(self, node: Node) -> bool:
        """Whether a commit waits for that standby; also while nobody can say."""
        try:
            with psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2) as connection:
                names = connection.execute("SHOW synchronous_standby_names").fetchall()[0][0]
        except psycopg.Error:
            return True
        return node.name in names

    def start(self, node: Node) -> None:
        """Start Patroni, which starts the server."""
        node.process = self._spawn(["/usr/bin/patroni", str(node.folder / "patroni.yml")], log=node.folder / "patroni.log")

    def kill(self, node: Node) -> None:
        """kill -9 of the server and of its Patroni, as if the machine had lost its power; the server's children follow it."""
        assert node.process is not None
        numbers = (node.process.pid, node.postmaster())
        for number in numbers:
            os.kill(number, signal.SIGKILL)
        node.process.wait()

    def stop(self) -> None:
        """End what was started, the last first."""
        for process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def _spawn(self, words: Sequence[str], *, log: Path) -> Process:
        passwords = {f"PATRONI_{name}_PASSWORD": self.passwords[role] for name, role in ACCOUNTS.items()}
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder), **passwords}
        with log.open("ab") as out:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.folder,
                env=environment,
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),
                **self.account.popen(),
            )
        self.started.append(process)
        return process

    def start_etcd(self) -> None:
        """One etcd, where an office has three."""
        client, peer = f"http://127.0.0.1:{self.etcd}", f"http://127.0.0.1:{free_port()}"
        urls = {"listen-client-urls": client, "advertise-client-urls": client, "listen-peer-urls": peer}
        urls |= {"initial-advertise-peer-urls": peer, "initial-cluster": f"one={peer}"}
        words = ["etcd", "--name", "one", "--data-dir", str(self.folder / "etcd"), "--logger", "zap"]
        self._spawn([*words, *(f"--{name}={value}" for name, value in urls.items())], log=self.folder / "etcd.log")


ACCOUNTS = {"SUPERUSER": "postgres", "REPLICATION": "replicator", "REWIND": "rewinder"}


@contextmanager
def pair(folder: Path, *, servers: int, strict: bool) -> Iterator[Pair]:
    """The servers, whole and with the office's empty database, in `folder`; ended afterwards."""
    account = Account.unprivileged()
    folder.mkdir(mode=0o755)
    account.own(folder)
    passwords = {role: secrets.token_urlsafe(18) for role in ("pasti", *ACCOUNTS.values())}
    nodes = [Node(name=f"db{n}", port=free_port(), api=free_port(), folder=folder / f"db{n}") for n in range(1, servers + 1)]
    made = Pair(folder=folder, account=account, nodes=nodes, etcd=free_port(), passwords=passwords)
    for node in nodes:
        _settle(made, node, strict=strict)
    try:
        made.start_etcd()
        for node in nodes:
            made.start(node)
            wait(lambda: made.primary() is not None, "a first primary")
        wait(made.is_whole, "the standby")
        _make_database(made)
        yield made
    finally:
        made.stop()


def _settle(made: Pair, node: Node, *, strict: bool) -> None:
    """Its folder with a certificate, and the configuration: the template with only addresses and places changed."""
    node.folder.mkdir(mode=0o700)
    made.account.own(node.folder)
    key, certificate = node.folder / "server.key", node.folder / "server.crt"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*words, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    settings = copy.deepcopy(yaml.safe_load(TEMPLATE.read_text()))
    settings["name"] = node.name
    settings["restapi"] = dict.fromkeys(("listen", "connect_address"), f"127.0.0.1:{node.api}")
    settings["etcd3"] = {"hosts": [f"127.0.0.1:{made.etcd}"]}
    settings["bootstrap"]["dcs"]["synchronous_mode_strict"] = strict
    server = settings["postgresql"]
    server |= dict.fromkeys(("listen", "connect_address"), f"127.0.0.1:{node.port}")
    server |= {"data_dir": str(node.folder / "data"), "pgpass": str(node.folder / "pgpass")}
    server["parameters"] |= {
        "ssl_cert_file": str(certificate),
        "ssl_key_file": str(key),
        "unix_socket_directories": str(node.folder),
        "shared_buffers": "64MB",
    }
    server["pg_hba"] = [line.replace(NETWORK, HERE) for line in server["pg_hba"]]
    written = node.folder / "patroni.yml"
    written.write_text(yaml.safe_dump(settings))
    for file in (key, certificate, written):
        file.chmod(0o600)
        made.account.own(file)


def _make_database(made: Pair) -> None:
    with psycopg.connect(made.url("postgres", "postgres"), autocommit=True) as connection:
        password = sql.Literal(made.passwords["pasti"])
        connection.execute(sql.SQL("CREATE ROLE pasti LOGIN PASSWORD {}").format(password))
        connection.execute("CREATE DATABASE pasti OWNER pasti")


def wait(question: Callable[[], bool], what: str, *, seconds: float = LONGEST_SECONDS) -> float:
    """Seconds until `question` is answered yes; RuntimeError when it is not in time."""
    began = time.monotonic()
    while not question():
        if time.monotonic() - began > seconds:
            raise RuntimeError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.1)
    return time.monotonic() - began
