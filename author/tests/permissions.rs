//! Every route × every role × ids of another organisation, made from the OpenAPI document: a new route is in it the day
//! it exists.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Browser, Service, key};
use http::{Method, StatusCode};
use serde_json::{Value, json};

const ROLES: [&str; 4] = ["viewer", "author", "publisher", "administrator"];

/// Somebody with a role, signed in.
async fn somebody(service: &Service, administrator: &mut Browser, role: &str) -> Browser {
    let email = format!("{role}@example.org");
    let account = json!({"name": role, "email": email, "role": role});
    let made = administrator.post("/api/v1/accounts", account).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let url = made.json["link"]["url"].as_str().unwrap().to_owned();
    let secret = url.split_once('#').unwrap().1;
    let mut browser = service.browser();
    browser.look().await;
    let chosen = json!({"secret": secret, "password": "correct horse"});
    assert_eq!(browser.post("/api/v1/reset-password", chosen.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        browser.post("/api/v1/reset-password", chosen).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "once"
    );
    sign_in(&mut browser, &email).await;
    browser
}

async fn sign_in(browser: &mut Browser, email: &str) {
    browser.look().await;
    let reply = browser.post("/api/v1/session", json!({"email": email, "password": "correct horse"})).await;
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    browser.csrf = reply.json["csrf"].as_str().unwrap().to_owned();
}

/// Ids of everything that a path may name.
struct Ids {
    questionnaire: String,
    survey: String,
    account: String,
    session: String,
    preview: String,
}

async fn ids(administrator: &mut Browser) -> Ids {
    let questionnaire = administrator.questionnaire("Bakeries").await;
    let path = format!("/api/v1/questionnaires/{questionnaire}/versions");
    let headers = [("if-match", "\"1\"")];
    let version = administrator.ask(Method::POST, &path, None, &headers).await;
    assert_eq!(version.status, StatusCode::CREATED, "{version:?}");
    let path = format!("/api/v1/questionnaires/{questionnaire}/previews");
    let preview = administrator.post(&path, json!({})).await.json["id"].as_str().unwrap().to_owned();
    let surveys = administrator.get("/api/v1/surveys").await;
    let accounts = administrator.get("/api/v1/accounts").await;
    let account = accounts.json[0]["id"].as_str().unwrap().to_owned();
    let sessions = administrator.get(&format!("/api/v1/accounts/{account}/sessions")).await;
    Ids {
        questionnaire,
        survey: surveys.json[0]["id"].as_str().unwrap().to_owned(),
        account,
        session: sessions.json[0]["id"].as_str().unwrap().to_owned(),
        preview,
    }
}

impl Ids {
    fn fill(&self, path: &str) -> String {
        path.replace("{id}", &self.questionnaire)
            .replace("{survey}", &self.survey)
            .replace("{account}", &self.account)
            .replace("{session}", &self.session)
            .replace("{preview}", &self.preview)
            .replace("{number}", "1")
            .replace("{a}", "1")
            .replace("{b}", "1")
    }
}

/// Method, path, what it asks.
fn routes() -> Vec<(Method, String, String)> {
    let document: Value = serde_json::from_str(include_str!("../openapi.json")).unwrap();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let asks = operation["x-permission"].as_str().unwrap().to_owned();
            routes.push((method, path.clone(), asks));
        }
    }
    assert!(routes.len() > 35);
    routes
}

/// A stream never ends, so it is not read here.
fn is_stream(path: &str) -> bool {
    path.ends_with("/events")
}

async fn ask(browser: &mut Browser, method: &Method, path: &str) -> StatusCode {
    let body = [Method::POST, Method::PUT, Method::PATCH].contains(method).then(|| json!({}));
    let key = key();
    let headers = [("if-match", "\"1\""), ("idempotency-key", key.as_str())];
    browser.ask(method.clone(), path, body, &headers).await.status
}

