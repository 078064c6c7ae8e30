"""The addresses of the desk."""

from django.urls import path

from pasti.pages.office.act import act
from pasti.pages.office.case import case, judge, reveal, take
from pasti.pages.office.desk import desk
from pasti.pages.office.evidence import evidence
from pasti.pages.office.facilities import (
    facilities_page,
    facility,
    hand_over,
    retire,
    settle,
    stickers,
)
from pasti.pages.office.facilities import (
    picture as facility_picture,
)
from pasti.pages.office.fieldwork import field, picture, send, worker
from pasti.pages.office.inspection import appointment, assign, letter, minutes
from pasti.pages.office.trail import trail

urlpatterns = [
    path("", desk, name="desk"),
    path("kasus/<uuid:id>/", case, name="case"),
    path("kasus/<uuid:id>/ambil/", take, name="take"),
    path("kasus/<uuid:id>/syarat/<str:clause>/", judge, name="judge"),
    path("kasus/<uuid:id>/data/", reveal, name="reveal"),
    path("kasus/<uuid:id>/tindakan/<slug:act>/", act, name="act"),
    path("kasus/<uuid:id>/peninjauan/", assign, name="assign"),
    path("peninjauan/sw.js", worker, name="inspection_worker"),
    path("peninjauan/<uuid:id>/", field, name="inspection"),
    path("peninjauan/<uuid:id>/kirim/", send, name="inspection_send"),
    path("peninjauan/<uuid:id>/foto/<slug:sha256>/", picture, name="inspection_picture"),
    path("peninjauan/<uuid:id>/jadwal/", appointment, name="appointment"),
    path("peninjauan/<uuid:id>/surat-tugas/", letter, name="assignment_letter"),
    path("peninjauan/<uuid:id>/berita-acara/", minutes, name="minutes"),
    path("berkas/<uuid:id>/", evidence, name="desk_evidence"),
    path("sarana/", facilities_page, name="facilities"),
    path("sarana/standar/<slug:entry>/", facilities_page, name="facilities_of"),
    path("sarana/standar/<slug:entry>/stiker/", stickers, name="stickers"),
    path("sarana/<uuid:id>/", facility, name="facility"),
    path("sarana/<uuid:id>/serah/", hand_over, name="facility_hand_over"),
    path("sarana/<uuid:id>/keluar/", retire, name="facility_retire"),
    path("sarana/<uuid:id>/laporan/<int:report>/", settle, name="fault_settle"),
    path("sarana/<uuid:id>/foto/<slug:sha256>/", facility_picture, name="facility_picture"),
    path("jejak/<uuid:id>/", trail, name="trail"),
]
