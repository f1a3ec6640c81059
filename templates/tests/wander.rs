//! Every page that a wandering respondent comes to, of every questionnaire there is, renders in its language and the
//! definition's.
//!
//! `SEEDS` says how many walks a questionnaire gets.

#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;
#[path = "../../engine/tests/common/mod.rs"]
mod questionnaires;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::with_chrome;
use engine::page::{Page, Tongue};
use engine::wander::{Broken, Wanderer, Watch};
use questionnaires::Subject;
use templates::{Shown, Templates, Theme, View};

/// Steps before a wanderer goes on to the end.
const STEPS: usize = 20;

/// Walks once; how many pages there were.
fn wander(templates: &Templates, subject: &Subject, seed: u64) -> Result<usize, Broken> {
    let questionnaire = &subject.questionnaire;
    let theme = Theme::from_name(&questionnaire.theme);
    let mut pages = 0;
    let mut render = |page: &Page<'_>, tongue: Tongue| {
        pages += 1;
        let definition = questionnaire.locale(tongue.definition);
        with_chrome(theme, tongue.ui, definition, |chrome| {
            let html = templates.render(&View { shown: Shown::Engine(page), chrome });
            let html = html.map_err(|error| format!("in {}: {error}", tongue.ui.code()))?;
            let is_whole = html.contains(&format!("data-at=\"{}\"", page.at)) && html.contains("</html>");
            if is_whole { Ok(()) } else { Err("the page does not say where it is".to_owned()) }
        })
    };
    // Definitions that cannot be carried out are for the engine's own wanderer to tell apart.
    let watch = Watch { page: &mut render, is_expected: &|_| true };
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let mut wanderer = Wanderer::launch(questionnaire, subject.known.as_ref(), seed, now, watch)?;
    let walked = (0..STEPS).try_for_each(|_| wanderer.step()).and_then(|()| wanderer.finish());
    drop(wanderer);
    match walked {
        Ok(()) | Err(Broken::DeadEnd { .. }) => Ok(pages),
        Err(broken) => Err(broken),
    }
}

#[test]
fn every_page_that_a_wanderer_comes_to_renders() {
    let templates = Templates::new().unwrap();
    let subjects: Vec<_> = questionnaires::subjects().into_iter().collect();
    let seeds = std::env::var("SEEDS").map_or(1, |seeds| seeds.parse().unwrap());
    let (next, pages) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let broken = Mutex::new(Vec::new());
    let work = || {
        while let Some((name, subject)) = subjects.get(next.fetch_add(1, Ordering::Relaxed)) {
            for seed in 0..seeds {
                match wander(&templates, subject, seed) {
                    Ok(seen) => drop(pages.fetch_add(seen, Ordering::Relaxed)),
                    Err(why) => broken.lock().unwrap().push(format!("{name}, seed {seed}: {why}")),
                }
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
    let (pages, broken) = (pages.into_inner(), broken.into_inner().unwrap());
    println!("{} questionnaires, {pages} pages", subjects.len());
    assert!(pages > 1000, "{pages} pages");
    assert!(broken.is_empty(), "{} walks:\n{}", broken.len(), broken.join("\n"));
}
