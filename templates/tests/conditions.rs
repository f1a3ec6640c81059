//! Which test, or which reason, stands for each kind of page under each condition.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use templates::samples;

/// Kinds down, conditions across; what the codes mean stands in [`MEANS`].
const TABLE: &str = "
kind                 keyboard no-script no-style 320px print cy   errors back   reload two-tabs expired away
question             key      noscript  order    phone paper cy   err    brow   brow   over     gate    safe
list-collector       key      noscript  order    phone paper cy   err    brow   brow   over     gate    safe
relationship         key      noscript  order    phone paper cy   err    brow   brow   over     gate    safe
introduction         key      noscript  order    phone paper cy   none   brow   brow   still    gate    safe
content              key      noscript  order    phone paper cy   none   brow   brow   still    gate    safe
calculated-summary   key      noscript  order    phone paper cy   none   brow   brow   still    gate    safe
grand-calculated     key      noscript  order    phone paper cy   none   brow   brow   still    gate    safe
section-summary      key      noscript  order    phone paper cy   none   brow   brow   still    gate    safe
hub                  key      noscript  order    phone paper cy   none   brow   brow   still    gate    safe
submit               key      noscript  order    phone paper cy   none   brow   brow   once     gate    safe
preview              key      noscript  order    phone paper cy   none   brow   brow   read     gate    safe
thank-you            key      noscript  order    phone paper cy   mail   brow   brow   read     gate    safe
submitted            key      noscript  order    phone paper cy   none   brow   brow   read     gate    safe
sign-in              tab      form      order    short paper cy   none   brow   brow   read     self    fixed
submission-complete  tab      form      order    short paper cy   none   brow   brow   read     gate    fixed
forbidden            tab      form      order    short paper cy   none   brow   brow   read     gate    fixed
not-found            tab      form      order    short paper cy   none   brow   brow   read     gate    fixed
too-many             tab      form      order    short paper cy   none   brow   brow   read     gate    fixed
problem              tab      form      order    short paper cy   none   brow   brow   read     gate    fixed
unavailable          tab      form      order    short paper cy   none   brow   resend over     gate    self
feedback             tab      form      order    short paper cy   own    brow   brow   count    gate    safe
email-send           tab      form      order    short paper cy   own    brow   brow   count    gate    safe
email-confirm        tab      form      order    short paper cy   own    brow   brow   count    gate    safe
email-sent           tab      form      order    short paper cy   none   brow   brow   read     gate    safe
unsupported          tab      form      order    short paper cy   none   brow   brow   read     open    fixed
signed-out           tab      form      order    short paper cy   none   brow   brow   read     self    fixed
cookies              tab      form      order    short paper cy   none   brow   brow   read     open    fixed
privacy              tab      form      order    short paper cy   none   brow   brow   read     open    fixed
accessibility        tab      form      order    short paper cy   none   brow   brow   read     open    fixed
demo                 tab      form      order    short paper cy   refuse brow   brow   read     open    demo
";

enum Cell {
    /// In a file of the workspace, by its name or words.
    Test(&'static str, &'static str),
    Why(&'static str),
}

use Cell::{Test, Why};

const MARKUP: &str = "templates/tests/markup.rs";
const PAGES: &str = "runner/tests/browser/pages.mjs";

const MEANS: &[(&str, Cell)] = &[
    ("key", Test("runner/tests/browser/keyboard.mjs", "by keyboard")),
    ("tab", Test(MARKUP, "fn no_field_is_skipped_by_the_tab_key_but_what_nobody_sees")),
    ("noscript", Test("runner/tests/browser/no_script.mjs", "without script, 320 px")),
    ("form", Test(MARKUP, "fn without_script_a_page_is_one_form_that_a_button_submits")),
    ("order", Test(MARKUP, "fn without_style_a_page_reads_in_order_from_one_heading")),
    ("phone", Test(PAGES, "nothing is too wide")),
    ("short", Why("words and links alone, in the layout that is measured on the pages of a journey")),
    ("paper", Test("templates/static/css/canvass.css", "@media print")),
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
    ("count", Why("each tab asks for one of its own, as often as the session may")),
    ("refuse", Test("templates/src/sample/own.rs", "Some(\"Enter a date\")")),
    (
        "brow",
        Why("every page is `no-store` and made anew from what is stored: the browser asks for it again"),
    ),
    ("resend", Test(MARKUP, "fn what_could_not_be_saved_is_sent_again_by_one_press")),
    ("over", Test(MARKUP, "fn an_answer_that_another_page_gave_meanwhile_is_shown_beside_what_was_typed")),
    ("once", Why("the second tab finds the response submitted and is led to the thank-you page")),
    ("still", Why("it gives no answer: two tabs differ in nothing but where they go next")),
    ("read", Why("it only reads")),
    ("gate", Why("the runner answers with `sign-in` before any page is made")),
    ("self", Why("it is the page for that")),
    ("open", Why("it needs no session")),
    ("safe", Test(MARKUP, "fn what_could_not_be_saved_is_sent_again_by_one_press")),
    ("fixed", Why("it shows nothing that is stored")),
    ("demo", Why("the demonstration keeps its store in the same process")),
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
