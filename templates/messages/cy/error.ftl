# Words for what is wrong with an answer, and pages for what went wrong.

error-summary =
    { $count ->
        [one] Mae problem gyda'ch ateb
       *[other] Mae { $count } problem gyda'ch ateb
    }
error-mandatory-question = Rhowch ateb
error-mandatory-textfield = Rhowch ateb
error-mandatory-number = Rhowch ateb
error-mandatory-textarea = Rhowch ateb
error-mandatory-radio-html = Dewiswch ateb <span class="ons-u-vh">i ‘{ $question_title }’</span>
error-mandatory-checkbox-html = Dewiswch o leiaf un ateb <span class="ons-u-vh">i ‘{ $question_title }’</span>
error-mandatory-dropdown = Dewiswch ateb
error-mandatory-date = Rhowch ddyddiad
error-mandatory-address = Rhowch gyfeiriad
error-mandatory-duration = Rhowch gyfnod o amser
error-mandatory-email = Rhowch gyfeiriad e-bost
error-mandatory-mobile-number = Rhowch rif ffôn symudol yn y DU
error-not-a-choice = Dewiswch un o'r atebion a ddangosir
error-not-choices = Dewiswch o'r atebion a ddangosir yn unig: nid yw { $values } yn un ohonynt
error-number-too-small = Rhowch { $min } neu fwy
error-number-too-small-exclusive = Rhowch rif uwch na { $min }
error-number-too-large = Rhowch { $max } neu lai
error-number-too-large-exclusive = Rhowch rif is na { $max }
error-total-sum-not-equals = Newidiwch eich atebion fel eu bod gyda'i gilydd yn gwneud { $total }
error-total-sum-not-less-than-or-equals = Newidiwch eich atebion fel eu bod gyda'i gilydd yn gwneud { $total } neu lai
error-total-sum-not-less-than = Newidiwch eich atebion fel eu bod gyda'i gilydd yn gwneud llai na { $total }
error-total-sum-not-greater-than = Newidiwch eich atebion fel eu bod gyda'i gilydd yn gwneud mwy na { $total }
error-total-sum-not-greater-than-or-equals = Newidiwch eich atebion fel eu bod gyda'i gilydd yn gwneud { $total } neu fwy
error-invalid-email-format = Rhowch gyfeiriad e-bost fel enw@enghraifft.com
error-invalid-number = Rhowch rif
error-invalid-integer = Rhowch rif cyfan
error-invalid-decimal = Rhowch rif heb fwy na { $max } o leoedd degol
error-max-length-exceeded = Gwnewch eich ateb yn fyrrach, hyd at { $max } o nodau
error-invalid-date = Rhowch ddyddiad dilys
error-invalid-year-format = Rhowch flwyddyn o bedwar ffigur, fel 2023
error-invalid-date-range = Rhowch ddyddiad gorffen sydd ar ôl y dyddiad dechrau
error-invalid-duration = Rhowch gyfnod dilys o amser
error-invalid-mobile-number = Rhowch rif ffôn symudol yn y DU, fel 07700 900345 neu +44 7700 900345
error-date-period-too-small = Rhowch ddyddiadau sydd { $min } neu fwy ar wahân
error-date-period-too-large = Rhowch ddyddiadau sydd { $max } neu lai ar wahân
error-single-date-period-too-early = Rhowch ddyddiad ar ôl { $min }
error-single-date-period-too-late = Rhowch ddyddiad cyn { $max }
error-mutually-exclusive = Dileu ateb

# Pages for what went wrong

