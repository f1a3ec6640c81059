//! Pages as HTML: a finished page and what stands around it in, markup out.
//!
//! A template decides nothing but markup. `chrome` is what surrounds a page, `page` the pages that no engine
//! page stands behind, `paper` a page for a PDF, `shell` what is kept of the chrome, `messages` our own words, `sample` every page once.
//! `routes` tells the addresses of pages, `files` what they load.

mod assets;
mod chrome;
mod environment;
pub mod files;
mod links;
mod messages;
mod page;
mod paper;
pub mod routes;
mod sample;
mod shell;
mod theme;

use std::path::PathBuf;

use engine::page::{Body, Page};
use minijinja::value::{Serde, Value};
use serde::Serialize;

pub use assets::{Assets, ManifestError};
pub use chrome::{Button, Chrome, CookieBanner, LanguageLink, Timeout};
pub use links::{LinkSettings, Links, Visit};
pub use messages::{MessageError, Words};
pub use page::{
    DemoFacts, DemoField, DemoGroup, DemoLanguage, DemoLaunch, DemoList, DemoQuestionnaire, DemoSubmitted,
    EmailConfirmPage, EmailSendPage, EmailSentPage, FEEDBACK_KINDS, FeedbackPage, InformationPage, Limit,
    OwnError, OwnPage, letter,
};
pub use paper::{Paper, PaperOf};
pub use sample::{Sample, samples};
pub use theme::{ServiceFamily, Theme};

/// What fills `<main>`.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    Engine(&'a Page<'a>),
    Own(&'a OwnPage<'a>),
}

/// All that a rendered page is made of.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub shown: Shown<'a>,
    pub chrome: &'a Chrome<'a>,
}

/// A template that could not be carried out: a mistake of ours, never the respondent's.
#[derive(Debug)]
pub struct RenderError(minijinja::Error);

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the alternate form of minijinja, which would print values, and so answers.
        write!(f, "{}", self.0)?;
        let mut cause = std::error::Error::source(&self.0);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for RenderError {}

impl From<minijinja::Error> for RenderError {
    fn from(error: minijinja::Error) -> Self {
        Self(error)
    }
}

/// The templates and our words in every language. Made once; shared by all requests.
#[derive(Debug)]
pub struct Templates {
    source: Source,
    shells: shell::Shells,
    words: Words,
}

#[derive(Debug)]
enum Source {
    Compiled(Box<minijinja::Environment<'static>>),
    /// Read again for each page, so that an edit shows on reload.
    Folder(PathBuf),
}

impl Templates {
    /// The templates and messages compiled into the binary.
    ///
    /// # Errors
    /// [`MessageError`] for a message file that cannot be read; a test holds that there is none.
    pub fn new() -> Result<Self, MessageError> {
        let source = Source::Compiled(Box::new(environment::compiled()));
        Ok(Self { source, shells: shell::Shells::default(), words: Words::new()? })
    }

    /// For work on templates: reads them from `folder` (this crate's own) for every page.
    ///
    /// # Errors
    /// As [`Templates::new`].
    pub fn from_folder(folder: impl Into<PathBuf>) -> Result<Self, MessageError> {
        let source = Source::Folder(folder.into());
        Ok(Self { source, shells: shell::Shells::default(), words: Words::new()? })
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The whole page.
    ///
    /// # Errors
    /// [`RenderError`] when a template asks for something the page has not.
    pub fn render(&self, view: &View<'_>) -> Result<String, RenderError> {
        let main = self.render_main(view)?;
        if let Source::Folder(_) = self.source {
            return self.render_shell(view, main);
        }
        let words = self.words.value(view.chrome.ui, view.chrome.definition);
        let shell = chrome::Shell::new(view, &self.words, Value::UNDEFINED, words);
        self.shells.fill(&shell, &main, |shell| self.fill("layouts/page.html", shell))
    }

    /// The contents of `<main>` alone.
    ///
    /// # Errors
    /// As [`Templates::render`].
    pub fn render_main(&self, view: &View<'_>) -> Result<String, RenderError> {
        let words = self.words.value(view.chrome.ui, view.chrome.definition);
        let logos = view.chrome.assets.logos.as_str();
        match view.shown {
            Shown::Engine(page) => {
                // These lead to whoever helps, as pages of ours do.
                let chrome = matches!(page.body, Body::Individual(_)).then_some(view.chrome);
                let context = Main { page: &page.body, chrome, logos, words };
                self.fill(template_of(&page.body), &context)
            }
            Shown::Own(page) => {
                let context = Main { page, chrome: Some(view.chrome), logos, words };
                self.fill(page.template(), &context)
            }
        }
    }

    /// The page with everything around `<main>` rendered anew.
    fn render_shell(&self, view: &View<'_>, main: String) -> Result<String, RenderError> {
        let words = self.words.value(view.chrome.ui, view.chrome.definition);
        let shell = chrome::Shell::new(view, &self.words, Value::from_safe_string(main), words);
        self.fill("layouts/page.html", &shell)
    }

    fn fill<T: Serialize>(&self, name: &str, context: &T) -> Result<String, RenderError> {
        let context = Value::from(Serde(context));
        match &self.source {
            Source::Compiled(environment) => Ok(environment.get_template(name)?.render(context)?),
            Source::Folder(folder) => {
                Ok(environment::from_folder(folder).get_template(name)?.render(context)?)
            }
        }
    }
}

/// What a template for `<main>` is given.
#[derive(Serialize)]
struct Main<'a, P> {
    page: &'a P,
    /// Only for pages in words of ours: another of the engine's brings all it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    chrome: Option<&'a Chrome<'a>>,
    logos: &'a str,
    words: Value,
}

fn template_of(body: &Body<'_>) -> &'static str {
    match body {
        Body::Question(_) => "pages/question.html",
        Body::Introduction(_) => "pages/introduction.html",
        Body::Content(_) => "pages/content.html",
        Body::CalculatedSummary(_) => "pages/calculated-summary.html",
        Body::SectionSummary(_) => "pages/section-summary.html",
        Body::Hub(_) => "pages/hub.html",
        Body::Submit(_) => "pages/submit.html",
        Body::Preview(_) => "pages/preview.html",
        Body::ThankYou(_) => "pages/thank-you.html",
        Body::Submitted(_) => "pages/submitted.html",
        Body::Individual(page) => match page.step {
            "begin" => "pages/individual-begin.html",
            "number" => "pages/individual-number.html",
            "posted" | "texted" => "pages/individual-sent.html",
            _ => "pages/individual-choice.html",
        },
    }
}
