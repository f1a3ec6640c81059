//! From nothing to a published questionnaire: sign in, make one, type a question, preview it, publish it, fetch it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Service, key, token};
use http::{Method, StatusCode};
use serde_json::{Value, json};

fn question() -> Value {
    json!({
        "id": "block-bakers", "type": "Question",
        "question": {
            "id": "question-bakers", "type": "General", "title": "How many bakers?",
            "answers": [{"id": "answer-bakers", "type": "Number", "label": "Bakers", "mandatory": true}],
        },
    })
}

#[tokio::test]
async fn a_question_is_typed_previewed_published_and_fetched() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let path = format!("/api/v1/questionnaires/{id}");

    let draft = browser.get(&format!("{path}/draft")).await;
    assert_eq!((draft.tag().as_str(), &draft.json["diagnostics"]), ("\"1\"", &json!([])));
    let group = &draft.json["document"]["definition"]["sections"][0]["groups"][0]["id"];
    let patch = json!([
        {"op": "test", "path": "/definition/sections/0/groups/0/id", "value": group},
        {"op": "add", "path": "/definition/sections/0/groups/0/blocks/-", "value": question()},
    ]);
    let saved = browser.change(&id, 1, &key(), patch).await;
    assert_eq!((saved.status, saved.tag().as_str()), (StatusCode::OK, "\"2\""));

    let preview = browser.post(&format!("{path}/previews"), json!({})).await;
    let mut at = preview.json["url"].as_str().unwrap().to_owned();
    let mut page = browser.get(&at).await;
    while page.status == StatusCode::FOUND {
        at = page.location();
        page = browser.get(&at).await;
    }
    assert!(page.text.contains("canvass-preview"), "a ribbon says that it is a preview");
    let begun =
        browser.submit(&at, &[("csrf_token", &token(&page.text)), ("action[start_questionnaire]", "")]).await;
    at = begun.location();
    page = browser.get(&at).await;
    assert!(page.text.contains("How many bakers?"));
    let wrong = browser.submit(&at, &[("csrf_token", &token(&page.text)), ("answer-bakers", "many")]).await;
    assert!(wrong.text.contains("data-error"), "the runner's own checks");
    let right = browser.submit(&at, &[("csrf_token", &token(&wrong.text)), ("answer-bakers", "12")]).await;
    assert!(right.location().ends_with("/questionnaire/submit/"));

    let tag = [("if-match", "\"2\""), ("idempotency-key", "publish")];
    let version = browser.ask(Method::POST, &format!("{path}/versions"), None, &tag).await;
    assert_eq!((version.status, &version.json["number"]), (StatusCode::CREATED, &json!(1)), "{version:?}");
    let again = browser.ask(Method::POST, &format!("{path}/versions"), None, &tag).await;
    assert_eq!(again.json, version.json, "the same request publishes nothing twice");

    let bearer = format!("Bearer {}", service.registry_token());
    let mut runner = service.browser();
    let list = runner.ask(Method::GET, "/collection-instruments", None, &[("authorization", &bearer)]).await;
    let guid = list.json[0]["guid"].as_str().unwrap();
    assert_eq!(list.json[0]["title"], "Bakeries");
    let same = [("authorization", bearer.as_str()), ("if-none-match", &list.tag())];
    let unchanged = runner.ask(Method::GET, "/collection-instruments", None, &same).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    let path = format!("/collection-instruments/schema?guid={guid}");
    let fetched = runner.ask(Method::GET, &path, None, &[("authorization", &bearer)]).await;
    assert_eq!(fetched.json["sections"][0]["groups"][0]["blocks"][1], question());
    let stranger = runner.ask(Method::GET, &path, None, &[("authorization", "Bearer guessed")]).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_draft_with_errors_is_saved_and_not_published() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let patch = json!([{"op": "replace", "path": "/definition/title", "value": "The  bakeries"}]);
    let saved = browser.change(&id, 1, &key(), patch).await;
    assert_eq!(saved.json["diagnostics"][0]["pointer"], "/title");
    let path = format!("/api/v1/questionnaires/{id}/versions");
    let refused = browser.ask(Method::POST, &path, None, &[("if-match", "\"2\"")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json["diagnostics"][0]["pointer"], "/title");
    let unsaid = browser.ask(Method::POST, &path, None, &[]).await;
    assert_eq!(unsaid.status, StatusCode::PRECONDITION_REQUIRED);
}

