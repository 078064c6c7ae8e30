"""What the folders of the regulation hold: editions by effective day, the calendar, the office (51.1 to 51.14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pasti.domain.calendar import Calendar
from pasti.domain.standard import LegalBasis, Procedure, Standard
from pasti.domain.survey import Instrument
from pasti.standards.office import Office


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything that was read, checked as one. Made by `reader.read`."""

    by_entry: Mapping[str, tuple[Standard, ...]]  # editions, earliest first
    working_calendar: Calendar
    the_office: Office
    the_survey: Instrument
    procedures: Mapping[str, Procedure]
    legal_bases: tuple[LegalBasis, ...]

    def entries(self) -> tuple[str, ...]:
        """The numbers of the entries, in number order."""
        return tuple(sorted(self.by_entry, key=int))

    def editions(self, entry: str) -> tuple[Standard, ...]:
        """The editions of an entry, earliest first; KeyError for an entry that is not there."""
        return self.by_entry[entry]

    def in_force(self, entry: str, on: date) -> Standard:
        """The edition in force on that day; KeyError when there is none."""
        for standard in reversed(self.by_entry[entry]):
            if standard.effective <= on:
                return standard
        raise KeyError(f"entry {entry} has no edition in force on {on}")

    def staffed(self, on: date) -> Standard:
        """The standard by whose `staffing` the office's people are judged on that day; KeyError when none says (51.9)."""
        for entry in self.entries():
            found = [s for s in self.by_entry[entry] if s.effective <= on]
            if found and found[-1].staffing:
                return found[-1]
        raise KeyError(f"no edition in force on {on} says who may serve")

    def edition(self, entry: str, effective: date) -> Standard:
        """The edition that took effect on exactly that day; KeyError when there is none."""
        for standard in self.by_entry[entry]:
            if standard.effective == effective:
                return standard
        raise KeyError(f"entry {entry} has no edition of {effective}")

    def edition_of_case(self, entry: str, effective: date, *, is_draft: bool, on: date) -> Standard:
        """A case keeps the edition it was submitted under; a draft follows the one in force (51.1)."""
        return self.in_force(entry, on) if is_draft else self.edition(entry, effective)

    def calendar(self) -> Calendar:
        """The working days of every year on file (51.3)."""
        return self.working_calendar

    def office(self) -> Office:
        """The office that makes the promise."""
        return self.the_office

    def survey(self) -> Instrument:
        """The satisfaction survey's questions, weights and bands (51.14.2)."""
        return self.the_survey
