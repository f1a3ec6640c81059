//! Several at one questionnaire: what one does the others are told at once; and who has no account looks by a link.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::time::Duration;

use author::api;
use axum::body::Body;
use common::{Service, key};
use futures_util::StreamExt as _;
use http::{Method, Request, StatusCode, header};
use serde_json::json;
use tower::ServiceExt as _;

#[tokio::test]
async fn a_change_is_told_to_who_listens_and_to_nobody_else() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let (id, other) = (browser.questionnaire("Bakeries").await, browser.questionnaire("Shops").await);
    let request = Request::builder()
        .uri(format!("/api/v1/questionnaires/{id}/draft/events"))
        .header(header::HOST, "localhost")
        .header(header::COOKIE, browser.cookie.as_ref().unwrap());
    let reply =
        api::service(service.app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(reply.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut told = reply.into_body().into_data_stream();
    let title = |title: &str| json!([{"op": "replace", "path": "/definition/title", "value": title}]);
    browser.change(&other, 1, &key(), title("Elsewhere")).await;
    browser.change(&id, 1, &key(), title("The  bakeries")).await;
    let path = format!("/api/v1/questionnaires/{id}/presence");
    let present = browser.ask(Method::PUT, &path, Some(json!({"selection": "block-1"})), &[]).await;
    assert_eq!(present.json[0]["selection"], "block-1");
    let mut text = String::new();
    while !text.contains("event: presence") {
        let next = tokio::time::timeout(Duration::from_secs(20), told.next()).await;
        text.push_str(std::str::from_utf8(&next.unwrap().unwrap().unwrap()).unwrap());
    }
    assert!(text.starts_with("event: change\ndata: {\"change\":{\"revision\":2,"), "{text}");
    assert!(text.contains("\"pointer\":\"/title\""), "with its diagnostics");
    assert!(!text.contains("Elsewhere"));
    service.app.closing.cancel();
    assert!(told.next().await.is_none(), "it ends with the service");
}

#[tokio::test]
async fn a_preview_link_opens_one_draft_for_who_has_no_account() {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Bakeries").await;
    let made = browser.post(&format!("/api/v1/questionnaires/{id}/preview-links"), json!({})).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let mut stranger = service.browser();
    let opened = stranger.get(made.json["url"].as_str().unwrap()).await;
    let entry = stranger.get(&opened.location()).await;
    let page = stranger.get(&entry.location()).await;
    assert!(page.text.contains("Bakeries"), "{}", page.text);
    assert_eq!(stranger.get("/preview-link/guessed").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        stranger.get(&format!("/api/v1/questionnaires/{id}/draft")).await.status,
        StatusCode::UNAUTHORIZED
    );
}
