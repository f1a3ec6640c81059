//! Our own words: Fluent messages in each language, reached as `t("id", argument=…)`.
//!
//! A message whose id ends in `-html` holds markup; its arguments are escaped. Any other is plain text.

use std::collections::HashMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use minijinja::value::{Kwargs, Object, Value, ValueKind};
use minijinja::{Error, ErrorKind, State};
use schema::questionnaire::Locale;

use crate::environment::escaped;

macro_rules! files {
    ($locale:literal) => {
        [
            include_str!(concat!("../messages/", $locale, "/page.ftl")),
            include_str!(concat!("../messages/", $locale, "/field.ftl")),
            include_str!(concat!("../messages/", $locale, "/error.ftl")),
            include_str!(concat!("../messages/", $locale, "/status.ftl")),
            include_str!(concat!("../messages/", $locale, "/format.ftl")),
        ]
    };
}

/// The message files of a language: page, field, error, status, format.
pub(crate) fn files(locale: Locale) -> [&'static str; 5] {
    match locale {
        Locale::En => files!("en"),
        Locale::Cy => files!("cy"),
        Locale::Ga => files!("ga"),
        Locale::Eo => files!("eo"),
    }
}

/// A message file that cannot be read.
#[derive(Debug)]
pub struct MessageError {
    pub locale: Locale,
    pub what: String,
}

impl std::fmt::Display for MessageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the {} messages: {}", self.locale.code(), self.what)
    }
}

impl std::error::Error for MessageError {}

/// The messages of every language.
#[derive(Debug)]
pub struct Words {
    /// By place in [`Locale::ALL`].
    languages: [Arc<Language>; 4],
    /// By interface, then definition: what a context carries.
    pairs: [[Value; 4]; 4],
}

/// One language, filled up from English.
struct Language {
    bundle: FluentBundle<Arc<FluentResource>>,
    /// Messages without arguments, finished.
    fixed: HashMap<String, Value>,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Language").field("fixed", &self.fixed.len()).finish_non_exhaustive()
    }
}

/// The two languages of one page.
#[derive(Debug)]
struct Speaking {
    ui: Arc<Language>,
    definition: Arc<Language>,
}

impl Object for Speaking {}

impl Words {
    /// The messages compiled into the binary.
    ///
    /// # Errors
    /// [`MessageError`] for a message file that cannot be read; a test holds that there is none.
    pub fn new() -> Result<Self, MessageError> {
        let [en, cy, ga, eo] = Locale::ALL;
        let languages = [language(en)?, language(cy)?, language(ga)?, language(eo)?].map(Arc::new);
        let pairs = std::array::from_fn(|ui| {
            std::array::from_fn(|definition| {
                Value::from_object(Speaking {
                    ui: languages[ui].clone(),
                    definition: languages[definition].clone(),
                })
            })
        });
        Ok(Self { languages, pairs })
    }

    pub(crate) fn value(&self, ui: Locale, definition: Locale) -> Value {
        self.pairs[index(ui)][index(definition)].clone()
    }

    /// A message without arguments, as plain text or markup: titles, and what other code must say.
    pub fn say(&self, locale: Locale, id: &str) -> Option<String> {
        self.languages[index(locale)].format(id, None)
    }

    /// A message of plain text with these arguments.
    pub(crate) fn say_with(
        &self,
        locale: Locale,
        id: &str,
        arguments: &[(&str, Value)],
    ) -> Result<String, Error> {
        // Not what is kept of it: that is escaped.
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set(*name, argument(value, false)?);
        }
        let words = self.languages[index(locale)].format(id, Some(&args));
        words.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no message {id}")))
    }
}

fn index(locale: Locale) -> usize {
    locale as usize
}

fn language(locale: Locale) -> Result<Language, MessageError> {
    let complain = |what: String| MessageError { locale, what };
    // Ulster Scots goes by `eo` for eQ's sake; its plurals are English ones (spec/07 §5.1).
    let code = if locale == Locale::Eo { "en" } else { locale.code() };
    let id = code.parse().map_err(|error| complain(format!("{error}")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    let own = if locale == Locale::En { None } else { Some(files(locale)) };
    for file in files(Locale::En).into_iter().chain(own.into_iter().flatten()) {
        let resource = FluentResource::try_new(file.to_owned())
            .map_err(|(_, errors)| complain(format!("{errors:?}")))?;
        bundle.add_resource_overriding(Arc::new(resource));
    }
    let mut language = Language { bundle, fixed: HashMap::new() };
    for id in files(Locale::En).iter().flat_map(|file| ids(file)) {
        if let Some(words) = language.format(id, None) {
            // Escaped once, here, rather than on every page.
            let safe = if is_markup(id) { words } else { escaped(&words) };
            language.fixed.insert(id.to_owned(), Value::from_safe_string(safe));
        }
    }
    Ok(language)
}

/// The ids of the messages in a file, in its order.
pub(crate) fn ids(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter_map(|line| {
        let (id, _) = line.split_once(" =")?;
        id.starts_with(|first: char| first.is_ascii_lowercase()).then_some(id)
    })
}

fn is_markup(id: &str) -> bool {
    id.ends_with("-html")
}

impl Language {
    /// None when there is no such message, or an argument is missing.
    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let words = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        errors.is_empty().then_some(words)
    }

    fn say(&self, id: &str, arguments: &[(&str, Value)]) -> Result<Value, Error> {
        if arguments.is_empty()
            && let Some(fixed) = self.fixed.get(id)
        {
            return Ok(fixed.clone());
        }
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set(*name, argument(value, is_markup(id))?);
        }
        let words = self.format(id, Some(&args)).ok_or_else(|| {
            Error::new(ErrorKind::InvalidOperation, format!("no message {id} with these arguments"))
        })?;
        Ok(if is_markup(id) { Value::from_safe_string(words) } else { Value::from(words) })
    }
}

