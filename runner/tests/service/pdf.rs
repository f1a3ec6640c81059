//! A page as a PDF: who gets one, and what they see when none can be made.
//!
//! The worker is a stand-in here, so that it can be away, broken or slow; what the real one writes is tested in `pdf`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::browser::{Browser, Reply, csrf};
use crate::scene::{Runner, Scene, fresh_response};

const SUBMITTED: &str = "/submitted/download-pdf";
const PREVIEW: &str = "/questionnaire/preview/download-pdf";

/// A worker that is this script; it is run where its folder says.
fn worker(scene: &Scene, name: &str, script: &str) -> PathBuf {
    let file = scene.folder("workers").join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    file
}

/// One that keeps what it is told, and writes what begins as a PDF does.
fn scribe(scene: &Scene) -> (PathBuf, PathBuf) {
    let told = scene.folder("told").join("paper.json");
    let script = format!("/bin/cat > {}; echo '%PDF-1.7 written'", told.display());
    (worker(scene, "scribe", &script), told)
}

fn told(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn start(scene: &Scene, worker: &Path, more: &[(&str, &str)]) -> Runner {
    let worker = worker.to_str().unwrap();
    let settings: Vec<(&str, &str)> =
        [("PDF_WORKER", worker)].into_iter().chain(more.iter().copied()).collect();
    scene.start_with(&settings)
}

fn launched(scene: &Scene, runner: &Runner, questionnaire: &str, more: Value) -> Browser {
    let mut browser = Browser::default();
    let (token, _) = scene.launch(questionnaire, &fresh_response(), more);
    browser.get(&runner.address, &format!("/session?token={token}"));
    browser
}

/// Somebody who has sent their answers, in this language.
fn submitted(scene: &Scene, runner: &Runner, language: &str) -> Browser {
    let mut browser = launched(scene, runner, "thank-you", json!({"language_code": language}));
    for (page, fields) in
        [("/questionnaire/bread/", &[("bread-answer", "Yes")][..]), ("/questionnaire/submit/", &[])]
    {
        let proof = csrf(&browser.get(&runner.address, page).body);
        assert_eq!(browser.post(&runner.address, page, &proof, fields).status, 302);
    }
    browser
}

/// Says in their language that there is none, and how to go on.
fn says_that_there_is_none(reply: &Reply, title: &str, back: &str) {
    assert_eq!(reply.status, 503);
    assert_eq!(reply.header("retry-after"), Some("10"));
    for wanted in ["data-at=\"no-pdf\"", title, &format!("href=\"{back}\"")] {
        assert!(reply.body.contains(wanted), "{wanted}: {}", reply.body);
    }
}

#[test]
fn answers_that_were_sent_come_as_a_file_under_the_surveys_name() {
    let scene = Scene::on_sqlite();
    let (worker, paper) = scribe(&scene);
    let runner = start(&scene, &worker, &[]);
    let mut browser = submitted(&scene, &runner, "en");
    assert!(browser.get(&runner.address, "/submitted/view-response/").body.contains(SUBMITTED));
    let reply = browser.get(&runner.address, SUBMITTED);
    assert_eq!((reply.status, reply.body.trim()), (200, "%PDF-1.7 written"));
    assert_eq!(reply.header("content-type"), Some("application/pdf"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let name = reply.header("content-disposition").unwrap();
    let day = name
        .strip_prefix("attachment; filename=after-it-was-sent-")
        .and_then(|rest| rest.strip_suffix(".pdf"));
    assert!(day.is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()), "{name}");
    let paper = told(&paper);
    assert_eq!(paper["language"], "en");
    assert_eq!(paper["survey"], "After it was sent");
    assert_eq!(paper["author"], "Office for National Statistics");
    assert_eq!(paper["page_of"], "Page {page} of {pages}");
    let body = paper["body"].as_str().unwrap();
    assert!(body.contains("<dt>Do you bake your own bread?</dt><dd>Yes</dd>"), "{body}");
    assert!(!body.contains("href"), "{body}");
}

#[test]
fn questions_come_as_a_file_in_the_language_of_the_page() {
    let scene = Scene::on_sqlite();
    let (worker, paper) = scribe(&scene);
    let runner = start(&scene, &worker, &[]);
    let mut browser = launched(&scene, &runner, "introduction", json!({"language_code": "cy"}));
    assert!(browser.get(&runner.address, "/questionnaire/preview").body.contains(PREVIEW));
    assert_eq!(browser.get(&runner.address, PREVIEW).status, 200);
    let paper = told(&paper);
    assert_eq!((&paper["language"], &paper["author"]), (&json!("cy"), &json!("Swyddfa Ystadegau Gwladol")));
    assert!(paper["body"].as_str().unwrap().contains("Rhagolwg o"));
}

#[test]
fn who_may_not_see_the_page_gets_no_pdf_of_it() {
    let scene = Scene::on_sqlite();
    let (worker, paper) = scribe(&scene);
    let runner = start(&scene, &worker, &[("VIEW_SUBMITTED_RESPONSE_EXPIRATION_IN_SECONDS", "1")]);
    let address = &runner.address;
    for path in [SUBMITTED, PREVIEW] {
        assert_eq!(Browser::default().get(address, path).status, 401, "{path}, signed out");
        assert_eq!(Browser::default().ask(address, "POST", path, "").status, 405, "{path}, posted");
        let mut browser = launched(&scene, &runner, "first-journey", json!({}));
        assert_eq!(browser.get(address, path).status, 404, "{path}, not offered");
    }
    let mut browser = submitted(&scene, &runner, "en");
    std::thread::sleep(std::time::Duration::from_secs(2));
    let late = browser.get(address, SUBMITTED);
    assert_eq!((late.status, late.location.as_str()), (302, "/submitted/view-response/"));
    assert!(!paper.exists(), "no worker was asked");
}

#[test]
fn a_worker_that_is_away_or_breaks_is_said_on_a_page_and_nothing_is_lost() {
    let scene = Scene::on_sqlite();
    for (name, script) in [
        ("breaks", "/bin/cat > /dev/null; exit 3"),
        ("says-nothing", "/bin/cat > /dev/null"),
        ("says-else", "echo 'an answer'"),
        ("floods", "exec /bin/cat /dev/zero"),
    ] {
        let runner = start(&scene, &worker(&scene, name, script), &[]);
        let mut browser = submitted(&scene, &runner, "en");
        let reply = browser.get(&runner.address, SUBMITTED);
        says_that_there_is_none(
            &reply,
            "Sorry, the PDF cannot be made just now",
            "/submitted/view-response/",
        );
        assert_eq!(browser.get(&runner.address, "/submitted/view-response/").status, 200);
        let log = runner.log();
        assert!(log.contains("no PDF") && !log.contains("bread") && !log.contains("an answer"), "{log}");
    }
    let runner = start(&scene, &scene.folder("workers").join("nobody"), &[]);
    assert!(runner.log().contains("no PDFs will be made"));
    let mut browser = launched(&scene, &runner, "introduction", json!({"language_code": "cy"}));
    let reply = browser.get(&runner.address, PREVIEW);
    says_that_there_is_none(&reply, "ni ellir creu&#x27;r PDF ar hyn o bryd", "/questionnaire/preview");
}

#[test]
fn a_worker_that_hangs_is_ended_and_the_next_one_writes() {
    let scene = Scene::on_sqlite();
    let (hangs, pid) = (scene.folder("state").join("hangs"), scene.folder("state").join("pid"));
    let script = format!(
        "/bin/cat > /dev/null; if [ -e {0} ]; then echo $$ > {1}; exec /bin/sleep 600; fi; echo '%PDF-1.7 written'",
        hangs.display(),
        pid.display()
    );
    let runner = start(
        &scene,
        &worker(&scene, "hangs", &script),
        &[("PDF_TIMEOUT_SECONDS", "1"), ("PDF_WORKERS", "1")],
    );
    let mut browser = submitted(&scene, &runner, "en");
    fs::write(&hangs, "").unwrap();
    let reply = browser.get(&runner.address, SUBMITTED);
    says_that_there_is_none(&reply, "Sorry, the PDF cannot be made just now", "/submitted/view-response/");
    let id = fs::read_to_string(&pid).unwrap();
    assert!(!Path::new("/proc").join(id.trim()).exists(), "{id} still runs");
    fs::remove_file(&hangs).unwrap();
    assert_eq!(browser.get(&runner.address, SUBMITTED).status, 200);
}

#[test]
fn more_at_once_than_there_are_workers_wait_and_are_told() {
    let scene = Scene::on_sqlite();
    let script = "/bin/cat > /dev/null; exec /bin/sleep 30";
    let settings = [("PDF_TIMEOUT_SECONDS", "60"), ("PDF_WORKERS", "1")];
    let runner = start(&scene, &worker(&scene, "sleeps", script), &settings);
    let mut browser = submitted(&scene, &runner, "en");
    let first = browser.send(&runner.address, "GET", SUBMITTED, "");
    std::thread::sleep(std::time::Duration::from_millis(500));
    let reply = browser.get(&runner.address, SUBMITTED);
    says_that_there_is_none(&reply, "Sorry, the PDF cannot be made just now", "/submitted/view-response/");
    let log = runner.log();
    let told: Vec<&str> = log.lines().filter(|line| line.contains("all workers are at work")).collect();
    assert_eq!(told.len(), 1, "{log}");
    assert!(told[0].contains("WARN") && !log.contains("ERROR"), "{log}");
    drop(first);
}
