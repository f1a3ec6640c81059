//! What every page's markup keeps to, whoever looks at it and with what.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::{Tag, page, tags};
use schema::questionnaire::Locale;
use templates::{Templates, samples};

/// Shows each sample, in English and Welsh, to a claim about it.
fn each(claim: impl Fn(&str, &str, &[Tag<'_>])) {
    let templates = Templates::new().unwrap();
    for sample in samples() {
        for ui in [Locale::En, Locale::Cy] {
            let html = page(&templates, &sample, ui);
            claim(sample.name, &html, &tags(&html));
        }
    }
}

fn is_field(tag: &Tag<'_>) -> bool {
    matches!(tag.name, "input" | "select" | "textarea") && tag.get("type") != Some("hidden")
}

#[test]
fn every_id_is_unique_but_those_of_eq_that_count_within_their_collection() {
    each(|name, _, tags| {
        let mut seen = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            // Spec/08 §3: `guidance-1` … restart, `definition` repeats; a preview may show a block's question twice.
            let counted = id.starts_with("guidance-")
                || id.starts_with("question-guidance-")
                || id.starts_with("definition");
            assert!(seen.insert(id) || counted, "{name}: {id} twice");
        }
    });
}

#[test]
fn every_reference_leads_to_something_on_the_page() {
    each(|name, _, tags| {
        let ids: BTreeSet<_> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        for tag in tags {
            for reference in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
                let Some(value) = tag.get(reference) else { continue };
                assert!(!value.is_empty(), "{name}: {reference} of {tag:?} is empty");
                for id in value.split_whitespace() {
                    assert!(ids.contains(id), "{name}: {reference}={id} leads nowhere");
                }
            }
            if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#'))
                && id != "0"
            {
                assert!(ids.contains(id), "{name}: #{id} leads nowhere");
            }
        }
    });
}

#[test]
fn every_field_has_a_name_for_those_who_do_not_see_it() {
    each(|name, _, tags| {
        let labelled: BTreeSet<_> =
            tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        for field in tags.iter().filter(|tag| is_field(tag)) {
            let id = field.get("id").unwrap_or_else(|| panic!("{name}: {field:?} has no id"));
            assert!(
                labelled.contains(id) || field.get("aria-labelledby").is_some(),
                "{name}: {id} has no label"
            );
        }
    });
}

#[test]
fn a_wrong_field_says_so_and_what_is_wrong_first() {
    each(|name, _, tags| {
        let errors: Vec<_> = tags
            .iter()
            .filter(|tag| tag.get("class").is_some_and(|class| class.contains("ons-panel__error")))
            .filter_map(|tag| tag.get("id"))
            .collect();
        for field in tags.iter().filter(|tag| is_field(tag) && tag.get("aria-invalid").is_some()) {
            let first = field.get("aria-describedby").and_then(|ids| ids.split_whitespace().next());
            assert!(first.is_some_and(|id| errors.contains(&id)), "{name}: {field:?}");
        }
    });
}

#[test]
fn a_refused_page_tells_all_errors_at_the_top_takes_the_focus_and_says_error_in_its_title() {
    let templates = Templates::new().unwrap();
    let is_refused = |name: &str| {
        let is_ours = name.starts_with("individual") && name.ends_with("refused");
        is_ours || ["question-refused", "question-many-answers"].contains(&name)
    };
    for sample in samples().iter().filter(|sample| is_refused(sample.name)) {
        let html = page(&templates, sample, Locale::En);
        assert!(html.contains("<title>Error: "), "{}", sample.name);
        let tags = tags(&html);
        let panel = tags.iter().find(|tag| tag.get("data-qa") == Some("error-body")).unwrap();
        assert_eq!((panel.get("role"), panel.get("autofocus")), (Some("alert"), Some("")));
        let main = tags.iter().position(|tag| tag.name == "main").unwrap();
        let at = tags.iter().position(|tag| tag.get("data-qa") == Some("error-body")).unwrap();
        let fields = tags.iter().position(|tag| is_field(tag)).unwrap();
        assert!(main < at && at < fields, "{}", sample.name);
    }
}

