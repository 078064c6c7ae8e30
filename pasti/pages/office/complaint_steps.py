"""The steps an officer may take with a complaint: what each asks for, what will follow (51.6.5.c.*, 51.6.6.*, 51.6.7.*)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pasti.actions import complaint_answer, complaint_handling, complaint_identity, complaint_tiers, complaints
from pasti.domain.complaint_steps import STAGE_TITLES, STEP_TITLES, TURN, Step, move_for
from pasti.domain.roles import ROLE_TITLES, Actor
from pasti.pages.office import complaint_endings as endings
from pasti.pages.office import complaint_forms as forms
from pasti.pages.office.complaint_forms import StepForm, words
from pasti.pages.words import in_language
from pasti.queries.complaints import ComplaintView

Words = str | Promise
TOLD = _("Pelapor diberi tahu lewat jalan pengaduannya masuk, bila kontaknya ada, dan melihatnya di halaman lacak.")


@dataclass(frozen=True, kw_only=True)
class OfficeStep:
    """One step of the desk. `does` gets actor, id, the form's values and the time."""

    step: Step
    does: Callable[..., Any]
    form: type[StepForm] = StepForm
    says: tuple[Words, ...] = ()  # what follows beside the stage, before it is done
    is_final: bool = False

    @property
    def title(self) -> str:
        """What the step is called."""
        return in_language(STEP_TITLES[self.step])

    def form_for(self, view: ComplaintView, at: datetime, *data: Any) -> StepForm:
        """The step's form for that complaint: bound to what was sent, or fresh on the version shown."""
        form = self.form(*data) if data else self.form(initial={"seen": view.seen})
        form.for_view(view, at)
        return form

    def do(self, actor: Actor, id: UUID, form: StepForm, *, at: datetime) -> None:
        """Do it."""
        self.does(actor, id, at=at, **form.values())


def _say_helped(actor: Actor, id: UUID, *, helped: bool, words: str, at: datetime) -> None:
    complaints.say_helped(id, helped=helped, words=words, actor=actor, at=at)


