//! Runners share nothing but the store: any may answer any request, and none is missed when it dies.

use std::collections::HashMap;

use crate::browser::{Browser, Reply, csrf, form, path};
use crate::scene::{Order, Runner, Scene, fresh_response};

/// What someone new gives, page by page; the last address ends the journey.
const ANSWERS: [(&str, &[(&str, &str)]); 4] = [
    ("/questionnaire/name/", &[("name-answer", "Tomos Huws")]),
    ("/questionnaire/came-before/", &[("came-before-answer", "Yes")]),
    ("/questionnaire/visits/", &[("visits-answer", "2")]),
    ("/questionnaire/submit/", &[]),
];

/// Walks the whole journey; `next` says which runner is asked, before each request.
fn walk(browser: &mut Browser, token: &str, mut next: impl FnMut() -> String) {
    let mut reply = browser.get(&next(), &format!("/session?token={token}"));
    for (address, fields) in ANSWERS {
        for _ in 0..5 {
            assert_eq!(reply.status, 302, "on the way to {address}: {}", reply.body);
            let location = reply.location.clone();
            reply = browser.get(&next(), &location);
            if reply.status == 200 {
                assert_eq!(path(&location), address);
                break;
            }
        }
        let proof = csrf(&reply.body);
        reply = browser.post(&next(), address, &proof, fields);
    }
    assert_eq!((reply.status, path(&reply.location).as_str()), (302, "/submitted/thank-you/"));
    assert_eq!(browser.get(&next(), "/submitted/thank-you/").status, 200);
}

/// Asked in turn.
fn round_robin(runners: &[Runner]) -> impl FnMut() -> String {
    let addresses: Vec<String> = runners.iter().map(|runner| runner.address.clone()).collect();
    let mut turn = 0;
    move || {
        turn += 1;
        addresses[turn % addresses.len()].clone()
    }
}

#[test]
fn a_journey_whose_every_request_lands_on_another_runner_completes() {
    let scene = Scene::new();
    let runners = scene.start_several(3);
    walk(&mut Browser::default(), &scene.token(&fresh_response()), round_robin(&runners));
    let submissions = scene.submissions(1);
    assert_eq!(submissions.len(), 1);
    assert!(submissions[0].contains("Tomos Huws"), "{}", submissions[0]);
}

#[test]
fn a_runner_killed_between_two_pages_loses_nothing() {
    let scene = Scene::new();
    let mut runners = scene.start_several(3);
    let mut turn = 0;
    let next = || {
        // The one that answered last dies and another takes its place; the next answers.
        let last = turn % 3;
        runners[last].kill();
        runners[last] = scene.start();
        turn += 1;
        runners[turn % 3].address.clone()
    };
    walk(&mut Browser::default(), &scene.token(&fresh_response()), next);
    // The one that took the submission in hand is dead too: after two minutes another may.
    assert!((0..6).any(|_| scene.submissions(1).len() == 1));
}

#[test]
fn of_fifty_replays_of_one_token_one_begins_a_session() {
    let scene = Scene::new();
    let runners = scene.start_several(3);
    let token = scene.token(&fresh_response());
    let asking: Vec<_> = (0..50)
        .map(|n| {
            let (address, token) = (runners[n % 3].address.clone(), token.clone());
            std::thread::spawn(move || {
                Browser::default().get(&address, &format!("/session?token={token}")).status
            })
        })
        .collect();
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for asked in asking {
        *counts.entry(asked.join().unwrap()).or_default() += 1;
    }
    assert_eq!(counts.get(&302), Some(&1), "{counts:?}");
    let others: usize =
        counts.iter().filter(|(status, _)| [401, 503].contains(*status)).map(|(_, n)| n).sum();
    assert_eq!(others, 49, "{counts:?}");
}

#[test]
fn two_tabs_on_one_question_overwrite_nothing_silently() {
    let scene = Scene::new();
    let runner = scene.start();
    let at = runner.address.as_str();
    let (mut browser, name) = (Browser::default(), "/questionnaire/name/");
    browser.get(at, &format!("/session?token={}", scene.token(&fresh_response())));
    let (first, second) = (browser.get(at, name), browser.get(at, name));
    let saved = browser.post(at, name, &csrf(&first.body), &[("name-answer", "Gwen")]);
    assert_eq!(saved.status, 302);
    let refused = browser.post(at, name, &csrf(&second.body), &[("name-answer", "Mari")]);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("Gwen") && refused.body.contains("Mari"), "both answers are shown");
    assert!(browser.get(at, name).body.contains("Gwen"), "nothing was saved over");
}

