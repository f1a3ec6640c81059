# Words for pages and what surrounds them.

# Titles and headings

title-error = Gwall:
survey-title-none = Arolygon SYG
introduction-title = Cyflwyniad
hub-title = Dewiswch adran arall i'w chwblhau
hub-title-complete = Cyflwyno'r arolwg
submit-title = Gwirio eich atebion a'u cyflwyno
preview-page-title = Rhagolwg o gwestiynau'r arolwg
thank-you-title = Rydym ni wedi derbyn eich atebion
submitted-title = Gweld yr ymateb a gyflwynwyd
page-title = Cwestiwn arolwg
section-summary-title = Gwirio eich atebion

# Around every page

skip-to-content = Neidio i'r prif gynnwys
breadcrumbs = Yn ôl
preview-ribbon = Rhagolwg
preview-ribbon-text = Ni chaiff dim ei gadw na’i anfon.
previous = Blaenorol
back = Yn ôl
back-to-surveys = Yn ôl i'r arolygon
save-and-exit = Cadw a gadael yr arolwg
exit = Gadael
services-label = Gwasanaethau
services-menu-label = Dewislen gwasanaethau
menu = Dewislen
menu-label = Dewislen gwasanaethau: agor neu gau
header-help = Help
header-my-account = Fy nghyfrif
header-sign-out = Allgofnodi
change-language = Change language to
language-en = English
language-cy = Cymraeg
language-ga = Gaeilge
language-eo = Sgoteg Wlster
new-tab = (yn agor mewn tab newydd)
footer-new-tab = Mae'r dolenni canlynol yn agor mewn tab newydd
footer-home = Hafan y Swyddfa Ystadegau Gwladol
footer-what-we-do = Beth rydym yn ei wneud
footer-contact = Cysylltu â ni
footer-accessibility = Hygyrchedd
footer-cookies = Cwcis
footer-privacy = Preifatrwydd a diogelu data
footer-copyright = © Hawlfraint y Goron a hawliau cronfa ddata 2020 OS 100019153.
footer-address-data = Mae defnyddio data cyfeiriadau yn amodol ar y telerau a'r amodau.
footer-leave-html = Gwnewch yn siŵr eich bod yn <a href="/sign-out">gadael y dudalen hon</a> neu'n cau eich porwr os ydych yn rhannu'r ddyfais
cookie-banner-label = Cwcis
cookie-banner-title = Dywedwch wrthym a ydych yn derbyn cwcis
cookie-banner-statement-html = Rydym yn defnyddio <a href="{ $href }">cwcis i gasglu gwybodaeth</a> am sut rydych yn defnyddio { $domain }. Mae'r hyn a ddysgwn yn ein helpu i wella'r gwasanaeth.
cookie-banner-accept = Derbyn cwcis ychwanegol
cookie-banner-reject = Gwrthod cwcis ychwanegol
cookie-banner-view = Gweld cwcis
cookie-banner-accepted = Rydych chi wedi derbyn pob cwci ychwanegol.
cookie-banner-rejected = Rydych chi wedi gwrthod pob cwci ychwanegol.
cookie-banner-change-html = Gallwch <a href="{ $href }">newid eich dewisiadau cwcis</a> unrhyw bryd.
cookie-banner-hide = Cuddio
cookie-banner-hide-what = y neges am gwcis
timeout-title = Byddwch yn cael eich allgofnodi cyn bo hir
timeout-inactive = Mae'n ymddangos nad ydych wedi gwneud dim ers tro.
timeout-countdown = Er mwyn diogelu eich gwybodaeth, bydd eich cynnydd yn cael ei gadw a byddwch yn cael eich allgofnodi mewn
timeout-expired = Rydych yn cael eich allgofnodi
timeout-minute = munud
timeout-minutes = munud
timeout-second = eiliad
timeout-seconds = eiliad
timeout-continue = Parhau â'r arolwg
panel-error = Gwall:
panel-info = Gwybodaeth bwysig:
panel-warn = Rhybudd:
panel-success = Cwblhawyd:
show-all = Dangos popeth
hide-all = Cuddio popeth

# Questions, content and introductions

interviewer-note = Nodyn i'r cyfwelydd:
save-and-continue = Cadw a pharhau
continue = Parhau
return-to-hub = Dewiswch adran arall a dod yn ôl yn nes ymlaen
cancel-and-return = Canslo a dychwelyd i'r dudalen flaenorol
last-viewed = Dyma'r cwestiwn a gafodd ei weld ddiwethaf yn yr adran hon
last-viewed-also-html = Gallwch chi <a id="section-start-link" href="{ $href }">hefyd fynd yn ôl i ddechrau'r adran</a>
overtaken-title = Atebodd tudalen arall y cwestiwn hwn yn gyntaf
overtaken-text = Nid yw eich ateb yma wedi'i gadw. Dangosir yma yr hyn sydd wedi'i gadw nawr. Isod mae'r hyn a deipioch: bydd ei gadw yn disodli'r llall.
start-survey = Dechrau'r arolwg
legal-response = Mae'n ofynnol yn ôl y gyfraith i chi ymateb
preview-link = Gweld y cwestiynau a gaiff eu gofyn i chi yn yr arolwg hwn

