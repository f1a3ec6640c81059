//! Definitions in and out without loss; a preview that gets where one wants; what was changed, and taken back.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use common::{Service, key};
use http::{Method, StatusCode};
use serde_json::{Value, json};

/// What eQ's own tests run; none where SHARED is not there.
fn recorded() -> Vec<PathBuf> {
    let shared = std::env::var("SHARED").unwrap_or_else(|_| "../../shared".to_owned());
    let folder = Path::new(&shared).join("conformance/schemas");
    let mut files = Vec::new();
    for language in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        let below = std::fs::read_dir(language.path()).into_iter().flatten().flatten();
        files.extend(
            below.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "json")),
        );
    }
    files.sort();
    if files.is_empty() {
        assert!(std::env::var("CI").is_err(), "SHARED: nothing in {}", folder.display());
        eprintln!("skipped: nothing in {}", folder.display());
    }
    files
}

#[tokio::test]
async fn every_recorded_definition_comes_in_takes_a_title_and_goes_out_unharmed() {
    let files = recorded();
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let mut expected: Value = serde_json::from_str(&text).unwrap();
        let headers = [("idempotency-key", path.to_str().unwrap())];
        let imported = browser
            .ask(Method::POST, "/api/v1/questionnaires/import", Some(json!({"text": text})), &headers)
            .await;
        assert_eq!(imported.status, StatusCode::CREATED, "{}: {}", path.display(), imported.text);
        let id = imported.json["id"].as_str().unwrap().to_owned();
        let title = json!([{"op": "replace", "path": "/definition/title", "value": "Another title"}]);
        let saved = browser.change(&id, 1, &key(), title).await;
        assert_eq!(saved.status, StatusCode::OK, "{}: {}", path.display(), saved.text);
        expected["title"] = json!("Another title");
        let exported = browser.get(&format!("/api/v1/questionnaires/{id}/export")).await;
        assert!(exported.json == expected, "{} is not what it was", path.display());
        let keys =
            |value: &Value| value.as_object().map(|members| members.keys().cloned().collect::<Vec<_>>());
        assert_eq!(keys(&exported.json), keys(&expected), "in its own order");
    }
    if !files.is_empty() {
        assert_eq!(files.len(), 246);
    }
}

