//! A request for a form of one's own leaves once: under double clicks, reloads, hang-ups and deaths; what was typed for
//! it shows nowhere, and who only looks asks for nothing. On SQLite, as in `hang_ups`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Browser, Reply, csrf, form, path};
use crate::scene::{Order, Runner, Scene, fresh_response};

const HUB: &str = "/questionnaire/";
const SENT: &str = "/individual-response/text/confirmation";
const NUMBER: &str = "07700 900345";
const YES: [(&str, &str); 1] = [("individual-response-text-confirm-answer", "Yes, send the text")];

/// Points that a request reaches when it decides an effect, in order, and those of the effect on its way out.
const POINTS: [&str; 9] =
    ["admitted", "sealed", "announced", "written", "decided", "answered", "sending", "sent", "cleared"];

/// Someone who has named one other of the household, and typed their number: at the page that asks whether it is right.
struct AtNumber {
    browser: Browser,
    address: String,
    proof: String,
    person: String,
}

fn named(scene: &Scene, runner: &Runner) -> (Browser, String) {
    let at = runner.address.as_str();
    let data = json!({"user_id": "u", "period_id": "p", "ru_name": "r", "display_address": "1 Harbour Row"});
    let claims = json!({"region_code": "GB-ENG", "survey_metadata": {"data": data}});
    let (token, _) = scene.launch("individual-response", &fresh_response(), claims);
    let mut browser = Browser::default();
    browser.get(at, &format!("/session?token={token}"));
    for (page, fields) in [
        ("/questionnaire/do-you-live-here/", &[("do-you-live-here-answer", "No")][..]),
        ("/questionnaire/anyone-else/", &[("anyone-else-answer", "Yes")]),
        ("/questionnaire/people/add-person/", &[("first-name", "Owain"), ("last-name", "Pugh")]),
        ("/questionnaire/anyone-else/", &[("anyone-else-answer", "No")]),
    ] {
        let proof = csrf(&browser.get(at, page).body);
        assert_eq!(browser.post(at, page, &proof, fields).status, 302, "{page}");
    }
    let state: Value = serde_json::from_str(&browser.get(at, "/dump/debug").body).unwrap();
    let person = state["LISTS"][0]["items"][0].as_str().unwrap().to_owned();
    (browser, person)
}

fn at_number(scene: &Scene, runner: &Runner) -> AtNumber {
    let at = runner.address.as_str();
    let (mut browser, person) = named(scene, runner);
    let enter = format!("/individual-response/{person}/text/enter-number");
    let proof = csrf(&browser.get(at, &enter).body);
    let typed = browser.post(at, &enter, &proof, &[("individual-response-enter-number-answer", NUMBER)]);
    assert_eq!(typed.status, 302);
    let proof = csrf(&browser.get(at, &typed.location).body);
    AtNumber { browser, address: typed.location, proof, person }
}

fn state(browser: &mut Browser, at: &str) -> Value {
    serde_json::from_str(&browser.get(at, "/dump/debug").body).unwrap()
}

/// How often a form of one's own was asked for, and what the person's section says.
fn asked(browser: &mut Browser, at: &str) -> (Value, String) {
    let state = state(browser, at);
    let count = state["RESPONSE_METADATA"]["individual_response_count"].clone();
    let progress = state["PROGRESS"].as_array().unwrap().iter();
    let mut of_person = progress.filter(|entry| entry["section_id"] == "person-section");
    let status = of_person.next().map_or("", |entry| entry["status"].as_str().unwrap());
    (count, status.to_owned())
}

/// The requests that left, once there are `count`, or after half a minute.
fn left(folder: &Path, count: usize) -> Vec<Value> {
    let mut found = Vec::new();
    for _ in 0..3000 {
        let files = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json") && !name.ends_with(".headers.json")
        });
        found = files.map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()).collect();
        if found.len() >= count {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    found
}

fn is_thanked(reply: &Reply) -> bool {
    (reply.status, path(&reply.location).as_str()) == (302, SENT)
}

