//! From the first write to the last effect nothing is cut off: not by a socket that closes, nor by a process that dies.
//! On SQLite: on one Cassandra the runners of all tests share its debts, and another's would carry a submission away.

use std::time::Duration;

use crate::browser::{Browser, Reply, csrf, form, path};
use crate::scene::{Order, Runner, Scene, fresh_response};
use serde_json::json;
use uuid::Uuid;

const NAME: &str = "/questionnaire/name/";
const SUBMIT: &str = "/questionnaire/submit/";
const THANKS: &str = "/submitted/thank-you/";

/// Points that a request reaches when it saves an answer, in order; when it submits, `decided` besides.
const SAVING: [&str; 5] = ["admitted", "sealed", "announced", "written", "answered"];
/// Points that a submission reaches on its way out.
const RELAYING: [&str; 3] = ["sending", "sent", "cleared"];

/// Someone who has answered all, at the page that submits; with the name under which it will leave.
fn at_submit(scene: &Scene, runner: &Runner) -> (Browser, String, Uuid) {
    let at = runner.address.as_str();
    let (token, tx_id) = scene.launch("first-journey", &fresh_response(), json!({}));
    let mut browser = Browser::default();
    browser.get(at, &format!("/session?token={token}"));
    for (address, field, value) in [
        (NAME, "name-answer", "Tomos Huws"),
        ("/questionnaire/came-before/", "came-before-answer", "Yes"),
        ("/questionnaire/visits/", "visits-answer", "2"),
    ] {
        let proof = csrf(&browser.get(at, address).body);
        assert_eq!(browser.post(at, address, &proof, &[(field, value)]).status, 302, "{address}");
    }
    let proof = csrf(&browser.get(at, SUBMIT).body);
    (browser, proof, tx_id)
}

/// Sends a form, hangs up when it has got to `point`, and lets the runner go on.
fn hang_up_at(point: &str, scene: &Scene, runner: &Runner, browser: &Browser, address: &str, body: &str) {
    scene.arm(point, Order::Hold);
    let stream = browser.send(&runner.address, "POST", address, body);
    scene.wait_for(point, 1);
    drop(stream);
    // Time for the runner to see it.
    std::thread::sleep(Duration::from_millis(100));
    scene.disarm(point);
    scene.release(point);
}

/// Whether it comes to be, within ten seconds.
fn eventually(mut is_so: impl FnMut() -> bool) -> bool {
    (0..200).any(|_| {
        let so = is_so();
        if !so {
            std::thread::sleep(Duration::from_millis(50));
        }
        so
    })
}

#[test]
fn an_answer_is_saved_wherever_its_sender_hangs_up() {
    let scene = Scene::new();
    let runner = scene.start();
    let at = runner.address.as_str();
    for point in SAVING {
        let mut browser = Browser::default();
        browser.get(at, &format!("/session?token={}", scene.token(&fresh_response())));
        let proof = csrf(&browser.get(at, NAME).body);
        let body = form(&proof, &[("name-answer", "Myfanwy")]);
        hang_up_at(point, &scene, &runner, &browser, NAME, &body);
        assert!(eventually(|| browser.get(at, NAME).body.contains("Myfanwy")), "lost at {point}");
        // A reload of the same POST saves nothing anew and is led on.
        let again = browser.ask(at, "POST", NAME, &body);
        assert_eq!((again.status, path(&again.location).as_str()), (302, "/questionnaire/came-before/"));
    }
}

#[test]
fn a_submission_leaves_once_wherever_its_sender_hangs_up() {
    let scene = Scene::new();
    let runner = scene.start();
    let at = runner.address.as_str();
    let points: Vec<&str> = SAVING.into_iter().chain(["decided"]).chain(RELAYING).collect();
    for (before, point) in points.iter().enumerate() {
        let (mut browser, proof, tx_id) = at_submit(&scene, &runner);
        hang_up_at(point, &scene, &runner, &browser, SUBMIT, &form(&proof, &[]));
        assert!(scene.submission(tx_id).is_some(), "lost at {point}");
        let again = browser.post(at, SUBMIT, &proof, &[]);
        assert_eq!((again.status, path(&again.location).as_str()), (302, THANKS), "{point}");
        assert_eq!(scene.submissions(before + 1).len(), before + 1, "twice at {point}");
    }
}

#[test]
fn a_submission_leaves_once_wherever_the_process_dies() {
    let dies_at = |point: &'static str| {
        let scene = Scene::new();
        let mut doomed = scene.start();
        let (mut browser, proof, tx_id) = at_submit(&scene, &doomed);
        scene.arm(point, Order::Kill);
        let reply = Reply::read(&mut browser.send(&doomed.address, "POST", SUBMIT, &form(&proof, &[])));
        // Past the decision the thanks are said first and the process dies while relaying.
        assert!(reply.is_none_or(|reply| reply.status == 302), "{point}");
        scene.wait_for(point, 1);
        doomed.kill();
        scene.disarm(point);
        let heir = scene.start();
        let page = browser.get(&heir.address, SUBMIT);
        if page.status == 200 {
            let decided = browser.post(&heir.address, SUBMIT, &csrf(&page.body), &[]);
            assert_eq!((decided.status, path(&decided.location).as_str()), (302, THANKS), "{point}");
        } else {
            assert_eq!((page.status, path(&page.location).as_str()), (302, THANKS), "{point}");
        }
        // What the dead one had taken in hand is free again after two minutes.
        assert!((0..6).any(|_| scene.submission(tx_id).is_some()), "lost at {point}");
        assert_eq!(scene.submissions(1).len(), 1, "twice at {point}");
    };
    let points = SAVING[..4].iter().copied().chain(["decided"]).chain(RELAYING);
    std::thread::scope(|scope| points.for_each(|point| drop(scope.spawn(move || dies_at(point)))));
}
