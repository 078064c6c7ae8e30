"""Where Django finds every table; each lives in the file of its subject."""

from pasti.records.accounts import Account, Appointment, Leave
from pasti.records.agenda import FeedKey
from pasti.records.api_keys import ApiKey
from pasti.records.certificate import Certificate
from pasti.records.complaints import (
    Complaint,
    ComplaintAction,
    ComplaintAnswer,
    ComplaintBreach,
    ComplaintFile,
    ComplaintFollowUp,
    ComplaintIdentity,
    ComplaintLink,
    ComplaintNamed,
    ComplaintReferral,
    ComplaintReport,
)
from pasti.records.counters import Counter
from pasti.records.desk import CaseNote, SavedFilter
from pasti.records.duties import Duty
from pasti.records.evaluation import Evaluation, EvaluationFinding, EvaluationReading, Improvement
from pasti.records.facilities import Facility, FacilityCheck, FaultReport
from pasti.records.figures import ClauseState, DayFigure, FigureMark, ScoreDay
from pasti.records.guarantees import Proclamation, Signing
from pasti.records.heartbeat import Heartbeat
from pasti.records.inspection import Finding, Inspection, InspectionItem, InspectionMember, Photo
from pasti.records.intake import DossierRow, Evidence
from pasti.records.ledger import LedgerEntry
from pasti.records.letters import Letter
from pasti.records.licensing import Application, Clarification
from pasti.records.messages import IncomingMessage
from pasti.records.notices import Notice
from pasti.records.outages import Outage, PaperForm
from pasti.records.oversight import PostAudit
from pasti.records.roots import LedgerRoot
from pasti.records.safety import GuardWatch, Incident, LegalAid
from pasti.records.sampling import OversightFinding, Sample
from pasti.records.sanctions import Sanction
from pasti.records.search import SearchWord
from pasti.records.sessions import Session
from pasti.records.staff import Assessment, Credential
from pasti.records.survey import SurveyAnswer, SurveyInvitation, SurveyPaper, SurveyPlan, SurveyRun
from pasti.records.validity import ChangeRequest, Hearing

__all__ = [
    "Account",
    "ApiKey",
    "Application",
    "Appointment",
    "Assessment",
    "CaseNote",
    "Certificate",
    "ChangeRequest",
    "Clarification",
    "ClauseState",
    "Complaint",
    "ComplaintAction",
    "ComplaintAnswer",
    "ComplaintBreach",
    "ComplaintFile",
    "ComplaintFollowUp",
    "ComplaintIdentity",
    "ComplaintLink",
    "ComplaintNamed",
    "ComplaintReferral",
    "ComplaintReport",
    "Counter",
    "Credential",
    "DayFigure",
    "DossierRow",
    "Duty",
    "Evaluation",
    "EvaluationFinding",
    "EvaluationReading",
    "Evidence",
    "Facility",
    "FacilityCheck",
    "FaultReport",
    "FeedKey",
    "FigureMark",
    "Finding",
    "GuardWatch",
    "Hearing",
    "Heartbeat",
    "Improvement",
    "Incident",
    "IncomingMessage",
    "Inspection",
    "InspectionItem",
    "InspectionMember",
    "Leave",
    "LedgerEntry",
    "LedgerRoot",
    "LegalAid",
    "Letter",
    "Notice",
    "Outage",
    "OversightFinding",
    "PaperForm",
    "Photo",
    "PostAudit",
    "Proclamation",
    "Sample",
    "Sanction",
    "SavedFilter",
    "ScoreDay",
    "SearchWord",
    "Session",
    "Signing",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyPaper",
    "SurveyPlan",
    "SurveyRun",
]
