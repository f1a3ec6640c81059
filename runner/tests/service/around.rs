//! Around the end of a survey: feedback, a confirmation by e-mail, and flushing.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc;

use serde_json::{Value, json};

use crate::browser::{Browser, csrf, form};
use crate::scene::{Runner, Scene, fresh_response};

const FEATURE: &str = "feedback-and-confirmation";
const FEEDBACK: &str = "/submitted/feedback/send";
const CONFIRM: &str = "/submitted/confirmation-email/confirm";

/// Somebody who has sent their answers.
fn submitted(scene: &Scene, runner: &Runner) -> Browser {
    let mut browser = Browser::default();
    let (token, _) = scene.launch(FEATURE, &fresh_response(), json!({}));
    let address = &runner.address;
    browser.get(address, &format!("/session?token={token}"));
    for (page, fields) in
        [("/questionnaire/bread/", &[("bread-answer", "Yes")][..]), ("/questionnaire/submit/", &[])]
    {
        let proof = csrf(&browser.get(address, page).body);
        assert_eq!(browser.post(address, page, &proof, fields).status, 302);
    }
    browser
}

/// Files of a folder that end so, once there are `count`, or after half a minute.
fn files(folder: &Path, ending: &str, count: usize) -> Vec<Value> {
    for _ in 0..3000 {
        let names = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let found: Vec<_> = names.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
        if found.len() >= count {
            let read = |path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            return found.into_iter().map(read).collect();
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{} holds no {count} of {ending}", folder.display());
}

#[test]
fn feedback_leaves_once_for_each_form_and_no_more_often_than_allowed() {
    let scene = Scene::new();
    let feedback = scene.inbox().join("feedback");
    let folder = format!("folder:{}", feedback.display());
    let runner = scene.start_with(&[("EQ_FEEDBACK_LIMIT", "2"), ("EQ_FEEDBACK_BACKEND", &folder)]);
    let mut browser = submitted(&scene, &runner);
    assert!(browser.get(&runner.address, "/submitted/thank-you/").body.contains("ons-feedback__link"));
    assert_eq!(browser.get(&runner.address, "/submitted/feedback/sent").status, 404);

    let page = browser.get(&runner.address, FEEDBACK).body;
    let refused = browser.post(&runner.address, FEEDBACK, &csrf(&page), &[("feedback-text", " ")]);
    assert_eq!(refused.status, 200);
    assert!(refused.body.contains("feedback-type-error") && refused.body.contains("feedback-text-error"));

    let fields = [("feedback-type", "Page design and structure"), ("feedback-text", "All <b>well</b>")];
    let proof = csrf(&refused.body);
    for _ in 0..2 {
        let sent = browser.post(&runner.address, FEEDBACK, &proof, &fields);
        assert_eq!((sent.status, sent.location.as_str()), (302, "/submitted/feedback/sent"));
    }
    let left = files(&feedback, ".json", 2);
    let bodies: Vec<&Value> = left.iter().filter(|file| file.get("type").is_some()).collect();
    assert_eq!(bodies.len(), 1, "a double click is one");
    assert_eq!(bodies[0]["type"], "uk.gov.ons.edc.eq:feedback");
    assert_eq!(
        bodies[0]["data"],
        json!({"feedback_text": "All <b>well</b>", "feedback_type": "Page design and structure", "feedback_count": "1"})
    );
    assert_eq!(browser.get(&runner.address, "/submitted/feedback/sent").status, 200);

    let proof = csrf(&browser.get(&runner.address, FEEDBACK).body);
    assert_eq!(browser.post(&runner.address, FEEDBACK, &proof, &fields).status, 302);
    let full = browser.get(&runner.address, FEEDBACK);
    assert_eq!(full.status, 429);
    assert_eq!(browser.post(&runner.address, FEEDBACK, &csrf(&full.body), &fields).status, 429);
    assert!(!browser.get(&runner.address, "/submitted/thank-you/").body.contains("ons-feedback__link"));
}

/// Takes letters as a mail server does, and hands each on with its envelope.
fn mail_server() -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (letters, received) = mpsc::sync_channel(8);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, letters) = (stream.unwrap(), letters.clone());
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let (mut letter, mut is_data) = (String::new(), false);
                stream.write_all(b"220 here\r\n").unwrap();
                while let Some(Ok(line)) = lines.next() {
                    let answer: &[u8] = match line.as_str() {
                        "." if is_data => {
                            is_data = false;
                            letters.send(std::mem::take(&mut letter)).unwrap();
                            b"250 taken\r\n"
                        }
                        _ if is_data => {
                            letter.push_str(&line);
                            letter.push('\n');
                            continue;
                        }
                        "DATA" => {
                            is_data = true;
                            b"354 go on\r\n"
                        }
                        "QUIT" => b"221 bye\r\n",
                        _ => {
                            if line.starts_with("MAIL") || line.starts_with("RCPT") {
                                letter.push_str(&line);
                                letter.push('\n');
                            }
                            b"250 well\r\n"
                        }
                    };
                    if stream.write_all(answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (url, received)
}

#[test]
fn a_confirmation_goes_once_to_the_address_that_was_confirmed() {
    let scene = Scene::new();
    let (server, letters) = mail_server();
    let runner = scene.start_with(&[("SMTP_URL", &server), ("MAIL_FROM", "surveys@example.org")]);
    let address = &runner.address;
    let mut browser = submitted(&scene, &runner);
    let proof = csrf(&browser.get(address, "/submitted/thank-you/").body);
    let asked = browser.post(address, "/submitted/thank-you/", &proof, &[("email", " ann@example.com ")]);
    assert!(asked.location.starts_with(&format!("{CONFIRM}?email=")), "{}", asked.location);
    assert!(!asked.location.contains("ann"));
    let page = browser.get(address, &asked.location);
    assert!(page.body.contains("ann@example.com"));
    let proof = csrf(&page.body);
    let yes = [("confirm-email", "Yes, send the confirmation email")];
    for _ in 0..2 {
        let sent = browser.post(address, &asked.location, &proof, &yes);
        assert!(sent.location.starts_with("/submitted/confirmation-email/sent?email="), "{}", sent.location);
        assert!(browser.get(address, &sent.location).body.contains("ann@example.com"));
    }
    let letter = letters.recv_timeout(std::time::Duration::from_secs(30)).unwrap();
    assert!(
        letter.contains("RCPT TO:<ann@example.com>") && letter.contains("What you thought of it"),
        "{letter}"
    );
    assert!(letters.recv_timeout(std::time::Duration::from_secs(2)).is_err(), "a double click is one");

    let stranger = submitted(&scene, &runner).get(address, &asked.location);
    assert_eq!(stranger.status, 400, "an address is its session's own");
    assert!(!runner.log().contains("ann@"));
}

#[test]
fn a_confirmation_waits_for_a_mail_server_that_is_away() {
    let scene = Scene::new();
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let runner = scene.start_with(&[("SMTP_URL", &format!("smtp://{away}"))]);
    let address = &runner.address;
    let mut browser = submitted(&scene, &runner);
    let proof = csrf(&browser.get(address, "/submitted/thank-you/").body);
    let asked = browser.post(address, "/submitted/thank-you/", &proof, &[("email", "ann@example.com")]);
    let proof = csrf(&browser.get(address, &asked.location).body);
    let yes = [("confirm-email", "Yes, send the confirmation email")];
    let sent = browser.post(address, &asked.location, &proof, &yes);
    assert_eq!(browser.get(address, &sent.location).status, 200, "decided, and sent when it can be");
}

#[test]
fn a_flushed_response_leaves_as_far_as_it_got_and_is_gone() {
    let scene = Scene::new();
    let runner = scene.start();
    let address = &runner.address;
    let response = fresh_response();
    let (token, tx_id) = scene.launch("first-journey", &response, json!({}));
    let (flush, _) = scene.launch("first-journey", &response, json!({"roles": ["flusher"]}));
    let mut browser = Browser::default();
    browser.get(address, &format!("/session?token={token}"));
    let mut office = Browser::default();
    let mut flushes = |token: &str| office.ask(address, "POST", &format!("/flush?token={token}"), "").status;
    assert_eq!(flushes(&flush), 404, "nothing was answered yet");
    let page = "/questionnaire/name/";
    let proof = csrf(&browser.get(address, page).body);
    browser.post(address, page, &proof, &[("name-answer", "Tomos")]);
    assert_eq!(flushes(""), 403);
    assert_eq!(flushes(&scene.token(&response)), 403, "without the role");
    assert_eq!(flushes(&flush), 200);
    assert_eq!(flushes(&flush), 404);
    let left = scene.submission(tx_id).unwrap();
    assert_eq!(left["flushed"], true);
    assert_eq!(left["data"]["answers"][0]["value"], "Tomos");
    assert_eq!(left.get("submission_language_code"), None);
    assert_eq!(browser.get(address, page).status, 401);
    let again = form(&proof, &[("name-answer", "Ann")]);
    assert_eq!(browser.ask(address, "POST", page, &again).status, 401);
}
