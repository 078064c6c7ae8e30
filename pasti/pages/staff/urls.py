"""The addresses of staff, guarantees and safety, under /meja/."""

from django.urls import path

from pasti.pages.staff import guarantees, register, roles, safety, sanctions

urlpatterns = [
    path("saya/", register.me, name="me"),
    path("saya/janji/<slug:pledge>/", register.pledge, name="pledge"),
    path("saya/cuti/", register.away, name="own_leave"),
    path("pegawai/", register.register, name="staff"),
    path("pegawai/peran/", roles.roles, name="staff_roles"),
    path("pegawai/peran/beri/", roles.appoint, name="staff_appoint"),
    path("pegawai/peran/akhiri/", roles.end, name="staff_end"),
    path("pegawai/peran/cuti/", roles.away, name="staff_leave"),
    path("pegawai/<uuid:id>/", register.one, name="officer"),
    path("pegawai/<uuid:id>/nilai/", register.assess, name="officer_assess"),
    path("pegawai/<uuid:id>/bukti/<uuid:paper>/", register.verify, name="paper_verify"),
    path("pegawai/bukti/<uuid:paper>/", register.paper, name="paper"),
    path("jaminan/", guarantees.home, name="guarantees"),
    path("jaminan/maklumat/", guarantees.publish, name="proclaim"),
    path("jaminan/janji/<int:signing>.pdf", register.pledge_file, name="pledge_file"),
    path("jaminan/sanksi/baru/", sanctions.new, name="sanction_new"),
    path("jaminan/sanksi/<uuid:id>/", sanctions.one, name="sanction"),
    path("keselamatan/", safety.home, name="safety"),
    path("keselamatan/jaga/<uuid:id>/", safety.note, name="note_watch"),
    path("keselamatan/kejadian/", safety.report, name="report_incident"),
    path("keselamatan/kejadian/<uuid:id>/", safety.close, name="close_incident"),
    path("keselamatan/bantuan-hukum/", safety.aid, name="legal_aid"),
    path("keselamatan/bantuan-hukum/<uuid:id>/", safety.one_aid, name="legal_aid_one"),
]
