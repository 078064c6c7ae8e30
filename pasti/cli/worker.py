"""`pasti worker`: runs the errands that acts leave behind. It may end when the database restarts; keep it under a supervisor."""

import argparse

LOOK_EVERY_SECONDS = 1.0  # for errands; nobody calls the worker, see docs/decisions/0015


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `worker`."""
    parser = commands.add_parser("worker", help="kerjakan tugas-tugas latar belakang sampai dihentikan")
    parser.add_argument("--once", action="store_true", help="kerjakan yang ada, lalu selesai")
    parser.set_defaults(run=run, needs="tables")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop, or until nothing is left."""
    from django.core.management import call_command

    looking = {"listen_notify": False, "fetch_job_polling_interval": LOOK_EVERY_SECONDS}
    call_command("procrastinate", "worker", concurrency=2, wait=not args.once, verbosity=0, **looking)
    return 0
