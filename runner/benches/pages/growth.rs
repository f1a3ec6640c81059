//! How a page's cost and a response's size grow with the household: the same questionnaire for 1, 5, 30 and 100 people.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;

use engine::place::{Location, Place, SectionKey, Target};
use engine::response::{self, AnswerKey, Mark, Response};
use engine::trace::Trace;
use http::header;
use runner::moment::moment;
use runner::routes;
use runner::store::{Expect, Freshness, Responses as _, Written};
use schema::Questionnaire;
use schema::questionnaire::{Answer, AnswerKind, BlockIx, BlockKind, ListIx, Precision, QuestionRole};
use schema::value::{ListItemId, Relationship, Value};

use crate::browser::{Ask as _, Browser};
use crate::direct::Direct;
use crate::figures::{Row, least, load, others_cpu};
use crate::scene::Scene;

const PEOPLE: [usize; 4] = [1, 5, 30, 100];

/// Each questionnaire of these names that is there; those of a folder besides come by QUESTIONNAIRES.
pub fn measure(names: &[&str]) {
    let more: Vec<(&str, String)> = std::env::var("QUESTIONNAIRES").map_or(vec![], |roots| {
        vec![("QUESTIONNAIRES", format!("{}:{roots}", crate::scene::questionnaires()))]
    });
    let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let scene = Scene::new("memory", &more);
    let address = scene.listen();
    println!("CPU µs of a GET, and bytes, by people; in this process, but for the first; load {}", load());
    for name in names {
        println!("{name}");
        println!("{:>8}{}", "people", COLUMNS.map(|column| format!("{column:>12}")).concat());
        let mut rows = Vec::new();
        for people in PEOPLE {
            let row = of(&scene, address, name, people);
            let told =
                row.map(|figure| figure.map_or(format!("{:>12}", "-"), |figure| format!("{figure:12.1}")));
            println!("{people:8}{}", told.concat());
            rows.push(row);
        }
        keep(name, &rows);
    }
}

const COLUMNS: [&str; 10] =
    ["over HTTP", "question", "elsewhere", "list", "summary", "hub", "read", "write", "stored", "sealed"];

type Figures = [Option<f64>; COLUMNS.len()];

fn of(scene: &Scene, address: SocketAddr, name: &str, people: usize) -> Figures {
    let mut respondent = Direct::new(scene);
    respondent.follow(&format!("/demo/launch?questionnaire={name}&language=en"));
    let app = &scene.app;
    let session = app.cookies.read(&respondent.cookie).unwrap();
    let key = session.inside.unwrap().key;
    let row = scene.runtime.block_on(app.store.read(&key, Freshness::Quorum)).unwrap().unwrap();
    let mut record = app.sealer.open(&row, &key).unwrap();
    let questionnaire = scene.runtime.block_on(app.library.pinned(record.pinned.hash)).ok().unwrap();
    let questionnaire = &*questionnaire;
    let mut response = response::read(questionnaire, record.body.response.as_deref().unwrap()).unwrap();
    fill(questionnaire, &mut response, people);
    let bytes = response::write(questionnaire, &response);
    record.body.response = Some(bytes.clone());
    let sealed = app.sealer.seal(&record, &key, row.version.next()).unwrap();
    let size = sealed.bytes.len();
    let written = app.store.write(&key, &sealed, Expect::At(row.version));
    assert_eq!(scene.runtime.block_on(written).unwrap(), Written::Done);

    let read = least(|| assert!(response::read(questionnaire, &bytes).is_ok()));
    // As after a POST: read, with one answer changed.
    let mut changed = response::read(questionnaire, &bytes).unwrap();
    let one = response.answers.iter().last().unwrap().0;
    changed.answers.set(one, Value::text("changed"));
    let write = least(|| assert!(!response::write(questionnaire, &changed).is_empty()));
    let pages = Pages::of(questionnaire, &response);
    let http = pages.question.as_ref().map(|target| {
        let mut browser = Browser::new(address);
        browser.take_cookie(respondent.cookie[header::COOKIE].to_str().unwrap());
        over_http(&mut browser, &routes::print(questionnaire, target, None))
    });
    let mut page = |target: Option<Target>| {
        let path = routes::print(questionnaire, &target?, None);
        let reply = respondent.ask("GET", &path, "");
        assert_eq!(reply.status, 200, "{path} leads to {}", reply.location);
        Some(least(|| assert_eq!(respondent.ask("GET", &path, "").status, 200)))
    };
    [
        http,
        page(pages.question),
        page(pages.elsewhere),
        page(pages.list),
        page(pages.summary),
        page(Some(Target::at(Location::Entry))),
        Some(read),
        Some(write),
        Some(bytes.len() as f64),
        Some(size as f64),
    ]
}

