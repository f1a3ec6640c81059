//! The Big List of Naughty Strings in every kind of answer: kept byte for byte, shown inert.
//!
//! The list is the npm package `big-list-of-naughty-strings` (MIT), installed with the browser tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::browser::{Browser, csrf};
use crate::markup::Page;
use crate::scene::{Scene, fresh_response};

/// Ours besides, so that something is tried where the package is not installed.
const OURS: [&str; 12] = [
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}{name}",
    "\u{202e}drawkcab\u{feff}\u{200b}",
    "  space around\t ",
    "a\r\nb\r\n\r\nc",
    "\r\nbegins with a line",
    "\u{1}\u{7f}\u{80}\u{fffd}\u{10ffff}",
    "+%2B&amp;=&#x27;",
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿 e\u{301} ﷽",
    "${jndi:ldap://x/a}",
];

fn naughty() -> Vec<String> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/browser/node_modules/big-list-of-naughty-strings/blns.json");
    let theirs: Vec<String> = match fs::read_to_string(&list) {
        Ok(text) => serde_json::from_str(&text).unwrap(),
        Err(_) => {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is not there", list.display());
            println!("only our own: `npm ci` in runner/tests/browser brings the big list");
            Vec::new()
        }
    };
    // Mandatory nothings are another test's.
    let all = theirs.into_iter().chain(OURS.map(str::to_owned));
    all.filter(|text| !text.trim().is_empty()).collect()
}

/// The texts that are kept as they were typed: field by field, with the answer and the part of it that it is.
const TYPED: [(&str, &str, Option<&str>); 9] = [
    ("field", "field", None),
    ("area", "area", None),
    ("address-line1", "address", Some("line1")),
    ("address-line2", "address", Some("line2")),
    ("address-town", "address", Some("town")),
    ("address-postcode", "address", Some("postcode")),
    ("radio-detail", "radio-detail", None),
    ("checkbox-detail", "checkbox-detail", None),
    ("long", "long", None),
];
/// Fields that take only what is of their kind.
const CHECKED: [&str; 17] = [
    "number",
    "currency",
    "percentage",
    "unit",
    "mobile",
    "date-day",
    "date-month",
    "date-year",
    "month-month",
    "month-year",
    "year-year",
    "duration-years",
    "duration-months",
    "choice",
    "drop",
    "box",
    "suggested",
];

fn definition() -> Value {
    let text = |id: &str, kind: &str| json!({"id": id, "type": kind, "mandatory": false, "label": id});
    let option = |id: &str| {
        let detail =
            json!({"id": format!("{id}-detail"), "type": "TextField", "mandatory": false, "label": "Say"});
        json!([{"label": "Other", "value": "Other", "detail_answer": detail}, {"label": "No", "value": "No"}])
    };
    let plain = json!([{"label": "One", "value": "One"}, {"label": "Two", "value": "Two"}]);
    let choice = |id: &str, kind: &str, options: &Value| json!({"id": id, "type": kind, "mandatory": false, "label": id, "options": options});
    let block = |id: &str, answers: Value| {
        let question =
            json!({"id": format!("{id}-question"), "type": "General", "title": id, "answers": answers});
        json!({"id": id, "type": "Question", "question": question})
    };
    let typed = json!([
        text("field", "TextField"),
        text("area", "TextArea"),
        text("address", "Address"),
        text("long", "TextField"),
        choice("radio", "Radio", &option("radio")),
        choice("checkbox", "Checkbox", &option("checkbox")),
    ]);
    let unit = json!({"id": "unit", "type": "Unit", "mandatory": false, "label": "unit", "unit": "length-meter",
        "unit_length": "short"});
    let currency = json!({"id": "currency", "type": "Currency", "mandatory": false, "label": "currency", "currency": "GBP"});
    let duration = json!({"id": "duration", "type": "Duration", "mandatory": false, "label": "duration",
        "units": ["years", "months"]});
    let checked = json!([
        text("number", "Number"),
        currency,
        text("percentage", "Percentage"),
        unit,
        text("mobile", "MobileNumber"),
        text("date", "Date"),
        text("month", "MonthYearDate"),
        text("year", "YearDate"),
        duration,
        choice("choice", "Radio", &plain),
        choice("drop", "Dropdown", &plain),
        choice("box", "Checkbox", &plain),
        text("suggested", "TextField"),
    ]);
    let metadata = ["user_id", "period_id", "ru_name"].map(|name| json!({"name": name, "type": "string"}));
    let blocks = [block("typed", typed), block("checked", checked)];
    json!({
        "mime_type": "application/json/ons/eq", "language": "en", "schema_version": "0.0.1",
        "data_version": "0.0.3", "survey_id": "900", "title": "Naughty", "theme": "default",
        "metadata": metadata, "questionnaire_flow": {"type": "Linear", "options": {"summary": {"collapsible": false}}},
        "sections": [{"id": "all", "title": "All", "groups": [{"id": "group", "blocks": blocks}]}],
    })
}

/// Puts one string into every field, as one respondent; says what is wrong.
struct Trial<'a> {
    at: &'a str,
    browser: Browser,
}

const PLAIN: &str = "x";

