//! What no browser of a respondent sends: each is answered clearly and in time, and nothing that was saved is lost.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use crate::browser::{Browser, FORM, Reply, connect, csrf, form};
use crate::scene::{Order, Runner, Scene, fresh_response};

const NAME: &str = "/questionnaire/name/";
const SAVED: &str = "Lleucu";

/// Someone who has answered the first question.
struct Inside {
    runner: Runner,
    browser: Browser,
    proof: String,
    scene: Scene,
}

fn inside() -> Inside {
    let scene = Scene::on_sqlite();
    let runner = scene.start_with(&[("READ_TIMEOUT_SECONDS", "1")]);
    let mut browser = Browser::default();
    browser.get(&runner.address, &format!("/session?token={}", scene.token(&fresh_response())));
    let proof = csrf(&browser.get(&runner.address, NAME).body);
    assert_eq!(browser.post(&runner.address, NAME, &proof, &[("name-answer", SAVED)]).status, 302);
    let proof = csrf(&browser.get(&runner.address, NAME).body);
    Inside { runner, browser, proof, scene }
}

impl Inside {
    fn post(&self, more: &str, body: &[u8]) -> Option<Reply> {
        Reply::read(&mut self.browser.send_raw(&self.runner.address, "POST", NAME, more, body))
    }

    /// What was saved is there, and whoever was served is served.
    fn is_well(&mut self, after: &str) {
        let page = self.browser.get(&self.runner.address, NAME);
        assert_eq!(page.status, 200, "after {after}");
        assert!(page.body.contains(&format!("value=\"{SAVED}\"")), "lost after {after}: {}", page.body);
    }
}

#[test]
fn a_body_that_is_no_form_is_refused_and_takes_no_answer_away() {
    let mut inside = inside();
    let proof = inside.proof.clone();
    let kind = |kind: &str| format!("Content-Type: {kind}\r\n");
    let with = |rest: &[u8]| [b"csrf_token=", proof.as_bytes(), rest].concat();
    let part = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{proof}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"name-answer\"\r\n\r\nNia\r\n--x--\r\n"
    );
    let many = "&a=1".repeat(10_000);
    let long = format!("&x={}", "y".repeat(70_000));
    let huge = format!("&x={}", "y".repeat(3_000_000));
    let table: Vec<(&str, String, Vec<u8>, u16)> = vec![
        ("bad percent-encoding", kind(FORM), with(b"&name-answer=%zz"), 400),
        ("half an escape", kind(FORM), with(b"&name-answer=100%"), 400),
        ("bad UTF-8, escaped", kind(FORM), with(b"&name-answer=%ff%fe"), 400),
        ("bad UTF-8, raw", kind(FORM), with(b"&name-answer=\xc3\x28"), 400),
        ("half a surrogate pair", kind(FORM), with(b"&name-answer=%ED%A0%80"), 400),
        ("a bad name", kind(FORM), with(b"&name-answer%80=a"), 400),
        ("NUL, escaped", kind(FORM), with(b"&name-answer=a%00b"), 400),
        ("NUL, raw", kind(FORM), with(b"&name-answer=a\0b"), 400),
        ("multipart", kind("multipart/form-data; boundary=x"), part.clone().into_bytes(), 400),
        ("multipart without a boundary", kind("multipart/form-data"), part.into_bytes(), 400),
        ("JSON", kind("application/json"), b"{\"name-answer\": \"Nia\"}".to_vec(), 400),
        ("plain text", kind("text/plain"), with(b"&name-answer=Nia"), 400),
        ("no content type", String::new(), with(b"&name-answer=Nia"), 400),
        (
            "a content type that is none",
            "Content-Type: \u{e9}\r\n".to_owned(),
            with(b"&name-answer=Nia"),
            400,
        ),
        ("ten thousand fields", kind(FORM), with(many.as_bytes()), 413),
        ("seventy thousand bytes", kind(FORM), with(long.as_bytes()), 413),
        ("three million bytes", kind(FORM), with(huge.as_bytes()), 413),
        ("nothing", kind(FORM), Vec::new(), 401),
        ("no proof", kind(FORM), b"name-answer=Nia".to_vec(), 401),
        ("a made up proof", kind(FORM), b"csrf_token=x&name-answer=Nia".to_vec(), 401),
    ];
    for (what, more, body, status) in table {
        let began = Instant::now();
        let reply = inside.post(&more, &body).unwrap_or_else(|| panic!("{what}: no reply"));
        assert_eq!(reply.status, status, "{what}");
        assert!(reply.body.contains("<h1"), "{what}: the reply is a page");
        assert!(began.elapsed() < Duration::from_secs(3), "{what} took {:?}", began.elapsed());
        inside.is_well(what);
    }
}