/// The service's CPU for a page, the least of some rounds.
fn over_http(browser: &mut Browser, path: &str) -> f64 {
    const ROUND: usize = 200;
    let mut row = Row::default();
    for _ in 0..9 {
        let before = others_cpu();
        for _ in 0..ROUND {
            assert_eq!(browser.ask("GET", path, "").status, 200);
        }
        row.add(others_cpu().saturating_sub(before), ROUND);
    }
    row.best()
}

/// One page of each kind.
#[derive(Default)]
struct Pages {
    /// Of the last person's section.
    question: Option<Target>,
    /// Of a section that asks nothing of single people.
    elsewhere: Option<Target>,
    list: Option<Target>,
    summary: Option<Target>,
}

impl Pages {
    fn of(questionnaire: &Questionnaire, response: &Response) -> Pages {
        let trace = Trace::new(questionnaire, response, moment().unwrap().today());
        let mut pages = Pages::default();
        for key in trace.enabled_instances().unwrap() {
            for block in trace.path(key).unwrap().blocks() {
                let target = || Some(Target::block(Place::of(block, key.item)));
                match &questionnaire.block(block).kind {
                    BlockKind::Question(asks) if asks.role == QuestionRole::Ordinary => match key.item {
                        Some(_) => pages.question = target(),
                        None => pages.elsewhere = target(),
                    },
                    BlockKind::ListCollector(_) if pages.list.is_none() => pages.list = target(),
                    _ => {}
                }
            }
            if questionnaire.section(key.section).summary.is_some() && key.item.is_none() {
                pages.summary = pages.summary.or(Some(Target::at(Location::Section(key))));
            }
        }
        pages
    }
}

/// So many in each list, every answer given, all that is on a path confirmed.
fn fill(questionnaire: &Questionnaire, response: &mut Response, people: usize) {
    let blocks: Vec<BlockIx> = questionnaire.names.blocks.values().copied().collect();
    let primary: HashSet<ListIx> = blocks
        .iter()
        .filter_map(|&block| match &questionnaire.block(block).kind {
            BlockKind::PrimaryPerson(primary) => Some(primary.list),
            _ => None,
        })
        .collect();
    let lists: Vec<ListIx> = questionnaire.names.lists.values().copied().collect();
    let household = questionnaire.individual_response.as_ref().map(|offered| offered.list);
    for (number, &list) in (0u8..).zip(&lists) {
        let is_household = household.is_none_or(|household| household == list);
        for person in 0..if is_household { people } else { 1 } {
            let letters = format!("{}{person:05}", char::from(b'a' + number));
            let item = ListItemId::parse(&letters).unwrap();
            if person == 0 && primary.contains(&list) {
                response.lists.add_primary(list, item);
            } else {
                response.lists.add(list, item);
            }
        }
    }
    // In the order of the definition, so that a reload of the bench fills in the same way.
    let mut blocks = blocks;
    blocks.sort_unstable();
    for block in blocks {
        let definition = questionnaire.block(block);
        for question in definition.questions().iter().take(1).map(|variant| &variant.of) {
            for answer in question.all_answers() {
                let items = items_of(questionnaire, response, answer);
                for item in items {
                    let value = match &answer.kind {
                        AnswerKind::Relationship { .. } => pairs(response, definition_list(&definition.kind)),
                        _ => value(answer, item),
                    };
                    response.answers.set(AnswerKey::new(answer.ix, item), value);
                }
            }
        }
    }
    let today = moment().unwrap().today();
    // What is confirmed may open more, as another section's rule may look at it.
    for _ in 0..8 {
        let paths: Vec<(SectionKey, Vec<BlockIx>)> = {
            let trace = Trace::new(questionnaire, response, today);
            let keys = trace.enabled_instances().unwrap();
            keys.into_iter().map(|key| (key, trace.path(key).unwrap().blocks().collect())).collect()
        };
        for (key, blocks) in paths {
            response.visits.mark(key, Mark::Entered);
            for block in blocks {
                if response.visits.confirm(key, block) {
                    response.writers.push((Place::of(block, key.item), u32::MAX / 3));
                }
            }
        }
    }
    // As the engine keeps them.
    response.writers.drain(..response.writers.len().saturating_sub(256));
}

