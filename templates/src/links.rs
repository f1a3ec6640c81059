//! Where the links around a page lead: by the theme's family, the account service and the language (spec/07 §2).

use schema::questionnaire::Locale;
use serde::Serialize;

use crate::theme::{ServiceFamily, Theme};

/// Addresses from the configuration (spec/03 §11), without a slash at the end.
#[derive(Clone, Debug)]
pub struct LinkSettings {
    /// `ACCOUNT_SERVICE_BASE_URL`
    pub account_service: String,
    /// `ACCOUNT_SERVICE_BASE_URL_SOCIAL`
    pub account_service_social: String,
    /// `ONS_URL`
    pub ons: String,
    /// `ONS_URL_CY`
    pub ons_cy: String,
}

impl Default for LinkSettings {
    /// eQ's own (spec/03 §11).
    fn default() -> Self {
        Self {
            account_service: "https://surveys.ons.gov.uk".to_owned(),
            account_service_social: "https://start.surveys.ons.gov.uk".to_owned(),
            ons: "https://www.ons.gov.uk".to_owned(),
            ons_cy: "https://cy.ons.gov.uk".to_owned(),
        }
    }
}

/// What the session remembers of the survey.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visit<'a> {
    /// Of the cookie; none before any launch.
    pub theme: Option<Theme>,
    /// `account_service_base_url` of the cookie.
    pub account_service: Option<&'a str>,
    pub is_signed_in: bool,
    pub survey_id: Option<&'a str>,
    pub ru_ref: Option<&'a str>,
}

/// Addresses for header, footer and error pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Links {
    /// None without a theme: then error pages speak to both families.
    pub family: Option<ServiceFamily>,
    pub log_out: String,
    pub contact: String,
    pub help: Option<String>,
    pub my_account: Option<String>,
    pub sign_out: Option<String>,
    /// Back to the respondent's other surveys.
    pub todo: Option<String>,
    /// Behind the crest in the footer.
    pub home: String,
    pub what_we_do: String,
    pub accessibility: String,
    /// With a theme only.
    pub cookies: Option<String>,
    pub privacy: Option<String>,
    /// The social family's, for pages that speak to both.
    pub other_log_out: String,
    pub other_contact: String,
}

impl Links {
    pub fn new(settings: &LinkSettings, visit: &Visit<'_>, ui: Locale) -> Self {
        let family = visit.theme.map(Theme::family);
        let ons = if ui == Locale::Cy { &settings.ons_cy } else { &settings.ons };
        let language = ui.code();
        let base = visit.account_service.unwrap_or(&settings.account_service);
        let social_contact = format!("{ons}/aboutus/contactus/surveyenquiries/");
        let other_log_out = format!("{}/{language}/start/", settings.account_service_social);
        let has_theme = family.is_some();
        match family {
            Some(ServiceFamily::Social) => Self {
                family,
                log_out: format!("{base}/{language}/start/"),
                contact: social_contact.clone(),
                help: None,
                my_account: None,
                sign_out: None,
                todo: None,
                home: format!("{ons}/"),
                what_we_do: format!("{ons}/aboutus/whatwedo/"),
                accessibility: format!("{ons}/help/accessibility/"),
                cookies: Some(format!("{base}/{language}/cookies/")),
                privacy: Some(format!("{base}/{language}/privacy-and-data-protection/")),
                other_log_out,
                other_contact: social_contact,
            },
            Some(ServiceFamily::Business) | None => {
                let base = base.replace("/surveys/todo", "");
                let signed_in = |link: String| visit.is_signed_in.then_some(link);
                Self {
                    family,
                    log_out: format!("{base}/sign-in/logout"),
                    contact: format!("{base}/contact-us/"),
                    help: has_theme.then(|| help(&base, visit)),
                    my_account: signed_in(format!("{base}/my-account")),
                    sign_out: signed_in("/sign-out".to_owned()),
                    todo: Some(format!("{base}/surveys/todo")),
                    home: format!("{}/", settings.ons),
                    what_we_do: format!("{}/aboutus/whatwedo/", settings.ons),
                    accessibility: format!("{}/help/accessibility/", settings.ons),
                    cookies: has_theme.then(|| format!("{base}/cookies/")),
                    privacy: has_theme.then(|| format!("{base}/privacy-and-data-protection/")),
                    other_log_out,
                    other_contact: social_contact,
                }
            }
        }
    }
}

fn help(base: &str, visit: &Visit<'_>) -> String {
    match (visit.is_signed_in, visit.survey_id, visit.ru_ref) {
        (true, Some(survey), Some(ru_ref)) => {
            let ru_ref: String = ru_ref.chars().take(11).collect();
            format!("{base}/surveys/surveys-help?survey_ref={survey}&ru_ref={ru_ref}")
        }
        _ => format!("{base}/help"),
    }
}
