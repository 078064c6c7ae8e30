"""`pasti manage …`: Django's own commands with the office's environment and database, for whoever develops PASTI."""

import argparse


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `manage`."""
    parser = commands.add_parser("manage", help="perintah Django, misalnya: manage makemigrations")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run, needs="database")


def run(args: argparse.Namespace) -> int:
    """Run it."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["pasti manage", *args.words])
    return 0
