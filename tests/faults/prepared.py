"""Cases made ready inside a running office by its own acts, for `bin/pasti manage shell -c` (51.1 to 51.5)."""

import json
from datetime import timedelta
from itertools import repeat
from pathlib import Path

from django.utils import timezone

from pasti.actions import demonstration, intake, opening
from pasti.domain.calendar import jakarta_day
from pasti.domain.roles import Role
from pasti.domain.workflow import State


def prepare(place: Path, *, to_save: int, to_submit: int, to_decide: int) -> None:
    """Drafts to fill in, drafts complete but for the last press, cases before the head; their ids go into the file `place`."""
    at = timezone.now() - timedelta(minutes=5)
    people = opening.demonstration_actors(jakarta_day(at))
    applicant = people[Role.APPLICANT]

    def decidable() -> str:
        row = intake.submit(applicant, demonstration.draft(applicant, "51", at=at).id, at=at)
        for _ in demonstration.walk(people, row.id, until=State.DECISION, moments=repeat(at)):
            pass
        return str(row.id)

    made = {
        "decide": [decidable() for _ in range(to_decide)],
        "submit": [str(demonstration.draft(applicant, "51", at=at).id) for _ in range(to_submit)],
        "save": [str(intake.start(applicant, "51", at=at).id) for _ in range(to_save)],
    }
    place.write_text(json.dumps(made))