#[tokio::test]
async fn a_definition_of_2021_and_one_in_two_languages_are_understood_with_a_report() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let legacy = json!({
        "mime_type": "application/json/ons/eq", "schema_version": "0.0.1", "data_version": "0.0.3", "survey_id": "1",
        "language": "en", "title": "Old", "theme": "default", "description": "Old", "legal_basis": "",
        "metadata": [{"name": "user_id", "type": "string"}, {"name": "period_id", "type": "string"}, {"name": "ru_name", "type": "string"}],
        "sections": [{"id": "s", "groups": [{"id": "g", "title": "G", "blocks": [{"id": "b", "type": "Question",
            "question": {"id": "q", "type": "General", "title": "Q?", "answers": [
                {"id": "a", "type": "Number", "mandatory": false, "label": "A", "min_value": {"value": 1}}]}},
            {"id": "end", "type": "Summary"}]}]}],
    });
    let reply = browser.post("/api/v1/questionnaires/import", json!({"text": legacy.to_string()})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let id = reply.json["id"].as_str().unwrap().to_owned();
    let upgraded = browser.get(&format!("/api/v1/questionnaires/{id}/export")).await.json;
    assert_eq!(upgraded["questionnaire_flow"]["type"], "Linear", "as today's format has it");
    assert_eq!(upgraded["sections"][0]["groups"][0]["blocks"].as_array().map(Vec::len), Some(1));

    let read = |language: &str| -> Value {
        let path = format!(
            "{}/../questionnaires/surveys/monthly-business/{language}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let pair = json!({"definitions": {"cy": read("cy"), "en": read("en")}});
    let reply = browser.post("/api/v1/questionnaires/import", pair).await;
    assert_eq!((reply.status, &reply.json["report"]), (StatusCode::CREATED, &json!([])), "{}", reply.text);
    let id = reply.json["id"].as_str().unwrap();
    let welsh = browser.get(&format!("/api/v1/questionnaires/{id}/export?language=cy")).await;
    assert!(welsh.json == read("cy"));
}

#[tokio::test]
async fn what_is_no_questionnaire_is_refused_in_words() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    for text in [
        "",
        "{",
        "[]",
        "{\"a\": 1, \"a\": 2}",
        "{\"sections\": 1}",
        &"[".repeat(100_000),
        "{\"sections\": [], \"language\": \"<script>\"}",
    ] {
        let reply = browser.post("/api/v1/questionnaires/import", json!({"text": text})).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{text:.20}: {}", reply.text);
        assert_eq!(reply.headers["content-type"], "application/problem+json");
    }
    let hostile = json!({"sections": [], "title": "<script>alert(1)</script>", "language": "en"});
    let reply = browser.post("/api/v1/questionnaires/import", json!({"definitions": {"en": hostile}})).await;
    assert_eq!(reply.status, StatusCode::CREATED, "broken, and kept: {}", reply.text);
    let id = reply.json["id"].as_str().unwrap();
    let preview = browser.post(&format!("/api/v1/questionnaires/{id}/previews"), json!({})).await;
    assert_eq!(preview.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", preview.text);
}

#[tokio::test]
async fn a_preview_gets_to_any_block_and_says_why() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    for starter in ["monthly-business", "list-collector", "repeating-section"] {
        let given = json!({"title": "Sample", "starter": starter});
        let id = browser.post("/api/v1/questionnaires", given).await.json["id"].as_str().unwrap().to_owned();
        let graph = browser.get(&format!("/api/v1/questionnaires/{id}/graph")).await.json;
        for section in graph["sections"].as_array().unwrap() {
            for block in section["blocks"].as_array().unwrap() {
                let preview = browser.post(&format!("/api/v1/questionnaires/{id}/previews"), json!({})).await;
                let preview = preview.json["id"].as_str().unwrap().to_owned();
                let goto = json!({"block": block["id"]});
                let reached = browser.post(&format!("/api/v1/previews/{preview}/goto"), goto).await;
                assert_eq!(reached.json["reached"], true, "{starter} {}: {}", block["id"], reached.text);
                let page = browser.get(reached.json["url"].as_str().unwrap()).await;
                assert_eq!(page.status, StatusCode::OK, "{starter} {}", block["id"]);
                let why = browser.get(&format!("/api/v1/previews/{preview}/why")).await;
                let id = block["id"].as_str().unwrap();
                assert!(
                    why.text.contains(&format!("\"block\":\"{id}\",\"why\":\"next\""))
                        || why.text.contains(&format!("\"block\":\"{id}\",\"why\":\"route\"")),
                    "{}",
                    why.text
                );
            }
        }
    }
}

#[tokio::test]
async fn every_moment_of_a_draft_can_be_looked_at_again_and_an_edit_taken_back() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let path = format!("/api/v1/questionnaires/{id}");
    let first = browser.get(&format!("{path}/draft")).await.json["document"].clone();
    for (revision, title) in [(1, "One"), (2, "Two"), (3, "Three")] {
        let patch = json!([
            {"op": "remove", "path": "/definition/theme"},
            {"op": "replace", "path": "/definition/title", "value": title},
            {"op": "add", "path": "/definition/theme", "value": "social"},
        ]);
        assert_eq!(browser.change(&id, revision, &key(), patch).await.status, StatusCode::OK);
    }
    let then = browser.get(&format!("{path}/draft?at=1")).await;
    assert_eq!(then.json["document"].to_string(), first.to_string(), "to the byte");
    assert_eq!(
        browser.get(&format!("{path}/draft?at=2")).await.json["document"]["definition"]["title"],
        "One"
    );
    assert_eq!(browser.get(&format!("{path}/draft?at=9")).await.status, StatusCode::NOT_FOUND);
    let changes = browser.get(&format!("{path}/changes?after=2")).await.json;
    assert_eq!(changes.as_array().unwrap().len(), 2);
    let tag = [("if-match", "\"4\"")];
    let undo = json!({"label": "Undo", "patch": changes[1]["inverse"], "undoes": 4});
    let undone = browser.ask(Method::PATCH, &format!("{path}/draft"), Some(undo), &tag).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.text);
    let now = browser.get(&format!("{path}/draft")).await.json["document"].clone();
    let third = browser.get(&format!("{path}/draft?at=3")).await.json["document"].clone();
    assert_eq!(now.to_string(), third.to_string());
}

#[tokio::test]
async fn a_withdrawn_version_is_given_out_no_more_and_still_runs_for_who_began() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let path = format!("/api/v1/questionnaires/{id}/versions");
    let guid = browser.ask(Method::POST, &path, None, &[("if-match", "\"1\"")]).await.json["guid"].clone();
    let title = json!([{"op": "replace", "path": "/definition/title", "value": "Shops"}]);
    browser.change(&id, 1, &key(), title).await;
    let second = browser.ask(Method::POST, &path, None, &[("if-match", "\"2\"")]).await;
    assert_eq!(second.json["number"], 2);
    let differences = browser.get(&format!("{path}/1/compare/2")).await.json;
    assert_eq!(
        differences[0],
        json!({"kind": "text", "key": "/title", "before": "Bakeries", "after": "Shops"})
    );
    let withdrawn = browser.ask(Method::POST, &format!("{path}/1/withdraw"), None, &[]).await;
    assert_eq!(withdrawn.status, StatusCode::NO_CONTENT);
    let bearer = format!("Bearer {}", service.registry_token());
    let mut runner = service.browser();
    let list = runner.ask(Method::GET, "/collection-instruments", None, &[("authorization", &bearer)]).await;
    assert_eq!(list.json.as_array().map(Vec::len), Some(1));
    let path =
        format!("/collection-instruments/schema?guid={}", guid.as_str().unwrap_or_else(|| panic!("no guid")));
    let fetched = runner.ask(Method::GET, &path, None, &[("authorization", &bearer)]).await;
    assert_eq!(fetched.json["title"], "Bakeries");
}
