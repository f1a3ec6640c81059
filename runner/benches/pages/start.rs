//! From exec to the first question page, and the memory of a service that waits: with 150 questionnaires.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::browser::{Ask as _, Browser};
use crate::figures::{Row, load};
use crate::scene::recorded;

const STARTS: usize = 15;
const QUESTIONNAIRES: usize = 150;

pub fn measure(runner: &str) {
    let folder = tempfile::tempdir().unwrap();
    // The key files are there, as in service.
    runner::keys::development(&folder.path().join("keys")).unwrap();
    let found = gather(&folder.path().join("questionnaires/en"));
    let mut row = Row::default();
    for number in 0..STARTS {
        let begun = Instant::now();
        let mut process = start(runner, folder.path());
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let address = line.trim().trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap();
        let mut browser = Browser::new(address);
        let launch = "/demo/launch?questionnaire=test_checkbox&language=en";
        let launch =
            if found == 1 { "/demo/launch?questionnaire=monthly-business&language=en" } else { launch };
        let (path, reply) = browser.follow(launch);
        assert_eq!(reply.status, 200);
        row.add(begun.elapsed(), 1);
        if number + 1 == STARTS {
            println!("exec to the first question page with {found} questionnaires: {row} µs, best (median)");
            println!("load {}", load());
            println!("resident after the first page: {} KiB", resident(&process));
            for _ in 0..10_000 {
                browser.ask("GET", &path, "");
            }
            println!("resident after 10,000 more, idle: {} KiB", resident(&process));
        }
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// Recorded questionnaires, up to [`QUESTIONNAIRES`]; without SHARED one of our own.
fn gather(folder: &Path) -> usize {
    std::fs::create_dir_all(folder).unwrap();
    let mut files = match recorded() {
        Some(recorded) => {
            std::fs::read_dir(recorded.join("en")).unwrap().map(|file| file.unwrap().path()).collect()
        }
        None => vec![],
    };
    // The one that is asked for comes first.
    files.sort_by_key(|file| (!file.ends_with("test_checkbox.json"), file.clone()));
    files.truncate(QUESTIONNAIRES);
    for file in &files {
        std::fs::copy(file, folder.join(file.file_name().unwrap())).unwrap();
    }
    if files.is_empty() {
        println!("only one questionnaire: no conformance/schemas in SHARED");
        let own =
            format!("{}/../questionnaires/surveys/monthly-business/en.json", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(own, folder.join("monthly-business.json")).unwrap();
        return 1;
    }
    files.len()
}

fn start(runner: &str, folder: &Path) -> Child {
    Command::new(runner)
        .env_clear()
        .env("DEMO", "true")
        .env("PORT", "0")
        .env("STORE", "sqlite:responses.db")
        .env("DEVELOPMENT_KEYS", "keys")
        .env("QUESTIONNAIRES", "questionnaires")
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the runner starts")
}

fn resident(process: &Child) -> u64 {
    let told = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", process.id())).unwrap();
    let line = told.lines().find_map(|line| line.strip_prefix("Rss:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
