//! Words found, and put in their places.

#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use super::{Broken, Catalogue, Translated, Why, read_po, translate};
use crate::questionnaire::Locale;

fn catalogue(po: &str) -> Catalogue {
    let mut catalogue = Catalogue::default();
    catalogue.add(read_po(po).unwrap());
    catalogue
}

/// A definition with one question, put into Welsh.
fn welsh(question: Value, po: &str) -> (Value, Translated) {
    let definition = json!({"language": "en", "title": "", "sections": [{"groups": [{"blocks": [
        {"question": question}]}]}]});
    let translated = translate(&definition, Locale::Cy, &catalogue(po));
    assert_eq!(translated.definition["language"], "cy");
    let question = translated.definition.pointer("/sections/0/groups/0/blocks/0/question").unwrap().clone();
    (question, translated)
}

#[test]
fn strings_over_several_lines_are_one_and_escapes_are_read() {
    let po = "# a comment\nmsgctxt \"\"\n\"Under \"\n\"this\"\nmsgid \"a\\n\"\n\"\\\"b\\\"\"\nmsgstr \"c\"\n\nmsgid \"d\"\nmsgstr \"e\"\n";
    let entries = read_po(po).unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].context.as_deref(), Some("Under this"));
    assert_eq!((entries[0].words.as_str(), &entries[0].forms[..]), ("a\n\"b\"", &["c".to_owned()][..]));
    assert_eq!((entries[1].context.as_deref(), entries[1].words.as_str()), (None, "d"));
}

#[test]
fn fuzzy_and_obsolete_entries_are_passed_over() {
    let po = "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n\n#~ msgid \"c\"\n#~ msgstr \"d\"\n\n#, python-format\nmsgid \"e\"\nmsgstr \"f\"\n";
    let words: Vec<String> = read_po(po).unwrap().into_iter().map(|entry| entry.words).collect();
    assert_eq!(words, ["e"]);
}

#[test]
fn a_line_of_another_format_is_refused_with_its_number() {
    assert_eq!(read_po("msgid \"a\"\nmsgstr b\n"), Err(Broken { line: 2 }));
    assert_eq!(read_po("{\"a\": 1}"), Err(Broken { line: 1 }));
    assert_eq!(read_po("msgstr[900] \"a\""), Err(Broken { line: 1 }));
}

#[test]
fn the_header_names_the_language() {
    for (header, language) in [("cy_GB", Locale::Cy), ("ga_IE", Locale::Ga), ("sco_ulster", Locale::Eo)] {
        let po = format!("msgid \"\"\nmsgstr \"\"\n\"X: y\\n\"\n\"Language: {header}\\n\"\n");
        assert_eq!(catalogue(&po).language(), Some(language));
    }
}

#[test]
fn words_are_found_under_their_pages_heading_before_others() {
    let po = "msgctxt \"Other?\"\nmsgid \"Yes\"\nmsgstr \"Oes\"\n\nmsgctxt \"This?\"\nmsgid \"Yes\"\nmsgstr \"Ydw\"\n\nmsgid \"This?\"\nmsgstr \"Hwn?\"\n";
    let (question, translated) =
        welsh(json!({"title": "This?", "answers": [{"options": [{"label": "Yes", "value": "Yes"}]}]}), po);
    assert_eq!(question["title"], "Hwn?");
    assert_eq!(question["answers"][0]["options"][0], json!({"label": "Ydw", "value": "Yes"}));
    assert_eq!((translated.count, translated.missing.len()), (2, 0));
}

#[test]
fn words_of_the_old_format_are_found_in_the_upgraded_definition() {
    let po = "msgid \"It's <em>{who}</em> \"\nmsgstr \"<em>{who}</em> yw'r un\"\n";
    let (question, _) = welsh(json!({"title": {"text": "It’s <strong>{who}</strong>"}}), po);
    assert_eq!(question["title"]["text"], "<strong>{who}</strong> yw’r un");
}

#[test]
fn a_plural_has_the_forms_of_the_language() {
    let forms: Vec<String> = (0..6).map(|nth| format!("msgstr[{nth}] \"{{n}} f{nth}\"")).collect();
    let po = format!("msgid \"{{n}} one\"\nmsgid_plural \"{{n}} many\"\n{}\n", forms.join("\n"));
    let title = json!({"text_plural": {"forms": {"one": "{n} one", "other": "{n} many"}, "count": {}}});
    let (question, _) = welsh(json!({"title": title}), &po);
    let forms = json!({"zero": "{n} f0", "one": "{n} f1", "two": "{n} f2", "few": "{n} f3", "many": "{n} f4",
        "other": "{n} f5"});
    assert_eq!(question["title"]["text_plural"]["forms"], forms);
}

#[test]
fn what_has_no_translation_stays_and_is_told() {
    let po = "msgid \"Left {a}\"\nmsgstr \"Chwith {b}\"\n\nmsgid \"Empty\"\nmsgstr \"\"\n";
    let (question, translated) = welsh(json!({"title": {"text": "Left {a}"}, "description": ["Empty"]}), po);
    assert_eq!(question, json!({"title": {"text": "Left {a}"}, "description": ["Empty"]}));
    let why: Vec<Why> = translated.missing.iter().map(|missing| missing.why).collect();
    assert_eq!(why, [Why::OtherPlaceholders, Why::Untranslated]);
    assert!(translated.missing[0].pointer.ends_with("/question/title"));
}

#[test]
fn two_options_are_not_given_the_same_words() {
    let po = "msgid \"Hard\"\nmsgstr \"Anodd\"\n\nmsgid \"Difficult\"\nmsgstr \"Anodd\"\n";
    let options = json!([{"label": "Hard"}, {"label": "Difficult"}]);
    let (question, translated) = welsh(json!({"answers": [{"options": options}]}), po);
    assert_eq!(question["answers"][0]["options"], json!([{"label": "Anodd"}, {"label": "Difficult"}]));
    assert_eq!((translated.count, translated.missing[0].why), (1, Why::SameAsAnother));
}
