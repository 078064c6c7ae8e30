"""An edition written as what changes on an earlier one, every value still knowing its file and line (51.1 to 51.14).

A key takes the place of the same key. In a list whose rows carry a number or a name, a row changes the row of the same one, key
by key, and joins the end when there is none. Every other list, and every text, is replaced as a whole. Nothing is taken away:
an edition that takes something away is written out in full.
"""

from collections.abc import Sequence

from pasti.standards.tree import Plain, Trail, Tree

BASED_ON = "based_on"
NAMES = ("number", "code", "id", "clause", "name")  # by which a row is known, the first that every row has


def changed(base: Tree, changes: Tree) -> Tree:
    """The tree of an edition: the earlier one's with these changes on it."""
    whole = Tree(file=changes.file, data=base.data, places=dict(base.places), unread=base.unread or changes.unread)
    whole.problems = [*base.problems, *changes.problems]
    whole.data = _merged(whole, changes, (), (), base.data, changes.data)
    whole.places[()] = changes.place(())
    return whole


def _merged(whole: Tree, changes: Tree, here: Trail, there: Trail, old: Plain, new: Plain) -> Plain:
    """`new` over `old`; `here` is its place in the whole, `there` in the changes."""
    if isinstance(old, dict) and isinstance(new, dict) and not _is_text(new, there):
        merged = dict(old)
        for key, value in new.items():
            if key == BASED_ON and not there:
                continue
            whole.places[(*here, key)] = changes.place((*there, key))
            merged[key] = _merged(whole, changes, (*here, key), (*there, key), old.get(key), value)
        return merged
    if isinstance(old, list) and isinstance(new, list) and (name := _name(old, new)):
        return _rows(whole, changes, (here, there), (old, new), name)
    _move(whole, changes, here, there)
    return new


def _is_text(value: dict[str, Plain], there: Trail) -> bool:
    """`{id: …, en: …}` is one text; a row of a list may have an id as well."""
    return "id" in value and not isinstance(there[-1] if there else "", int)


def _name(old: Sequence[Plain], new: Sequence[Plain]) -> str:
    rows = [*old, *new]
    return next((name for name in NAMES if rows and all(isinstance(r, dict) and name in r for r in rows)), "")


def _rows(
    whole: Tree, changes: Tree, trails: tuple[Trail, Trail], lists: tuple[list[Plain], list[Plain]], name: str
) -> list[Plain]:
    (here, there), (old, new) = trails, lists
    rows, named = list(old), [row[name] for row in old if isinstance(row, dict)]
    for place, row in enumerate(new):
        assert isinstance(row, dict), "only named rows come here"
        at = named.index(row[name]) if row[name] in named else len(rows)
        before = rows[at] if at < len(rows) else None
        whole.places[(*here, at)] = changes.place((*there, place))
        merged = _merged(whole, changes, (*here, at), (*there, place), before, row)
        rows[at:] = [merged, *rows[at + 1 :]]
        named += [row[name]] if at == len(named) else []
    return rows


def _move(whole: Tree, changes: Tree, here: Trail, there: Trail) -> None:
    """What stood at `here` is gone with its places; what the changes have at `there` stands in its place."""
    depth = len(here)
    for trail in [trail for trail in whole.places if trail[:depth] == here]:
        del whole.places[trail]
    moved = {(*here, *trail[len(there) :]): place for trail, place in changes.places.items() if trail[: len(there)] == there}
    whole.places |= moved
