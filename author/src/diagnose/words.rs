//! A finding as a sentence, in English and Welsh. English says what was seen and what would mend it; Welsh says what is
//! wrong by the finding's code, and what was seen stands beside it.

use schema::diagnostic::Diagnostic;

use super::Text;

/// What is wrong, then what would mend it.
pub fn text(found: &Diagnostic) -> Text {
    let mend = sentence(&found.remedy);
    let en = if found.seen.is_empty() { mend } else { format!("{} {mend}", sentence(&found.seen)) };
    Text { cy: welsh(found.code).to_owned(), en }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// What is wrong, in Welsh.
fn welsh(code: &str) -> &'static str {
    WELSH.iter().find(|(has, _)| *has == code).map_or(OTHERWISE, |(_, words)| words)
}

/// For a finding that is newer than the table.
const OTHERWISE: &str = "Mae rhywbeth o’i le yma.";

const WELSH: &[(&str, &str)] = &[
    (
        "structure",
        "Nid oes ffurf gywir ar y rhan hon: mae rhywbeth ar goll, yn ddieithr neu o’r math anghywir.",
    ),
    ("metadata-missing", "Mae angen metadata nad yw wedi’i ddatgan."),
    ("metadata-duplicate", "Mae’r un metadata wedi’i ddatgan ddwywaith."),
    ("id-duplicate", "Mae’r un ID gan ddwy elfen."),
    ("hub-section-unknown", "Nid oes adran o’r enw hwn i’w chwblhau cyn yr hwb."),
    ("preview-without-introduction", "Ni ellir rhoi rhagolwg o’r cwestiynau heb gyflwyniad."),
    ("text-straight-quote", "Mae dyfynnod syth yn y testun. Defnyddiwch ’ neu “ ”."),
    ("text-stray-space", "Mae bwlch diangen yn y testun."),
    ("text-html-tag", "Ni chaniateir tag yn y testun, neu nid yw wedi’i gau’n gywir."),
    ("text-html-entity", "Nid yw’r cod nod hwn yn y testun yn hysbys."),
    ("text-space-before-break", "Mae bwlch o flaen toriad llinell."),
    ("placeholder-undefined", "Nid yw’r dalfan hon yn y testun wedi’i diffinio."),
    ("placeholder-own-block", "Mae’r testun yn dangos ateb y mae’r un bloc yn gofyn amdano."),
    ("placeholder-in-tag", "Mae dalfan o fewn tag."),
    ("plural-form-missing", "Mae ffurf luosog ar goll."),
    ("transform-first-uses-previous", "Mae’r trawsnewidiad cyntaf yn gofyn am ganlyniad un blaenorol."),
    ("transform-chain-broken", "Nid yw trawsnewidiad yn defnyddio canlyniad yr un o’i flaen."),
    ("transform-answer-type", "Nid yw’r fformat hwn yn addas i’r math hwn o ateb."),
    ("transform-unit-differs", "Mae uned y fformat yn wahanol i uned yr ateb."),
    ("option-label-not-options", "Gofynnir am label opsiwn gan ateb heb opsiynau."),
    ("source-answer-unknown", "Nid oes ateb â’r ID hwn."),
    ("source-metadata-unknown", "Nid yw’r metadata hwn wedi’i ddatgan."),
    ("source-response-metadata-unknown", "Nid yw’r enw hwn yn un o fetadata’r ymateb."),
    ("source-list-unknown", "Nid oes dim yn llenwi’r rhestr hon."),
    ("source-calculated-summary-unknown", "Nid crynodeb cyfrifedig sydd â’r ID hwn."),
    ("source-grand-calculated-summary-unknown", "Nid crynodeb cyfrifedig mawr sydd â’r ID hwn."),
    ("source-progress-unknown", "Nid bloc nac adran sydd â’r ID hwn."),
    ("progress-current-block", "Gofynnir am gynnydd y bloc ei hun."),
    ("progress-current-section", "Gofynnir am gynnydd yr adran ei hun."),
    ("progress-later-block", "Gofynnir am gynnydd bloc sy’n dod yn hwyrach."),
    ("progress-later-section", "Gofynnir am gynnydd adran sy’n dod yn hwyrach."),
    ("progress-repeating-block", "Gofynnir o’r tu allan am gynnydd bloc mewn adran sy’n ailadrodd."),
    ("progress-repeating-section", "Gofynnir am gynnydd adran sy’n ailadrodd."),
    ("selector-not-composite", "Dewisir maes o ateb heb feysydd."),
    ("selector-field-unknown", "Nid oes maes o’r enw hwn gan yr ateb."),
    ("answer-read-too-early", "Darllenir ateb cyn i neb ofyn amdano."),
    ("list-read-too-early", "Darllenir rhestr cyn iddi gael ei llenwi."),
    ("list-never-filled", "Nid oes dim yn llenwi’r rhestr hon."),
    ("list-unknown", "Nid oes rhestr o’r enw hwn."),
    ("list-collector-far-off", "Mae casglwr y rhestr mewn adran arall."),
    ("number-limit-not-number", "Nid rhif yw’r terfyn hwn."),
    ("number-minimum-source-unusable", "Ni ellir cymryd y lleiafswm o’r ateb hwn."),
    ("number-maximum-source-unusable", "Ni ellir cymryd yr uchafswm o’r ateb hwn."),
    ("number-source-more-decimals", "Mae gan yr ateb sy’n gosod y terfyn fwy o leoedd degol."),
    ("number-range-empty", "Nid oes rhif rhwng y lleiafswm a’r uchafswm."),
    ("number-minimum-below-limit", "Mae’r lleiafswm yn is nag y gellir ei gadw."),
    ("number-maximum-above-limit", "Mae’r uchafswm yn uwch nag y gellir ei gadw."),
    ("number-decimals-above-limit", "Mae gormod o leoedd degol."),
    ("number-calculated-decimals", "Rhaid i ateb cyfrifedig fod â dau le degol."),
    ("number-default-on-mandatory", "Ni all ateb gorfodol fod â gwerth rhagosodedig."),
    ("date-limits-cross", "Nid yw’r dyddiad cynharaf cyn yr un hwyraf."),
    ("date-limit-unreadable", "Ni ellir darllen y dyddiad hwn."),
    ("date-range-limits-cross", "Mae terfynau hyd y cyfnod yn groes i’w gilydd."),
    ("date-range-days-of-months", "Ni ellir mesur cyfnod o fisoedd mewn diwrnodau."),
    ("date-range-part-of-years", "Ni ellir mesur cyfnod o flynyddoedd mewn rhannau ohonynt."),
    ("option-too-few", "Mae rhy ychydig o opsiynau."),
    ("option-list-empty", "Mae’r rhestr opsiynau’n wag."),
    ("option-label-duplicate", "Mae’r un label gan ddau opsiwn."),
    ("option-value-duplicate", "Mae’r un gwerth gan ddau opsiwn."),
    ("option-default-unknown", "Nid yw’r rhagosodiad yn un o’r opsiynau."),
    ("option-dynamic-not-checkbox", "Nid o flychau ticio y daw’r opsiynau."),
    ("option-dynamic-label-differs", "Daw’r opsiynau o un ateb a’u labeli o un arall."),
    ("action-params-missing", "Nid yw’r opsiwn yn dweud pa floc i’w agor."),
    ("action-params-unexpected", "Ni ddylai’r opsiwn ddweud pa floc i’w agor."),
    ("suggestions-url-invalid", "Nid cyfeiriad yw hwn."),
    ("question-label-missing", "Mae label ar goll gan un o sawl ateb."),
    ("question-summary-answer-type", "Ni ellir uno’r math hwn o ateb yn y crynodeb."),
    ("q-code-answer-missing", "Nid oes cod cwestiwn gan yr ateb."),
    ("q-code-option-missing", "Nid oes cod cwestiwn gan yr opsiwn."),
    ("q-code-on-option", "Ni ddylai’r opsiwn hwn fod â chod cwestiwn."),
    ("q-code-detail-missing", "Nid oes cod cwestiwn gan yr ateb manwl."),
    ("q-code-on-checkbox-detail", "Ni ddylai’r ateb manwl hwn fod â chod cwestiwn."),
    ("q-code-checkbox-both", "Mae cod cwestiwn gan y blychau ticio a’u hopsiynau."),
    ("q-code-checkbox-neither", "Nid oes cod cwestiwn gan y blychau ticio na chan bob opsiwn."),
    ("q-code-on-confirmation", "Ni ddylai cwestiwn cadarnhau fod â chod cwestiwn."),
    ("q-code-wrong-version", "Nid oes codau cwestiwn yn y fersiwn data hwn."),
    ("answer-code-wrong-version", "Nid oes codau ateb yn y fersiwn data hwn."),
    ("answer-code-duplicate", "Mae’r un cod ateb ddwywaith."),
    ("answer-code-answer-repeated", "Mae dau god gan yr ateb hwn."),
    ("answer-code-missing", "Nid oes cod gan yr ateb hwn."),
    ("answer-code-answer-unknown", "Mae cod ar gyfer ateb nad yw’n bod."),
    ("answer-code-value-without-options", "Mae cod ar gyfer gwerth ateb heb opsiynau."),
    ("answer-code-option-count", "Nid oes cynifer o godau ag sydd o opsiynau."),
    ("answer-code-top-and-options", "Mae cod gan yr ateb a chan ei opsiynau."),
    ("answer-code-value-unknown", "Nid gwerth un o’r opsiynau yw hwn."),
    ("answer-code-dynamic-needs-top", "Mae angen cod ar ateb ag opsiynau deinamig."),
    ("answer-code-on-edit-or-remove", "Ni ddylai ateb sy’n newid neu’n dileu eitem fod â chod."),
    ("answer-twice", "Mae’r un ateb yma ddwywaith."),
    ("exclusive-answer-mandatory", "Ni all un o’r atebion hyn fod yn orfodol."),
    ("exclusive-answer-type", "Nid yw’r math hwn o ateb yn addas yn y cwestiwn hwn."),
    ("exclusive-first-radio", "Ni all yr ateb cyntaf fod yn ddewis o un."),
    ("calculated-answer-elsewhere", "Nid yw’r ateb i’w adio yn y cwestiwn hwn."),
    ("calculated-answer-not-number", "Nid rhif yw’r ateb i’w adio."),
    ("calculated-answer-types-differ", "Mae’r atebion i’w hadio o fathau gwahanol."),
    ("calculated-too-few", "Mae rhy ychydig o atebion i’w hadio."),
    ("variants-only-one", "Dim ond un amrywiad sydd."),
    ("variants-answer-count-differs", "Nid yr un nifer o atebion sydd ym mhob amrywiad."),
    ("variants-question-id-differs", "Nid yr un ID cwestiwn sydd ym mhob amrywiad."),
    ("variants-question-type-differs", "Nid yr un math o gwestiwn sydd ym mhob amrywiad."),
    ("variants-answer-ids-differ", "Nid yr un atebion sydd ym mhob amrywiad."),
    ("variants-answer-type-differs", "Nid yr un math o ateb sydd ym mhob amrywiad."),
    ("variants-default-differs", "Nid yr un rhagosodiad sydd ym mhob amrywiad."),
    ("route-default-missing", "Nid oes llwybr pan nad oes rheol yn wir."),
    ("route-default-repeated", "Mae mwy nag un llwybr heb reol."),
    ("route-block-unknown", "Nid oes bloc â’r ID hwn yn yr adran."),
    ("route-group-unknown", "Nid oes grŵp â’r ID hwn."),
    ("route-never-reached", "Ni chyrhaeddir y llwybr hwn byth."),
    ("never-run", "Ni fydd hyn byth yn digwydd."),
    ("block-unknown", "Nid oes bloc â’r ID hwn."),
    ("section-unknown", "Nid oes adran â’r ID hwn."),
    ("rule-option-unknown", "Mae’r rheol yn cymharu â gwerth nad yw’n opsiwn."),
    ("rule-types-differ", "Mae’r rheol yn cymharu mathau gwahanol."),
    ("rule-type-not-allowed", "Ni all y rheol gymharu’r math hwn."),
    ("rule-date-of-other", "Nid dyddiad yw’r hyn y mae’r rheol yn ei gymryd yn ddyddiad."),
    ("rule-map-without-self", "Nid yw’r rheol yn defnyddio pob eitem yn ei thro."),
    ("rule-self-outside-map", "Mae “self” yn sefyll y tu allan i “map”."),
    ("term-of-other-kind", "Nid yw’r rhan hon o’r rheol o’r math sydd ei angen."),
    ("collector-not-radio", "Rhaid i gasglwr rhestr ofyn drwy ddewis o un."),
    ("collector-remove-not-radio", "Rhaid gofyn am ddileu drwy ddewis o un."),
    ("collector-action-missing", "Nid oes opsiwn sy’n agor y bloc."),
    ("collector-options-missing", "Mae opsiwn ar goll gan y casglwr rhestr."),
    ("collector-add-edit-differ", "Nid yr un atebion sydd wrth ychwanegu a newid."),
    ("collector-same-list-differs", "Mae casglwyr yr un rhestr yn wahanol."),
    ("collector-other-list-shares", "Mae casglwyr dwy restr yn rhannu atebion."),
    ("collector-answer-elsewhere", "Mae ateb y casglwr mewn lle arall."),
    ("collector-repeating-not-alone", "Rhaid i’r casglwr hwn fod ar ei ben ei hun."),
    ("collector-supplementary-list", "Daw’r rhestr hon o ddata atodol."),
    ("collector-same-name-unknown", "Nid oes ateb â’r ID hwn wrth ychwanegu."),
    ("primary-person-not-radio", "Rhaid gofyn am y prif berson drwy ddewis o un."),
    ("primary-person-answers-differ", "Nid yr un atebion sydd gan y prif berson a’r lleill."),
    ("driving-question-repeated", "Mae dau gwestiwn yn gyrru’r un rhestr."),
    ("relationships-id-elsewhere", "Mae ID y casglwr perthnasoedd yn sefydlog."),
    ("relationships-answer-type", "Rhaid i’r ateb fod yn berthynas."),
    ("relationships-answers-several", "Un ateb sydd gan gasglwr perthnasoedd."),
    ("unrelated-actions-missing", "Mae gweithred ar goll gan yr opsiynau hyn."),
    ("section-collectors-several", "Mae mwy nag un casglwr rhestr yn yr adran."),
    ("section-list-collected-twice", "Cesglir yr un rhestr ddwywaith yn yr adran."),
    ("sections_in_a_circle", "Mae adrannau’n dibynnu ar ei gilydd mewn cylch."),
    ("summary-anchor-foreign", "Nid yw’r ateb hwn yn perthyn i’r rhestr."),
    ("summary-related-foreign", "Nid yw’r ateb cysylltiedig yn perthyn i’r rhestr."),
    ("summary-related-unlabelled", "Nid oes label gan yr ateb cysylltiedig."),
    ("calculation-answer-unknown", "Nid oes ateb â’r ID hwn i’w adio."),
    ("calculation-types-differ", "Mae’r atebion i’w hadio o fathau gwahanol."),
    ("calculation-currencies-differ", "Mae’r atebion i’w hadio mewn arian gwahanol."),
    ("calculation-units-differ", "Mae’r atebion i’w hadio mewn unedau gwahanol."),
    ("calculated-summary-too-early", "Daw’r crynodeb cyn yr atebion y mae’n eu hadio."),
    ("calculated-summary-sections-differ", "Mae’r atebion i’w hadio mewn adrannau gwahanol."),
    ("calculated-summary-single", "Dim ond un ateb sydd i’w adio."),
    ("grand-summary-part-unknown", "Nid crynodeb cyfrifedig yw’r rhan hon."),
    ("grand-summary-too-early", "Daw’r crynodeb mawr cyn ei rannau."),
    ("grand-summary-parts-same", "Mae dwy ran y crynodeb mawr yr un fath."),
    ("grand-summary-part-repeats", "Mae rhan o’r crynodeb mawr yn ailadrodd."),
    ("grand-summary-part-other-repeat", "Mae rhan o’r crynodeb mawr mewn ailadrodd arall."),
    ("grand-summary-part-same-list", "Mae rhannau’r crynodeb mawr ar yr un rhestr."),
    ("languages-differ", "Mae mwy na’r geiriau’n wahanol rhwng yr ieithoedd."),
];

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_is_found_in_broken_definitions_has_words_in_both_languages() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/tests/broken");
        let mut codes = std::collections::BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "json") {
                let definition: Value =
                    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
                let report = schema::check::check(&definition, jiff::civil::date(2026, 11, 30));
                for found in &report.diagnostics {
                    codes.insert(found.code);
                    let words = text(found);
                    assert_ne!(words.cy, OTHERWISE, "{}", found.code);
                    assert!(words.en.ends_with(['.', '?', '!', '…']), "{}", words.en);
                }
            }
        }
        assert!(codes.len() > 40);
    }

    #[test]
    fn no_code_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(WELSH.iter().all(|(code, _)| seen.insert(code)));
    }
}
