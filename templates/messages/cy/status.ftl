# Words for summaries, lists, the hub, signing out and the demonstration.

no-answer = Dim ateb wedi'i roi
change = Newid
remove = Dileu
change-answer-html = Newid eich ateb ar gyfer: { $title }
change-item-answer-html = Newid yr ateb ar gyfer { $item }: { $title }
change-own-answer-html = Newid yr ateb ar gyfer { $item } (Chi): { $title }
change-details-html = Newid manylion ar gyfer { $title }
remove-item-html = Dileu { $title }
remove-details-html = Dileu manylion ar gyfer { $title }
list-row-completed = Cwblhawyd
status-completed = Cwblhawyd
status-in-progress = Wedi’i chwblhau’n rhannol
status-not-started = Heb ddechrau
status-requested = Wedi gofyn am gyfrifiad ar wahân
hub-link-completed = Gweld yr atebion
hub-link-in-progress = Parhau â'r adran
hub-link-not-started = Dechrau'r adran
hub-link-requested = Newid neu ailanfon
# Read where the visible words are not, and in English in every language, as eQ has it; assistive technology is
# pointed at the visible ones.
hub-link-spoken-completed-html = View answers: { $section }
hub-link-spoken-in-progress-html = Continue with section: { $section }
hub-link-spoken-not-started-html = Start section: { $section }
hub-link-spoken-requested-html = Change or resend
signed-out-title = Wedi allgofnodi
signed-out-heading = Mae eich cynnydd wedi'i gadw
signed-out-business-html = I ddysgu mwy, neu i barhau â'r arolwg, <a href="{ $href }">dychwelwch i Fy Nghyfrif</a>.
signed-out-social-html = I barhau â'r arolwg, <a href="{ $href }">ail-nodwch eich cod mynediad</a>.

# The demonstration

demo-list-title = Rhoi cynnig ar holiadur
demo-list-text = Atebwch arolwg fel y byddai ymatebydd, ar y cyfrifiadur hwn neu ar ffôn. Mae popeth yn aros ar y cyfrifiadur hwn.
demo-step-choose = Dewiswch holiadur.
demo-step-launch = Edrychwch dros y manylion y mae'n dechrau gyda nhw, neu dyfeisiwch rai eich hun.
demo-step-answer = Atebwch ef, a gweld yr hyn a gyflwynwyd.
demo-group-surveys = Arolygon cyfan
demo-group-features = Un nodwedd yr un
demo-group-published = Wedi’u cyhoeddi gan yr awdur
demo-version-label = Fersiwn
demo-version = fersiwn { $number }
demo-pages = { $count } tudalen
demo-pages-label = Hyd
demo-theme-label = Thema
demo-languages-label = Ieithoedd
demo-launch-text = Daw'r manylion hyn o'r gwasanaeth sy'n dechrau arolwg. Dyfeisiwch beth bynnag yr hoffech.
demo-language = Iaith
demo-optional = (dewisol)
demo-kind-string = testun
demo-kind-date = dyddiad, fel 2026-11-24
demo-kind-boolean = true neu false
demo-kind-uuid = UUID
demo-kind-url = cyfeiriad gwe
demo-launch = Lansio
demo-submitted-title = Yr hyn a gyflwynwyd
demo-submitted-text = Dyma'r hyn a anfonir at y system sy'n derbyn.
demo-back = Rhoi cynnig ar holiadur arall