_TIER_REPORT = _("Laporan ini tersimpan dengan pengaduannya dan dibaca jenjang di atasnya.")
_RUNS_ON = _("Hitungan waktu berjalan terus.")
_ALL = (
    OfficeStep(step=Step.SCREEN, does=complaint_handling.screen, form=forms.ScreenForm, says=(TOLD,)),
    OfficeStep(step=Step.GROUP, does=complaint_handling.group, form=forms.GroupForm),
    OfficeStep(
        step=Step.TAKE_NOTE,
        does=complaint_handling.take_note,
        form=words("text", _("Apa yang dilakukan kantor dengan masukan ini")),
        says=(_("Bukan pengaduan: tidak diperiksa, tetapi tetap dijawab dan dilaporkan."),),
    ),
    OfficeStep(
        step=Step.FORMULATE,
        does=complaint_handling.formulate,
        form=words("core", _("Inti masalah"), _("Satu atau dua kalimat, dengan kata-kata kantor.")),
    ),
    OfficeStep(step=Step.RELATE, does=complaint_handling.relate, form=forms.RelateForm),
    OfficeStep(
        step=Step.CHECK,
        does=complaint_handling.check,
        form=words(
            "known",
            _("Yang sudah diketahui"),
            _("Dari berkas, jejak audit, dan pengaduan terdahulu di bawah ini. Bila tidak ada, tulis bahwa tidak ada."),
        ),
    ),
    OfficeStep(step=Step.PLAN, does=complaint_handling.plan, form=forms.PlanForm),
    OfficeStep(step=Step.RECORD_RESULT, does=complaint_handling.record_result, form=forms.ResultForm),
    OfficeStep(
        step=Step.CONCLUDE,
        does=complaint_handling.conclude,
        says=(_("Semua langkah sudah ada hasilnya dan semua rujukan sudah dijawab."),),
    ),
    OfficeStep(step=Step.CATEGORISE, does=complaint_tiers.categorise, form=endings.CategoryForm),
    OfficeStep(step=Step.SETTLE, does=complaint_tiers.settle, form=endings.SettleForm, says=(_TIER_REPORT,)),
    OfficeStep(
        step=Step.CLIMB,
        does=complaint_tiers.climb,
        form=words("report", _("Laporan tertulis kepada jenjang di atas"), rows=6),
        says=(_TIER_REPORT,),
    ),
    OfficeStep(step=Step.ANSWER, does=complaint_answer.answer, form=endings.AnswerForm, says=(TOLD,), is_final=True),
    OfficeStep(
        step=Step.REPORT,
        does=complaint_answer.report,
        form=words("text", _("Laporan kepada atasan langsung"), rows=6),
        says=(_("Atasan langsung diberi tahu."),),
    ),
    OfficeStep(step=Step.CLOSE, does=complaint_answer.close),
    OfficeStep(
        step=Step.RESTORE,
        does=complaint_handling.restore,
        form=words("reason", _("Alasan")),
        says=(_("Hitungan waktunya tidak pernah berhenti."),),
    ),
    OfficeStep(step=Step.TAKE, does=complaint_handling.take),
    OfficeStep(
        step=Step.ASK,
        does=complaint_handling.ask,
        form=words("question", _("Pertanyaan kepada pelapor"), _("Pelapor membaca persis tulisan ini.")),
        says=(TOLD, _RUNS_ON),
    ),
    OfficeStep(step=Step.COMPLETE, does=complaints.complete, form=forms.CompleteForm, says=(_RUNS_ON,)),
    OfficeStep(step=Step.ADD_ACTION, does=complaint_handling.add_action, form=forms.AddActionForm),
    OfficeStep(
        step=Step.REFER,
        does=complaint_tiers.refer,
        form=endings.ReferForm,
        says=(_("Instansi itu menerima surel dengan halaman jawabannya sendiri, dan diingatkan bila lewat waktu."),),
    ),
    OfficeStep(step=Step.ANSWER_REFERRAL, does=complaint_tiers.enter_referral_answer, form=endings.ReferralAnswerForm),
    OfficeStep(
        step=Step.APPROVE_INSPECTORATE,
        does=complaint_tiers.approve_inspectorate,
        form=words("reason", _("Alasan persetujuan")),
        says=(_("Pejabat pengelola pengaduan dapat menetapkan kategori 3 atas persetujuan ini."),),
    ),
    OfficeStep(step=Step.SAY_HELPED, does=_say_helped, form=endings.HelpedForm),
    OfficeStep(step=Step.FOLLOW_UP, does=complaint_tiers.follow_up, form=endings.FollowUpForm),
    OfficeStep(step=Step.FINISH_FOLLOW_UP, does=complaint_tiers.finish_follow_up, form=endings.FinishForm),
    OfficeStep(
        step=Step.NAME,
        does=complaint_identity.name,
        form=forms.NameForm,
        says=(_("Setiap kali petugas itu melihat identitasnya, penglihatannya dicatat."),),
    ),
    OfficeStep(step=Step.LINK, does=complaint_handling.link, form=forms.LinkForm),
    OfficeStep(
        step=Step.SET_ASIDE,
        does=complaint_handling.set_aside,
        form=words("reason", _("Alasan"), _("Untuk surat sampah dan penyalahgunaan. Pelapor membacanya di halaman lacak.")),
        says=(_("Tidak ada yang dihapus; pejabat pengelola pengaduan dapat mengembalikannya."),),
        is_final=True,
    ),
)
# In the order in which the desk offers them: what moves the complaint on first.
STEPS: dict[Step, OfficeStep] = {known.step: known for known in _ALL}


def clause_of(view: ComplaintView, step: Step) -> str:
    """The clause the step stands on."""
    return view.standard.cite(move_for(step, view.complaint.stage, clause=view.standard.cite("6")).clause)


def follows(view: ComplaintView, wanted: OfficeStep) -> tuple[str, ...]:
    """Sentences saying what follows from the step."""
    target = move_for(wanted.step, view.complaint.stage, clause=view.standard.cite("6")).target
    sentences = [str(sentence) for sentence in wanted.says]
    if target is None or target is view.complaint.stage:
        return tuple(sentences)
    role = TURN.get(target)
    stage = in_language(STAGE_TITLES[target])
    if role is None:
        return (gettext("Tahapnya menjadi “{stage}”.").format(stage=stage), *sentences)
    where = gettext("Tahapnya menjadi “{stage}”, dikerjakan oleh {role}.")
    return (where.format(stage=stage, role=in_language(ROLE_TITLES[role])), *sentences)
