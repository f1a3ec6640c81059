//! The addresses of a preview: `/preview/NAME/questionnaire/…`, the runner's own below a name, with a ribbon.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::apply::{self, Command, Outcome, Problem};
use engine::form::Form;
use engine::open::Denied;
use engine::page::{self, Tongue};
use engine::place::{Location, Target};
use engine::visitor::{Limits, Moment, Shown, Visitor};
use http::StatusCode;
use schema::questionnaire::Locale;
use schema::rule::Fault;
use std::time::Duration;
use templates::routes;
use templates::{Chrome, LanguageLink, LinkSettings, Links, OwnPage, Templates, Theme, View, Visit};

use super::{Preview, State};

/// What a preview's address gives.
#[derive(Debug)]
pub enum Reply {
    Page(StatusCode, String),
    /// To an address below the preview.
    On(String),
}

/// A request of a preview.
pub struct Asked<'a> {
    /// The preview's own address, `/preview/NAME`.
    pub root: &'a str,
    /// Below it.
    pub segments: &'a [String],
    pub query: &'a [(String, String)],
    /// What was posted.
    pub form: Option<Form>,
    pub moment: Moment,
}

/// What all previews share.
pub struct Shared<'a> {
    pub templates: &'a Templates,
    pub assets: &'a templates::Assets,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum NoPage {
    /// A template failed: a fault of ours.
    #[error("a page of a preview cannot be rendered: {0}")]
    Render(#[from] templates::RenderError),
    #[error("a preview's response cannot be read")]
    Response,
}

/// Nothing is asked for beside the response, so nobody is limited.
fn limits() -> Limits {
    Limits { view_for: Duration::from_secs(24 * 60 * 60), individual: None }
}

/// Answers.
///
/// # Errors
/// [`NoPage`].
pub fn answer(preview: &Preview, shared: &Shared<'_>, asked: &Asked<'_>) -> Result<Reply, NoPage> {
    let wanted = asked.query.iter().find(|(name, _)| name == "language_code");
    if let Some(language) = wanted.and_then(|(_, code)| Locale::from_code(code))
        && preview.questionnaire.languages.contains(&language)
    {
        preview.speak(language);
    }
    let state = preview.state();
    let page = Answering { preview, shared, asked, state };
    page.answer()
}

struct Answering<'a> {
    preview: &'a Preview,
    shared: &'a Shared<'a>,
    asked: &'a Asked<'a>,
    state: State,
}

