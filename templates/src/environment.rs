//! How templates are read and how a value becomes text: escaped, unless it is `Html`.

use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use crate::messages;

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// Every template by its path in this crate.
        pub(crate) const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../", $name)))),*];
    };
}

templates! {
    "components/address.html",
    "components/answer.html",
    "components/button.html",
    "components/content.html",
    "components/contents.html",
    "components/cookie-banner.html",
    "components/date.html",
    "components/definition.html",
    "components/detail.html",
    "components/dropdown.html",
    "components/duration.html",
    "components/email-field.html",
    "components/errors.html",
    "components/exclusive.html",
    "components/feedback-call.html",
    "components/footer.html",
    "components/header.html",
    "components/help.html",
    "components/individual-error.html",
    "components/individual-errors.html",
    "components/individual-guidance.html",
    "components/input.html",
    "components/list-rows.html",
    "components/list-summary.html",
    "components/logos.html",
    "components/mobile-number.html",
    "components/number.html",
    "components/options.html",
    "components/own-button.html",
    "components/own-error.html",
    "components/own-errors.html",
    "components/preview-questions.html",
    "components/question-answers.html",
    "components/question-parts.html",
    "components/read-only-list.html",
    "components/submission.html",
    "components/summary-group.html",
    "components/summary-row.html",
    "components/summary-value.html",
    "components/summary.html",
    "components/text.html",
    "components/textarea.html",
    "components/timeout.html",
    "components/value.html",
    "layouts/page.html",
    "pages/calculated-summary.html",
    "pages/content.html",
    "pages/demo-launch.html",
    "pages/demo-list.html",
    "pages/demo-submitted.html",
    "pages/email-confirm.html",
    "pages/email-send.html",
    "pages/email-sent.html",
    "pages/feedback-sent.html",
    "pages/feedback.html",
    "pages/forbidden.html",
    "pages/hub.html",
    "pages/individual-begin.html",
    "pages/individual-choice.html",
    "pages/individual-number.html",
    "pages/individual-sent.html",
    "pages/information.html",
    "pages/introduction.html",
    "pages/no-pdf.html",
    "pages/not-found.html",
    "pages/preview.html",
    "pages/problem.html",
    "pages/question.html",
    "pages/section-summary.html",
    "pages/sign-in.html",
    "pages/signed-out.html",
    "pages/submission-complete.html",
    "pages/submit.html",
    "pages/submitted.html",
    "pages/thank-you.html",
    "pages/too-many.html",
    "pages/unavailable.html",
    "paper/answer.html",
    "paper/answers.html",
    "paper/contents.html",
    "paper/list.html",
    "paper/preview.html",
    "paper/submitted.html",
    "paper/value.html",
}

pub(crate) fn compiled() -> Environment<'static> {
    let mut environment = empty();
    for (name, source) in TEMPLATES {
        environment
            .add_template(name, source)
            .expect("the templates compiled in are well-formed, as a test holds");
    }
    environment
}

pub(crate) fn from_folder(folder: &Path) -> Environment<'static> {
    let mut environment = empty();
    environment.set_loader(minijinja::path_loader(folder));
    environment
}

fn empty() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .expect("only the white space differs"),
    );
    // Its reports would hold the values of a page, and so answers.
    environment.set_debug(false);
    environment.add_function("t", messages::t);
    environment.add_function("error_text", messages::error_text);
    environment.add_function("error_kind", messages::error_kind);
    environment.add_filter("attribute", attribute);
    environment
}

/// Text is escaped; `{"html": …}` and our own messages are markup already. Anything else that is not a number
/// is a mistake in a template.
fn write(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::String if value.is_safe() => Ok(out.write_str(value.as_str().unwrap_or_default())?),
        ValueKind::String => Ok(escape(out, value.as_str().unwrap_or_default())?),
        ValueKind::Number => Ok(write!(out, "{value}")?),
        ValueKind::Map => match value.get_attr("html")?.as_str() {
            Some(html) => Ok(out.write_str(html)?),
            None => {
                Err(Error::new(ErrorKind::InvalidOperation, "only text, markup and numbers can be shown"))
            }
        },
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        kind => Err(Error::new(ErrorKind::InvalidOperation, format!("{kind} cannot be shown"))),
    }
}

/// Escapes what could end a text or a quoted attribute. `/` is left alone: it ends neither.
pub(crate) fn escape(out: &mut impl std::fmt::Write, text: &str) -> std::fmt::Result {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            _ => continue,
        };
        out.write_str(&text[from..at])?;
        out.write_str(entity)?;
        from = at + 1;
    }
    out.write_str(&text[from..])
}

/// Markup as the value of an attribute: for scripts that put it back into the page.
fn attribute(value: &Value) -> Result<Value, Error> {
    let html = value.get_attr("html")?;
    html.as_str()
        .map(Value::from)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "attribute takes markup"))
}

pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    escape(&mut safe, text).expect("a string takes whatever is written to it");
    safe
}
