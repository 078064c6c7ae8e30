"""The addresses of the desk."""

from django.urls import path

from pasti.pages.office import survey
from pasti.pages.office.act import act
from pasti.pages.office.case import case, judge, reveal, take
from pasti.pages.office.desk import desk
from pasti.pages.office.evidence import evidence
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
    path("survei/", survey.home, name="survey"),
    path("survei/kios/", survey.seat, name="survey_seat"),
    path("survei/<uuid:id>/", survey.run, name="survey_run"),
    path("survei/<uuid:id>/tutup/", survey.close, name="survey_close"),
    path("survei/<uuid:id>/rencana/", survey.plan, name="survey_plan"),
    path("survei/<uuid:id>/rencana/<uuid:plan_id>/", survey.finish, name="survey_finish"),
    path("survei/<uuid:id>/kertas/", survey.paper, name="survey_paper"),
    path("survei/<uuid:id>/umumkan/", survey.publish, name="survey_publish"),
    path("survei/<uuid:id>/laporan.pdf", survey.report, name="survey_report"),
    path("survei/<uuid:id>/lembar-kerja.xlsx", survey.worksheet, name="survey_worksheet"),
    path("jejak/<uuid:id>/", trail, name="trail"),
]
