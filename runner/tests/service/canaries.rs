//! What a respondent gives, and what a launch brings, appear in no log line, metric or error page.

use std::fs;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::json;

use crate::browser::{Browser, csrf, form};
use crate::scene::{Order, Scene, fresh_response};

/// Pages that say what went wrong; the form that a 503 offers again is its sender's own, and is taken off.
fn without_offered_form(page: &str) -> String {
    let mut lines = page.split("<input type=\"hidden\"");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |all, line| all + line.split_once('>').map_or(line, |(_, rest)| rest))
}

#[test]
fn canary_values_appear_in_no_log_line_metric_or_error_page() {
    let scene = Scene::on_sqlite();
    // The most that can be logged, in production too, if an operator asks for it.
    let runner = scene.start_with(&[("RUST_LOG", "trace"), ("READ_TIMEOUT_SECONDS", "2")]);
    let at = runner.address.as_str();
    let (answer, ru_name, ru_ref) = ("canary-of-an-answer", "canary-of-a-name", "9264350178C");
    let response = format!("canary-of-a-response-{}", fresh_response());
    let claims = json!({"survey_metadata": {"data": {
        "user_id": "canary-of-a-user", "period_id": "canary-of-a-period", "ru_name": ru_name, "ru_ref": ru_ref,
    }}});
    let (token, tx_id) = scene.launch("first-journey", &response, claims.clone());
    let (lacking, _) = scene.launch("canary-of-a-questionnaire", &response, claims);
    let mut errors = Vec::new();
    let mut browser = Browser::default();

    // Launches, good and bad.
    let bad = format!("{}x", &token[..token.len() - 1]);
    for (what, token) in [("none", ""), ("cut short", &token[..40]), ("altered", &bad), ("lacking", &lacking)]
    {
        let reply = Browser::default().get(at, &format!("/session?token={token}"));
        assert!(reply.status >= 400, "{what}: {}", reply.status);
        errors.push(reply);
    }
    assert_eq!(browser.get(at, &format!("/session?token={token}")).status, 302);
    errors.push(Browser::default().get(at, &format!("/session?token={token}")));
    errors.push(Browser::default().ask(at, "POST", &format!("/session?token={token}"), &form(&token, &[])));

    // Pages: refused, denied, malformed, away.
    let name = "/questionnaire/name/";
    let proof = csrf(&browser.get(at, name).body);
    let long = answer.repeat(20);
    assert_eq!(browser.post(at, name, &proof, &[("name-answer", &long)]).status, 200);
    errors.push(browser.post(at, name, answer, &[("name-answer", answer)]));
    errors.push(browser.post(at, &format!("/questionnaire/{answer}/"), &proof, &[("name-answer", answer)]));
    errors.push(browser.get(at, &format!("/{answer}?{answer}={answer}")));
    errors.push(browser.ask(at, "PUT", &format!("{name}?{answer}"), answer));
    let malformed = format!("csrf_token={proof}&name-answer={answer}%zz");
    errors.push(browser.ask(at, "POST", name, &malformed));
    let other = Connection::open(scene.database()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let away = browser.post(at, name, &proof, &[("name-answer", answer)]);
    assert_eq!(away.status, 503);
    errors.push(away);
    other.execute_batch("ROLLBACK").unwrap();

    // A receiver that is away, and a hang-up; then all goes well.
    fs::write(scene.inbox(), "").unwrap();
    for (address, field, value) in [
        (name, "name-answer", answer),
        ("/questionnaire/came-before/", "came-before-answer", "Yes"),
        ("/questionnaire/visits/", "visits-answer", "7318245"),
        ("/questionnaire/visits/", "visits-answer", "3"),
    ] {
        let proof = csrf(&browser.get(at, address).body);
        browser.post(at, address, &proof, &[(field, value)]);
    }
    let proof = csrf(&browser.get(at, "/questionnaire/submit/").body);
    scene.arm("written", Order::Hold);
    drop(browser.send(at, "POST", "/questionnaire/submit/", &form(&proof, &[])));
    scene.wait_for("written", 1);
    scene.disarm("written");
    scene.release("written");
    std::thread::sleep(Duration::from_secs(1));
    fs::remove_file(scene.inbox()).unwrap();
    assert!(scene.submission(tx_id).is_some_and(|left| left.to_string().contains(answer)), "it left");
    errors.push(browser.get(at, "/submitted/view-response/"));
    let metrics = browser.get(at, "/metrics");
    assert_eq!(metrics.status, 200);
    let metrics = metrics.body;

    let log = runner.log();
    assert!(log.contains("a launch was refused") && log.contains("an effect is still owed"), "{log}");
    let cookie = browser.cookie.split_once('=').unwrap().1;
    let (middle, end) = (&token[token.len() / 2..token.len() / 2 + 40], &token[token.len() - 40..]);
    for secret in ["canary", "7318245", cookie, middle, end, &proof, &ru_ref[..9]] {
        let in_log: Vec<&str> = log.lines().filter(|line| line.contains(secret)).take(5).collect();
        assert!(in_log.is_empty(), "{secret:.20} in the log: {in_log:#?}");
        assert!(!metrics.contains(secret), "{secret:.20} in the metrics");
        for reply in &errors {
            assert!(reply.status >= 400, "{}", reply.status);
            // The reference is part of the help link around every page (spec/08), and of nothing else.
            let shown = without_offered_form(&reply.body).replace(&format!("ru_ref={ru_ref}"), "");
            assert!(!shown.contains(secret), "{secret:.20} in the page of a {}: {shown}", reply.status);
        }
    }
}