#[test]
fn an_error_bears_its_code() {
    let templates = Templates::new().unwrap();
    let code = |sample: &str| {
        let sample = samples().into_iter().find(|each| each.name == sample).unwrap();
        let html = page(&templates, &sample, Locale::Cy);
        tags(&html).iter().filter_map(|tag| tag.get("data-error")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(code("question-refused"), ["mandatory"]);
    assert_eq!(code("question-many-answers"), ["number-too-large", "invalid-date"]);
    assert_eq!(code("question-exclusive-date"), ["mutually-exclusive"]);
}

#[test]
fn an_answer_that_another_page_gave_meanwhile_is_shown_beside_what_was_typed() {
    let templates = Templates::new().unwrap();
    let sample = samples().into_iter().find(|each| each.name == "question-overtaken").unwrap();
    let html = page(&templates, &sample, Locale::En);
    let panel = html.find("id=\"overtaken\"").unwrap();
    let field = html.find("id=\"country\"").unwrap();
    assert!(panel < html.find("Wales").unwrap() && html.find("Wales").unwrap() < field);
}

#[test]
fn what_could_not_be_saved_is_sent_again_by_one_press() {
    let templates = Templates::new().unwrap();
    let sample = samples().into_iter().find(|each| each.name == "unavailable").unwrap();
    let html = page(&templates, &sample, Locale::En);
    assert!(html.contains("<input type=\"hidden\" name=\"name\" value=\"Ann &quot;Bell&quot;\">"));
    assert!(html.contains("name=\"csrf_token\"") && html.contains("data-qa=\"btn-retry\""));
}

#[test]
fn no_page_carries_script_or_style_of_its_own() {
    each(|name, _, tags| {
        for tag in tags {
            assert!(tag.name != "style" && tag.get("style").is_none(), "{name}: {tag:?}");
            assert!(tag.name != "script" || tag.get("src").is_some(), "{name}: {tag:?}");
            let handler = tag.attributes.iter().find(|(attribute, _)| attribute.starts_with("on"));
            assert!(handler.is_none(), "{name}: {tag:?}");
        }
    });
}

#[test]
fn without_script_a_page_is_one_form_that_a_button_submits() {
    each(|name, _, tags| {
        let forms: Vec<_> = tags.iter().filter(|tag| tag.name == "form").collect();
        assert!(forms.len() == 1 && forms[0].get("method") == Some("POST"), "{name}");
        let fields = tags.iter().any(|tag| is_field(tag) && tag.get("name").is_some());
        let submits = tags.iter().any(|tag| tag.name == "button" && tag.get("type") == Some("submit"));
        assert!(!fields || submits, "{name}: nothing submits its fields");
        for button in tags.iter().filter(|tag| tag.name == "button") {
            assert!(button.get("type").is_some(), "{name}: {button:?} would submit by accident");
        }
    });
}

#[test]
fn without_style_a_page_reads_in_order_from_one_heading() {
    each(|name, _, tags| {
        let at = |wanted: &str| tags.iter().position(|tag| tag.name == wanted);
        let [header, main, h1, footer] =
            [at("header"), at("main"), at("h1"), at("footer")].map(Option::unwrap);
        assert!(header < main && main < h1 && h1 < footer, "{name}");
        // An introduction has a heading for each part that its author gives one.
        let headings = tags.iter().filter(|tag| tag.name == "h1").count();
        assert!(headings == 1, "{name}: {headings} headings of the first rank");
        let second =
            tags[..h1].iter().find(|tag| matches!(tag.name, "h2" | "h3") && tag.get("id") != Some("alert"));
        let before =
            second.is_none() || name == "question-overtaken" || name.starts_with("question-exclusive");
        assert!(before, "{name}: {second:?} before the first heading");
    });
}

#[test]
fn no_field_is_skipped_by_the_tab_key_but_what_nobody_sees() {
    each(|name, _, tags| {
        for tag in tags.iter().filter(|tag| tag.get("tabindex").is_some()) {
            let index = tag.get("tabindex");
            assert!(index == Some("0") || index == Some("-1"), "{name}: {tag:?} jumps the order");
            assert!(!is_field(tag), "{name}: {tag:?} cannot be reached");
        }
    });
}

#[test]
fn a_page_says_its_language_and_where_it_is() {
    let templates = Templates::new().unwrap();
    for sample in samples() {
        for ui in Locale::ALL {
            let html = page(&templates, &sample, ui);
            let tags = tags(&html);
            assert_eq!(tags.iter().find(|tag| tag.name == "html").unwrap().get("lang"), Some(ui.code()));
            let at = tags.iter().find(|tag| tag.name == "main").unwrap().get("data-at");
            assert!(at.is_some_and(|at| !at.is_empty()), "{}", sample.name);
        }
    }
}

#[test]
fn what_people_typed_cannot_become_markup() {
    each(|name, html, _| {
        if name == "question-many-answers" {
            assert!(html.contains("value=\"&lt;b&gt;&quot;&amp;&#x27;&lt;/b&gt;\""), "{name}");
        }
        assert!(!html.contains("<survey>"), "{name}: the survey's title is text");
    });
}
