"""`pasti serve`: the whole office on one machine: database, tables, people, web, worker, and stand-ins for the outside."""

import argparse
import errno
import http.client
import os
import signal
import socket
import sys
from pathlib import Path

from pasti.cli import environment, named_database, opening, postgres, standins, web
from pasti.cli.binaries import PostgresError
from pasti.cli.supervisor import Child, NotNow, Process, Supervisor, command
from pasti.cli.tenancy import sole_tenant

FIRST_ANSWER_SECONDS = 60.0
LONGEST_PREPARATION_SECONDS = 600.0


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `serve`."""
    parser = commands.add_parser("serve", help="jalankan seluruh kantor di mesin ini; Ctrl-C menghentikannya")
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang didengarkan (bawaan: hanya mesin ini)")
    parser.add_argument("--port", type=web.port, default=8000)
    parser.add_argument("--no-demo", action="store_true", help="tanpa kantor peragaan")
    parser.set_defaults(run=run, needs="nothing")
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="folder data")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM. 1 when the folder or the port is taken, the database cannot start or nothing answers."""
    address = f"http://{args.host}:{args.port}"
    data = environment.prepare(args.data, base_url=address)
    with sole_tenant(data, address):
        if problem := _why_not(args.host, args.port):
            print(problem, file=sys.stderr)
            return 1
        return _open(args, data)


def _open(args: argparse.Namespace, data: Path) -> int:
    try:
        ground, ready = _ground(data)
    except PostgresError as reason:
        print(reason, file=sys.stderr)
        return 1
    supervisor = Supervisor(ground=ground)
    supervisor.listen()
    try:
        return _serve(supervisor, args, data, ready)
    finally:
        supervisor.stop()


def _serve(supervisor: Supervisor, args: argparse.Namespace, data: Path, ready: postgres.Cluster | None) -> int:
    if ready and not supervisor.wait_until(ready.answers, seconds=FIRST_ANSWER_SECONDS):
        return _gave_up(supervisor, ready.place / "server.log")
    if not _prepare(supervisor, data, demo=not args.no_demo):
        return _gave_up(supervisor, data / "logs" / "prepare.log")
    supervisor.children = _children(args, data)
    if not supervisor.wait_until(lambda: _answers(args.host, args.port), seconds=FIRST_ANSWER_SECONDS):
        return _gave_up(supervisor, data / "logs" / "web.log")
    _greet(data, demo=not args.no_demo)
    supervisor.run()
    return 0


def _gave_up(supervisor: Supervisor, log: Path) -> int:
    if supervisor.told_to_stop:
        return 0
    print(f"PASTI tidak dapat dijalankan. Sebabnya tertulis di {log}.", file=sys.stderr)
    return 1


def _why_not(host: str, port: int) -> str:
    """Why nothing of ours can listen there; empty when it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            if reason.errno != errno.EADDRINUSE:
                return f"Tidak dapat mendengarkan di {host}:{port} ({reason.strerror}). Pilih --host atau --port yang lain."
            other = port + 1 if port < web.LAST_PORT else port - 1
            return f"Porta {port} sudah dipakai. Pilih yang lain, misalnya: bin/serve --port {other}"
    return ""


def _ground(data: Path) -> tuple[list[Child], postgres.Cluster | None]:
    """The database as a child to keep, unless a server elsewhere is named."""
    if given := os.environ.get("DATABASE_URL"):
        named_database.require(given)
        return [], None
    cluster = postgres.cluster(data)
    os.environ["DATABASE_URL"] = cluster.url()

    def start() -> Process:
        try:
            return postgres.start(cluster)
        except postgres.AlreadyRunning as reason:  # a command's; ours takes over when that one ends
            raise NotNow(str(reason)) from reason

    return [Child(name="database", start=start, asks=postgres.STOP)], cluster


def _prepare(supervisor: Supervisor, data: Path, *, demo: bool) -> bool:
    """Tables and people, in a process of its own, so that the supervisor stays small."""
    words = [sys.executable, "-P", "-m", "pasti.cli", "--data", str(data), "prepare", *(["--demo"] if demo else [])]
    preparation = command("prepare", words, logs=data / "logs").start()
    done = supervisor.wait_until(lambda: preparation.poll() is not None, seconds=LONGEST_PREPARATION_SECONDS)
    if not done:
        preparation.terminate()
    return done and preparation.returncode == 0


def _children(args: argparse.Namespace, data: Path) -> list[Child]:
    logs = data / "logs"
    children = standins.needed(data)
    children.append(command("web", web.words(host=args.host, port=args.port, workers=2), logs=logs))
    worker = [sys.executable, "-P", "-m", "pasti.cli", "--data", str(data), "worker"]
    # Asked politely, it would wait half a minute for the database that has just ended with us. Its job goes back to the queue.
    children.append(command("worker", worker, logs=logs, orphaned=signal.SIGKILL))
    return children


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/sehat", headers={"Host": os.environ["PASTI_BASE_URL"].split("://")[1]})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _greet(data: Path, *, demo: bool) -> None:
    print(f"\nPASTI siap di {os.environ['PASTI_BASE_URL']}/    (Ctrl-C menghentikan semuanya)")
    print(f"Data dan catatan proses: {data}")
    if (data / "mail").exists():
        print(f"Surel tidak dikirim ke luar, melainkan disimpan di {data / 'mail'}")
    if (data / "messages").exists():
        print(f"SMS dan WhatsApp diperagakan di {os.environ['PASTI_MESSAGES_URL']}/")
    if not os.environ.get("PASTI_IMAP_URL"):
        print("Pengaduan lewat surel belum dibaca: PASTI_IMAP_URL belum diisi.")
    if demo:
        print("\nKantor peragaan, semua orangnya rekaan. Masuk dengan salah satu surel ini:")
        print((data / "demo.txt").read_text(), end="")
        print(f"Kata sandi untuk semuanya: {opening.demo_password(data)}")
        print(f"Passphrase kepala dinas untuk menandatangani: {opening.demo_passphrase(data)}")
    sys.stdout.flush()
