//! Instructions of a request, by callgrind: the same whatever else the machine does.
//!
//! This binary runs under callgrind once with no measured request and once with [`TIMES`]; the difference is theirs.

use std::process::Command;

use crate::browser::Ask as _;
use crate::direct::Direct;
use crate::scene::{Scene, surveys};
use crate::surveys::{MONTHLY_BUSINESS, TEST_CHECKBOX};

const TIMES: usize = 20;
/// One page of each kind of field, and the longest of each questionnaire.
const PAGES: &[&str] = &["turnover-split", "change-reasons", "contact", "mandatory-checkbox"];

pub fn measure() {
    let keys = tempfile::tempdir().unwrap();
    // Made here, where that is quick.
    runner::keys::development(keys.path()).unwrap();
    let count = |survey: &str, block: &str, method: &str, times: usize| -> u64 {
        let folder = tempfile::tempdir().unwrap();
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=callgrind.out"])
            .arg(std::env::current_exe().unwrap())
            .args(["once", keys.path().to_str().unwrap(), survey, block, method, &times.to_string()])
            .current_dir(folder.path())
            .output()
            .expect("valgrind is needed (Debian: valgrind)");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        let line = told.lines().find_map(|line| line.split_once("Collected : ")).unwrap().1;
        line.trim().parse().unwrap()
    };
    println!("instructions a request, with a store in memory and without HTTP/1.1");
    println!("{:36} {:>10} {:>10}", "", "GET", "POST");
    for survey in surveys() {
        for (block, _) in survey.forms.iter().filter(|(block, _)| PAGES.contains(block)) {
            let nothing = count(survey.name, block, "GET", 0);
            let each = |method| (count(survey.name, block, method, TIMES) - nothing) / TIMES as u64;
            println!("{:36} {:10} {:10}", format!("{} {block}", survey.name), each("GET"), each("POST"));
        }
    }
}

/// Under callgrind: the walk through the survey, both requests twice so that nothing is done for the first time, and
/// then the measured ones.
pub fn once(keys: &str, survey: &str, block: &str, method: &str, times: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let scene = Scene::on(runtime, "memory", &[("DEVELOPMENT_KEYS", keys)]);
    let mut respondent = Direct::new(&scene);
    let survey = [&MONTHLY_BUSINESS, &TEST_CHECKBOX].into_iter().find(|has| has.name == survey).unwrap();
    let pages = respondent.walk(survey);
    let page = pages.iter().find(|page| page.block == block).unwrap();
    for _ in 0..2 {
        assert_eq!(respondent.ask("GET", &page.path, "").status, 200);
        assert_eq!(respondent.ask("POST", &page.path, &page.form).status, 302);
    }
    let form = if method == "POST" { page.form.as_str() } else { "" };
    for _ in 0..times {
        respondent.ask(method, &page.path, form);
    }
}
