//! One version: looked at, withdrawn, compared with another.

use axum::Json;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::drafts::checked;
use super::fields::{Path, by_digest};
use super::guard::Caller;
use crate::drafts::step;
use crate::problem::{Problem, ProblemBody};
use crate::surveys::document::texts;
use crate::versions::{self, Version};

/// Differences that a reply tells at most.
const MOST: usize = 2000;

#[derive(Serialize, ToSchema)]
pub struct VersionView {
    version: Version,
    /// By language, the base first.
    #[schema(value_type = Object)]
    definitions: Map<String, Value>,
}

/// A version with its definitions. It never changes.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/versions/{number}", tag = "versions", operation_id = "readVersion",
    params(("id" = String, Path), ("number" = i64, Path)),
    responses((status = 200, body = VersionView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn read(
    caller: Caller,
    headers: HeaderMap,
    Path((id, number)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    let (version, definitions) = one(&caller, &id, number).await?;
    by_digest(&headers, &VersionView { version, definitions })
}

async fn one(caller: &Caller, id: &str, number: i64) -> Result<(Version, Map<String, Value>), Problem> {
    let mut tx = caller.read().await?;
    let found = versions::one(&mut tx, id, number).await?;
    tx.commit().await?;
    found.ok_or_else(Problem::not_found)
}

/// Takes a version out of what is given out; who began with it goes on.
#[utoipa::path(
    post, path = "/api/v1/questionnaires/{id}/versions/{number}/withdraw", tag = "versions",
    operation_id = "withdraw",
    params(("id" = String, Path), ("number" = i64, Path)),
    responses((status = 204), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("publisher"))),
)]
pub async fn withdraw(
    caller: Caller,
    Path((id, number)): Path<(String, i64)>,
) -> Result<StatusCode, Problem> {
    let person = caller.person()?;
    let mut tx = caller.write().await?;
    versions::one(&mut tx, &id, number).await?.ok_or_else(Problem::not_found)?;
    versions::withdraw(&mut tx, &id, number, &person, caller.now).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something that two versions say differently.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Difference {
    /// `text` or `setting`.
    kind: String,
    /// Of a text its key, of a setting the nearest id and the fields below it.
    key: String,
    /// Null: not there.
    before: Value,
    after: Value,
}

/// What changed between two versions, in the base language: texts, and settings.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/versions/{a}/compare/{b}", tag = "versions",
    operation_id = "compareVersions",
    params(("id" = String, Path), ("a" = i64, Path), ("b" = i64, Path)),
    responses((status = 200, body = Vec<Difference>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn compare(
    caller: Caller,
    Path((id, a, b)): Path<(String, i64, i64)>,
) -> Result<Json<Vec<Difference>>, Problem> {
    let base = |definitions: Map<String, Value>| {
        definitions.into_iter().next().map(|(_, definition)| definition).unwrap_or_default()
    };
    let before = base(one(&caller, &id, a).await?.1);
    let after = base(one(&caller, &id, b).await?.1);
    checked(move || differences(&before, &after)).await.map(Json)
}

fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut told = |kind: &str, ones: &Map<String, Value>, others: &Map<String, Value>| {
        let gone = ones.iter().filter(|(key, value)| others.get(*key) != Some(value));
        for (key, value) in gone {
            let after = others.get(key).cloned().unwrap_or_default();
            let key = key.clone();
            found.push(Difference { kind: kind.to_owned(), key, before: value.clone(), after });
        }
        for (key, value) in others.iter().filter(|(key, _)| !ones.contains_key(*key)) {
            let (kind, key) = (kind.to_owned(), key.clone());
            found.push(Difference { kind, key, before: Value::Null, after: value.clone() });
        }
    };
    let words = |definition: &Value| -> Map<String, Value> {
        texts(definition).into_iter().map(|text| (text.key, json!(text.text))).collect()
    };
    told("text", &words(before), &words(after));
    told("setting", &settings(before), &settings(after));
    found.truncate(MOST);
    found
}

/// Everything that is no text, under the nearest id and the fields below it.
fn settings(definition: &Value) -> Map<String, Value> {
    let pointers: std::collections::HashSet<String> =
        texts(definition).into_iter().map(|text| text.pointer).collect();
    let mut found = Map::new();
    gather(definition, "", "", &pointers, &mut found);
    found
}

fn gather(
    value: &Value,
    pointer: &str,
    key: &str,
    texts: &std::collections::HashSet<String>,
    found: &mut Map<String, Value>,
) {
    if texts.contains(pointer) {
        return;
    }
    match value {
        Value::Object(members) => {
            let key = members.get("id").and_then(Value::as_str).unwrap_or(key);
            for (name, member) in members {
                let pointer = format!("{pointer}/{}", step(name));
                gather(member, &pointer, &format!("{key}/{name}"), texts, found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                gather(item, &format!("{pointer}/{at}"), &format!("{key}/{at}"), texts, found);
            }
        }
        value => {
            // Ids stand once in what is sound; in variants the later ones have a number.
            let mut name = key.to_owned();
            let mut number = 2;
            while found.contains_key(&name) {
                name = format!("{key}@{number}");
                number += 1;
            }
            found.insert(name, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_settings_that_differ_are_told_by_where_they_stand() {
        let before = json!({"title": "A", "sections": [{"id": "s", "title": "One", "show_on_hub": true}]});
        let mut after = before.clone();
        after["title"] = json!("B");
        after["sections"][0]["show_on_hub"] = json!(false);
        after["theme"] = json!("social");
        let told: Vec<(String, String, Value, Value)> = differences(&before, &after)
            .into_iter()
            .map(|found| (found.kind, found.key, found.before, found.after))
            .collect();
        let expect = |kind: &str, key: &str, before: Value, after: Value| {
            (kind.to_owned(), key.to_owned(), before, after)
        };
        assert_eq!(
            told,
            [
                expect("text", "/title", json!("A"), json!("B")),
                expect("setting", "s/show_on_hub", json!(true), json!(false)),
                expect("setting", "/theme", Value::Null, json!("social")),
            ]
        );
    }
}
