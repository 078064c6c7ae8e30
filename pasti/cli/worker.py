"""`pasti worker`: runs the errands that acts leave behind. It may end when the database restarts; keep it under a supervisor."""

import argparse
import sys

LOOK_EVERY_SECONDS = 1.0  # for errands; nobody calls the worker, see docs/decisions/0015
WAIT_SECONDS = 4.0  # for a connection; then it ends and is started again, rather than pausing ever longer, see settings.py


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `worker`."""
    parser = commands.add_parser("worker", help="kerjakan tugas-tugas latar belakang sampai dihentikan")
    parser.add_argument("--once", action="store_true", help="kerjakan yang ada, lalu selesai")
    parser.set_defaults(run=run, needs="tables")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop, or until nothing is left; 1 when the database is lost."""
    import asyncio

    from procrastinate.exceptions import ProcrastinateException

    try:
        asyncio.run(_work(wait=not args.once))
    except ProcrastinateException as lost:
        print(lost, lost.__cause__ or "", file=sys.stderr)
        return 1
    return 0


async def _work(*, wait: bool) -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    connector = PsycopgConnector(kwargs=connector_params(), timeout=WAIT_SECONDS, reconnect_timeout=WAIT_SECONDS)
    with app.replace_connector(connector) as ours:
        async with ours.open_async():
            await ours.run_worker_async(
                concurrency=2, wait=wait, listen_notify=False, fetch_job_polling_interval=LOOK_EVERY_SECONDS
            )
