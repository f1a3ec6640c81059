//! Which test, or which reason, stands for each kind of page under each condition.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use templates::samples;

/// Kinds down, conditions across; what the codes mean stands in [`MEANS`].
const TABLE: &str = "
kind                 keyboard no-script no-style 320px print cy   errors back   reload two-tabs expired away
question             key      noscript  order    phone paper cy   err    back   reload over     late    resave
list-collector       key      noscript  order    phone paper cy   err    back   reload over     gate    resave
relationship         key      noscript  order    phone paper cy   err    back   reload over     gate    resave
introduction         key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
content              key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
calculated-summary   key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
grand-calculated     key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
section-summary      key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
hub                  key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
submit               key      noscript  order    phone paper cy   none   back   reload once     gate    resave
preview              key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
individual-begin     key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
individual-sent      key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
individual           key      noscript  order    phone paper cy   err    back   reload count    gate    resave
thank-you            key      noscript  order    phone paper cy   mail   back   reload tabs     gate    stands
submitted            key      noscript  order    phone paper cy   none   back   reload tabs     gate    stands
sign-in              tab      form      order    phone paper cy   none   back   reload read     self    stands
submission-complete  tab      form      order    short paper cy   none   fresh  fresh  read     before  fixed
forbidden            tab      form      order    phone paper cy   none   back   reload read     before  stands
not-found            tab      form      order    phone paper cy   none   back   reload read     before  stands
too-many             tab      form      order    short paper cy   none   fresh  fresh  read     before  fixed
problem              tab      form      order    phone paper cy   none   fresh  fresh  read     before  fixed
unavailable          tab      form      order    phone paper cy   none   fresh  resend over     before  self
no-pdf               tab      form      order    phone paper cy   none   fresh  again  read     before  fixed
feedback             tab      form      order    short paper cy   own    fresh  fresh  count    before  resend
email-send           tab      form      order    short paper cy   own    fresh  fresh  count    before  resend
email-confirm        tab      form      order    short paper cy   own    fresh  fresh  count    before  resend
email-sent           tab      form      order    short paper cy   none   fresh  fresh  read     before  fixed
signed-out           tab      form      order    phone paper cy   none   fresh  fresh  read     self    fixed
cookies              tab      form      order    phone paper cy   none   back   reload read     open    stands
privacy              tab      form      order    phone paper cy   none   back   reload read     open    stands
accessibility        tab      form      order    phone paper cy   none   back   reload read     open    stands
demo                 tab      form      order    phone paper cy   refuse back   reload read     open    stands
";

enum Cell {
    /// In a file of the workspace, by its name or words.
    Test(&'static str, &'static str),
    Why(&'static str),
}

use Cell::{Test, Why};

const MARKUP: &str = "templates/tests/markup.rs";
const PAGES: &str = "runner/tests/browser/pages.mjs";
const CONDITIONS: &str = "runner/tests/browser/conditions.mjs";

const MEANS: &[(&str, Cell)] = &[
    ("key", Test("runner/tests/browser/keyboard.mjs", "by keyboard")),
    ("tab", Test(MARKUP, "fn no_field_is_skipped_by_the_tab_key_but_what_nobody_sees")),
    ("noscript", Test("runner/tests/browser/no_script.mjs", "without script, 320 px")),
    ("form", Test(MARKUP, "fn without_script_a_page_is_one_form_that_a_button_submits")),
    ("order", Test(MARKUP, "fn without_style_a_page_reads_in_order_from_one_heading")),
    ("phone", Test(PAGES, "nothing is too wide")),
    ("short", Why("words and links alone, in the layout that is measured on the pages of a journey")),
    ("paper", Test(PAGES, "prints without what only a screen can do")),
    (
        "cy",
        Test("templates/tests/every_page.rs", "fn every_page_renders_in_every_language_and_for_every_family"),
    ),
    (
        "err",
        Test(
            MARKUP,
            "fn a_refused_page_tells_all_errors_at_the_top_takes_the_focus_and_says_error_in_its_title",
        ),
    ),
    ("none", Why("it asks nothing")),
    ("mail", Why("only the address for a confirmation can be wrong, and the engine judges it")),
    ("own", Test("templates/src/sample/own.rs", "feedback-wrong")),
    ("count", Why("each tab asks for one of its own, as often as is allowed")),
    ("refuse", Test("templates/src/sample/own.rs", "Some(\"Enter a date\")")),
    ("back", Test(CONDITIONS, "shows the same after going elsewhere and back")),
    ("reload", Test(CONDITIONS, "shows the same when reloaded")),
    ("tabs", Test(CONDITIONS, "opens in two tabs, and both go on")),
    ("fresh", Why("every page is `no-store`: the browser asks again, and is told how things stand then")),
    ("resend", Test(MARKUP, "fn what_could_not_be_saved_is_sent_again_by_one_press")),
    ("again", Test("runner/tests/service/pdf.rs", "fn a_worker_that_hangs_is_ended_and_the_next_one_writes")),
    (
        "over",
        Test(CONDITIONS, "two tabs that answer one question: the later one is told, and shown both answers"),
    ),
    ("once", Test(CONDITIONS, "back from the thank-you page: what was submitted is closed")),
    ("read", Why("it only reads")),
    ("late", Test(CONDITIONS, "an answer given too late leads to sign-in, and what was saved stays")),
    ("gate", Test(CONDITIONS, "an expired session leads to the sign-in page")),
    ("before", Why("the runner answers with `sign-in` before any page is made")),
    ("self", Why("it is the page for that")),
    ("open", Why("it needs no session")),
    ("stands", Test(CONDITIONS, "is shown while nothing can be saved")),
    (
        "resave",
        Test(
            CONDITIONS,
            "what cannot be saved is said, kept on the page, and saved by one press when the store is back",
        ),
    ),
    ("fixed", Why("it shows nothing that is stored")),
];

fn lines() -> impl Iterator<Item = Vec<&'static str>> {
    TABLE.trim().lines().map(|line| line.split_whitespace().collect())
}

#[test]
fn every_cell_has_a_test_or_a_reason() {
    let mut lines = lines();
    let columns = lines.next().unwrap();
    for line in lines {
        assert_eq!(line.len(), columns.len(), "{} has a cell for each condition", line[0]);
        for (column, code) in columns.iter().zip(&line).skip(1) {
            let cell = MEANS.iter().find(|(name, _)| name == code);
            let reason = match cell {
                Some((_, Test(file, words))) if file.is_empty() || words.is_empty() => "",
                Some((_, Test(..))) => "a test",
                Some((_, Why(reason))) => reason,
                None => "",
            };
            assert!(!reason.is_empty(), "{} × {column}: {code} means nothing", line[0]);
        }
    }
}

#[test]
fn every_test_that_is_named_is_there() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (code, cell) in MEANS {
        if let Test(file, words) = cell {
            let source = std::fs::read_to_string(workspace.join(file)).unwrap_or_default();
            assert!(source.contains(words), "{code}: {file} has no {words}");
        }
    }
}

#[test]
fn every_kind_of_page_has_its_line() {
    let kinds: BTreeSet<_> = lines().skip(1).map(|line| line[0]).collect();
    for sample in samples() {
        let has = kinds.iter().any(|kind| sample.name.starts_with(kind));
        assert!(has, "{} has no line", sample.name);
    }
}

#[test]
fn no_meaning_is_idle() {
    let used: BTreeSet<_> = lines().skip(1).flatten().collect();
    for (code, _) in MEANS {
        assert!(used.contains(code), "{code} stands in no cell");
    }
}