#[tokio::test]
async fn a_route_lets_in_the_roles_that_it_names_and_nobody_else() {
    let service = Service::new().await;
    let mut administrator = service.administrator().await;
    let ids = ids(&mut administrator).await;
    let mut wrong = Vec::new();
    for role in [None].into_iter().chain(ROLES.map(Some)) {
        let browser = match role {
            None => {
                let mut stranger = service.browser();
                stranger.look().await;
                stranger
            }
            Some(role) => somebody(&service, &mut administrator, role).await,
        };
        for (method, path, asks) in routes() {
            // These end what the test stands on; each has a test of its own.
            if is_stream(&path) || (method == Method::DELETE && role.is_some()) {
                continue;
            }
            let status = ask(&mut browser.clone(), &method, &ids.fill(&path)).await;
            let rank = |name: &str| ROLES.iter().position(|role| *role == name);
            let is_as_said = match (asks.as_str(), role) {
                ("registry", _) => status == StatusCode::UNAUTHORIZED,
                ("anyone", _) => status != StatusCode::FORBIDDEN && status.as_u16() < 500,
                (_, None) => status == StatusCode::UNAUTHORIZED,
                (asks, Some(role)) if rank(role) < rank(asks) => status == StatusCode::FORBIDDEN,
                // Some ask more than their route, by what is changed; and others' sessions are nobody's business.
                (_, Some("viewer")) if path.ends_with("/copy") => status == StatusCode::FORBIDDEN,
                (_, Some(role)) if path.ends_with("/sessions") && role != "administrator" => {
                    status == StatusCode::NOT_FOUND
                }
                _ => ![401, 403, 404].contains(&status.as_u16()) && status.as_u16() < 500,
            };
            if !is_as_said {
                wrong.push(format!("{method} {path} as {role:?}: {status}, asks {asks}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn ids_of_another_organisation_lead_nowhere_whoever_asks() {
    let (service, elsewhere) = (Service::new().await, Service::new().await);
    let mut administrator = service.administrator().await;
    let ids = ids(&mut elsewhere.administrator().await).await;
    // The first account of either has the same id: it is made of the organisation's name.
    let account = uuid::Uuid::new_v4().to_string();
    let ids = Ids { account, ..ids };
    let mut wrong = Vec::new();
    for role in ROLES {
        let browser = somebody(&service, &mut administrator, role).await;
        for (method, path, asks) in routes() {
            if !path.contains('{') || asks == "registry" || asks == "anyone" {
                continue;
            }
            let status = ask(&mut browser.clone(), &method, &ids.fill(&path)).await;
            // Who may not do it at all is told so for a questionnaire of their own alone.
            let is_named = path.starts_with("/api/v1/questionnaires/{id}");
            let is_as_said = status == StatusCode::NOT_FOUND
                || (!is_named && status == StatusCode::FORBIDDEN)
                || status == StatusCode::UNPROCESSABLE_ENTITY && path.ends_with("/goto")
                || status == StatusCode::BAD_REQUEST;
            if !is_as_said {
                wrong.push(format!("{method} {path} as {role}: {status}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_role_for_one_questionnaire_holds_there_and_nowhere_else() {
    let service = Service::new().await;
    let mut administrator = service.administrator().await;
    let (one, other) = (administrator.questionnaire("One").await, administrator.questionnaire("Other").await);
    let mut viewer = somebody(&service, &mut administrator, "viewer").await;
    let accounts = administrator.get("/api/v1/accounts").await.json;
    let id = accounts.as_array().unwrap().iter().find(|account| account["role"] == "viewer").unwrap()["id"]
        .clone();
    let path = format!("/api/v1/questionnaires/{one}/permissions/{}", id.as_str().unwrap());
    let given = administrator.ask(Method::PUT, &path, Some(json!({"role": "author"})), &[]).await;
    assert_eq!(given.status, StatusCode::OK, "{given:?}");
    let title = json!([{"op": "replace", "path": "/definition/title", "value": "Mine"}]);
    assert_eq!(viewer.change(&one, 1, &key(), title.clone()).await.status, StatusCode::OK);
    assert_eq!(viewer.change(&other, 1, &key(), title.clone()).await.status, StatusCode::FORBIDDEN);
    administrator.ask(Method::PUT, &path, Some(json!({"role": null})), &[]).await;
    assert_eq!(viewer.change(&one, 2, &key(), title).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once_and_the_last_administrator_stays() {
    let service = Service::new().await;
    let mut administrator = service.administrator().await;
    let mut author = somebody(&service, &mut administrator, "author").await;
    let accounts = administrator.get("/api/v1/accounts").await.json;
    let id = |role: &str| {
        let found = accounts.as_array().unwrap().iter().find(|account| account["role"] == role);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let path = |id: &str| format!("/api/v1/accounts/{id}");
    assert_eq!(author.get("/api/v1/surveys").await.status, StatusCode::OK);
    let disabled =
        administrator.ask(Method::PATCH, &path(&id("author")), Some(json!({"disabled": true})), &[]).await;
    assert_eq!(disabled.status, StatusCode::OK);
    assert_eq!(author.get("/api/v1/surveys").await.status, StatusCode::UNAUTHORIZED);
    let path = path(&id("administrator"));
    let down = administrator.ask(Method::PATCH, &path, Some(json!({"role": "viewer"})), &[]);
    assert_eq!(down.await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn nobody_guesses_a_password_for_long() {
    let service = Service::new().await;
    service.administrator().await;
    let mut stranger = service.browser();
    stranger.look().await;
    let mut last = StatusCode::OK;
    for _ in 0..9 {
        let guess = json!({"email": "ann@example.org", "password": "a guess of mine"});
        last = stranger.post("/api/v1/session", guess).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = json!({"email": "ann@example.org", "password": "correct horse"});
    assert_eq!(stranger.post("/api/v1/session", right).await.status, StatusCode::TOO_MANY_REQUESTS);
}
