//! The stored form: bytes once written are read for ever, and a rewrite loses nothing.
//!
//! `stored/N.hex` are responses as each form wrote them. When the form grows, its bytes go beside them as a new file
//! (`UPDATE=1` writes it) and the old ones stay.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::fs;
use std::path::PathBuf;

use engine::open;
use engine::place::{Place, SectionKey};
use engine::response::{AnswerKey, Launch, Mark, Response, StoredError, Submitted, read, write};
use engine::supplementary::{Supplementary, SuppliedList};
use schema::Questionnaire;
use schema::value::{ListItemId, Relationship, Value};
use serde_json::json;

/// The newest form.
const NEWEST: u32 = 4;

const DEFINITION: &str = include_str!("stored/questionnaire.json");
/// The same with other names.
fn other() -> Questionnaire {
    let text = DEFINITION.replace("\"boats\"", "\"ships\"").replace("mooring", "anchorage");
    schema::link(&[&text]).unwrap()
}

fn questionnaire() -> Questionnaire {
    schema::link(&[DEFINITION]).unwrap()
}

const FIRST: ListItemId = ListItemId(*b"abcDEF");
const SECOND: ListItemId = ListItemId(*b"ghiJKL");

/// What the n-th form could keep: all of a response, but for parts that came later.
fn kept(q: &Questionnaire, number: u32) -> Response {
    let mut response = response(q);
    if number < 2 {
        response.supplementary = None;
    }
    if number < 3 {
        response.individual_requests = vec![];
    }
    response
}

/// A response with something in each of its parts, and a value of each kind.
fn response(q: &Questionnaire) -> Response {
    let claims = json!({"tx_id": "t", "survey_metadata": {"data": {"ru_name": "Glanrhyd & Sons", "b": "a"}}});
    let mut response = open::open(Launch { claims: claims.as_object().unwrap().clone() });
    let answer = |id: &str| q.names.answers[id];
    let list = q.names.lists["boats"];
    response.lists.add(list, SECOND);
    response.lists.add_primary(list, FIRST);
    response.lists.set_same_names(list, vec![FIRST, SECOND]);
    let relationship = Relationship { from: FIRST, to: SECOND, relationship: "Sister".into() };
    for (id, item, value) in [
        ("boat-name", Some(SECOND), Value::text("Ŵyn & \u{0}")),
        ("boat-name", Some(FIRST), Value::Null),
        ("boat-length", Some(SECOND), Value::Number("-1.50".parse().unwrap())),
        ("boat-length", Some(FIRST), Value::Bool(true)),
        ("boats-answer", None, Value::List(vec![Value::text("Yes"), Value::text("")])),
        ("remove-boat-answer", None, Value::Parts(vec![("years".into(), Value::Number(2.into()))])),
        ("remove-boat-answer", Some(FIRST), Value::Relationships(vec![relationship])),
        ("mooring-answer", None, Value::Date(jiff::civil::date(2021, 2, 28))),
    ] {
        response.answers.set(AnswerKey::new(answer(id), item), value);
    }
    let section = q.names.sections["boats-section"];
    let (boats, mooring) = (q.names.blocks["boats"], q.names.blocks["mooring"]);
    for (item, mark) in [(None, Mark::Entered), (Some(FIRST), Mark::Reset), (Some(SECOND), Mark::Requested)] {
        let key = SectionKey { section, item };
        response.visits.confirm(key, mooring);
        response.visits.confirm(key, boats);
        response.visits.mark(key, mark);
    }
    response.writers.push((Place { block: boats, item: Some(FIRST), to: Some(SECOND) }, 7));
    response.supplementary = Some(Supplementary {
        data: json!({"identifier": "1", "items": {}}).as_object().unwrap().clone(),
        lists: vec![SuppliedList {
            name: "boats".into(),
            items: vec![(json!("1"), FIRST), (json!(22), SECOND)],
        }],
    });
    response.individual_requests = vec![7, u32::MAX];
    response.started_at = Some("2026-11-24T10:00:00.123456Z".parse().unwrap());
    response.submitted = Some(Submitted {
        at: "2026-11-24T11:00:00Z".parse().unwrap(),
        id: "00000000-0000-4000-8000-000000000001".into(),
        language: "cy".into(),
    });
    response
}