# Preview of the questions

preview-heading = Rhagolwg o'r cwestiynau yn yr arolwg hwn
preview-start-html = I ateb y cwestiynau hyn mae angen i chi <a href="{ $href }">ddechrau'r arolwg</a>
preview-text = Efallai na fydd rhaid i chi ateb pob un o'r cwestiynau hyn. Bydd y cwestiynau a welwch yn dibynnu ar eich atebion.
print-questions = Argraffu'r cwestiynau
save-questions = Cadw'r cwestiynau fel PDF
preview-one-option = Gallwch ateb gydag un o'r opsiynau canlynol:
preview-options = Gallwch ateb gyda'r opsiynau canlynol:
preview-characters = Gellir ychwanegu { $count } o nodau.

# Summaries, totals, submitting

confirm-total = Ydw, rwy'n cadarnhau bod hyn yn gywir
submit-answers = Cyflwyno atebion
submit-guidance = Cyflwynwch yr arolwg hwn i'w gwblhau
hub-submit = Cyflwyno'r arolwg
hub-warning = Rhaid i chi gyflwyno'r arolwg hwn i'w gwblhau

# After submission

thank-you-heading = Diolch am gwblhau'r { $survey }
submission-text = Mae eich atebion wedi cael eu cyflwyno.
submission-text-for-html = Mae eich atebion wedi cael eu cyflwyno ar gyfer <span>{ $name }</span>
submission-text-trading-html = Mae eich atebion wedi cael eu cyflwyno ar gyfer <span>{ $name }</span> ({ $trading })
submitted-on = Cyflwynwyd ar:
submission-reference = Cyfeirnod cyflwyno:
thank-you-use = Bydd eich atebion yn llywio penderfyniadau am wasanaethau cyhoeddus a'r economi ledled y Deyrnas Unedig.
thank-you-learn = Dysgu mwy am sut rydym yn defnyddio'r data hyn
view-title = Cael copi o'ch atebion
view-contact = Efallai y byddwn yn cysylltu â chi i holi am eich atebion.
view-copy-html = Os oes angen copi arnoch ar gyfer eich cofnodion, <a id="view-submitted-response-link" href="{ $href }">gallwch gadw neu argraffu eich atebion</a>.
view-for = At ddibenion diogelwch, dim ond am 45 munud y gallwch weld eich atebion
view-expired = At ddibenion diogelwch, ni allwch weld na chael copi o'ch atebion mwyach
email-title = Cael e-bost cadarnhau
email-text = Rhowch eich cyfeiriad e-bost os hoffech gael e-bost sy'n dweud bod eich arolwg gennym.
email-label = Cyfeiriad e-bost
email-hint = Ni chaiff hwn ei gadw a dim ond unwaith y caiff ei ddefnyddio, i anfon eich cadarnhad
email-send = Anfon cadarnhad
feedback-call = Beth yw eich barn am y gwasanaeth hwn?
feedback-call-text = Bydd eich sylwadau yn ein helpu i wella
feedback-link = Rhoi adborth
feedback-title = Adborth
feedback-heading = Rhoi adborth am y gwasanaeth hwn
feedback-errors =
    { $count ->
        [one] Mae problem gyda'ch adborth
        [two] Mae { $count } broblem gyda'ch adborth
       *[other] Mae { $count } problem gyda'ch adborth
    }
