//! The store away, and the receiver of submissions away: what the respondent sees, that nothing is lost, and what comes
//! of it once they are back.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::browser::{Browser, Reply, csrf, form, path};
use crate::markup::Page;
use crate::scene::{Scene, fresh_response};

const NAME: &str = "/questionnaire/name/";

/// Someone at the first question, with what it proves.
fn at_name(scene: &Scene, at: &str) -> (Browser, String) {
    let mut browser = Browser::default();
    assert_eq!(browser.get(at, &format!("/session?token={}", scene.token(&fresh_response()))).status, 302);
    let proof = csrf(&browser.get(at, NAME).body);
    (browser, proof)
}

/// The page that says so, and offers the same form again.
fn says_so(reply: &Reply) -> Vec<(String, String)> {
    assert_eq!((reply.status, reply.header("retry-after")), (503, Some("10")));
    let page = Page::read(&reply.body);
    assert!(page.first("[data-qa='btn-retry']").is_some(), "it can be tried again: {}", reply.body);
    let fields = page.all("form input[type='hidden']").into_iter();
    let text = |name: Option<&str>| name.unwrap_or_default().to_owned();
    fields.map(|field| (text(field.attr("name")), text(field.attr("value")))).collect()
}

/// Sends the offered form as it is: the answer is saved.
fn try_again(browser: &mut Browser, at: &str, fields: &[(String, String)]) {
    let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let reply = browser.ask(at, "POST", NAME, &body);
    assert_eq!((reply.status, path(&reply.location).as_str()), (302, "/questionnaire/came-before/"));
    assert!(browser.get(at, NAME).body.contains("value=\"Non &amp; Siân\""), "it was saved");
}

fn typed(proof: &str) -> String {
    form(proof, &[("name-answer", "Non & Siân"), ("action[save_continue]", "")])
}

#[test]
fn a_locked_file_is_said_and_the_same_form_saves_later() {
    let scene = Scene::on_sqlite();
    let runner = scene.start();
    let at = runner.address.as_str();
    let (mut browser, proof) = at_name(&scene, at);
    let other = Connection::open(scene.database()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let began = Instant::now();
    let offered = says_so(&browser.ask(at, "POST", NAME, &typed(&proof)));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(browser.get(at, NAME).status, 200, "what was saved is still shown");
    other.execute_batch("ROLLBACK").unwrap();
    try_again(&mut browser, at, &offered);
    assert!(!runner.log().contains("Siân"));
}

#[test]
fn a_full_disk_is_said_and_the_same_form_saves_later() {
    let scene = Scene::on_sqlite();
    let runner = scene.start_deaf_to_full_disks();
    let at = runner.address.as_str();
    let (mut browser, proof) = at_name(&scene, at);
    let limit = |bytes: &str| {
        let id = runner.id().to_string();
        let status = Command::new("prlimit").args(["--pid", &id, &format!("--fsize={bytes}")]).status();
        assert!(status.unwrap().success());
    };
    limit("0:unlimited");
    let offered = says_so(&browser.ask(at, "POST", NAME, &typed(&proof)));
    assert_eq!(browser.get(at, NAME).status, 200, "what was saved is still shown");
    limit("unlimited:unlimited");
    try_again(&mut browser, at, &offered);
}

#[test]
fn a_receiver_that_is_away_gets_what_it_missed() {
    let scene = Scene::new();
    let runner = scene.start();
    let at = runner.address.as_str();
    // A file where the folder should be.
    fs::write(scene.inbox(), "").unwrap();
    let (mut browser, mut proof) = at_name(&scene, at);
    for (address, field, value) in [
        (NAME, "name-answer", "Tomos"),
        ("/questionnaire/came-before/", "came-before-answer", "Yes"),
        ("/questionnaire/visits/", "visits-answer", "2"),
        ("/questionnaire/submit/", "x", ""),
    ] {
        proof = if address == NAME { proof } else { csrf(&browser.get(at, address).body) };
        let reply = browser.post(at, address, &proof, &[(field, value)]);
        assert_eq!(reply.status, 302, "{address}");
    }
    let thanks = browser.get(at, "/submitted/thank-you/");
    assert_eq!(thanks.status, 200, "who submits does not wait for the receiver");
    std::thread::sleep(Duration::from_millis(500));
    fs::remove_file(scene.inbox()).unwrap();
    assert_eq!(scene.submissions(1).len(), 1);
}

/// Stands between runners and a cluster, and can be as if it were not there.
struct Between {
    address: String,
    is_away: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Between {
    fn start(to: String) -> Between {
        // The driver looks for nodes at their own addresses, by the port that it was told.
        let node = to.split_once(':').map_or(to.as_str(), |(host, _)| host);
        let listener = TcpListener::bind((node, 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (is_away, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (away, streams) = (Arc::clone(&is_away), Arc::clone(&open));
        std::thread::spawn(move || {
            for here in listener.incoming().map_while(Result::ok) {
                let Ok(there) = TcpStream::connect(&to) else { continue };
                if away.load(Ordering::SeqCst) {
                    let _ = here.shutdown(Shutdown::Both);
                    continue;
                }
                for (from, onto) in [(&here, &there), (&there, &here)] {
                    let (mut from, mut onto) = (from.try_clone().unwrap(), onto.try_clone().unwrap());
                    let away = Arc::clone(&away);
                    std::thread::spawn(move || carry(&mut from, &mut onto, &away));
                }
                streams.lock().unwrap().extend([here, there]);
            }
        });
        Between { address, is_away, open }
    }

    /// Silent: connections stand, and nothing passes.
    fn hang(&self) {
        self.is_away.store(true, Ordering::SeqCst);
    }

    /// As if the cluster's processes had ended.
    fn stop(&self) {
        self.hang();
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn back(&self) {
        self.is_away.store(false, Ordering::SeqCst);
    }
}

fn carry(from: &mut TcpStream, onto: &mut TcpStream, away: &AtomicBool) -> Option<io::Error> {
    let mut bytes = [0; 16 * 1024];
    loop {
        match from.read(&mut bytes) {
            Ok(0) => return None,
            Ok(length) => {
                while away.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(20));
                }
                if let Err(error) = onto.write_all(&bytes[..length]) {
                    return Some(error);
                }
            }
            Err(error) => return Some(error),
        }
    }
}

#[test]
fn a_cluster_that_hangs_or_stops_is_said_and_the_same_form_saves_once_it_is_back() {
    let Ok(cluster) = std::env::var("CASSANDRA") else {
        println!("skipped: CASSANDRA does not say where one runs");
        return;
    };
    for goes in [Between::hang, Between::stop] {
        let between = Between::start(cluster.clone());
        let scene = Scene::on_cassandra(&between.address);
        let runner = scene.start_with(&[("STORE_TIMEOUT_MILLISECONDS", "1000")]);
        let at = runner.address.as_str();
        let (mut browser, proof) = at_name(&scene, at);
        goes(&between);
        let began = Instant::now();
        let offered = says_so(&browser.ask(at, "POST", NAME, &typed(&proof)));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        between.back();
        // The driver opens connections again by and by.
        let is_back = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(200));
            browser.get(at, NAME).status == 200
        });
        assert!(is_back, "the runner finds the cluster again");
        try_again(&mut browser, at, &offered);
    }
}