#[test]
fn a_body_without_a_length_is_refused_once_it_is_too_long() {
    let mut inside = inside();
    let head = format!(
        "POST {NAME} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {}\r\nContent-Type: {FORM}\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
        inside.browser.cookie
    );
    let mut stream = connect(&inside.runner.address);
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
    for _ in 0..20 {
        let _ = stream.write_all(chunk.as_bytes());
    }
    assert_eq!(Reply::read(&mut stream).unwrap().status, 413);
    inside.is_well("an endless body");
}

#[test]
fn of_a_field_given_twice_the_first_counts() {
    let mut inside = inside();
    let (at, proof) = (inside.runner.address.clone(), inside.proof.clone());
    let twice = [("name-answer", "Gwenllian"), ("name-answer", "Angharad")];
    assert_eq!(inside.browser.post(&at, NAME, &proof, &twice).status, 302);
    assert!(inside.browser.get(&at, NAME).body.contains("value=\"Gwenllian\""));
}

#[test]
fn ten_thousand_characters_are_too_many_and_come_back_to_be_shortened() {
    let mut inside = inside();
    let long = "w".repeat(10_000);
    let reply = inside.post(
        &format!("Content-Type: {FORM}\r\n"),
        form(&inside.proof, &[("name-answer", &long)]).as_bytes(),
    );
    let reply = reply.unwrap();
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("max-length-exceeded") && reply.body.contains(&long));
    inside.is_well("ten thousand characters");
}

#[test]
fn slow_and_broken_bodies_are_given_up_in_time() {
    let mut inside = inside();
    let head = |length: usize| {
        format!(
            "POST {NAME} HTTP/1.1\r\nHost: x\r\nCookie: {}\r\nContent-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n",
            inside.browser.cookie
        )
    };
    let body = form(&inside.proof, &[("name-answer", "Heledd")]);
    let began = Instant::now();

    let mut silent = connect(&inside.runner.address);
    silent.write_all(format!("{}{}", head(body.len() + 50), body).as_bytes()).unwrap();
    let mut dripping = connect(&inside.runner.address);
    dripping.write_all(head(body.len() + 50).as_bytes()).unwrap();
    for byte in body.as_bytes().iter().take(12) {
        let _ = dripping.write_all(&[*byte]);
        std::thread::sleep(Duration::from_millis(150));
    }
    let mut broken = connect(&inside.runner.address);
    broken.write_all(format!("{}{}", head(body.len() + 50), body).as_bytes()).unwrap();
    broken.shutdown(Shutdown::Write).unwrap();

    assert_eq!(Reply::read(&mut silent).unwrap().status, 408);
    assert_eq!(Reply::read(&mut dripping).unwrap().status, 408);
    // Of one that broke off its sender may hear nothing more.
    assert!(Reply::read(&mut broken).is_none_or(|reply| reply.status == 400));
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    inside.is_well("slow bodies");
}

