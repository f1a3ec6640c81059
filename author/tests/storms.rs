//! Storms of edits: several people at one draft, over a network that drops replies, sends twice and delivers late. Whatever
//! happens, all end with the same document, and what was acknowledged is in it, once.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use author::drafts::{self, Patch};
use common::{Browser, Reply, Service};
use http::{Method, StatusCode};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// One thing somebody does, and what the network does with it.
#[derive(Clone, Debug)]
struct Doing {
    who: usize,
    what: What,
    fate: Fate,
}

#[derive(Clone, Debug)]
enum What {
    /// Adds a block of its own.
    Add,
    /// Renames the questionnaire.
    Rename,
    /// Takes out a block that is there.
    Remove(usize),
    /// Moves one.
    Move(usize, usize),
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Arrives,
    /// The reply is lost: it is sent again.
    ReplyLost,
    Twice,
    /// Arrives when others have gone on; the sender thinks it lost and goes on as well.
    Late,
}

fn doing(people: usize) -> impl Strategy<Value = Doing> {
    let what = prop_oneof![
        4 => Just(What::Add),
        2 => Just(What::Rename),
        2 => (0..50_usize).prop_map(What::Remove),
        2 => (0..50_usize, 0..50_usize).prop_map(|(from, to)| What::Move(from, to)),
    ];
    let fate = prop_oneof![Just(Fate::Arrives), Just(Fate::ReplyLost), Just(Fate::Twice), Just(Fate::Late)];
    (0..people, what, fate).prop_map(|(who, what, fate)| Doing { who, what, fate })
}

/// Somebody at the draft: what they see, as of which revision.
struct Person {
    browser: Browser,
    document: Value,
    revision: i64,
}

/// A request on its way.
#[derive(Clone)]
struct Sent {
    who: usize,
    revision: i64,
    key: String,
    patch: Value,
}

const BLOCKS: &str = "/definition/sections/0/groups/0/blocks";

impl Person {
    fn patch(&self, what: &What, key: &str) -> Option<Value> {
        let blocks = self.document.pointer(BLOCKS)?.as_array()?;
        let id = |at: usize| blocks[at]["id"].clone();
        let tested = |at: usize, then: Value| json!([{"op": "test", "path": format!("{BLOCKS}/{at}/id"), "value": id(at)}, then]);
        // The introduction stays.
        let place = |number: usize| (blocks.len() > 1).then(|| 1 + number % (blocks.len() - 1));
        Some(match what {
            What::Add => {
                json!([{"op": "add", "path": format!("{BLOCKS}/-"), "value": {"id": key, "type": "Question"}}])
            }
            What::Rename => json!([{"op": "replace", "path": "/definition/title", "value": key}]),
            What::Remove(number) => {
                let at = place(*number)?;
                tested(at, json!({"op": "remove", "path": format!("{BLOCKS}/{at}")}))
            }
            What::Move(from, to) => {
                let (from, to) = (place(*from)?, place(*to)?);
                tested(
                    from,
                    json!({"op": "move", "from": format!("{BLOCKS}/{from}"), "path": format!("{BLOCKS}/{to}")}),
                )
            }
        })
    }

    /// Catches up, by the log alone.
    fn catch_up(&mut self, changes: &Value) {
        for change in changes.as_array().unwrap() {
            if change["revision"].as_i64().unwrap() == self.revision + 1 {
                let patch: Patch = serde_json::from_value(change["patch"].clone()).unwrap();
                self.document = drafts::apply(&self.document, &patch).unwrap().0;
                self.revision += 1;
            }
        }
    }
}

struct Storm {
    id: String,
    people: Vec<Person>,
    /// Key and revision of everything that was acknowledged.
    acknowledged: BTreeMap<String, i64>,
    late: Vec<Sent>,
}

impl Storm {
    async fn deliver(&mut self, sent: &Sent) -> Reply {
        let browser = &mut self.people[sent.who].browser;
        browser.change(&self.id, sent.revision, &sent.key, sent.patch.clone()).await
    }

    fn acknowledge(&mut self, sent: &Sent, reply: &Reply) {
        let revision = reply.json["revision"].as_i64().unwrap();
        let before = self.acknowledged.insert(sent.key.clone(), revision);
        assert!(before.is_none_or(|before| before == revision), "acknowledged once, as one revision");
    }