#[tokio::test]
async fn of_two_edits_for_one_revision_the_second_is_told_what_it_missed() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let title = |title: &str| json!([{"op": "replace", "path": "/definition/title", "value": title}]);
    let first = browser.change(&id, 1, "one", title("First")).await;
    assert_eq!(first.json["revision"], 2);
    let again = browser.change(&id, 1, "one", title("First")).await;
    assert_eq!(
        (again.status, &again.json["revision"]),
        (StatusCode::OK, &json!(2)),
        "sent again, saved once"
    );
    let second = browser.change(&id, 1, "two", title("Second")).await;
    assert_eq!(second.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(second.json["changes"][0]["patch"], title("First"));
    let moved = json!([
        {"op": "test", "path": "/definition/sections/0/id", "value": "another"},
        {"op": "remove", "path": "/definition/sections/0"},
    ]);
    let neighbour = browser.change(&id, 2, "three", moved).await;
    assert_eq!(neighbour.status, StatusCode::PRECONDITION_FAILED, "never an edit of a neighbour");
    let nowhere = json!([{"op": "remove", "path": "/definition/nothing"}]);
    assert_eq!(browser.change(&id, 2, "four", nowhere).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = json!([{"op": "replace", "path": "/translations", "value": []}]);
    assert_eq!(browser.change(&id, 2, "five", whole).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_request_that_no_page_of_ours_sent_changes_nothing() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let csrf = std::mem::replace(&mut browser.csrf, "guessed".to_owned());
    let refused = browser.change(&id, 1, "one", json!([])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    browser.csrf = csrf;
    assert_eq!(browser.change(&id, 1, "one", json!([])).await.status, StatusCode::OK);
    assert_eq!(
        browser.ask(Method::DELETE, "/api/v1/session", None, &[]).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(browser.get("/api/v1/questionnaires").await.status, StatusCode::UNAUTHORIZED);
    browser.look().await;
    let stolen = browser.post(
        "/api/v1/first-account",
        json!({"name": "Eve", "email": "eve@example.org", "password": "correct horse"}),
    );
    assert_eq!(stolen.await.status, StatusCode::CONFLICT, "there is an account already");
    let wrong = json!({"email": "ann@example.org", "password": "wrong horse"});
    assert_eq!(browser.post("/api/v1/session", wrong).await.status, StatusCode::UNAUTHORIZED);
    let right = json!({"email": " Ann@Example.org ", "password": "correct horse"});
    assert_eq!(browser.post("/api/v1/session", right).await.json["user"]["role"], "administrator");
}

#[tokio::test]
async fn the_first_account_finds_our_samples_whole_surveys_first() {
    let service = Service::with(&[("SAMPLES", "true")]).await;
    let mut browser = service.administrator().await;
    let list = browser.get("/api/v1/questionnaires").await.json;
    let items = list["items"].as_array().unwrap();
    assert!(items.len() > 50);
    let first: Vec<&str> = items.iter().take(3).map(|item| item["title"].as_str().unwrap()).collect();
    let surveys = ["Household Census", "Lifestyle Survey", "Monthly Business Survey"];
    assert!(surveys.iter().all(|survey| first.contains(survey)), "{first:?}");
    assert!(items.iter().all(|item| item["errors"] == 0), "all are sound");
    let found = browser.get("/api/v1/questionnaires?search=MONTHLY%20bus&sort=title").await.json;
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    assert!(!found["items"][0]["survey_id"].as_str().unwrap().is_empty());
}
