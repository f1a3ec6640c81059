//! How a page's cost and a response's size grow: with the household, the same questionnaires for 1, 5, 30 and 100
//! people; with the questionnaire, generated ones of 50 to 2,000 blocks.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use engine::place::{Location, Place, Target};
use engine::response::{self, Response};
use engine::trace::Trace;
use http::header;
use runner::moment::moment;
use runner::routes;
use runner::store::{Expect, Freshness, Responses as _, Written};
use schema::Questionnaire;
use schema::questionnaire::{BlockKind, Flow, QuestionRole};
use schema::value::Value;

use crate::browser::{Ask as _, Browser};
use crate::direct::Direct;
use crate::figures::{Row, least, load, others_cpu};
use crate::filled::fill;
use crate::generated;
use crate::scene::{self, Scene};

const PEOPLE: [usize; 4] = [1, 5, 30, 100];
/// Of the census of 2021, in its own flavour.
const CENSUS: &str = "census_household_gb_eng";

/// Ours and the census of 2021, or those of these names; those of a folder besides come by QUESTIONNAIRES.
pub fn measure(names: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let mut roots = vec![scene::questionnaires(), folder.path().display().to_string()];
    roots.extend(std::env::var("QUESTIONNAIRES").ok());
    for count in generated::SIZES {
        offer(folder.path(), &format!("generated-{count}"), &generated::definition(count));
    }
    let mut wanted = names.to_vec();
    if names.is_empty() {
        wanted.push("household-census");
        if upgrade(folder.path()) {
            wanted.push(CENSUS);
        }
    }
    let scene = Scene::new("memory", &[("QUESTIONNAIRES", &roots.join(":"))]);
    let address = scene.listen();
    println!("CPU µs of a GET, and bytes; in this process, but for the first; load {}", load());
    for name in wanted {
        let rows = PEOPLE.map(|people| (people, of(&scene, address, name, people)));
        tell(name, "people", &rows);
    }
    if names.is_empty() {
        let rows =
            generated::SIZES.map(|count| (count, of(&scene, address, &format!("generated-{count}"), 1)));
        tell("generated", "blocks", &rows);
    }
}

/// Puts a questionnaire where the service finds it.
fn offer(root: &Path, name: &str, definition: &serde_json::Value) {
    let folder = root.join(name);
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("en.json"), definition.to_string()).unwrap();
}

/// The census as `schema upgrade` makes it; says so in a line when it is missing.
fn upgrade(root: &Path) -> bool {
    let Some(text) = scene::shared()
        .and_then(|shared| std::fs::read(shared.join(format!("census/legacy/{CENSUS}.json"))).ok())
    else {
        println!("{CENSUS} is left out: no census/legacy in SHARED");
        return false;
    };
    let legacy = serde_json::from_slice(&text).unwrap();
    offer(root, CENSUS, &schema::upgrade::upgrade(&legacy, None).definition);
    true
}

const COLUMNS: [&str; 10] =
    ["over HTTP", "question", "elsewhere", "list", "summary", "end", "read", "write", "stored", "sealed"];

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
    let end = match questionnaire.flow {
        Flow::Hub { .. } => Location::Entry,
        Flow::Linear { .. } => Location::Submit,
    };
    let http = pages.question.as_ref().or(pages.elsewhere.as_ref()).map(|target| {
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
        page(Some(Target::at(end))),
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

/// Prints the figures, and leaves them where `bench.sh` plots them from.
fn tell(name: &str, by: &str, rows: &[(usize, Figures)]) {
    println!("{name}");
    println!("{by:>8}{}", COLUMNS.map(|column| format!("{column:>12}")).concat());
    let mut table = format!("{by}\t{}\n", COLUMNS.join("\t"));
    for (count, row) in rows {
        let cells = row.map(|figure| figure.map(|figure| format!("{figure:.1}")));
        let told = cells.each_ref().map(|cell| format!("{:>12}", cell.as_deref().unwrap_or("-")));
        println!("{count:8}{}", told.concat());
        let kept = cells.each_ref().map(|cell| cell.as_deref().unwrap_or("?"));
        table.push_str(&format!("{count}\t{}\n", kept.join("\t")));
    }
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("growth-{name}.tsv"));
    std::fs::write(&file, table).unwrap();
    println!("kept in {}", file.display());
}