feedback-about = Dewiswch beth mae eich adborth yn ymwneud ag ef
feedback-about-questions = Cwestiynau'r arolwg
feedback-about-questions-hint = Er enghraifft, cwestiynau aneglur, opsiynau ateb amherthnasol
feedback-about-design = Dyluniad a strwythur y tudalennau
feedback-about-service = Adborth cyffredinol am y gwasanaeth hwn
feedback-text-label = Rhowch eich adborth
feedback-text-hint = Peidiwch â chynnwys gwybodaeth gyfrinachol, fel eich manylion cyswllt
feedback-text-too-long = Byrhewch eich adborth i 1000 o nodau neu lai
feedback-send = Anfon adborth
feedback-sent-title = Adborth wedi'i anfon
feedback-sent-heading = Diolch am eich adborth
feedback-sent-text = Bydd eich sylwadau yn ein helpu i wella ein harolygon. Ni allwn ateb sylwadau, ond rydym yn gwerthfawrogi eich adborth
done = Wedi gorffen
email-send-title = E-bost cadarnhau
email-send-heading = Anfon e-bost cadarnhau
email-errors = Mae problem gyda'r dudalen hon
email-confirm-title = Cadarnhau eich cyfeiriad e-bost
email-confirm-heading = A yw'r cyfeiriad e-bost hwn yn gywir?
email-confirm-yes = Ydy, anfonwch yr e-bost cadarnhau
email-confirm-no = Nac ydy, mae angen i mi ei newid
email-confirm-missing = Dewiswch ateb i ‘A yw'r cyfeiriad e-bost hwn yn gywir?’
email-sent-title = E-bost cadarnhau wedi'i anfon
email-sent-heading = Mae e-bost cadarnhau wedi cael ei anfon i { $address }
email-sent-from-html = Caiff yr e-bost ei anfon o <strong>{ $address }</strong>
email-missing = Heb gael e-bost?
email-missing-html = Arhoswch ychydig funudau ac edrychwch drwy eich post sothach. Os nad yw yno, <a id="send-another-email" href="{ $href }">anfonwch e-bost cadarnhau arall</a>.
mail-subject = Mae eich atebion i'r arolwg gennym
mail-greeting = Diolch am gwblhau'r arolwg hwn:
mail-text = Mae eich atebion wedi ein cyrraedd, ac nid oes angen i chi wneud dim arall.
mail-no-reply = Nid oes neb yn darllen atebion i'r cyfeiriad hwn.
submitted-heading = Cyflwynwyd yr atebion.
submitted-heading-for-html = Cyflwynwyd yr atebion ar gyfer <span>{ $name }</span>
submitted-heading-trading-html = Cyflwynwyd yr atebion ar gyfer <span>{ $name }</span> ({ $trading })
print-answers = Argraffu'r atebion
save-answers = Cadw'r atebion fel PDF

# A form of their own for somebody of the household

individual-person = Person
individual-from-hub = Os na allwch ateb cwestiynau rhywun arall
individual-from-person = Os na allwch ateb cwestiynau ar ran y person hwn
individual-share-html = Gallwch <strong>rannu cod mynediad eich cartref</strong> â'r bobl rydych yn byw gyda nhw er mwyn iddynt gwblhau eu hadrannau eu hunain.
individual-other-ways-html = Os nad yw hynny'n bosibl, mae <a href="{ $href }">ffyrdd eraill y gall pob person gwblhau ei gyfrifiad ei hun.</a>
individual-begin-title = Methu ateb cwestiynau ar ran eraill yn eich cartref
individual-begin-heading = Os na allwch ateb cwestiynau ar ran eraill yn eich cartref
individual-begin-text = Rhowch god mynediad y cartref i'r bobl rydych yn byw gyda nhw, a gallant ateb drostynt eu hunain.
individual-begin-otherwise = Os na wnaiff hynny'r tro, gallwch ofyn am gyfrifiad ar wahân iddynt, na fydd neb ond nhw yn ei weld.
individual-begin-link = Gofyn am gyfrifiad ar wahân
individual-who-title = Cyfrifiad ar wahân
individual-who-heading = Ar gyfer pwy mae angen i chi ofyn am gyfrifiad ar wahân?
individual-how-title = Anfon cod mynediad unigol
individual-how-heading-html = Sut hoffech chi i <strong>{ $name }</strong> gael cyfrifiad ar wahân?
individual-how-text = Er mwyn i rywun gwblhau cyfrifiad ar wahân, mae angen i ni anfon cod mynediad unigol ato.
individual-how-select = Dewiswch sut i anfon y cod mynediad.
individual-how-no-post = Nid yw'n bosibl cael cod mynediad drwy'r post mwyach.
individual-how-text-message = Neges destun
individual-how-text-message-hint = Bydd angen ei rif ffôn symudol arnom ar gyfer hyn
individual-how-post = Post
individual-how-post-hint = Dim ond at breswylydd dienw yng nghyfeiriad cofrestredig y cartref y gallwn anfon hwn
individual-contact-html = I gael cyfrifiad mewn fformat arall, neu ragor o help, <a href="{ $href }">cysylltwch â ni</a>
individual-change-title = Sut i ateb cwestiynau
individual-change-heading-html = Sut hoffech chi ateb cwestiynau <strong>{ $name }</strong>?
individual-change-again = Hoffwn ofyn am gyfrifiad ar wahân iddynt ei gwblhau
individual-change-themselves = Byddaf yn gofyn iddynt ateb eu cwestiynau eu hunain
individual-change-themselves-hint = Bydd angen cod mynediad y cartref arnynt, o'r llythyr a anfonwyd atoch
individual-change-for-them = Byddaf yn ateb ar ran { $name }
individual-address-title = Cadarnhau'r cyfeiriad
individual-address-heading = Ydych chi am anfon cod mynediad unigol ar gyfer { $name } drwy'r post?
individual-address-text = Caiff llythyr â chod mynediad unigol ei anfon i gyfeiriad cofrestredig eich cartref
individual-address-addressee-html = Caiff y llythyr ei gyfeirio at <strong>Preswylydd Unigol</strong> yn hytrach na'r enw a roddwyd
individual-address-yes = Ydw, anfonwch y cod mynediad drwy'r post
individual-address-no = Nac ydw, anfonwch ef mewn ffordd arall
individual-posted-title = Mae cod mynediad unigol wedi'i anfon drwy'r post
individual-posted-heading = Mae llythyr wedi'i anfon at Breswylydd Unigol
individual-posted-to-heading = Mae llythyr wedi'i anfon at Breswylydd Unigol yn { $address }
individual-posted-text = Dylai'r llythyr â chod mynediad unigol gyrraedd yn fuan, er mwyn i'r person gwblhau ei gyfrifiad ei hun
individual-number-title = Rhif ffôn symudol
individual-number-heading-html = Beth yw rhif ffôn symudol <strong>{ $name }</strong>?
individual-number-label = Rhif ffôn symudol yn y DU
individual-number-hint = Ni chaiff hwn ei storio a dim ond unwaith y caiff ei ddefnyddio, i anfon y cod mynediad
individual-confirm-number-title = Cadarnhau'r rhif ffôn symudol
individual-confirm-number-heading = Ydy'r rhif ffôn symudol hwn yn gywir?
individual-confirm-number-yes = Ydy, anfonwch y neges destun
individual-confirm-number-no = Nac ydy, mae angen i mi ei newid
individual-texted-title = Mae cod mynediad unigol wedi'i anfon mewn neges destun
individual-texted-heading = Rydym wedi anfon neges destun i { $number }
individual-texted-text = Dylai'r neges destun â chod mynediad unigol gyrraedd yn fuan, er mwyn i'r person gwblhau ei gyfrifiad ei hun
individual-texted-from-html = Caiff y neges destun ei hanfon gan <strong>Census2021</strong>