fn golden(number: u32) -> Vec<u8> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/stored/{number}.hex"));
    if number == NEWEST && std::env::var_os("UPDATE").is_some() {
        let q = questionnaire();
        let hex: Vec<_> = write(&q, &response(&q))
            .chunks(40)
            .map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
            .collect();
        fs::write(&file, hex.join("\n") + "\n").unwrap();
    }
    let text: String = fs::read_to_string(&file).unwrap().split_whitespace().collect();
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// The form as a list of numbered fields, to take apart and put together.
type Form = (u8, Vec<(u8, Vec<u8>)>);

fn apart(bytes: &[u8]) -> Form {
    postcard::from_bytes(bytes).unwrap()
}

fn together(form: &Form) -> Vec<u8> {
    postcard::to_allocvec(form).unwrap()
}

#[test]
fn what_any_version_wrote_is_read_for_ever() {
    let q = questionnaire();
    for number in 1..=NEWEST {
        assert!(
            read(&q, &golden(number)) == Ok(kept(&q, number)),
            "stored/{number}.hex reads as something else"
        );
    }
}

#[test]
fn what_is_written_today_is_the_newest_form() {
    let q = questionnaire();
    assert!(
        write(&q, &response(&q)) == golden(NEWEST),
        "the form has changed: keep the old file, add a new one"
    );
}

#[test]
fn decimals_come_back_as_they_were_typed() {
    let q = questionnaire();
    let read = read(&q, &golden(NEWEST)).unwrap();
    let key = AnswerKey::new(q.names.answers["boat-length"], Some(SECOND));
    assert_eq!(read.answers.get(key).unwrap().as_number().unwrap().to_string(), "-1.50");
}

#[test]
fn a_field_that_a_newer_version_added_is_kept_through_a_rewrite() {
    let q = questionnaire();
    let mut form = apart(&golden(NEWEST));
    form.1.push((200, vec![1, 2, 3]));
    let read = read(&q, &together(&form)).unwrap();
    assert_eq!(read.aside.fields, [(200, vec![1, 2, 3])]);
    assert_eq!(apart(&write(&q, &read)), form);
}

#[test]
fn a_field_that_an_older_version_did_not_write_has_its_default() {
    let q = questionnaire();
    let whole = apart(&golden(NEWEST));
    for at in 0..whole.1.len() {
        let mut form = whole.clone();
        let (number, _) = form.1.remove(at);
        let read =
            read(&q, &together(&form)).unwrap_or_else(|why| unreachable!("without field {number}: {why:?}"));
        assert!(read != response(&q), "field {number} holds nothing");
    }
    let empty = open::open(Launch { claims: serde_json::Map::new() });
    assert!(read(&q, &together(&(whole.0, vec![]))) == Ok(empty));
}

#[test]
fn a_form_that_says_it_needs_a_newer_version_is_refused() {
    let q = questionnaire();
    let mut form = apart(&golden(NEWEST));
    form.0 += 1;
    assert!(read(&q, &together(&form)) == Err(StoredError::TooNew));
}

#[test]
fn bytes_that_no_version_wrote_are_told_from_a_response() {
    let q = questionnaire();
    let whole = golden(NEWEST);
    for length in 0..whole.len() {
        assert!(read(&q, &whole[..length]) == Err(StoredError::Malformed), "the first {length} bytes");
    }
    // Whatever else a byte becomes, reading it does not panic.
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0x55;
        let _ = read(&q, &broken);
    }
}

#[test]
fn names_that_another_questionnaire_lacks_go_aside_and_come_back() {
    let (q, other) = (questionnaire(), other());
    let aside = read(&other, &golden(NEWEST)).unwrap();
    assert_eq!(aside.aside.answers.len(), 1, "the answer that bears another name");
    assert_eq!(aside.aside.lists.len(), 1, "the list that bears another name");
    assert_eq!(aside.answers.len() + 1, response(&q).answers.len());
    let back = read(&q, &write(&other, &aside)).unwrap();
    let sorted = |response: &Response| {
        let mut ids: Vec<_> =
            response.answers.iter().map(|(key, _)| (q.answer(key.answer).id.clone(), key.item)).collect();
        ids.sort();
        ids
    };
    assert_eq!(sorted(&back), sorted(&response(&q)));
    assert_eq!(back.lists.items(q.names.lists["boats"]), [FIRST, SECOND]);
}
