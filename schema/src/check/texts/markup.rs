//! Tags and entities within a text.

const ALLOWED: [&str; 6] = ["p", "strong", "a", "b", "br", "img"];
const NEVER_CLOSED: [&str; 2] = ["br", "img"];

/// The named entities of HTML, one a line, sorted, without `&` and `;`. Source: html.spec.whatwg.org, "Named character
/// references".
const ENTITIES: &str = include_str!("entities.txt");

type Fault = (&'static str, String, &'static str);

/// What is wrong with the markup of a text; tags are looked for only where it has both `<` and `>`, entities only where
/// it has both `&` and `;`.
pub(super) fn faults(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if text.contains('<') && text.contains('>') {
        faults.extend(tags(text));
        if has_space_before_break(text) {
            let seen = "white space before a line break".to_owned();
            faults.push(("text-space-before-break", seen, "put the tag right after the text"));
        }
        faults.extend(paragraph(text));
    }
    if text.contains('&') && text.contains(';') {
        faults.extend(entities(text));
    }
    faults
}

struct Tag<'a> {
    whole: &'a str,
    name: String,
    is_closing: bool,
}

fn tags(text: &str) -> Option<Fault> {
    let mut open: Vec<String> = Vec::new();
    for tag in read_tags(text) {
        let name = tag.name.as_str();
        let is_never_closed = NEVER_CLOSED.contains(&name);
        if !ALLOWED.contains(&name) {
            let seen = format!("the tag {}", tag.whole);
            return Some(("text-html-tag", seen, "use only p, strong, a, b, br and img"));
        }
        if tag.is_closing {
            if is_never_closed || open.pop().as_deref() != Some(name) {
                let seen = format!("{}, which closes nothing", tag.whole);
                return Some(("text-html-tag", seen, "close each tag once, the last opened first"));
            }
        } else if !is_never_closed && !tag.whole.ends_with("/>") {
            open.push(tag.name);
        }
    }
    let name = open.pop()?;
    Some(("text-html-tag", format!("<{name}>, which is not closed"), "close it"))
}

/// A `<`, perhaps `/`, letters or digits, and whatever comes up to the next `>`.
fn read_tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let from = &rest[start..];
        let is_closing = from[1..].starts_with('/');
        let inner = &from[1 + usize::from(is_closing)..];
        let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
        match from.find('>').filter(|_| !name.is_empty()) {
            Some(end) => {
                tags.push(Tag { whole: &from[..=end], name: name.to_ascii_lowercase(), is_closing });
                rest = &from[end + 1..];
            }
            None => rest = &from[1..],
        }
    }
    tags
}

fn has_space_before_break(text: &str) -> bool {
    text.match_indices("<br").any(|(at, tag)| {
        let after = text[at + tag.len()..].trim_start();
        let closes = after.strip_prefix('/').unwrap_or(after).starts_with('>');
        closes && text[..at].ends_with(char::is_whitespace)
    })
}

/// Only the first `p` is looked at: nothing but white space, brackets and parentheses may come before it.
fn paragraph(text: &str) -> Option<Fault> {
    let (at, _) = text.match_indices("<p").find(|(at, tag)| {
        let after = &text[at + tag.len()..];
        after.starts_with(|next: char| next == '>' || next.is_whitespace()) && after.contains('>')
    })?;
    let before = text[..at].trim_matches([' ', '\t', '\n', '\r', '[', ']', '(', ')']);
    (!before.is_empty()).then(|| {
        (
            "text-html-tag",
            "a paragraph that opens after other text".to_owned(),
            "begin the text with it, or leave it out",
        )
    })
}

fn entities(text: &str) -> Option<Fault> {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let after = &rest[start + 1..];
        match after.find(|next: char| next == ';' || next.is_whitespace()) {
            Some(end) if end > 0 && after[end..].starts_with(';') => {
                let name = &after[..end];
                if !is_entity(name) {
                    let seen = format!("&{name};, which is no character");
                    return Some(("text-html-entity", seen, "write the character itself"));
                }
                rest = &after[end + 1..];
            }
            _ => rest = after,
        }
    }
    None
}

fn is_entity(name: &str) -> bool {
    let Some(number) = name.strip_prefix('#') else {
        let names: Vec<&str> = ENTITIES.lines().collect();
        return names.binary_search(&name).is_ok();
    };
    let value = match number.strip_prefix(['x', 'X']) {
        Some(digits) => i64::from_str_radix(digits, 16),
        None => number.parse(),
    };
    value.is_ok_and(|value| (0..=0x10_FFFF).contains(&value))
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn codes(text: &str) -> Vec<&'static str> {
        faults(text).into_iter().map(|(code, ..)| code).collect()
    }

    #[test]
    fn tags_are_of_the_allowed_ones_and_closed_in_order() {
        for sound in
            ["<p>a</p>", "<B>a</b>", "a<br/>b<br>c", "1 > 2 < 3", "a < b", "<a href=“x”>y</a>", "[<p>a</p>]"]
        {
            assert!(codes(sound).is_empty(), "{sound}");
        }
        for broken in
            ["<em>a</em>", "<strong>a", "</b>a<b>", "<b><a>x</b></a>", "a<br></br>", "before <p>a</p>"]
        {
            assert_eq!(codes(broken), ["text-html-tag"], "{broken}");
        }
        assert_eq!(codes("a <br />b"), ["text-space-before-break"]);
    }

    #[test]
    fn entities_are_numbers_of_characters_or_names_known_to_html() {
        for sound in ["&amp;", "&#65;", "&#x10FFFF;", "A & B; C", "&;", "&notanentity"] {
            assert!(codes(sound).is_empty(), "{sound}");
        }
        for broken in ["&gaz;", "&#x110000;", "&#;", "&AMP ; &nope;", "&a&b;"] {
            assert_eq!(codes(broken), ["text-html-entity"], "{broken}");
        }
    }
}
