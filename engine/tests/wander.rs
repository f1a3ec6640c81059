//! A wandering respondent over every questionnaire that can be run: whatever is done, what `engine::wander` asks of
//! each step holds.
//!
//! `SEEDS` says how many walks a questionnaire gets, `SEED` repeats one of them, `ONLY` takes one questionnaire;
//! `SECONDS` goes on with new seeds for so long (`make soak`).

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod common;

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use std::{env, str::FromStr};

use common::Subject;
use engine::page::Page;
use engine::wander::{Broken, Tally, Wanderer, Watch};
use schema::rule::{Fault, FaultKind};

/// Steps before a wanderer goes on to the end.
const STEPS: usize = 40;

type IsKnown = fn(&FaultKind) -> bool;

/// Definitions that cannot be carried out at some place, as eQ's tests have them, and what is wrong.
const FAULTY: &[(&str, IsKnown)] = &[
    // Its third section, which one may begin with, tells an age from a date that the second asks for.
    ("test_placeholder_full", |why| *why == FaultKind::WrongKind("a date that is none")),
    // Its second and third sections, which one may begin with, ask by what the sections before were told.
    ("test_variants_question", |why| *why == FaultKind::NoVariant),
    // Its second page tells the young from the old, and nothing to whoever gave no age.
    ("test_variants_content", |why| *why == FaultKind::NoVariant),
    // A page about an item, which an address leads to, tells how long ago the page before it was answered.
    ("test_list_collector_content_page", |why| *why == FaultKind::WrongKind("a date that is none")),
    ("test_list_collector_repeating_blocks_section_summary", |why| {
        *why == FaultKind::WrongKind("a date that is none")
    }),
];

/// Questions that take no answer, once what came before was answered so, and a change of few earlier answers helps
/// little.
const DEAD_ENDS: &[(&str, &str)] = &[
    // A total below zero is the most that its second answer may be, and zero the least.
    ("test_calculated_summary", "set-min-max-block"),
    ("test_new_calculated_summary", "set-min-max-block"),
];

fn setting<T: FromStr>(name: &str) -> Option<T> {
    env::var(name).ok()?.parse().ok()
}

/// Walks once; what did not hold, or a panic, in words.
fn wander(name: &str, subject: &Subject, seed: u64) -> Result<Tally, String> {
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let is_expected = |fault: &Fault| FAULTY.iter().any(|(has, is)| *has == name && is(&fault.why));
    let mut look = |_: &Page, _| Ok(());
    let watch = Watch { page: &mut look, is_expected: &is_expected };
    let told = |why: &dyn Display| format!("ONLY={name} SEED={seed}: {why}");
    let known = subject.known.as_ref();
    let launched = Wanderer::launch(&subject.questionnaire, known, seed, now, watch);
    let mut wanderer = launched.map_err(|broken| told(&broken))?;
    let walked = catch_unwind(AssertUnwindSafe(|| {
        (0..STEPS).try_for_each(|_| wanderer.step()).and_then(|()| wanderer.finish())
    }));
    match walked {
        Ok(Ok(())) => Ok(wanderer.tally),
        Ok(Err(Broken::DeadEnd { at, .. })) if DEAD_ENDS.contains(&(name, &at)) => Ok(wanderer.tally),
        Ok(Err(broken)) => Err(format!("{}\n    {:?}", told(&broken), wanderer.trail)),
        Err(_) => Err(format!("{}\n    {:?}", told(&"a panic"), wanderer.trail)),
    }
}

#[test]
fn a_wanderer_meets_no_fault_and_always_comes_to_an_end() {
    let all = common::subjects();
    let only: Option<String> = setting("ONLY");
    let able: Vec<_> =
        all.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == *name)).collect();
    let until = setting("SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seeds: u64 = setting("SEEDS").unwrap_or(3);
    let fixed: Option<u64> = setting("SEED");
    let first = fixed.unwrap_or(0);
    let mut total = Tally::default();
    let mut broken = Vec::new();
    let mut walks = 0;
    let mut reached = 0;
    for seed in first.. {
        let is_over = match (fixed, until) {
            (Some(_), _) => seed > first,
            (None, Some(until)) => Instant::now() > until,
            (None, None) => seed >= seeds,
        };
        if is_over || broken.len() > 50 {
            break;
        }
        for (name, subject) in &able {
            walks += 1;
            match wander(name, subject, seed) {
                Ok(tally) => {
                    total.pages += tally.pages;
                    total.posts += tally.posts;
                    total.accepted += tally.accepted;
                    total.refused += tally.refused;
                    total.overtaken += tally.overtaken;
                    total.submissions += tally.submissions;
                    total.fulfilments += tally.fulfilments;
                    total.faults += tally.faults;
                    reached += tally.blocks.len();
                }
                Err(why) => broken.push(why),
            }
        }
    }
    println!(
        "{} of {} questionnaires, {walks} walks: {} pages, {} forms ({} accepted, {} refused, {} overtaken), \
         {} submissions, {} forms of their own, {} expected faults, {reached} blocks seen",
        able.len(),
        all.len(),
        total.pages,
        total.posts,
        total.accepted,
        total.refused,
        total.overtaken,
        total.submissions,
        total.fulfilments,
        total.faults,
    );
    assert!(walks > 0, "no questionnaire");
    assert!(broken.is_empty(), "{} of {walks} walks:\n{}", broken.len(), broken.join("\n"));
}
