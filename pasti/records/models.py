"""Where Django finds every table; each lives in the file of its subject."""

from pasti.records.accounts import Account, Appointment
from pasti.records.certificate import Certificate
from pasti.records.counters import Counter
from pasti.records.inspection import Finding, Inspection, InspectionItem, InspectionMember, Photo
from pasti.records.intake import DossierRow, Evidence
from pasti.records.ledger import LedgerEntry
from pasti.records.licensing import Application, Clarification
from pasti.records.notices import Notice

__all__ = [
    "Account",
    "Application",
    "Appointment",
    "Certificate",
    "Clarification",
    "Counter",
    "DossierRow",
    "Evidence",
    "Finding",
    "Inspection",
    "InspectionItem",
    "InspectionMember",
    "LedgerEntry",
    "Notice",
    "Photo",
]