business-surveys = Arolygon busnes
other-surveys = Pob arolwg arall
sign-in-title = Nid yw'r dudalen ar gael
sign-in-heading = Mae'n ddrwg gennym, mae angen i chi fewngofnodi eto
sign-in-because = Mae un o'r rhain wedi digwydd:
sign-in-inactive = nid oeddech wedi gwneud dim am 45 munud, felly gwnaethom eich allgofnodi i gadw eich gwybodaeth yn ddiogel
sign-in-not-signed-in = gwnaethoch agor tudalen y mae angen mewngofnodi cyn ei gweld
sign-in-submitted = gwnaethoch agor arolwg sydd eisoes wedi'i anfon atom
sign-in-business-html = I gyrraedd eich cyfrif, <a href="{ $href }">mewngofnodwch eto</a>
sign-in-social-html = I agor y dudalen hon, <a href="{ $href }">rhowch eich cod mynediad eto</a>.
sign-in-either-business-html = Os arolwg busnes yw eich un chi, mewngofnodwch eto i'ch <a href="{ $href }">cyfrif</a>.
sign-in-either-other-html = Os gwnaethoch ddechrau gyda chod mynediad, <a href="{ $href }">rhowch eich cod eto</a>.
submission-complete-title = Cyflwynwyd
submission-complete-heading = Nid yw'r dudalen hon ar gael mwyach
submission-complete-text = Mae eich arolwg wedi'i gyflwyno
submission-complete-back = Dychwelyd i'r dudalen flaenorol
forbidden-title = Mae'n ddrwg gennym, mae problem
forbidden-browser = Gall fersiwn mwy diweddar o'ch porwr helpu.
forbidden-device = Os na, rhowch gynnig ar borwr arall, neu ddyfais arall.
forbidden-help-html = I gael rhagor o help, <a href="{ $href }">cysylltwch â ni</a>.
forbidden-help-business-html = Os arolwg busnes yw eich un chi a bod angen rhagor o help arnoch, <a href="{ $href }">cysylltwch â ni</a>.
forbidden-help-other-html = Os gwnaethoch ddechrau gyda chod mynediad a bod angen rhagor o help arnoch, <a href="{ $href }">cysylltwch â ni</a>.
not-found-title = Heb ddod o hyd i'r dudalen
not-found-typed = Os gwnaethoch deipio'r cyfeiriad, gwnewch yn siŵr nad oes camgymeriad ynddo.
not-found-pasted = Os gwnaethoch ei ludo, gwnewch yn siŵr eich bod wedi copïo'r cyfan.
not-found-either = Os yw'r cyfeiriad yn gywir, neu os daethoch drwy ddolen neu fotwm, gall y rhain helpu.
not-found-help-html = Os yw'r cyfeiriad yn gywir, neu os daethoch drwy ddolen neu fotwm, <a href="{ $href }">cysylltwch â ni</a> i gael rhagor o help.
not-found-help-business-html = Os arolwg busnes yw eich un chi, <a href="{ $href }">cysylltwch â ni</a>.
not-found-help-other-html = Os gwnaethoch ddechrau gyda chod mynediad, <a href="{ $href }">cysylltwch â ni</a>.
too-many-codes-title = Rydych wedi cyrraedd y nifer uchaf o godau mynediad unigol
too-many-codes-html = Os oes angen mwy arnoch, <a href="{ $href }">cysylltwch â ni</a>.
too-many-feedback-title = Rydych wedi cyrraedd y nifer uchaf o weithiau i gyflwyno adborth
too-many-feedback-html = Os oes mwy yr hoffech ei ddweud wrthym, <a href="{ $href }">cysylltwch â ni</a>.
problem-title = Mae gwall wedi digwydd
problem-heading = Mae'n ddrwg gennym, mae problem gyda'r gwasanaeth hwn
problem-later = Rhowch gynnig arall arni yn nes ymlaen.
problem-saved = Os ydych wedi dechrau arolwg, mae eich atebion blaenorol wedi'u cadw.
problem-business-html = Os oeddech yn cyflwyno eich arolwg, gwnewch yn siŵr ei fod wedi ein cyrraedd: <a href="{ $href }">mewngofnodwch i'ch cyfrif arolygon busnes</a>.
problem-social-html = Os oeddech yn cyflwyno eich arolwg, gwnewch yn siŵr ei fod wedi ein cyrraedd: <a href="{ $href }">rhowch eich cod eto</a>.
problem-contact-html = Os oes angen rhagor o help arnoch, <a href="{ $href }">cysylltwch â ni</a>.
problem-contact-business-html = Os oes angen rhagor o help arnoch, <a href="{ $href }">cysylltwch â ni am arolygon busnes</a>.
problem-contact-other-html = Os oes angen rhagor o help arnoch, <a href="{ $href }">cysylltwch â ni am bob arolwg arall</a>.
problem-reference = Os byddwch yn cysylltu â ni, dyfynnwch { $reference }
unavailable-title = Mae'n ddrwg gennym, mae'r gwasanaeth yn brysur
unavailable-safe = Mae popeth a gadwyd gennych o'r blaen yn ddiogel.
unavailable-not-saved = Nid yw eich ateb diwethaf wedi'i gadw eto. Arhoswch funud, yna rhowch gynnig arall arni.
unavailable-wait = Arhoswch funud, yna llwythwch y dudalen hon eto.
unavailable-help-html = Os bydd hyn yn parhau, <a href="{ $href }">cysylltwch â ni</a>.
unavailable-help-business-html = Os bydd hyn yn parhau ac arolwg busnes yw eich un chi, <a href="{ $href }">cysylltwch â ni</a>.
unavailable-help-other-html = Os bydd hyn yn parhau a gwnaethoch ddechrau gyda chod mynediad, <a href="{ $href }">cysylltwch â ni</a>.
try-again = Rhowch gynnig arall arni
no-pdf-title = Mae'n ddrwg gennym, ni ellir creu'r PDF ar hyn o bryd
no-pdf-safe = Nid oes dim wedi'i golli: mae popeth a gadwyd neu a anfonwyd gennych yn ddiogel. Arhoswch funud, yna rhowch gynnig arall arni.
no-pdf-print-html = Neu <a href="{ $href }">ewch yn ôl i'r dudalen</a> a'i hargraffu o'ch porwr.
