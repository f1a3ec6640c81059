//! Statuses are worked out, not stored: from what eQ stored at each recorded `/dump/debug`, ours come to the same.

#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use std::collections::HashMap;
use std::fs;

use engine::open;
use engine::place::SectionKey;
use engine::response::{AnswerKey, Launch, Response};
use engine::supplementary::{Supplementary, SuppliedList};
use engine::trace::Trace;
use schema::Questionnaire;
use schema::value::{Date, ListItemId, Relationship, Value};
use serde_json::Value as Json;

/// Where ours differ on purpose: journey, section, what eQ stored, ours, and why.
const DIFFERENCES: &[(&str, &str, &str, &str, &str)] = &[];

#[test]
fn statuses_worked_out_are_those_recorded() {
    let Some(shared) = common::shared() else { return };
    let schemas = shared.join("conformance/schemas/en");
    let mut questionnaires: HashMap<String, Questionnaire> = HashMap::new();
    let (mut bodies, mut states, mut differing) = (0, 0, Vec::new());
    for folder in ["tests", "walks"] {
        let mut files: Vec<_> = fs::read_dir(shared.join("conformance/journeys").join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            if !text.contains("/dump/debug") {
                continue;
            }
            let journey: Json = serde_json::from_str(&text).unwrap();
            let today = day(&journey);
            for step in journey["steps"].as_array().unwrap() {
                let dump = &step["response"]["json"];
                if step["request"]["path"] != "/dump/debug" || !dump.is_object() {
                    continue;
                }
                let name = dump["METADATA"]["schema_name"].as_str().unwrap().to_owned();
                let questionnaire = questionnaires.entry(name.clone()).or_insert_with(|| {
                    let text = fs::read_to_string(schemas.join(format!("{name}.json"))).unwrap();
                    schema::link(&[&text]).unwrap_or_else(|report| panic!("{name}: {report:?}"))
                });
                bodies += 1;
                let response = response(questionnaire, dump);
                let trace = Trace::new(questionnaire, &response, today);
                for stored in dump["PROGRESS"].as_array().unwrap() {
                    states += 1;
                    let is = trace.visit_status(key(questionnaire, stored)).unwrap().name();
                    let should = stored["status"].as_str().unwrap();
                    if is != should {
                        let journey = journey["name"].as_str().unwrap().to_owned();
                        let section = stored["section_id"].as_str().unwrap().to_owned();
                        differing.push((journey, section, should.to_owned(), is));
                    }
                }
            }
        }
    }
    println!("{bodies} bodies, {states} states, {} differ on purpose", differing.len());
    let differing: Vec<_> = differing.iter().map(|(j, s, should, is)| (&**j, &**s, &**should, *is)).collect();
    let explained: Vec<_> = DIFFERENCES.iter().map(|(j, s, should, is, _)| (*j, *s, *should, *is)).collect();
    assert!(bodies > 500, "only {bodies} bodies");
    assert_eq!(differing, explained);
}

/// The day on which a journey was recorded.
fn day(journey: &Json) -> Date {
    let at = journey["frozen_clock"].as_str().or(journey["recorded_at"].as_str()).unwrap();
    at[..10].parse().unwrap()
}

fn key(questionnaire: &Questionnaire, stored: &Json) -> SectionKey {
    let section = questionnaire.names.sections[stored["section_id"].as_str().unwrap()];
    SectionKey { section, item: stored["list_item_id"].as_str().and_then(ListItemId::parse) }
}

/// The facts of a dump, without the statuses.
fn response(questionnaire: &Questionnaire, dump: &Json) -> Response {
    let claims = dump["METADATA"].as_object().unwrap().clone();
    let mut response = open::open(Launch { claims });
    for list in dump["LISTS"].as_array().unwrap() {
        let Some(&name) = questionnaire.names.lists.get(list["name"].as_str().unwrap()) else { continue };
        let primary = list["primary_person"].as_str();
        for item in list["items"].as_array().unwrap() {
            let id = ListItemId::parse(item.as_str().unwrap()).unwrap();
            if primary == item.as_str() {
                response.lists.add_primary(name, id);
            } else {
                response.lists.add(name, id);
            }
        }
    }
    for answer in dump["ANSWERS"].as_array().unwrap() {
        // What another questionnaire asked lies aside.
        let Some(&ix) = questionnaire.names.answers.get(answer["answer_id"].as_str().unwrap()) else {
            continue;
        };
        let item = answer["list_item_id"].as_str().and_then(ListItemId::parse);
        response.answers.set(AnswerKey::new(ix, item), value(&answer["value"]));
    }
    for visit in dump["PROGRESS"].as_array().unwrap() {
        let key = key(questionnaire, visit);
        response.visits.mark(key, engine::response::Mark::Entered);
        for block in visit["block_ids"].as_array().unwrap() {
            response.visits.confirm(key, questionnaire.names.blocks[block.as_str().unwrap()]);
        }
    }
    let supplied = &dump["SUPPLEMENTARY_DATA"];
    let data = supplied["data"].as_object().unwrap();
    if !data.is_empty() {
        let lists = supplied["list_mappings"].as_object().unwrap().iter().map(|(name, items)| SuppliedList {
            name: name.as_str().into(),
            items: items
                .as_array()
                .unwrap()
                .iter()
                .map(|item| (item["identifier"].clone(), id(&item["list_item_id"])))
                .collect(),
        });
        response.supplementary = Some(Supplementary { data: data.clone(), lists: lists.collect() });
    }
    response.started_at = dump["RESPONSE_METADATA"]["started_at"].as_str().map(|at| at.parse().unwrap());
    response
}

fn value(json: &Json) -> Value<'static> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => Value::Number(number.to_string().parse().unwrap()),
        Json::String(text) => Value::text(text.clone()),
        Json::Array(items) if items.iter().all(Json::is_object) && !items.is_empty() => {
            Value::Relationships(items.iter().map(pair).collect())
        }
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(parts) => {
            let parts = parts.iter().filter(|(_, part)| !part.is_null() && *part != "");
            Value::Parts(parts.map(|(name, part)| (name.clone().into(), value(part))).collect())
        }
    }
}

fn id(json: &Json) -> ListItemId {
    ListItemId::parse(json.as_str().unwrap()).unwrap()
}

fn pair(json: &Json) -> Relationship {
    Relationship {
        from: id(&json["list_item_id"]),
        to: id(&json["to_list_item_id"]),
        relationship: json["relationship"].as_str().unwrap().into(),
    }
}
