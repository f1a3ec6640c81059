//! Transforms of names.

use super::Call;
use crate::questionnaire::Locale;
use crate::rule::Fault;
use crate::value::Value;

impl<'a> Call<'a, '_> {
    /// First and last name, the middle ones between them if asked for. A name that is not there leaves no gap.
    pub(super) fn format_name(&self) -> Result<Value<'a>, Fault> {
        let mut name = self.text("first_name")?.into_owned();
        let middle = if self.value("include_middle_names")?.is_truthy() {
            self.text("middle_names")?
        } else {
            "".into()
        };
        for part in [middle, self.text("last_name")?] {
            if !part.is_empty() {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(&part);
            }
        }
        Ok(Value::text(name))
    }

    /// In English only: `Alex’s`, `Chris’`.
    pub(super) fn format_possessive(&self) -> Result<Value<'a>, Fault> {
        let mut text = self.text("string_to_format")?;
        if text.is_empty() || self.page_locale() != Locale::En {
            return Ok(Value::Text(text));
        }
        let lower = text.to_lowercase();
        let ending = ["'s", "’s"].into_iter().find(|ending| lower.ends_with(ending));
        match ending {
            Some(_) => {
                let owned = text.to_mut();
                owned.pop();
                owned.pop();
                owned.push_str("’s");
            }
            None => text.to_mut().push_str(if lower.ends_with('s') { "’" } else { "’s" }),
        }
        Ok(Value::Text(text))
    }

    /// ` (Trading name)`, where there is one.
    pub(super) fn conditional_trad_as(&self) -> Result<Value<'a>, Fault> {
        let name = self.text("trad_as")?;
        Ok(Value::text(if name.is_empty() { String::new() } else { format!(" ({name})") }))
    }
}