/// A template's value as a message's argument. In markup, text is escaped and markup stays as it is.
fn argument(value: &Value, into_markup: bool) -> Result<FluentValue<'static>, Error> {
    match value.kind() {
        ValueKind::String if into_markup && !value.is_safe() => {
            Ok(FluentValue::from(escaped(value.as_str().unwrap_or_default())))
        }
        ValueKind::String => Ok(FluentValue::from(value.as_str().unwrap_or_default().to_owned())),
        ValueKind::Number => Ok(FluentValue::from(i64::try_from(value.clone())?)),
        ValueKind::Map if into_markup => match value.get_attr("html")?.as_str() {
            Some(html) => Ok(FluentValue::from(html.to_owned())),
            None => Err(Error::new(ErrorKind::InvalidOperation, "an argument is neither text nor markup")),
        },
        kind => Err(Error::new(ErrorKind::InvalidOperation, format!("{kind} cannot stand in a message"))),
    }
}

fn speaking(state: &State<'_, '_>) -> Result<Value, Error> {
    state
        .lookup("words")
        .ok_or_else(|| Error::new(ErrorKind::UndefinedError, "a page is rendered without words"))
}

fn speak<T>(words: &Value, say: impl FnOnce(&Speaking) -> Result<T, Error>) -> Result<T, Error> {
    let speaking = words.downcast_object_ref::<Speaking>().ok_or_else(|| {
        Error::new(ErrorKind::InvalidOperation, "words are not the two languages of a page")
    })?;
    say(speaking)
}

/// `t(id, argument=…)` in a template: a message in the language of the interface.
pub(crate) fn t(state: &mut State<'_, '_>, id: &str, arguments: Kwargs) -> Result<Value, Error> {
    let words = speaking(state)?;
    speak(&words, |speaking| {
        let arguments: Vec<(&str, Value)> = arguments
            .args()
            .map(|name| Ok((name, arguments.get::<Value>(name)?)))
            .collect::<Result<_, Error>>()?;
        speaking.ui.say(id, &arguments)
    })
}

/// `error_text(error)`: the author's sentence, or ours in the language of the definition (spec/04 §1).
pub(crate) fn error_text(state: &mut State<'_, '_>, error: &Value) -> Result<Value, Error> {
    let author = error.get_attr("author")?;
    if author.as_str().is_some() {
        return Ok(author);
    }
    let id = error_message(error.get_attr("key")?.as_str().unwrap_or_default());
    let mut values = Vec::new();
    for pair in error.get_attr("args")?.try_iter()? {
        values.push((pair.get_item_by_index(0)?, pair.get_item_by_index(1)?));
    }
    let arguments: Vec<(&str, Value)> =
        values.iter().map(|(name, value)| (name.as_str().unwrap_or_default(), value.clone())).collect();
    let words = speaking(state)?;
    speak(&words, |speaking| speaking.definition.say(&id, &arguments))
}

/// `MANDATORY_RADIO` is said by `error-mandatory-radio-html`: two of them hide the question in the sentence.
fn error_message(key: &str) -> String {
    let mut id = format!("error-{}", key.to_ascii_lowercase().replace('_', "-"));
    if matches!(key, "MANDATORY_RADIO" | "MANDATORY_CHECKBOX") {
        id.push_str("-html");
    }
    id
}

/// `error_kind(error)`: the code of an error, for `data-error`.
pub(crate) fn error_kind(error: &Value) -> Result<String, Error> {
    let key = error.get_attr("key")?;
    Ok(match key.as_str().unwrap_or_default() {
        mandatory if mandatory.starts_with("MANDATORY_") => "mandatory".to_owned(),
        "NOT_A_CHOICE" | "NOT_CHOICES" => "invalid-choice".to_owned(),
        key => key.to_ascii_lowercase().replace('_', "-"),
    })
}

#[cfg(test)]
mod tests;