    async fn changes(&mut self, who: usize) -> Value {
        let after = self.people[who].revision;
        let path = format!("/api/v1/questionnaires/{}/changes?after={after}", self.id);
        self.people[who].browser.get(&path).await.json
    }

    async fn go(&mut self, number: usize, doing: &Doing) {
        let key = format!("block-{number}");
        let Some(patch) = self.people[doing.who].patch(&doing.what, &key) else { return };
        let revision = self.people[doing.who].revision;
        let sent = Sent { who: doing.who, revision, key: key.clone(), patch };
        if matches!(doing.fate, Fate::Late) {
            self.late.push(sent);
            return;
        }
        let mut reply = self.deliver(&sent).await;
        if matches!(doing.fate, Fate::ReplyLost | Fate::Twice) {
            let first = reply.status;
            reply = self.deliver(&sent).await;
            assert_eq!(first, reply.status, "sent twice, told the same");
        }
        // Whatever stands late is delivered in the end, to a draft that went on.
        if number.is_multiple_of(3) && !self.late.is_empty() {
            let late = self.late.remove(number % self.late.len());
            let reply = self.deliver(&late).await;
            if reply.status == StatusCode::OK {
                self.acknowledge(&late, &reply);
            } else {
                assert_eq!(reply.status, StatusCode::PRECONDITION_FAILED, "{}", reply.text);
            }
        }
        match reply.status {
            StatusCode::OK => self.acknowledge(&sent, &reply),
            StatusCode::PRECONDITION_FAILED => {
                // What was missed is applied, and the same is done again to what stands there now.
                let missed = self.changes(doing.who).await;
                self.people[doing.who].catch_up(&missed);
                let key = format!("{key}-again");
                let Some(patch) = self.people[doing.who].patch(&doing.what, &key) else { return };
                let revision = self.people[doing.who].revision;
                let again = Sent { who: doing.who, revision, key, patch };
                let reply = self.deliver(&again).await;
                if reply.status == StatusCode::OK {
                    self.acknowledge(&again, &reply);
                }
            }
            status => panic!("{status}: {}", reply.text),
        }
    }
}

async fn storm(people: usize, doings: &[Doing]) {
    let service = Service::new().await;
    let mut browser = service.administrator().await;
    let id = browser.questionnaire("Storm").await;
    let draft = browser.get(&format!("/api/v1/questionnaires/{id}/draft")).await.json;
    let begun = draft["document"].clone();
    let person =
        |browser: &Browser| Person { browser: browser.clone(), document: begun.clone(), revision: 1 };
    let people = (0..people).map(|_| person(&browser)).collect();
    let mut storm = Storm { id: id.clone(), people, acknowledged: BTreeMap::new(), late: Vec::new() };
    for (number, doing) in doings.iter().enumerate() {
        storm.go(number, doing).await;
    }
    let last = browser.get(&format!("/api/v1/questionnaires/{id}/draft")).await.json;
    for who in 0..storm.people.len() {
        let missed = storm.changes(who).await;
        storm.people[who].catch_up(&missed);
        assert_eq!(storm.people[who].document.to_string(), last["document"].to_string(), "all see the same");
    }
    // Every acknowledged edit is in the log, once, where it was said to be.
    let log = browser.get(&format!("/api/v1/questionnaires/{id}/changes")).await.json;
    let log = log.as_array().unwrap();
    let revisions: BTreeSet<i64> = log.iter().map(|change| change["revision"].as_i64().unwrap()).collect();
    assert_eq!(revisions, (2..=last["revision"].as_i64().unwrap()).collect());
    let told: BTreeSet<i64> = storm.acknowledged.values().copied().collect();
    assert_eq!(told.len(), storm.acknowledged.len(), "no two are one revision");
    assert!(told.is_subset(&revisions));
    // All of it taken back leads to where it began, to the byte.
    let undone =
        browser.ask(Method::GET, &format!("/api/v1/questionnaires/{id}/draft?at=1"), None, &[]).await;
    assert_eq!(undone.json["document"].to_string(), begun.to_string());
}

fn run(people: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let doings = prop::collection::vec(doing(people), 40..80);
    runner
        .run(&doings, |doings| {
            runtime.block_on(storm(people, &doings));
            Ok(())
        })
        .unwrap();
}

#[test]
fn two_people_converge_and_nothing_acknowledged_is_lost() {
    run(2);
}

#[test]
fn five_people_converge_and_nothing_acknowledged_is_lost() {
    run(5);
}
