"""The acts an officer may do to a case, as the desk offers them: what each asks for, and which action does it (51.2)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pasti.actions import certificate, inspection, licensing, rejection, validity
from pasti.domain.licensing import EVENT_OF
from pasti.domain.roles import Actor
from pasti.domain.workflow import ACT_TITLES, Act
from pasti.pages.office.forms import ActForm, HearForm, ReasonForm, RecommendForm, RejectForm, SignForm
from pasti.pages.office.words import what_happened
from pasti.pages.words import in_language

Words = str | Promise
READ_BY_APPLICANT = _("Pemohon membaca tulisan ini.")


@dataclass(frozen=True, kw_only=True)
class OfficeAct:
    """One act of the desk. `does` gets actor, id and the form's clean values; `moves_on`: what most cases need next."""

    act: Act
    does: Callable[..., None]
    form: type[ActForm]
    label: Words = ""
    help: Words = ""
    moves_on: bool = False
    is_final: bool = False  # it cannot be undone

    @property
    def title(self) -> str:
        """What the act is called."""
        return in_language(ACT_TITLES[self.act])

    def form_for(self, data: Mapping[str, Any] | None = None, *, seen: int | None = None) -> ActForm:
        """The act's form: bound to `data`, or fresh on the version `seen`."""
        form = self.form(data) if data is not None else self.form(initial={"seen": seen})
        if "reason" in form.fields:
            form.fields["reason"].label = str(self.label)
            form.fields["reason"].help_text = f"{gettext('Wajib diisi, paling sedikit 10 huruf.')} {self.help}"
        return form

    def do(self, actor: Actor, id: UUID, values: Mapping[str, Any], *, at: datetime) -> str:
        """Do it; answers what happened, in words."""
        self.does(actor, id, at=at, **values)
        return what_happened(f"application.{EVENT_OF[self.act]}", {"recommendation": values.get("verdict", "")}).strip()


_ALL = (
    OfficeAct(act=Act.ACCEPT, does=licensing.accept, form=ActForm, moves_on=True),
    OfficeAct(
        act=Act.REVIEW,
        does=licensing.review,
        form=ReasonForm,
        label=_("Hasil pemeriksaan teknis"),
        help=READ_BY_APPLICANT,
        moves_on=True,
    ),
    OfficeAct(
        act=Act.INSPECT,
        does=inspection.conclude,
        form=ReasonForm,
        label=_("Kesimpulan peninjauan lapangan"),
        help=READ_BY_APPLICANT,
        moves_on=True,
    ),
    OfficeAct(
        act=Act.RECOMMEND,
        does=licensing.recommend,
        form=RecommendForm,
        label=_("Alasan rekomendasi"),
        help=READ_BY_APPLICANT,
        moves_on=True,
    ),
    OfficeAct(
        act=Act.VALIDATE,
        does=licensing.validate,
        form=ReasonForm,
        label=_("Catatan validasi"),
        help=READ_BY_APPLICANT,
        moves_on=True,
    ),
    OfficeAct(act=Act.APPROVE, does=certificate.approve, form=ActForm, moves_on=True),
    OfficeAct(act=Act.SIGN, does=certificate.sign, form=SignForm, moves_on=True),
    OfficeAct(act=Act.RETURN, does=licensing.send_to_complete, form=ActForm),
    OfficeAct(
        act=Act.ASK,
        does=licensing.ask,
        form=ReasonForm,
        label=_("Pertanyaan kepada pemohon"),
        help=_("Pemohon membaca persis tulisan ini. Sebut syaratnya, dan apa yang perlu dijawab."),
    ),
    OfficeAct(
        act=Act.SEND_BACK,
        does=licensing.send_back,
        form=ReasonForm,
        label=_("Yang perlu diperbaiki"),
        help=_("Hanya dibaca petugas."),
    ),
    OfficeAct(
        act=Act.FIND_NOT_MET,
        does=licensing.find_not_met,
        form=ReasonForm,
        label=_("Alasan keputusan"),
        help=READ_BY_APPLICANT,
    ),
    OfficeAct(
        act=Act.REJECT,
        does=rejection.reject,
        form=RejectForm,
        label=_("Alasan penolakan"),
        help=_("Tercetak dalam surat penolakan, di samping alasan setiap syarat."),
        is_final=True,
    ),
    OfficeAct(
        act=Act.REPLACE,
        does=validity.replace,
        form=ReasonForm,
        label=_("Alasan menyetujui perubahan"),
        help=READ_BY_APPLICANT,
        moves_on=True,
    ),
    OfficeAct(
        act=Act.REFUSE_CHANGE,
        does=validity.refuse_change,
        form=ReasonForm,
        label=_("Alasan menolak perubahan"),
        help=READ_BY_APPLICANT,
    ),
    OfficeAct(act=Act.SUSPEND, does=validity.suspend, form=ReasonForm, label=_("Alasan pembekuan"), help=READ_BY_APPLICANT),
    OfficeAct(
        act=Act.REINSTATE,
        does=validity.reinstate,
        form=ReasonForm,
        label=_("Alasan memberlakukan lagi"),
        help=READ_BY_APPLICANT,
    ),
    OfficeAct(
        act=Act.REVOKE, does=validity.revoke, form=ReasonForm, label=_("Alasan pencabutan"), help=READ_BY_APPLICANT, is_final=True
    ),
    OfficeAct(
        act=Act.HEAR,
        does=validity.hear,
        form=HearForm,
        label=_("Alasan rencana ini"),
        help=_("Pemegang membaca persis tulisan ini, lalu menanggapinya."),
    ),
)
# In the order in which the desk offers them: what moves the case on first.
ACTS: dict[Act, OfficeAct] = {known.act: known for known in _ALL}
# What needs every requirement met, with what is done instead when one is found not met.
INSTEAD: Mapping[Act, Act] = {Act.ACCEPT: Act.RETURN, Act.APPROVE: Act.FIND_NOT_MET}


def primary(offered: Collection[Act], verdicts: Collection[str], *, visited: bool) -> Act | None:
    """The one act to be offered first, as the requirements were found; None while what moves on needs more findings (51.1).

    `visited`: the inspection's minutes are signed; before that the visit comes first, not its end.
    """
    onward = next((act for act, known in ACTS.items() if known.moves_on and act in offered), None)
    if onward is Act.INSPECT and not visited:
        return None
    if onward is None or onward not in INSTEAD:
        return onward
    if "" in verdicts:
        return None
    return INSTEAD[onward] if "not_met" in verdicts else onward
