#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::questionnaire::Locale;
use crate::rule::ListPart;
use crate::testing::{Laid, literally, number, placeholder, text_of, texts};
use crate::text::{Fill, Forms};

const BASE: LanguageIx = LanguageIx::BASE;

fn html(html: &str) -> Piece {
    Piece::Html(html.into())
}

fn metadata(name: &str) -> Fill {
    Fill::Source(Source::Metadata(name.into()))
}

#[test]
fn a_text_without_placeholders_is_borrowed_as_it_is() {
    let text = literally("Are <em>you</em> sure? {not a placeholder} &amp; so on");
    let laid = Laid::new();
    let words = words(&text, BASE, &laid).unwrap();
    assert!(matches!(words.html, Cow::Borrowed("Are <em>you</em> sure? {not a placeholder} &amp; so on")));
}

#[test]
fn an_empty_text_is_empty() {
    let text = text_of(Forms::One(Vec::new()), Vec::new());
    let laid = Laid::new();
    assert!(words(&text, BASE, &laid).unwrap().is_empty());
    assert_eq!(safe_title(&text, BASE), "");
}

#[test]
fn a_placeholder_is_filled_with_its_value_escaped() {
    for (value, shown) in [
        (Value::text("Ann & <b>Bob</b>"), "Ann &amp; &lt;b&gt;Bob&lt;/b&gt;"),
        (Value::text("O'Neil \"Jr\""), "O&#39;Neil &#34;Jr&#34;"),
        (Value::Null, "None"),
        (Value::Bool(true), "True"),
        (Value::Bool(false), "False"),
        (number("1234.50"), "1234.50"),
        (texts(["a", "<b>"]), "a, &lt;b&gt;"),
    ] {
        let mut laid = Laid::new();
        laid.metadata.insert("name", value);
        let pieces = vec![html("<b>"), Piece::Slot(0), html("</b>, "), Piece::Slot(0)];
        let text = text_of(Forms::One(pieces), vec![placeholder("name", metadata("name"))]);
        assert_eq!(words(&text, BASE, &laid).unwrap().as_str(), format!("<b>{shown}</b>, {shown}"));
    }
}

#[test]
fn a_name_that_is_not_declared_or_inside_a_tag_is_a_fault() {
    let laid = Laid::new();
    for (piece, why) in [
        (Piece::Undeclared("who".into()), FaultKind::UnknownPlaceholder("who".into())),
        (Piece::InTag("url".into()), FaultKind::PlaceholderInTag),
    ] {
        let text = text_of(Forms::One(vec![html("a"), piece]), Vec::new());
        assert_eq!(words(&text, BASE, &laid).map_err(|fault| fault.why), Err(why.clone()));
        assert_eq!(preview(&text, BASE, &laid).map_err(|fault| fault.why), Err(why));
        assert_eq!(safe_title(&text, BASE), "a…");
    }
}

fn people(forms: &[(PluralForm, &str)], count: Source) -> Text {
    let forms = forms.iter().map(|(form, words)| (*form, vec![html(words)])).collect();
    text_of(Forms::Plural { count, forms }, Vec::new())
}

#[test]
fn a_plural_takes_the_form_for_its_count() {
    use PluralForm::*;
    let all = [(Zero, "0"), (One, "1"), (Two, "2"), (Few, "3"), (Many, "6"), (Other, "other")];
    for (locale, value, form) in [
        (Locale::En, number("1"), "1"),
        (Locale::En, number("1.0"), "1"),
        (Locale::En, number("2"), "other"),
        (Locale::En, Value::Null, "other"),
        (Locale::Cy, number("0"), "0"),
        (Locale::Cy, number("6"), "6"),
        (Locale::Ga, number("6"), "3"),
        (Locale::Eo, number("1"), "1"),
    ] {
        let mut laid = Laid::in_locale(locale);
        let count = laid.answered("count", value);
        assert_eq!(words(&people(&all, count), BASE, &laid).unwrap().as_str(), form);
    }
    let mut laid = Laid::in_locale(Locale::Cy);
    let count = laid.listed(2, ListPart::Items);
    assert_eq!(words(&people(&all, count), BASE, &laid).unwrap().as_str(), "2");
}

#[test]
fn a_plural_without_the_form_for_its_count_is_a_fault() {
    let mut laid = Laid::new();
    let count = laid.answered("count", number("1"));
    let text = people(&[(PluralForm::Other, "other")], count);
    assert_eq!(words(&text, BASE, &laid).map_err(|fault| fault.why), Err(FaultKind::NoPluralForm("one")));
    assert_eq!(safe_title(&text, BASE), "other");
}

#[test]
fn a_preview_fills_metadata_only_and_counts_none() {
    let mut laid = Laid::in_locale(Locale::Cy);
    laid.metadata.insert("ru_name", Value::text("M&S"));
    let answer = laid.answered("answer", Value::text("secret"));
    let mut known = placeholder("who", metadata("ru_name"));
    known.only_metadata = true;
    let placeholders = vec![known, placeholder("what", Fill::Source(answer))];
    let pieces = vec![Piece::Slot(0), html(" did "), Piece::Slot(1)];
    let text = text_of(Forms::One(pieces), placeholders);
    assert_eq!(preview(&text, BASE, &laid).unwrap().as_str(), "M&amp;S did {what}");

    let count = laid.answered("count", number("1"));
    let text = people(&[(PluralForm::Zero, "none"), (PluralForm::One, "one")], count);
    assert_eq!(preview(&text, BASE, &laid).unwrap().as_str(), "none");
}

#[test]
fn a_safe_title_has_no_markup_and_tells_nothing() {
    let pieces = vec![html("Is <b class=\"a>b\">"), Piece::Slot(0), html("</b> over 18 &amp; well?")];
    let text = text_of(Forms::One(pieces), vec![placeholder("name", metadata("name"))]);
    assert_eq!(safe_title(&text, BASE), "Is … over 18 & well?");
    let text = literally("No markup here");
    assert!(matches!(safe_title(&text, BASE), Cow::Borrowed("No markup here")));
}

#[test]
fn plain_text_is_markup_without_tags_and_entities() {
    for (markup, text) in [
        ("a <br> b<br/>c", "a  bc"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("<a href=\"/x?a>b\">go</a>", "go"),
        ("R&amp;D &lt;b&gt; &#39;&#x27;&quot;&nbsp;&pound;5", "R&D <b> ''\"\u{a0}£5"),
        ("&unknown; & &#xffffffff;", "&unknown; & &#xffffffff;"),
        ("<!-- gone -->kept", "kept"),
        ("ends in <b", "ends in <b"),
    ] {
        assert_eq!(plain(markup.into()), text);
    }
    assert!(matches!(plain("as it is".into()), Cow::Borrowed(_)));
}

#[test]
fn escaped_text_reads_back_as_it_was() {
    let typed = "<script>'\"&amp;</script>";
    assert_eq!(escape(typed), "&lt;script&gt;&#39;&#34;&amp;amp;&lt;/script&gt;");
    assert_eq!(plain(escape(typed)), typed);
    assert!(matches!(escape("as it is"), Cow::Borrowed(_)));
}
