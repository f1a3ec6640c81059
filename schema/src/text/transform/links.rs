//! Transforms that make links of addresses.

use super::Call;
use crate::rule::Fault;
use crate::text::{Html, escape};

impl<'a> Call<'a, '_> {
    pub(super) fn telephone_number_link(&self) -> Result<Html<'a>, Fault> {
        let number = self.text("telephone_number")?;
        let digits: String = number.chars().filter(|character| !character.is_whitespace()).collect();
        Ok(Html::new(format!("<a href=\"tel:{}\">{}</a>", escape(&digits), escape(&number))))
    }

    pub(super) fn email_link(&self) -> Result<Html<'a>, Fault> {
        let address = self.text("email_address")?;
        let (subject, append) = (self.text("email_subject")?, self.text("email_subject_append")?);
        let address = escape(&address);
        let mut out = format!("<a href=\"mailto:{address}");
        if !subject.is_empty() {
            out.push_str("?subject=");
            push_encoded(&mut out, &subject);
            if !append.is_empty() {
                out.push_str("%20");
                push_encoded(&mut out, &append);
            }
        }
        out.push_str(&format!("\">{address}</a>"));
        Ok(Html::new(out))
    }
}

/// Percent-encoded for the query of an address, `%20` for a space.
fn push_encoded(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.-~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}
