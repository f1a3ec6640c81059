//! A page on paper: its markup without what only a screen can do, and the words that stand around it.
//!
//! What comes of it is data for the program that writes PDFs, `pdf`, which knows neither questionnaires nor languages.

use std::fmt;

use engine::page::{Body, Page};
use minijinja::value::Value;
use schema::questionnaire::Locale;
use serde::Serialize;

use crate::theme::Theme;
use crate::{Main, RenderError, Templates};

/// Whose page it is, and in which language it is put on paper.
#[derive(Clone, Copy, Debug)]
pub struct PaperOf<'a> {
    /// The survey's title.
    pub survey: &'a str,
    /// Whose survey it looks like; ONS's where it is unknown, as on the screen.
    pub theme: Option<Theme>,
    /// The language of the interface.
    pub ui: Locale,
    /// The language of the definition.
    pub definition: Locale,
}

/// All that a PDF is made of. Field by field what `pdf` reads.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// As BCP 47 has it.
    pub language: &'static str,
    /// What it is, and of which survey.
    pub title: String,
    /// Whose survey it is.
    pub author: String,
    /// The survey's title.
    pub survey: String,
    /// With `{page}` and `{pages}` where the numbers go.
    pub page_of: String,
    /// What is said at the end if there is a character that cannot be printed.
    pub unprintable: String,
    /// Headings, paragraphs, lists and description lists.
    pub body: String,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Templates {
    /// A page on paper; none of those that are only for a screen.
    ///
    /// # Errors
    /// [`RenderError`] when a template asks for something the page has not.
    pub fn paper(&self, page: &Page<'_>, of: &PaperOf<'_>) -> Result<Option<Paper>, RenderError> {
        let (template, title) = match &page.body {
            Body::Submitted(_) => ("paper/submitted.html", "paper-answers-title"),
            Body::Preview(_) => ("paper/preview.html", "preview-heading"),
            _ => return Ok(None),
        };
        let words = self.words.value(of.ui, of.definition);
        let body = self.fill(template, &Main { page: &page.body, chrome: None, logos: "", words })?;
        let say = |id: &str| self.words.say_with(of.ui, id, &[]);
        let page_of = [("page", Value::from("{page}")), ("pages", Value::from("{pages}"))];
        let owners = owners(of.theme.unwrap_or(Theme::Business)).iter().map(|id| say(id));
        Ok(Some(Paper {
            language: language(of.ui),
            title: format!("{} - {}", say(title)?, of.survey),
            author: owners.collect::<Result<Vec<_>, _>>()?.join(", "),
            survey: of.survey.to_owned(),
            page_of: self.words.say_with(of.ui, "paper-page-of", &page_of)?,
            unprintable: say("paper-unprintable")?,
            body,
        }))
    }
}

/// Ulster Scots goes by `eo` only among ourselves (spec/07 §5.1): a reader would speak Esperanto.
fn language(ui: Locale) -> &'static str {
    if ui == Locale::Eo { "sco" } else { ui.code() }
}

/// The messages that name a theme's organisations, in the order of its masthead.
fn owners(theme: Theme) -> &'static [&'static str] {
    match theme {
        Theme::Business | Theme::Social | Theme::Health => &["owner-ons"],
        Theme::NorthernIreland => &["owner-finance-ni"],
        Theme::Dbt => &["owner-dbt"],
        Theme::DbtNi => &["owner-dbt", "owner-finance-ni"],
        Theme::DbtDsit => &["owner-dbt", "owner-dsit"],
        Theme::DbtDsitNi => &["owner-dbt", "owner-dsit", "owner-finance-ni"],
        Theme::Desnz => &["owner-desnz"],
        Theme::DesnzNi => &["owner-desnz", "owner-finance-ni"],
        Theme::Orr => &["owner-orr"],
        Theme::UkhsaOns => &["owner-ukhsa", "owner-ons"],
        Theme::OnsNhs => &["owner-ons", "owner-nhs"],
    }
}
