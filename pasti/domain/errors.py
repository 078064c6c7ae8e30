"""Every way the rules say no, drawn here.

PastiError
├── RuleBroken           a person asked for what a clause does not allow
│   ├── NotAllowed       the role, or the segregation of duties, forbids it
│   ├── KeyTaken         the key of a filing was used for another one
│   ├── NotServed        this office may not serve it: says who does
│   └── InvalidInput     one refusal per field, nothing typed is lost
├── Overtaken            somebody else decided first; look again
├── MissingCalendar      a year without a decree: never guessed
├── StandardInvalid      a file of the regulation is wrong, every fault at once
└── DoorClosed           something outside did not answer; says whether to retry
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pasti.domain.sentence import Sentence


class PastiError(Exception):
    """The root: catch it only at the edge."""


class RuleBroken(PastiError):
    """A clause forbids it. `template` is Indonesian with {named} values, translated where it is shown.

    A value may be a Text, a Term or a Sentence: it is then said in the reader's language too.

    >>> str(RuleBroken("51.1.A.1", "Skala {scale} dilayani di tempat lain.", scale="besar"))
    'Skala besar dilayani di tempat lain.'
    """

    def __init__(self, clause: str, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.clause = clause
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return str(Sentence(self.template, **self.values))


class NotAllowed(RuleBroken):
    """The actor's role, or an earlier act of the same person on this case, forbids it."""


class KeyTaken(RuleBroken):
    """The key that makes a resend harmless came with other words than before (51.6.5.a)."""


class NotServed(RuleBroken):
    """The office has no authority here. `refer_to` names who does: a Text or a sentence."""

    def __init__(self, clause: str, template: str, /, *, refer_to: object, **values: object) -> None:
        super().__init__(clause, template, refer_to=refer_to, **values)
        self.refer_to = refer_to


@dataclass(frozen=True, kw_only=True)
class FieldProblem:
    """What is wrong with one field, what to do, on which clause."""

    field: str
    clause: str
    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return str(Sentence(self.template, **self.values))


def field_problem(field: str, clause: str, template: str, /, **values: object) -> FieldProblem:
    """Short form used by every rule that checks input."""
    return FieldProblem(field=field, clause=clause, template=template, values=values)


class InvalidInput(RuleBroken):
    """Every problem of a form at once; `problems` keeps the order of the form."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__(problems[0].clause, "Ada {count} isian yang perlu diperbaiki.", count=len(problems))
        self.problems = problems


class Overtaken(PastiError):
    """The row changed since it was read; show the fresh page and let the person decide again."""


class MissingCalendar(PastiError):
    """No decree is on file for `year`, so no date in it may be computed (51.3)."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Kalender kerja tahun {year} belum ada. Tambahkan SKB-nya di standards/holidays/{year}.yaml (51.3).")
        self.year = year


class StandardInvalid(PastiError):
    """`problems` are lines of the form `file:line: what is wrong and what is expected`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class DoorClosed(PastiError):
    """A service outside did not do its part. `retry` says whether trying again can help."""

    def __init__(self, door: str, message: str, *, retry: bool) -> None:
        super().__init__(f"{door}: {message}")
        self.door = door
        self.retry = retry