#[test]
fn a_double_click_a_reload_and_a_repeated_form_ask_once() {
    let scene = Scene::on_sqlite();
    let folder = scene.folder("fulfilments");
    let receiver = format!("folder:{}", folder.display());
    let start =
        || scene.start_with(&[("EQ_PUBLISHER_BACKEND", &receiver), ("EQ_INDIVIDUAL_RESPONSE_LIMIT", "1")]);
    let runners = [start(), start()];
    let at = runners[0].address.as_str();
    let AtNumber { mut browser, address, proof, person } = at_number(&scene, &runners[0]);
    let clicks: Vec<_> = (0..6)
        .map(|n| {
            let (mut browser, address, proof) = (browser.clone(), address.clone(), proof.clone());
            let at = runners[n % 2].address.clone();
            std::thread::spawn(move || browser.post(&at, &address, &proof, &YES))
        })
        .collect();
    for click in clicks {
        let reply = click.join().unwrap();
        assert!(is_thanked(&reply), "{} {}", reply.status, reply.location);
    }
    // Long after, the same form again: the limit is reached, and it asks for nothing new.
    let again = browser.post(at, &address, &proof, &YES);
    assert!(is_thanked(&again), "{}", again.status);
    assert!(browser.get(at, &again.location).body.contains(NUMBER));
    assert_eq!(asked(&mut browser, at), (json!(1), "INDIVIDUAL_RESPONSE_REQUESTED".to_owned()));
    assert!(browser.get(at, HUB).body.contains(&format!("/individual-response/{person}/change")));

    let requests = left(&folder, 2);
    assert_eq!(requests.len(), 1, "waited for a second in vain");
    let request = &requests[0]["payload"]["fulfilmentRequest"];
    assert_eq!(
        (&request["fulfilmentCode"], &request["contact"]["telNo"]),
        (&json!("UACITA1"), &json!("7700900345"))
    );

    // Another page asks anew, which is once too often.
    let page = browser.get(at, &address);
    let refused = browser.post(at, &address, &csrf(&page.body), &YES);
    assert_eq!(refused.status, 429);
    assert!(refused.body.contains("data-at=\"too-many\""));
    assert_eq!(left(&folder, 1).len(), 1);
}

#[test]
fn who_only_looks_asks_for_nothing() {
    let scene = Scene::on_sqlite();
    let runner = scene.start();
    let at = runner.address.as_str();
    let AtNumber { mut browser, address, person, .. } = at_number(&scene, &runner);
    let before = browser.get(at, "/dump/debug").body;
    let token = address.split("mobile_number=").nth(1).unwrap().to_owned();
    let of_person = |step: &str| format!("/individual-response/{person}/{step}");
    for page in [
        "/individual-response/".to_owned(),
        format!("/individual-response/?list_item_id={person}&journey=remove-person"),
        of_person("how"),
        of_person("change"),
        of_person("post/confirm-address"),
        of_person("text/enter-number"),
        format!("{}?mobile_number={token}", of_person("text/enter-number")),
        address.clone(),
        "/individual-response/post/confirmation".to_owned(),
        format!("{SENT}?mobile_number={token}"),
    ] {
        assert_eq!(browser.get(at, &page).status, 200, "{page}");
    }
    assert_eq!(browser.get(at, "/dump/debug").body, before);
    let proof = csrf(&browser.get(at, &of_person("how")).body);
    assert_eq!(browser.post(at, "/individual-response/", &proof, &[]).status, 405);
    assert_eq!(browser.ask(at, "POST", &address, &form("made-up", &YES)).status, 401);
    assert_eq!(browser.get(at, "/dump/debug").body, before);
    // What another page of this session proves is enough, but that too asks once.
    for _ in 0..2 {
        assert!(is_thanked(&browser.post(at, &address, &proof, &YES)));
    }
    assert_eq!(asked(&mut browser, at).0, json!(1));
}

#[test]
fn a_number_is_its_sessions_own_and_shows_nowhere() {
    let scene = Scene::on_sqlite();
    let runner = scene.start_with(&[("RUST_LOG", "trace")]);
    let at = runner.address.as_str();
    let AtNumber { mut browser, address, proof, person } = at_number(&scene, &runner);
    let token = address.split("mobile_number=").nth(1).unwrap().to_owned();
    assert!(!address.contains("7700"));
    let with =
        |token: &str| format!("/individual-response/{person}/text/confirm-number?mobile_number={token}");
    let without = with("").replace("?mobile_number=", "");
    for page in [without, with(&token[1..]), with("bad-signature"), SENT.to_owned()] {
        assert_eq!(browser.get(at, &page).status, 400, "{page}");
    }
    let mut other = named(&scene, &runner).0;
    assert_eq!(other.get(at, &format!("{SENT}?mobile_number={token}")).status, 400, "another's");
    assert_eq!(browser.get(at, &with(&token).replace(&person, "nobody")).status, 404);
    // No, it is wrong: it is offered to be mended.
    let no = [("individual-response-text-confirm-answer", "No, I need to change it")];
    let wrong = browser.post(at, &address, &proof, &no);
    assert_eq!(path(&wrong.location), format!("/individual-response/{person}/text/enter-number"));
    assert!(browser.get(at, &wrong.location).body.contains(&format!("value=\"{NUMBER}\"")));
    assert!(is_thanked(&browser.post(at, &address, &proof, &YES)));
    left(&scene.folder("submissions").join("fulfilments"), 1);

    let metrics = browser.get(at, "/metrics").body;
    let log = runner.log();
    assert!(log.contains("DEBUG"), "all that can be logged is: {log}");
    for secret in ["900345", &token] {
        let in_log: Vec<&str> = log.lines().filter(|line| line.contains(secret)).take(5).collect();
        assert!(in_log.is_empty(), "{in_log:#?}");
        assert!(!metrics.contains(secret));
    }
    let stored = fs::read(scene.database()).unwrap();
    assert!(!stored.windows(6).any(|window| window == b"900345"), "nor is it to be found in the store");
}

