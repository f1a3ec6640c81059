//! CPU of the service per GET and per POST over HTTP, beside a bare axum route with the same bytes.

use std::time::Duration;

use crate::browser::{Ask as _, Browser, Page};
use crate::figures::{Row, load, others_cpu};
use crate::scene::Scene;
use crate::surveys::Survey;

/// Subject and anchor take turns this often, so that both meet the same moods of the machine.
const ROUNDS: usize = 7;
/// Requests of one turn.
const BATCH: usize = 256;

/// A respondent, and the pages answered on the way.
type Respondent = (Browser, Vec<Page>);

pub fn measure(store: &str, in_flight: usize, more: &[(&str, &str)]) {
    let scene = Scene::new(store, more);
    let address = scene.listen();
    println!(
        "CPU µs a request, best (median) of {ROUNDS} × {BATCH}; {store}, {in_flight} in flight {more:?}; load {}",
        load()
    );
    println!("{:36} {:>15} {:>15} {:>15} {:>15} {:>6}", "", "GET", "bare GET", "POST", "bare POST", "bytes");
    for survey in &scene.surveys {
        let mut respondents: Vec<Respondent> = (0..in_flight)
            .map(|_| {
                let mut browser = Browser::new(address);
                let pages = browser.walk(survey);
                browser.headers = "Accept-Encoding: gzip, deflate, br, zstd\r\n";
                (browser, pages)
            })
            .collect();
        let mut all: [Row; 4] = Default::default();
        for number in 0..respondents[0].1.len() {
            let rows = of_page(&scene, &mut respondents, number);
            tell(survey, &respondents[0].1[number], &rows);
            all.iter_mut().zip(&rows).for_each(|(all, row)| all.join(row));
        }
        println!("{:36} {} {} {} {}", format!("{}, all pages", survey.name), all[0], all[1], all[2], all[3]);
    }
    println!("load at the end {}", load());
}

fn tell(survey: &Survey, page: &Page, rows: &[Row; 4]) {
    let what = format!("{} {}", survey.name, page.block);
    println!("{what:36} {} {} {} {} {:6}", rows[0], rows[1], rows[2], rows[3], page.bytes);
}

fn of_page(scene: &Scene, respondents: &mut [Respondent], number: usize) -> [Row; 4] {
    let (browser, pages) = &mut respondents[0];
    let (path, form) = (pages[number].path.clone(), pages[number].form.clone());
    let bare = scene.listen_bare(browser.ask("GET", &path, "").body);
    let mut bare: Vec<Browser> = respondents.iter().map(|_| Browser::new(bare)).collect();
    let mut rows: [Row; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (row, method, status) in [(0, "GET", 200), (2, "POST", 302)] {
            let ours = respondents.iter_mut().map(|(browser, pages)| {
                let form = if method == "POST" { pages[number].form.as_str() } else { "" };
                (browser, pages[number].path.as_str(), form)
            });
            rows[row].add(turn(ours.collect(), method, status), BATCH);
            let bare = bare.iter_mut().map(|browser| (browser, "/", form.as_str()));
            rows[row + 1].add(turn(bare.collect(), method, status), BATCH);
        }
    }
    rows
}

/// As many requests as there are askers at a time, [`BATCH`] in all. What the service used.
fn turn(mut asking: Vec<(&mut Browser, &str, &str)>, method: &str, status: u16) -> Duration {
    let before = others_cpu();
    for _ in 0..BATCH / asking.len() {
        for (browser, path, form) in &mut asking {
            browser.send(method, path, if method == "POST" { form } else { "" });
        }
        for (browser, path, _) in &mut asking {
            assert_eq!(browser.receive().status, status, "{method} {path}");
        }
    }
    others_cpu().saturating_sub(before)
}
