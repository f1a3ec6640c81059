//! What people typed in several lines, as markup (spec/04 §7.6).

use super::Html;
use super::words::{escape, push_escaped};
use crate::value::Value;

/// A text with a `<br>` for every run of line breaks.
pub fn lines(text: &str) -> Html<'_> {
    let is_break = |character| matches!(character, '\n' | '\r');
    if !text.contains(is_break) {
        return Html::new(escape(text));
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(is_break) {
        push_escaped(&mut out, &rest[..at]);
        out.push_str("<br>");
        rest = rest[at..].trim_start_matches(is_break);
    }
    push_escaped(&mut out, rest);
    Html::new(out)
}

/// An answered address, a line for each part that is there. Its UPRN is no part of it for people.
pub fn address(value: &Value<'_>) -> Html<'static> {
    let mut out = String::new();
    for part in ["line1", "line2", "town", "postcode"] {
        if let Some(text) = value.part(part).and_then(Value::as_text).filter(|text| !text.is_empty()) {
            if !out.is_empty() {
                out.push_str("<br>");
            }
            push_escaped(&mut out, text);
        }
    }
    Html::new(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_line_breaks_is_one() {
        for (typed, markup) in [
            ("one line & <b>", "one line &amp; &lt;b&gt;"),
            ("a\r\n\r\nb\nc", "a<br>b<br>c"),
            ("\na\n", "<br>a<br>"),
            ("", ""),
        ] {
            assert_eq!(lines(typed).as_str(), markup);
        }
    }

    #[test]
    fn an_address_is_a_line_for_each_part_in_order() {
        let parts = [("postcode", "NP10 8XG"), ("uprn", "1"), ("line1", "1 <High> St"), ("town", "Newport")];
        let value = Value::Parts(parts.map(|(name, text)| (name.into(), Value::text(text))).into());
        assert_eq!(address(&value).as_str(), "1 &lt;High&gt; St<br>Newport<br>NP10 8XG");
    }
}