fn definition_list(kind: &BlockKind) -> Option<ListIx> {
    match kind {
        BlockKind::Relationships(collector) => Some(collector.list),
        _ => None,
    }
}

/// For which items an answer is kept; for none.
fn items_of(questionnaire: &Questionnaire, response: &Response, answer: &Answer) -> Vec<Option<ListItemId>> {
    match questionnaire.answer(answer.ix).repeats.list() {
        Some(list) => response.lists.items(list).iter().copied().map(Some).collect(),
        None => vec![None],
    }
}

fn pairs(response: &Response, list: Option<ListIx>) -> Value<'static> {
    let items = list.map_or(&[][..], |list| response.lists.items(list));
    let pair = |(from, to): (&ListItemId, &ListItemId)| Relationship {
        from: *from,
        to: *to,
        relationship: "Brother or sister".into(),
    };
    let later = |(at, from)| items[at + 1..].iter().map(move |to| (from, to));
    Value::Relationships(items.iter().enumerate().flat_map(later).map(pair).collect())
}

fn value(answer: &Answer, item: Option<ListItemId>) -> Value<'static> {
    let number = |text: &str| Value::Number(text.parse().unwrap());
    match &answer.kind {
        AnswerKind::Number(_) => number("12"),
        AnswerKind::Date(date) => Value::text(match date.precision {
            Precision::Day => "1984-05-06",
            Precision::Month => "1984-05",
            Precision::Year => "1984",
        }),
        AnswerKind::Duration { .. } => {
            Value::Parts(vec![("years".into(), number("3")), ("months".into(), number("2"))])
        }
        AnswerKind::Address { .. } => Value::Parts(vec![
            ("line1".into(), Value::text("1 Harbour Row")),
            ("town".into(), Value::text("Aberaeron")),
        ]),
        AnswerKind::MobileNumber => Value::text("07700900982"),
        AnswerKind::Checkbox { options, .. } => Value::List(
            options.fixed.iter().take(1).map(|choice| Value::text(choice.value.to_string())).collect(),
        ),
        AnswerKind::Radio { .. } | AnswerKind::Dropdown { .. } | AnswerKind::Relationship { .. } => {
            let first = answer.kind.options().and_then(|options| options.fixed.first());
            first.map_or(Value::Null, |choice| Value::text(choice.value.to_string()))
        }
        AnswerKind::TextField { .. } | AnswerKind::TextArea { .. } => {
            Value::text(item.map_or("Glanrhyd".to_owned(), |item| format!("Rhys {item}")))
        }
    }
}

/// Leaves the figures where `bench.sh` plots them from.
fn keep(name: &str, rows: &[Figures]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let line = |(people, row): (&usize, &Figures)| {
        let cells = row.map(|figure| figure.map_or("?".to_owned(), |figure| format!("{figure:.1}")));
        format!("{people}\t{}\n", cells.join("\t"))
    };
    let table: String = PEOPLE.iter().zip(rows).map(line).collect();
    let file = folder.join(format!("growth-{name}.tsv"));
    std::fs::write(&file, format!("people\t{}\n{table}", COLUMNS.join("\t"))).unwrap();
    println!("kept in {}", file.display());
}
