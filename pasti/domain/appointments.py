"""Who may hold a role from when to when: beside which others, and in whose place (51.10.2, 51.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pasti.domain.errors import RuleBroken
from pasti.domain.roles import CAPACITY_WORDS, ROLE_TITLES, Capacity, Role
from pasti.domain.sentence import said_day
from pasti.domain.staff_promise import Staffing, Unqualified

CLAUSE = "51.11"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Post:
    """One role between two days; None: until it is ended."""

    role: Role
    starts_on: date
    ends_on: date | None
    kind: Capacity = Capacity.DEFINITIVE


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """Who is replaced: the roles held, and the days away, both ends included."""

    name: str
    posts: tuple[Post, ...]
    away: tuple[tuple[date, date], ...]


def overlap(one: Post, other: Post) -> bool:
    """Whether two posts share a day."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def require_days(post: Post) -> None:
    """RuleBroken when the post ends before it begins, or stands in without an end (51.11)."""
    if post.kind is not Capacity.DEFINITIVE and post.ends_on is None:
        raise RuleBroken(CLAUSE, "Penugasan sementara harus punya tanggal akhir.")
    if post.ends_on is not None and post.ends_on < post.starts_on:
        raise RuleBroken(
            CLAUSE,
            "Penugasan berakhir {ends_on}, sebelum mulai {starts_on}. Perbaiki harinya.",
            ends_on=said_day(post.ends_on),
            starts_on=said_day(post.starts_on),
        )


def require_stand_in(post: Post, replaced: Replaced | None) -> None:
    """A Plh. is for a holder who is away on all those days, an a.n. for one who holds the role; a Plt. for nobody (51.11)."""
    require_days(post)
    if post.kind in (Capacity.DEFINITIVE, Capacity.PLT):
        return
    if replaced is None:
        raise RuleBroken(CLAUSE, "Sebutkan pejabat yang digantikan.")
    if not any(p.role is post.role and p.kind is Capacity.DEFINITIVE and _covers(p, post) for p in replaced.posts):
        raise RuleBroken(
            CLAUSE,
            "{name} bukan pemegang tetap peran {role} pada hari-hari itu. Pilih pejabat yang memegangnya, atau tunjuk Plt. "
            "bila jabatannya kosong.",
            name=replaced.name,
            role=ROLE_TITLES[post.role],
        )
    if post.kind is Capacity.PLH and (day := _first_day_there(post, replaced)):
        raise RuleBroken(
            CLAUSE,
            "{word} hanya selama pejabatnya tidak di tempat, dan {name} tidak tercatat cuti pada {day}. "
            "Catat dahulu cutinya, atau sesuaikan tanggalnya.",
            word=CAPACITY_WORDS[Capacity.PLH],
            name=replaced.name,
            day=said_day(day),
        )


def require_vacant(post: Post, holders: Iterable[tuple[str, Post]]) -> None:
    """A Plt. acts for a vacant post: RuleBroken where someone holds it definitively on one of those days (51.11)."""
    if post.kind is not Capacity.PLT:
        return
    found = [(name, held) for name, held in holders if held.role is post.role and held.kind is Capacity.DEFINITIVE]
    in_office = [(name, held) for name, held in found if overlap(held, post)]
    if not in_office:
        return
    name, held = max(in_office, key=lambda one: one[1].ends_on or date.max)
    given = {"word": CAPACITY_WORDS[Capacity.PLT], "role": ROLE_TITLES[post.role], "name": name}
    plh = {"plh": CAPACITY_WORDS[Capacity.PLH]}
    if held.ends_on is None:
        raise RuleBroken(
            CLAUSE,
            "{word} hanya untuk jabatan yang kosong, dan {name} memegang tetap peran {role} tanpa hari akhir. Bila {name} hanya "
            "berhalangan, tunjuk {plh}; bila jabatannya sudah kosong, akhiri dahulu perannya.",
            **given,
            **plh,
        )
    raise RuleBroken(
        CLAUSE,
        "{word} hanya untuk jabatan yang kosong, dan {name} memegang tetap peran {role} sampai {day}. Tunjuk {word} mulai "
        "sesudah hari itu; bila {name} hanya berhalangan, tunjuk {plh}.",
        **given,
        **plh,
        day=said_day(held.ends_on),
    )


def _covers(held: Post, post: Post) -> bool:
    return held.starts_on <= post.starts_on and (post.ends_on or date.max) <= (held.ends_on or date.max)


def _first_day_there(post: Post, replaced: Replaced) -> date | None:
    """The first day of the post on which who is replaced is not away; None when there is none."""
    day = post.starts_on
    for first, last in sorted(replaced.away):
        if first <= day <= last:
            day = last + ONE_DAY
    assert post.ends_on is not None, "who stands in does so until a day"
    return day if day <= post.ends_on else None


def require_apart(post: Post, held: Iterable[Post], staffing: Staffing) -> bool:
    """Whether who oversees from outside holds nothing else here; RuleBroken where the edition refuses it (51.10.2)."""
    beside = [other for other in held if other.role is not post.role and overlap(post, other)]
    clash = next((o for o in beside if (o.role in staffing.apart) is not (post.role in staffing.apart)), None)
    if clash is None:
        return True
    if staffing.not_apart is Unqualified.REFUSE:
        outside, inside = (post.role, clash.role) if post.role in staffing.apart else (clash.role, post.role)
        raise RuleBroken(
            staffing.apart_clause,
            "{outside} mengawasi kantor ini dari luar, jadi orangnya tidak sekaligus menjadi {inside}. "
            "Akhiri dahulu peran yang satu, atau pilih orang lain.",
            outside=ROLE_TITLES[outside],
            inside=ROLE_TITLES[inside],
        )
    return False