#[test]
fn heads_that_are_half_too_large_or_none_are_told_so() {
    let mut inside = inside();
    let said = |request: &[u8]| {
        let mut stream = connect(&inside.runner.address);
        let _ = stream.write_all(request);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        String::from_utf8_lossy(&reply).into_owned()
    };
    let line = |line: &str| format!("{line}\r\nHost: x\r\nConnection: close\r\n\r\n").into_bytes();
    let long = "x".repeat(70_000);
    let headers: String = (0..100).map(|n| format!("X-{n}: y\r\n")).collect();
    let table: Vec<(&str, Vec<u8>, &[u16])> = vec![
        ("half a line", b"GET /questionn".to_vec(), &[408]),
        ("half a head", b"GET / HTTP/1.1\r\nHost: x\r\n".to_vec(), &[408]),
        ("no request", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), &[400]),
        ("words", b"hello there\r\n\r\n".to_vec(), &[400]),
        ("a version to come", line("GET / HTTP/9.9"), &[400, 505]),
        ("a header without a colon", b"GET / HTTP/1.1\r\nHost x\r\n\r\n".to_vec(), &[400]),
        (
            "two lengths",
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_vec(),
            &[400],
        ),
        ("a length that is none", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n".to_vec(), &[400]),
        ("a long address", line(&format!("GET /{long} HTTP/1.1")), &[414, 431]),
        ("a long header", format!("GET / HTTP/1.1\r\nX: {long}{long}{long}\r\n\r\n").into_bytes(), &[431]),
        ("many headers", format!("GET / HTTP/1.1\r\n{headers}\r\n").into_bytes(), &[431]),
    ];
    for (what, request, statuses) in table {
        let began = Instant::now();
        let reply = said(&request);
        let status = reply.split(' ').nth(1).and_then(|status| status.parse().ok());
        assert!(status.is_some_and(|status| statuses.contains(&status)), "{what}: {reply:.200}");
        assert!(began.elapsed() < Duration::from_secs(5), "{what} took {:?}", began.elapsed());
    }
    inside.is_well("bad heads");
}

#[test]
fn addresses_that_lead_nowhere_are_not_found_and_wrong_methods_are_told() {
    let mut inside = inside();
    let at = inside.runner.address.clone();
    for path in [
        "/nothing",
        "/questionnaire/nothing/",
        "/questionnaire/name/more/",
        "/questionnaire/people/abcdef/name/",
        "/questionnaire/%00/",
        "/questionnaire/%ff/",
        "/questionnaire/%zz/",
        "/questionnaire/name%2F/",
        "/questionnaire/..%2f..%2fetc%2fpasswd/",
        "/questionnaire/%3Cscript%3Ealert(1)%3C/script%3E/",
        "/questionnaire/sections/nothing/",
        "/static/..%2f..%2fCargo.toml",
        "/static/../Cargo.toml",
        "/static/",
        "/schemas/..%2f..%2fkeys",
        "/submitted/nothing/",
        "/dump/nothing",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/session/more",
        "/demo/nothing",
    ] {
        let reply = inside.browser.get(&at, path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.body.contains("<script>alert"), "{path}");
        inside.is_well(path);
    }
    for (method, path, status) in [
        ("PUT", NAME, 405),
        ("DELETE", NAME, 405),
        ("PATCH", NAME, 405),
        ("TRACE", NAME, 405),
        ("BREW", NAME, 405),
        ("POST", "/sign-out", 405),
        ("POST", "/dump/debug", 405),
        ("DELETE", "/session", 405),
        ("POST", "/session-expiry", 405),
        ("PUT", "/nothing", 404),
    ] {
        let reply = inside.browser.ask(&at, method, path, "");
        assert_eq!(reply.status, status, "{method} {path}");
        assert!(status != 405 || reply.header("allow").is_some(), "{method} {path} says what is allowed");
        inside.is_well(path);
    }
    // A page that is not yet to be reached leads to where one goes on; with what it was given nothing is done.
    let reply = inside.browser.get(&at, "/questionnaire/submit/");
    assert_eq!(reply.status, 302);
    let reply = inside.browser.post(&at, "/questionnaire/submit/", &inside.proof.clone(), &[]);
    assert!(matches!(reply.status, 302 | 401), "{}", reply.status);
    inside.is_well("an early submission");
}

#[test]
fn a_request_that_breaks_off_gets_a_page_and_the_next_is_served() {
    let mut inside = inside();
    inside.scene.arm("admitted", Order::Panic);
    let reply = inside.browser.get(&inside.runner.address, NAME);
    assert_eq!(reply.status, 500);
    assert!(reply.body.contains("<h1"), "a page says so");
    let log = inside.runner.log();
    assert!(log.contains("failpoint.rs"), "a line says where");
    assert!(!log.contains("canary"), "what it said may hold an answer");
    inside.scene.disarm("admitted");
    inside.is_well("a panic");
}
