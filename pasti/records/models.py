"""Where Django finds every table; each lives in the file of its subject."""

from pasti.records.accounts import Account, Appointment, Leave
from pasti.records.certificate import Certificate
from pasti.records.counters import Counter
from pasti.records.heartbeat import Heartbeat
from pasti.records.inspection import Finding, Inspection, InspectionItem, InspectionMember, Photo
from pasti.records.intake import DossierRow, Evidence
from pasti.records.ledger import LedgerEntry
from pasti.records.letters import Letter
from pasti.records.licensing import Application, Clarification
from pasti.records.notices import Notice
from pasti.records.oversight import PostAudit
from pasti.records.roots import LedgerRoot
from pasti.records.sampling import OversightFinding, Sample
from pasti.records.validity import ChangeRequest, Hearing

__all__ = [
    "Account",
    "Application",
    "Appointment",
    "Certificate",
    "ChangeRequest",
    "Clarification",
    "Counter",
    "DossierRow",
    "Evidence",
    "Finding",
    "Hearing",
    "Heartbeat",
    "Inspection",
    "InspectionItem",
    "InspectionMember",
    "Leave",
    "LedgerEntry",
    "LedgerRoot",
    "Letter",
    "Notice",
    "OversightFinding",
    "Photo",
    "PostAudit",
    "Sample",
]
