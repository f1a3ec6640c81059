//! Pages on the way to a form of their own for somebody.

use engine::error::ErrorText;
use engine::individual::{IndividualStep, choices};
use engine::page::{Body, ErrorLink, IndividualOption, IndividualPage, Page};
use schema::value::ListItemId;

use super::fields::page;

const PERSON: ListItemId = ListItemId(*b"abcDEF");

fn people() -> Vec<IndividualOption> {
    let person = |value: &str, name: &str| IndividualOption {
        value: value.to_owned(),
        id: None,
        name: name.to_owned(),
        hint: None,
        is_chosen: false,
    };
    vec![person("abcDEF", "Ann <Bell>"), person("ghiJKL", "Ben Bell")]
}

fn at(step: IndividualStep, is_by_post: bool, wrong: Option<&'static str>) -> Page<'static> {
    let field = step.field().unwrap_or_default();
    let options = choices(step, is_by_post).iter().enumerate().map(|(n, choice)| IndividualOption {
        value: choice.value.to_owned(),
        id: Some(choice.id),
        name: String::new(),
        hint: choice.hint,
        is_chosen: n == 0 && matches!(step, IndividualStep::Change(_)),
    });
    let errors = wrong.map(|key| ErrorLink {
        id: format!("{field}-error"),
        text: ErrorText { key, args: vec![], author: None },
    });
    let individual = IndividualPage {
        step: step.name().strip_prefix("individual ").unwrap_or("begin"),
        person_number: step.person().map(|_| 2),
        name: "Ann <Bell>".to_owned(),
        question_id: step.question().unwrap_or_default(),
        field,
        options: if step == IndividualStep::Who { people() } else { options.collect() },
        is_by_post,
        number: "07700 900345".to_owned(),
        display_address: is_by_post.then(|| "1 Harbour Row, Aberaeron".to_owned()),
        href: (step == IndividualStep::Begin).then(|| "/individual-response/who?journey=hub".to_owned()),
        errors: errors.into_iter().collect(),
    };
    let is_refused = wrong.is_some();
    let body = Body::Individual(Box::new(individual));
    Page { title: None, is_refused, ..page("", step.name(), body) }
}

pub(super) fn pages() -> Vec<(&'static str, Page<'static>)> {
    let radio = Some("MANDATORY_RADIO");
    vec![
        ("individual-begin", at(IndividualStep::Begin, true, None)),
        ("individual-who", at(IndividualStep::Who, true, None)),
        ("individual-who-refused", at(IndividualStep::Who, true, radio)),
        ("individual-how", at(IndividualStep::How(PERSON), true, None)),
        ("individual-how-no-post", at(IndividualStep::How(PERSON), false, Some("NOT_A_CHOICE"))),
        ("individual-change", at(IndividualStep::Change(PERSON), true, None)),
        ("individual-address", at(IndividualStep::Address(PERSON), true, None)),
        ("individual-address-refused", at(IndividualStep::Address(PERSON), true, radio)),
        ("individual-number", at(IndividualStep::Number(PERSON), true, None)),
        (
            "individual-number-refused",
            at(IndividualStep::Number(PERSON), true, Some("INVALID_MOBILE_NUMBER")),
        ),
        ("individual-confirm-number", at(IndividualStep::ConfirmNumber(PERSON), true, None)),
        ("individual-confirm-number-refused", at(IndividualStep::ConfirmNumber(PERSON), true, radio)),
        ("individual-sent-by-post", at(IndividualStep::Posted, true, None)),
        ("individual-sent-by-post-somewhere", at(IndividualStep::Posted, false, None)),
        ("individual-sent-by-text", at(IndividualStep::Texted, true, None)),
    ]
}