impl Answering<'_> {
    fn answer(&self) -> Result<Reply, NoPage> {
        let questionnaire = &self.preview.questionnaire;
        if self.asked.segments.first().is_some_and(|first| first == "sign-out") {
            return self.own(StatusCode::OK, &OwnPage::SignedOut);
        }
        let response = self.preview.response(&self.state).ok_or(NoPage::Response)?;
        let Some(found) = routes::read(questionnaire, self.asked.segments, self.asked.query) else {
            return self.own(StatusCode::NOT_FOUND, &OwnPage::NotFound);
        };
        let list = found.through.map(|(list, _)| list);
        if found.through.is_some_and(|(list, item)| !response.lists.contains(list, item)) {
            return self.own(StatusCode::NOT_FOUND, &OwnPage::NotFound);
        }
        let href =
            |target: &Target| format!("{}{}", self.asked.root, routes::print(questionnaire, target, list));
        let ui = self.state.language;
        let tongue = Tongue { definition: questionnaire.language(ui), ui };
        let limits = limits();
        let visitor = Visitor {
            target: &found.target,
            tongue,
            moment: self.asked.moment,
            limits: &limits,
            href: &href,
        };
        let place = routes::path(questionnaire, &found.target.location, list);
        let Some(form) = &self.asked.form else {
            return match page::page(questionnaire, &response, &visitor) {
                Ok(page) => self.show(StatusCode::OK, &page, tongue, &place, &found.target.location),
                Err(denied) => self.denied(denied, &href),
            };
        };
        if found.target.location == Location::ThankYou {
            return Ok(Reply::On(href(&found.target)));
        }
        let shown = form.get("csrf_token").and_then(|token| unpack(token, &place));
        let command = Command { form: form.clone(), shown };
        match apply::apply(questionnaire, response, &command, &visitor) {
            Outcome::Accepted(step) => {
                if step.is_changed {
                    self.preview.keep(&step.response);
                }
                Ok(Reply::On(href(&step.next)))
            }
            Outcome::Refused(response, attempt) => {
                let status = match attempt.problem {
                    Problem::Wrong(_) => StatusCode::OK,
                    Problem::Overtaken => StatusCode::CONFLICT,
                };
                match page::page_again(questionnaire, &response, &attempt, &visitor) {
                    Ok(page) => self.show(status, &page, tongue, &place, &found.target.location),
                    Err(denied) => self.denied(denied, &href),
                }
            }
            Outcome::Denied(denied) => self.denied(denied, &href),
        }
    }

    fn denied(&self, denied: Denied, href: &dyn Fn(&Target) -> String) -> Result<Reply, NoPage> {
        match denied {
            Denied::Elsewhere(target) => Ok(Reply::On(href(&target))),
            Denied::NotHere | Denied::TooMany => self.own(StatusCode::NOT_FOUND, &OwnPage::NotFound),
            Denied::Fault(fault) => self.fault(&fault),
        }
    }

    /// A definition that cannot be carried out here: the place is what helps its author.
    fn fault(&self, fault: &Fault) -> Result<Reply, NoPage> {
        let reference = format!("{} {:?}", fault.pointer.0, fault.why);
        let page = OwnPage::Problem { reference: Some(&reference) };
        self.own(StatusCode::INTERNAL_SERVER_ERROR, &page)
    }

    fn show(
        &self,
        status: StatusCode,
        page: &page::Page<'_>,
        tongue: Tongue,
        place: &str,
        location: &Location,
    ) -> Result<Reply, NoPage> {
        let is_read_only = matches!(location, Location::Preview | Location::Submitted);
        let token = pack(page.shown.as_ref(), place);
        let token = (!is_read_only).then_some(token.as_str());
        self.render(status, templates::Shown::Engine(page), tongue, token)
    }

    fn own(&self, status: StatusCode, page: &OwnPage<'_>) -> Result<Reply, NoPage> {
        let ui = self.state.language;
        let tongue = Tongue { definition: self.preview.questionnaire.language(ui), ui };
        self.render(status, templates::Shown::Own(page), tongue, None)
    }

    fn render(
        &self,
        status: StatusCode,
        shown: templates::Shown<'_>,
        tongue: Tongue,
        csrf_token: Option<&str>,
    ) -> Result<Reply, NoPage> {
        let questionnaire = &self.preview.questionnaire;
        let theme = Theme::from_name(&questionnaire.theme);
        let visit = Visit {
            theme,
            account_service: None,
            is_signed_in: true,
            survey_id: Some(&questionnaire.survey_id),
            ru_ref: None,
        };
        let links = Links::new(&LinkSettings::default(), &visit, tongue.ui);
        let languages: Vec<LanguageLink> = questionnaire
            .languages
            .iter()
            .map(|&locale| LanguageLink {
                locale,
                href: format!("?language_code={}", locale.code()),
                is_current: locale == tongue.ui,
            })
            .collect();
        let chrome = Chrome {
            survey_title: Some(questionnaire.title.in_language(tongue.definition)),
            theme,
            is_own: false,
            is_preview: true,
            ui: tongue.ui,
            definition: questionnaire.locale(tongue.definition),
            csrf_token,
            links: &links,
            languages: &languages,
            timeout: None,
            cookie_banner: None,
            is_signed_in: true,
            assets: self.shared.assets,
        };
        let html = self.shared.templates.render(&View { shown, chrome: &chrome })?;
        Ok(Reply::Page(status, rebased(&html, self.asked.root)))
    }
}

/// Some links stand in templates as the runner has them: here they lie below the preview. A quote in a text is
/// escaped, so that none of a text looks like one.
fn rebased(html: &str, root: &str) -> String {
    ["questionnaire/", "submitted/", "sign-out", "individual-response/"]
        .iter()
        .fold(html.to_owned(), |html, start| {
            html.replace(&format!("href=\"/{start}"), &format!("href=\"{root}/{start}"))
        })
}

/// What a page showed, and where. It proves nothing else: nothing here is anybody's.
fn pack(shown: Option<&Shown>, place: &str) -> String {
    let shown = shown.map(Shown::pack).unwrap_or_default();
    format!("{}.{}", URL_SAFE_NO_PAD.encode(place), URL_SAFE_NO_PAD.encode(shown))
}

fn unpack(token: &str, place: &str) -> Option<Shown> {
    let (made_for, shown) = token.split_once('.')?;
    (made_for == URL_SAFE_NO_PAD.encode(place)).then_some(())?;
    Shown::unpack(&URL_SAFE_NO_PAD.decode(shown).ok()?)
}
