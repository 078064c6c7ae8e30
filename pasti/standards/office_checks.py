"""What must hold in the office's file: hours that make a day, each weekday, district and watcher once (51.3, 51.1.A.4)."""

import re

from pasti.domain.roles import DESK_ROLES
from pasti.standards.faults import Parts
from pasti.standards.office import HoursShape, WatchShape
from pasti.standards.tree import Tree


def check_office(tree: Tree, found: Parts) -> None:
    """Note every fault of the hours and of the districts' codes."""
    weekdays: set[int] = set()
    for index, hours in enumerate(found.get("hours", ())):
        if hours is not None:
            _check_hours(tree, index, hours, weekdays)
    region = found.get("regency_code", "")
    for code in found.get("districts", {}):
        if region and not re.fullmatch(rf"{re.escape(region)}\.[0-9]{{2}}", code):
            tree.problem(("districts", code), f"kode kecamatan {code} tidak berbentuk {region}.NN.")
    if "watch" in found:
        _check_watch(tree, found["watch"])


def _check_watch(tree: Tree, watch: WatchShape) -> None:
    """Only people of the office, each once, or a message reaches nobody or somebody twice."""
    for name in ("warned_too", "told_of_lapse", "ladder"):
        roles = getattr(watch, name)
        for index, role in enumerate(roles):
            here = ("watch", name, index)
            if role not in DESK_ROLES:
                tree.problem(here, f"peran {role} tidak membuka berkas permohonan; pilih {', '.join(sorted(DESK_ROLES))}.")
            elif role in roles[:index]:
                tree.problem(here, f"peran {role} sudah ada di {name}; hapus salah satunya.")


def _check_hours(tree: Tree, index: int, hours: HoursShape, weekdays: set[int]) -> None:
    if hours.value().minutes <= 0:
        tree.problem(("hours", index), "jam kerja sehari harus lebih dari 0 menit; periksa opens, closes, dan break_minutes.")
    if hours.break_minutes and not hours.opens <= hours.break_starts < hours.closes:
        tree.problem(("hours", index, "break_starts"), "jam istirahat harus di antara opens dan closes.")
    for day in hours.weekdays:
        if day in weekdays:
            tree.problem(("hours", index, "weekdays"), f"hari {day} sudah ada (0 adalah Senin); tiap hari hanya sekali.")
        weekdays.add(day)
