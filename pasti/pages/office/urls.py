"""The addresses of the desk."""

from django.urls import path, re_path

from pasti.pages.office import evaluation, improvements, scorecard, survey
from pasti.pages.office.act import act
from pasti.pages.office.after_issue import after_issue, change, rejection_letter, response
from pasti.pages.office.agenda import agenda, feed, renew
from pasti.pages.office.assistance import counter
from pasti.pages.office.case import case, judge, reveal, take
from pasti.pages.office.complaint import answer_letter, complaint, complaint_file, identity
from pasti.pages.office.complaint_figures import complaint_figures
from pasti.pages.office.complaint_intake import intake
from pasti.pages.office.complaint_messages import message, unfiled_messages
from pasti.pages.office.complaint_step import complaint_step
from pasti.pages.office.complaints import complaints_desk
from pasti.pages.office.desk import desk
from pasti.pages.office.duties import hear, overdue
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
from pasti.pages.office.kbli import kbli
from pasti.pages.office.outages import end_outage, enter, outages, paper_forms
from pasti.pages.office.procedures import change_class
from pasti.pages.office.tools import export, hand_out, note, remove_filter, save_filter
from pasti.pages.office.trail import trail

urlpatterns = [
    path("", desk, name="desk"),
    path("gangguan/", outages, name="outages"),
    path("gangguan/formulir/", paper_forms, name="paper_forms"),
    path("gangguan/<uuid:id>/berakhir/", end_outage, name="end_outage"),
    path("kasus/<uuid:id>/kertas/", enter, name="enter"),
    path("bagikan/", hand_out, name="hand_out"),
    path("saringan/", save_filter, name="save_filter"),
    path("saringan/<int:id>/hapus/", remove_filter, name="remove_filter"),
    path("kasus/<uuid:id>/catatan/", note, name="note"),
    path("kasus/<uuid:id>/arsip/", export, name="export"),
    path("loket/", counter, name="counter"),
    path("kasus/<uuid:id>/", case, name="case"),
    path("kasus/<uuid:id>/ambil/", take, name="take"),
    path("kasus/<uuid:id>/syarat/<str:clause>/", judge, name="judge"),
    path("kasus/<uuid:id>/data/", reveal, name="reveal"),
    path("kasus/<uuid:id>/kelas/", change_class, name="change_class"),
    path("kasus/<uuid:id>/tindakan/<slug:act>/", act, name="act"),
    path("kasus/<uuid:id>/kbli/", kbli, name="case_kbli"),
    path("kasus/<uuid:id>/peninjauan/", assign, name="assign"),
    path("peninjauan/", agenda, name="agenda"),
    path("peninjauan/alamat/", renew, name="agenda_renew"),
    path("peninjauan/kalender/<str:secret>.ics", feed, name="agenda_feed"),
    path("peninjauan/sw.js", worker, name="inspection_worker"),
    path("peninjauan/<uuid:id>/", field, name="inspection"),
    path("peninjauan/<uuid:id>/kirim/", send, name="inspection_send"),
    path("peninjauan/<uuid:id>/foto/<slug:sha256>/", picture, name="inspection_picture"),
    path("peninjauan/<uuid:id>/jadwal/", appointment, name="appointment"),
    path("peninjauan/<uuid:id>/surat-tugas/", letter, name="assignment_letter"),
    path("peninjauan/<uuid:id>/berita-acara/", minutes, name="minutes"),
    path("sesudah-terbit/", after_issue, name="after_issue"),
    path("kasus/<uuid:id>/tanggapan/", response, name="read_response"),
    path("kasus/<uuid:id>/perubahan/", change, name="read_change"),
    path("kasus/<uuid:id>/surat-penolakan/", rejection_letter, name="desk_letter"),
    path("berkas/<uuid:id>/", evidence, name="desk_evidence"),
    path("kewajiban/", overdue, name="overdue_duties"),
    path("kewajiban/<int:duty>/tanggapan/", hear, name="hear_about_duty"),
    path("sarana/", facilities_page, name="facilities"),
    path("sarana/standar/<slug:entry>/", facilities_page, name="facilities_of"),
    path("sarana/standar/<slug:entry>/stiker/", stickers, name="stickers"),
    path("sarana/<uuid:id>/", facility, name="facility"),
    path("sarana/<uuid:id>/serah/", hand_over, name="facility_hand_over"),
    path("sarana/<uuid:id>/keluar/", retire, name="facility_retire"),
    path("sarana/<uuid:id>/laporan/<int:report>/", settle, name="fault_settle"),
    path("sarana/<uuid:id>/foto/<slug:sha256>/", facility_picture, name="facility_picture"),
    path("kartu-skor/", scorecard.page, name="office_scorecard"),
    re_path(
        r"^kartu-skor/(?P<entry>[0-9A-Za-z-]{1,10})/kartu-skor\.(?P<kind>json|xlsx|pdf)$",
        scorecard.download,
        name="office_scorecard_file",
    ),
    path("kartu-skor/<slug:entry>/<str:clause>/", scorecard.clause, name="scorecard_clause"),
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
    path("evaluasi/", evaluation.home, name="evaluations"),
    path("evaluasi/<uuid:id>/", evaluation.evaluation, name="evaluation"),
    path("evaluasi/<uuid:id>/baca/", evaluation.acknowledge, name="evaluation_acknowledge"),
    path("evaluasi/<uuid:id>/<slug:part>/", evaluation.part, name="evaluation_part"),
    path("evaluasi/<uuid:id>/<slug:part>/perbaikan/", evaluation.plan, name="evaluation_plan"),
    path("perbaikan/", improvements.entries, name="improvements"),
    path("perbaikan/<uuid:id>/", improvements.improvement, name="improvement"),
    path("perbaikan/<uuid:id>/bukti/", improvements.evidence, name="improvement_evidence"),
    path("kalender/", improvements.recurring, name="recurring"),
    path("jejak/<uuid:id>/", trail, name="trail"),
    path("pengaduan/", complaints_desk, name="complaints_desk"),
    path("pengaduan/catat/", intake, name="desk_complaint_intake"),
    path("pengaduan/pesan/", unfiled_messages, name="unfiled_messages"),
    path("pengaduan/pesan/<uuid:id>/", message, name="unfiled_message"),
    path("pengaduan/angka/", complaint_figures, name="complaint_office_figures"),
    path("pengaduan/berkas/<uuid:id>/", complaint_file, name="desk_complaint_file"),
    path("pengaduan/<uuid:id>/", complaint, name="desk_complaint"),
    path("pengaduan/<uuid:id>/pelapor/", identity, name="desk_complaint_identity"),
    path("pengaduan/<uuid:id>/surat-jawaban/<int:which>/", answer_letter, name="desk_complaint_letter"),
    path("pengaduan/<uuid:id>/langkah/<slug:step>/", complaint_step, name="desk_complaint_step"),
]