#[test]
fn a_repeated_submission_leaves_once() {
    let scene = Scene::new();
    let runner = scene.start();
    let at = runner.address.as_str();
    let mut browser = Browser::default();
    browser.get(at, &format!("/session?token={}", scene.token(&fresh_response())));
    let mut proof = csrf(&browser.get(at, ANSWERS[0].0).body);
    for (address, fields) in &ANSWERS[..3] {
        proof = csrf(&browser.get(at, address).body);
        assert_eq!(browser.post(at, address, &proof, fields).status, 302, "{address}");
    }
    let submit = ANSWERS[3].0;
    proof.clone_from(&csrf(&browser.get(at, submit).body));
    let clicks: Vec<_> = (0..5)
        .map(|_| {
            let (mut browser, at, proof) = (browser.clone(), at.to_owned(), proof.clone());
            std::thread::spawn(move || browser.post(&at, submit, &proof, &[]).status)
        })
        .collect();
    for click in clicks {
        assert_eq!(click.join().unwrap(), 302);
    }
    assert_eq!(scene.submissions(2).len(), 1, "waited for a second in vain");
}

#[test]
fn two_answers_that_are_saved_at_once_are_both_kept() {
    let scene = Scene::new();
    let runners = scene.start_several(2);
    let at = runners[0].address.as_str();
    let mut browser = Browser::default();
    browser.get(at, &format!("/session?token={}", scene.token(&fresh_response())));
    for (address, fields) in &ANSWERS[..2] {
        let proof = csrf(&browser.get(at, address).body);
        assert_eq!(browser.post(at, address, &proof, fields).status, 302, "{address}");
    }
    // Each on a runner of its own, both read the response before either writes it.
    let bodies = [(ANSWERS[0].0, "name-answer", "Gwenllian"), (ANSWERS[2].0, "visits-answer", "7")].map(
        |(address, field, value)| (address, form(&csrf(&browser.get(at, address).body), &[(field, value)])),
    );
    scene.arm("sealed", Order::Hold);
    let mut sent: Vec<_> = (runners.iter().zip(&bodies))
        .map(|(runner, (address, body))| browser.send(&runner.address, "POST", address, body))
        .collect();
    scene.wait_for("sealed", 2);
    scene.disarm("sealed");
    scene.release("sealed");
    for stream in &mut sent {
        assert_eq!(Reply::read(stream).unwrap().status, 302);
    }
    let state = browser.get(at, "/dump/debug").body;
    assert!(state.contains("Gwenllian") && state.contains("\"value\": 7"), "{state}");
}

#[test]
fn a_double_click_and_a_reload_of_a_post_have_one_effect() {
    let scene = Scene::new();
    let runners = scene.start_several(2);
    let at = runners[0].address.as_str();
    let (mut browser, name) = (Browser::default(), "/questionnaire/name/");
    browser.get(at, &format!("/session?token={}", scene.token(&fresh_response())));
    let body = form(&csrf(&browser.get(at, name).body), &[("name-answer", "Ceridwen")]);
    let clicks: Vec<_> = (0..6)
        .map(|n| {
            let (mut browser, body) = (browser.clone(), body.clone());
            let at = runners[n % 2].address.clone();
            std::thread::spawn(move || browser.ask(&at, "POST", name, &body))
        })
        .collect();
    for click in clicks {
        let reply = click.join().unwrap();
        assert_eq!((reply.status, path(&reply.location).as_str()), (302, ANSWERS[1].0));
    }
    let state = browser.get(at, "/dump/debug").body;
    assert_eq!(state.matches("Ceridwen").count(), 1, "{state}");
    // What was changed since is not taken back by a reload of the page that said otherwise.
    let later = csrf(&browser.get(at, name).body);
    assert_eq!(browser.post(at, name, &later, &[("name-answer", "Branwen")]).status, 302);
    assert_eq!(browser.ask(at, "POST", name, &body).status, 409);
    assert!(browser.get(at, name).body.contains("Branwen"));
}
