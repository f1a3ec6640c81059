//! The address that a confirmation is sent to (spec/04 §6).

/// Why an e-mail address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailError {
    /// `MANDATORY_EMAIL`.
    Missing,
    /// `INVALID_EMAIL_FORMAT`.
    Invalid,
}

/// The address as typed, without the space around it.
///
/// # Errors
/// [`EmailError::Missing`] when there is nothing; [`EmailError::Invalid`] when a host's last label is no top-level
/// domain, there is no dot in the host, or the part before the last `@` is no local part of RFC 5321.
///
/// Source: spec/04 §6.
pub fn email(typed: &str) -> Result<&str, EmailError> {
    let address = typed.trim();
    if address.is_empty() {
        return Err(EmailError::Missing);
    }
    let (local, host) = address.rsplit_once('@').ok_or(EmailError::Invalid)?;
    let host = idna::domain_to_ascii(host).map_err(|_| EmailError::Invalid)?;
    if is_local(local) && is_host(&host) { Ok(address) } else { Err(EmailError::Invalid) }
}

/// Atoms between single dots, or a quoted string; at most 64 octets.
fn is_local(local: &str) -> bool {
    let is_atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_sound = match quoted {
        Some(inner) => !inner.is_empty() && !inner.contains(['"', '\\', '\r', '\n']),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom)),
    };
    is_sound && local.len() <= 64
}

fn is_host(host: &str) -> bool {
    let mut labels = host.split('.').peekable();
    let is_label = |label: &str| {
        let is_sound = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_sound && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let Some(last) = host.rsplit('.').next() else { return false };
    let is_top =
        last.starts_with("xn--") || (last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    host.contains('.') && host.len() <= 253 && is_top && labels.all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_without_the_space_around_it() {
        assert_eq!(email("  name@example.com "), Ok("name@example.com"));
        assert_eq!(email("first.last+tag@sub.example.co.uk"), Ok("first.last+tag@sub.example.co.uk"));
        assert_eq!(email("enw@enghraifft.cymru"), Ok("enw@enghraifft.cymru"));
        assert_eq!(email("name@bücher.example"), Ok("name@bücher.example"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(email("   "), Err(EmailError::Missing));
        for typed in
            ["incorrect-format", "a@@a.a", "a@b", "@b.com", "a@b.c1", "a..b@c.com", "a@-b.com", "a b@c.com"]
        {
            assert_eq!(email(typed), Err(EmailError::Invalid), "{typed}");
        }
    }
}