# On paper

paper-answers-title = Eich atebion
paper-page-of = Tudalen { $page } o { $pages }
paper-unprintable = Mae □ yn cynrychioli nod na ellir ei argraffu yma.
owner-ons = Swyddfa Ystadegau Gwladol
owner-finance-ni = Adran Gyllid Gogledd Iwerddon
owner-dbt = Yr Adran Busnes a Masnach
owner-dsit = Yr Adran Gwyddoniaeth, Arloesedd a Thechnoleg
owner-desnz = Yr Adran Diogeledd Ynni a Sero Net
owner-orr = Swyddfa'r Rheilffyrdd a'r Ffyrdd
owner-ukhsa = Asiantaeth Diogelwch Iechyd y DU
owner-nhs = Y Gwasanaeth Iechyd Gwladol

# Information

cookies-title = Cwcis
privacy-title = Preifatrwydd a diogelu data
accessibility-title = Datganiad hygyrchedd
cookies-body-html = <p>Mae'r gwasanaeth hwn yn cadw un cwci, sy'n para nes i chi allgofnodi neu gau eich porwr. Mae'n cofio eich bod wedi mewngofnodi, a'r iaith a ddewiswyd gennych. Nid yw'r gwasanaeth yn gweithio hebddo.</p><p>Nid yw'n gosod unrhyw gwci arall, ac nid yw'n dweud wrth neb arall beth rydych yn ei wneud yma.</p>
privacy-body-html = <p>Caiff eich atebion eu hamgryptio wrth eu cadw, a dim ond at y sefydliad sy'n cynnal yr arolwg y cânt eu hanfon. Bydd y sefydliad hwnnw yn dweud wrthych sut mae'n eu defnyddio.</p><p>Cedwir yr hyn a deipiwch fel y gallwch barhau yn nes ymlaen, nes i'r arolwg gael ei anfon neu nes i'r amser ar gyfer ateb ddod i ben.</p>
accessibility-body-html = <p>Rydym am i bawb allu ateb. Dylech allu defnyddio'r gwasanaeth hwn gyda bysellfwrdd yn unig, gyda darllenydd sgrin, gyda thestun bedair gwaith yn fwy, a heb sgriptiau.</p><p>Mae wedi'i adeiladu i fodloni Canllawiau Hygyrchedd Cynnwys Gwe, fersiwn 2.2, ar lefel AA. Os nad yw rhywbeth yn gweithio i chi, rhowch wybod i'r sefydliad a anfonodd yr arolwg atoch, a gall gynnig ffordd arall o ateb.</p>