#[test]
fn a_request_waits_for_a_receiver_that_is_away() {
    let scene = Scene::on_sqlite();
    let folder = scene.folder("away").join("fulfilments");
    fs::write(&folder, "").unwrap();
    let runner = scene.start_with(&[("EQ_PUBLISHER_BACKEND", &format!("folder:{}", folder.display()))]);
    let AtNumber { mut browser, address, proof, .. } = at_number(&scene, &runner);
    assert!(
        is_thanked(&browser.post(&runner.address, &address, &proof, &YES)),
        "decided, and sent when it can be"
    );
    std::thread::sleep(Duration::from_secs(1));
    fs::remove_file(&folder).unwrap();
    assert_eq!(left(&folder, 1).len(), 1);
}

#[test]
fn a_request_leaves_once_wherever_its_sender_hangs_up() {
    let scene = Scene::on_sqlite();
    let folder = scene.folder("fulfilments");
    let runner = scene.start_with(&[("EQ_PUBLISHER_BACKEND", &format!("folder:{}", folder.display()))]);
    let at = runner.address.as_str();
    for (before, point) in POINTS.iter().enumerate() {
        let AtNumber { mut browser, address, proof, .. } = at_number(&scene, &runner);
        scene.arm(point, Order::Hold);
        let stream = browser.send(at, "POST", &address, &form(&proof, &YES));
        scene.wait_for(point, 1);
        drop(stream);
        // Time for the runner to see it.
        std::thread::sleep(Duration::from_millis(100));
        scene.disarm(point);
        scene.release(point);
        assert_eq!(left(&folder, before + 1).len(), before + 1, "lost at {point}");
        assert!(is_thanked(&browser.post(at, &address, &proof, &YES)), "{point}");
        assert_eq!(
            asked(&mut browser, at),
            (json!(1), "INDIVIDUAL_RESPONSE_REQUESTED".to_owned()),
            "{point}"
        );
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(left(&folder, before + 1).len(), before + 1, "twice at {point}");
    }
}

#[test]
fn a_request_leaves_once_wherever_the_process_dies() {
    let dies_at = |point: &'static str| {
        let scene = Scene::on_sqlite();
        let folder = scene.folder("fulfilments");
        let receiver = format!("folder:{}", folder.display());
        let start = || scene.start_with(&[("EQ_PUBLISHER_BACKEND", &receiver)]);
        let mut doomed = start();
        let AtNumber { mut browser, address, proof, .. } = at_number(&scene, &doomed);
        scene.arm(point, Order::Kill);
        let reply = Reply::read(&mut browser.send(&doomed.address, "POST", &address, &form(&proof, &YES)));
        // Past the decision the thanks are said first and the process dies while relaying.
        assert!(reply.is_none_or(|reply| reply.status == 302), "{point}");
        scene.wait_for(point, 1);
        doomed.kill();
        scene.disarm(point);
        let heir = start();
        // The same form again, as a reload sends it: what was decided is not decided anew.
        assert!(is_thanked(&browser.post(&heir.address, &address, &proof, &YES)), "{point}");
        let marked = (json!(1), "INDIVIDUAL_RESPONSE_REQUESTED".to_owned());
        assert_eq!(asked(&mut browser, &heir.address), marked, "{point}");
        // What the dead one had taken in hand is free again after two minutes.
        assert!((0..6).any(|_| !left(&folder, 1).is_empty()), "lost at {point}");
        assert_eq!(left(&folder, 1).len(), 1, "twice at {point}");
    };
    let points = POINTS.into_iter().filter(|point| *point != "answered");
    std::thread::scope(|scope| points.for_each(|point| drop(scope.spawn(move || dies_at(point)))));
}