impl Trial<'_> {
    fn skeleton(&mut self, path: &str) -> (Page, Vec<String>) {
        let reply = self.browser.get(self.at, path);
        assert_eq!(reply.status, 200, "{path}");
        let page = Page::read(&reply.body);
        let skeleton = page.skeleton();
        (page, skeleton)
    }

    /// Answers the first page with one string throughout; gives its page and the summary's.
    fn typed(&mut self, text: &str) -> Result<[(Page, Vec<String>); 2], String> {
        let path = "/questionnaire/typed/";
        let proof = csrf(&self.browser.get(self.at, path).body);
        let mut fields: Vec<(&str, &str)> = TYPED.iter().map(|(name, ..)| (*name, text)).collect();
        fields.extend([("radio", "Other"), ("checkbox", "Other")]);
        let reply = self.browser.post(self.at, path, &proof, &fields);
        if reply.status != 302 {
            return Err(format!("status {}", reply.status));
        }
        Ok([self.skeleton(path), self.skeleton("/questionnaire/submit/")])
    }

    fn kept(&mut self, text: &str) -> Result<(), String> {
        let read = |reply: String| -> Value { serde_json::from_str(&reply).unwrap() };
        let dumped = read(self.browser.get(self.at, "/dump/debug").body);
        let leaving = read(self.browser.get(self.at, "/dump/submission").body);
        for (what, answers) in
            [("stored", &dumped["ANSWERS"]), ("leaving", &leaving["submission"]["data"]["answers"])]
        {
            for (name, id, part) in TYPED {
                let answer = answers.as_array().unwrap().iter().find(|answer| answer["answer_id"] == id);
                let value = answer.map(|answer| &answer["value"]);
                let value = value.and_then(|value| part.map_or(Some(value), |part| value.get(part)));
                if value != Some(&json!(text)) {
                    return Err(format!("{name} is {what} as {value:?}"));
                }
            }
        }
        Ok(())
    }

    /// Answers the second page with one string throughout. What is refused comes back as it was typed.
    fn checked(&mut self, text: &str) -> Result<Page, String> {
        let path = "/questionnaire/checked/";
        let proof = csrf(&self.browser.get(self.at, path).body);
        let fields: Vec<(&str, &str)> = CHECKED.iter().map(|name| (*name, text)).collect();
        let reply = self.browser.post(self.at, path, &proof, &fields);
        if reply.status != 200 {
            return Err(format!("status {}", reply.status));
        }
        Ok(Page::read(&reply.body))
    }
}

/// Which elements a page has that could do something by themselves, and how many.
fn active(page: &Page) -> Vec<usize> {
    let kinds =
        ["script", "img", "svg", "iframe", "object", "embed", "style", "link", "meta", "a", "input", "form"];
    kinds.iter().map(|kind| page.all(kind).len()).collect()
}

/// As a browser's parser reads a value back: line ends are one, a few characters none.
fn as_parsed(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[test]
fn naughty_strings_are_kept_byte_for_byte_and_shown_inert_in_every_answer() {
    let scene = Scene::on_sqlite();
    let folder: PathBuf = scene.folder("naughty/en");
    fs::write(folder.join("naughty.json"), definition().to_string()).unwrap();
    let roots = scene.folder("naughty").display().to_string();
    let runner = scene.start_with(&[("QUESTIONNAIRES", &roots)]);
    let at = runner.address.as_str();
    let launch = || {
        let (token, _) = scene.launch("naughty", &fresh_response(), json!({}));
        let mut browser = Browser::default();
        assert_eq!(browser.get(at, &format!("/session?token={token}")).status, 302);
        Trial { at, browser }
    };
    // Both pages are passed empty once, so that the summary is on the path.
    let begin = || {
        let mut trial = launch();
        for path in ["/questionnaire/typed/", "/questionnaire/checked/"] {
            let page = trial.browser.get(at, path);
            assert_eq!(page.status, 200, "{}", runner.log());
            let proof = csrf(&page.body);
            assert_eq!(trial.browser.post(at, path, &proof, &[]).status, 302);
        }
        trial
    };
    let mut plain = begin();
    let [(_, plain_page), (_, plain_summary)] = plain.typed(PLAIN).unwrap();
    let plain_refused = active(&plain.checked(PLAIN).unwrap());

    let (strings, next, wrong) = (naughty(), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let mut trial = begin();
        while let Some(text) = strings.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut say = |why: String| wrong.lock().unwrap().push(format!("{text:?}: {why}"));
            match trial.typed(text) {
                Err(why) => say(why),
                Ok([(page, skeleton), (_, summary)]) => {
                    if skeleton != plain_page {
                        say("the page is made differently".to_owned());
                    }
                    let lines = |all: &[String]| all.iter().filter(|name| *name != "br[]").cloned().collect();
                    let (this, that): (Vec<String>, Vec<String>) = (lines(&summary), lines(&plain_summary));
                    if this != that {
                        say("the summary is made differently".to_owned());
                    }
                    for (name, ..) in TYPED {
                        let shown = page.value(name);
                        if shown.as_deref() != Some(&as_parsed(text)) {
                            say(format!("{name} is shown as {shown:?}"));
                        }
                    }
                    trial.kept(text).err().map(&mut say);
                }
            }
            match trial.checked(text) {
                Ok(page) => {
                    let mut now = active(&page);
                    // Links to errors differ with their number: `1` is a number and no date.
                    let mut then = plain_refused.clone();
                    (now[9], then[9]) = (0, 0);
                    if now != then {
                        say(format!("the refused page is made differently: {now:?} for {then:?}"));
                    }
                    for name in ["number", "currency", "percentage", "unit", "mobile", "suggested"] {
                        let shown = page.value(name);
                        if shown.as_deref() != Some(&as_parsed(text)) {
                            say(format!("{name} comes back as {shown:?}"));
                        }
                    }
                }
                Err(why) => say(format!("checked: {why}")),
            }
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let wrong = wrong.into_inner().unwrap();
    println!("{} strings", strings.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let log = runner.log();
    let logged = strings.iter().filter(|text| text.len() > 12).find(|text| log.contains(text.as_str()));
    assert_eq!(logged, None, "nothing typed is logged");
}
