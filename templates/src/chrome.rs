//! What stands around a page: header, footer, links, the hidden token, the warning before a session ends.

use engine::page::{Body, Input};
use minijinja::value::Value;
use schema::questionnaire::Locale;
use serde::Serialize;

use crate::assets::Assets;
use crate::links::Links;
use crate::messages::Words;
use crate::theme::{self, Masthead, Theme};
use crate::{Shown, View};

/// What surrounds one page. Most of it is the same for every page of a survey in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome<'a> {
    /// None before any launch: "ONS Surveys" (spec/03 §8.1).
    pub survey_title: Option<&'a str>,
    /// Of the session; none before any launch, or for pages of our own.
    #[serde(skip)]
    pub theme: Option<Theme>,
    /// Whether the mark is Canvass's own rather than the theme's: demo pages.
    pub is_own: bool,
    /// Whether a ribbon says that this is a preview: nothing is kept or sent.
    pub is_preview: bool,
    /// The language of the interface.
    #[serde(serialize_with = "code")]
    pub ui: Locale,
    /// The language of the definition, in which error sentences are.
    #[serde(serialize_with = "code")]
    pub definition: Locale,
    /// Only on routes that accept POST (spec/03 §6).
    pub csrf_token: Option<&'a str>,
    pub links: &'a Links,
    /// Every language one may switch to, the current one too; one or none shows no links.
    pub languages: &'a [LanguageLink],
    /// Of a session that is alive.
    pub timeout: Option<Timeout<'a>>,
    pub cookie_banner: Option<CookieBanner<'a>>,
    /// Whether to offer saving and leaving.
    pub is_signed_in: bool,
    pub assets: &'a Assets,
}

/// The button that leaves the survey, in header and footer (spec/03 §8.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Button {
    SaveAndExit,
    Exit,
    None,
}

#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    #[serde(serialize_with = "code")]
    pub locale: Locale,
    /// `?language_code=cy`, with the page's own arguments before it.
    pub href: String,
    pub is_current: bool,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Timeout<'a> {
    /// ISO 8601 with an offset.
    pub expires_at: &'a str,
    /// `/session-expiry`
    pub endpoint: &'a str,
    /// `/session-expired`
    pub redirect: &'a str,
}

/// Asks whether additional cookies may be set; only where any would be.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CookieBanner<'a> {
    /// Whose site it is, such as `ons.gov.uk`.
    pub domain: &'a str,
    pub settings_url: &'a str,
}

fn code<S: serde::Serializer>(locale: &Locale, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(locale.code())
}

/// The way back, above the page.
#[derive(Debug, Serialize)]
pub(crate) struct Previous<'a> {
    pub(crate) id: &'static str,
    pub(crate) href: &'a str,
    /// A message.
    pub(crate) text: &'static str,
}

/// What `layouts/page.html` is given.
#[derive(Serialize)]
pub(crate) struct Shell<'a> {
    pub(crate) chrome: &'a Chrome<'a>,
    pub(crate) title: String,
    pub(crate) is_refused: bool,
    pub(crate) at: &'a str,
    pub(crate) previous: Option<Previous<'a>>,
    pub(crate) button: Button,
    pub(crate) masthead: Masthead,
    pub(crate) needs_lookup: bool,
    pub(crate) is_submitted: bool,
    pub(crate) main: Value,
    pub(crate) words: Value,
}

impl<'a> Shell<'a> {
    pub(crate) fn new(view: &View<'a>, all: &Words, main: Value, words: Value) -> Self {
        let chrome = view.chrome;
        let say = |id: &str| all.say(chrome.ui, id).unwrap_or_default();
        let back = |href: &'a str, text| Some(Previous { id: "top-previous", href, text });
        let (title, is_refused, at, previous, button, needs_lookup, is_submitted) = match view.shown {
            Shown::Engine(page) => {
                let is_submitted = matches!(page.body, Body::ThankYou(_) | Body::Submitted(_));
                let previous = page.previous.as_deref();
                let previous = match page.body {
                    Body::ThankYou(_) => {
                        let todo = previous.or(chrome.links.todo.as_deref());
                        todo.map(|href| Previous { id: "back-to-surveys", href, text: "back-to-surveys" })
                    }
                    Body::Submitted(_) | Body::Preview(_) => previous.and_then(|href| back(href, "back")),
                    _ => previous.and_then(|href| back(href, "previous")),
                };
                let title = page.title.clone().unwrap_or_else(|| say(title_of(&page.body)));
                let title = match &page.body {
                    Body::Individual(individual) => match individual.person_number {
                        Some(number) => format!("{title}: {} {number}", say("individual-person")),
                        None => title,
                    },
                    _ => title,
                };
                let button = button_of(&page.body);
                (
                    title,
                    page.is_refused,
                    page.at.as_str(),
                    previous,
                    button,
                    needs_lookup(&page.body),
                    is_submitted,
                )
            }
            Shown::Own(page) => {
                let title = page.title().map_or_else(say, str::to_owned);
                let previous = page.previous().and_then(|href| back(href, "back"));
                (title, page.is_refused(), page.at(), previous, Button::Exit, false, page.is_after())
            }
        };
        let masthead = match chrome.theme {
            _ if chrome.is_own => theme::OWN,
            theme => theme.unwrap_or(Theme::Business).masthead(),
        };
        let button = if chrome.is_signed_in { button } else { Button::None };
        Self {
            chrome,
            title,
            is_refused,
            at,
            previous,
            button,
            masthead,
            needs_lookup,
            is_submitted,
            main,
            words,
        }
    }
}

/// The fixed title of a page that has one (spec/03 §7, §8; spec/02 §9).
fn title_of(body: &Body<'_>) -> &'static str {
    match body {
        Body::Introduction(_) => "introduction-title",
        Body::Hub(hub) if hub.is_complete => "hub-title-complete",
        Body::Hub(_) => "hub-title",
        Body::Preview(_) => "preview-page-title",
        Body::ThankYou(_) => "thank-you-title",
        Body::Submitted(_) => "submitted-title",
        Body::Submit(_) => "submit-title",
        Body::SectionSummary(_) => "section-summary-title",
        Body::Individual(page) => match page.step {
            "begin" => "individual-begin-title",
            "who" => "individual-who-title",
            "how" => "individual-how-title",
            "change" => "individual-change-title",
            "address" => "individual-address-title",
            "posted" => "individual-posted-title",
            "number" => "individual-number-title",
            "confirm-number" => "individual-confirm-number-title",
            _ => "individual-texted-title",
        },
        Body::Question(_) | Body::Content(_) | Body::CalculatedSummary(_) => "page-title",
    }
}

fn button_of(body: &Body<'_>) -> Button {
    match body {
        Body::Introduction(_) => Button::Exit,
        Body::ThankYou(_) | Body::Submitted(_) => Button::None,
        _ => Button::SaveAndExit,
    }
}

fn needs_lookup(body: &Body<'_>) -> bool {
    let looks_up = |input: &Input<'_>| {
        matches!(input, Input::Text { suggestions: Some(_), .. } | Input::Address { lookup: Some(_), .. })
    };
    match body {
        Body::Question(page) => page.answers.iter().any(|answer| looks_up(&answer.input)),
        _ => false,
    }
}
