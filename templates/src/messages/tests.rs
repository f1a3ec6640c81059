#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use super::*;
use crate::environment::TEMPLATES;

fn of(locale: Locale) -> BTreeSet<&'static str> {
    files(locale).into_iter().flat_map(ids).collect()
}

/// What is between double quotes, in templates and in code: among it every id that is asked for.
fn quoted() -> BTreeSet<&'static str> {
    let code = [
        include_str!("../chrome.rs"),
        include_str!("../page.rs"),
        include_str!("../paper.rs"),
        include_str!("../messages.rs"),
    ];
    let templates = TEMPLATES.iter().map(|(_, source)| *source);
    templates.chain(code).flat_map(|source| source.split('"')).collect()
}

/// Ids made of a beginning in a template and an ending in a page.
const MADE: &[(&str, &[&str])] = &[
    ("language-", &["en", "cy", "ga", "eo"]),
    ("status-", &["completed", "in-progress", "not-started", "requested"]),
    ("hub-link-", &["completed", "in-progress", "not-started", "requested"]),
    ("hub-link-spoken-", &["completed-html", "in-progress-html", "not-started-html", "requested-html"]),
    ("demo-group-", &["surveys", "features", "published"]),
    ("demo-kind-", &["string", "date", "boolean", "uuid", "url"]),
    ("individual-how-", &["text-message", "text-message-hint", "post", "post-hint"]),
    ("individual-change-", &["again", "themselves", "themselves-hint", "for-them"]),
    ("individual-address-", &["yes", "no"]),
    ("individual-confirm-number-", &["yes", "no"]),
    ("forbidden-help", &["-html", "-business-html", "-other-html"]),
    ("not-found-help", &["-html", "-business-html", "-other-html"]),
    ("unavailable-help", &["-html", "-business-html", "-other-html"]),
    ("", &["cookies-body-html", "privacy-body-html", "accessibility-body-html"]),
    ("", &["save-and-exit", "exit"]),
];

/// The keys of spec/04 §2 that an engine error or a page of ours can bear.
const KEYS: &[&str] = &[
    "MANDATORY_QUESTION",
    "MANDATORY_TEXTFIELD",
    "MANDATORY_NUMBER",
    "MANDATORY_TEXTAREA",
    "MANDATORY_RADIO",
    "MANDATORY_CHECKBOX",
    "MANDATORY_DROPDOWN",
    "MANDATORY_DATE",
    "MANDATORY_ADDRESS",
    "MANDATORY_DURATION",
    "MANDATORY_EMAIL",
    "MANDATORY_MOBILE_NUMBER",
    "NUMBER_TOO_SMALL",
    "NUMBER_TOO_SMALL_EXCLUSIVE",
    "NUMBER_TOO_LARGE",
    "NUMBER_TOO_LARGE_EXCLUSIVE",
    "TOTAL_SUM_NOT_EQUALS",
    "TOTAL_SUM_NOT_LESS_THAN_OR_EQUALS",
    "TOTAL_SUM_NOT_LESS_THAN",
    "TOTAL_SUM_NOT_GREATER_THAN",
    "TOTAL_SUM_NOT_GREATER_THAN_OR_EQUALS",
    "INVALID_EMAIL_FORMAT",
    "INVALID_NUMBER",
    "INVALID_INTEGER",
    "INVALID_DECIMAL",
    "MAX_LENGTH_EXCEEDED",
    "INVALID_DATE",
    "INVALID_DATE_RANGE",
    "INVALID_DURATION",
    "INVALID_MOBILE_NUMBER",
    "DATE_PERIOD_TOO_SMALL",
    "DATE_PERIOD_TOO_LARGE",
    "SINGLE_DATE_PERIOD_TOO_EARLY",
    "SINGLE_DATE_PERIOD_TOO_LATE",
    "MUTUALLY_EXCLUSIVE",
    "INVALID_YEAR_FORMAT",
    "NOT_A_CHOICE",
    "NOT_CHOICES",
];

fn used() -> BTreeSet<String> {
    let quoted = quoted();
    let asked = of(Locale::En).into_iter().filter(|id| quoted.contains(id)).map(str::to_owned);
    let made = MADE.iter().flat_map(|(start, ends)| ends.iter().map(move |end| format!("{start}{end}")));
    asked.chain(made).chain(KEYS.iter().map(|key| error_message(key))).collect()
}

#[test]
fn every_message_stands_in_english_and_in_welsh() {
    let missing: Vec<_> = of(Locale::En).symmetric_difference(&of(Locale::Cy)).copied().collect();
    assert!(missing.is_empty(), "in one of the two only: {missing:?}");
}

#[test]
fn irish_and_ulster_scots_name_only_messages_that_english_has() {
    for locale in [Locale::Ga, Locale::Eo] {
        let unknown: Vec<_> = of(locale).difference(&of(Locale::En)).copied().collect();
        assert!(unknown.is_empty(), "{locale:?}: {unknown:?}");
    }
}

#[test]
fn every_message_that_is_asked_for_exists() {
    let english = of(Locale::En);
    // `t("start-" ~ …)` asks for what `MADE` lists.
    let asked = TEMPLATES.iter().flat_map(|(_, source)| source.split(" t(\"").skip(1)).filter_map(|rest| {
        let (id, after) = rest.split_once('"')?;
        (!after.starts_with(" ~")).then(|| id.to_owned())
    });
    let missing: Vec<_> = asked.chain(used()).filter(|id| !english.contains(id.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_message_is_unused() {
    let used = used();
    let unused: Vec<_> = of(Locale::En).into_iter().filter(|id| !used.contains(*id)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Every placeable of a message, without the spaces.
fn arguments(file: &str, id: &str) -> BTreeSet<String> {
    let start = file.find(&format!("\n{id} =")).unwrap() + 1;
    let body = &file[start..];
    let end = body
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .map(|line| line.len() + 1)
        .sum::<usize>();
    let first = body.lines().next().unwrap().len();
    let body = &body[..(first + 1 + end).min(body.len())];
    body.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned()).collect()
}

#[test]
fn a_translation_takes_the_same_arguments() {
    let english = files(Locale::En).concat();
    for locale in [Locale::Cy, Locale::Ga, Locale::Eo] {
        let theirs = files(locale).concat();
        for id in of(locale) {
            assert_eq!(arguments(&english, id), arguments(&theirs, id), "{locale:?}: {id}");
        }
    }
}

#[test]
fn a_sentence_in_welsh_knows_six_plurals() {
    let words = Words::new().unwrap();
    let say = |count: i64| {
        let language = &words.languages[index(Locale::Cy)];
        language.say("value-years", &[("count", Value::from(count))]).unwrap().to_string()
    };
    let said = [0, 1, 2, 3, 6, 10].map(say);
    assert_eq!(said, ["0 blwyddyn", "1 flwyddyn", "2 flynedd", "3 blynedd", "6 blynedd", "10 o flynyddoedd"]);
}

#[test]
fn an_argument_is_escaped_in_markup_and_stays_as_it_is_in_plain_text() {
    let words = Words::new().unwrap();
    let english = &words.languages[index(Locale::En)];
    let name = [("title", Value::from("A & B"))];
    assert_eq!(english.say("remove-item-html", &name).unwrap().to_string(), "Remove A &amp; B");
    let survey = [("survey", Value::from("A & B"))];
    let heading = english.say("thank-you-heading", &survey).unwrap();
    assert_eq!(
        (heading.to_string().as_str(), heading.is_safe()),
        ("Thank you for completing the A & B", false)
    );
}
