//! What the tests of pages share: a visitor's chrome, and a page cut into its tags.

use schema::questionnaire::Locale;
use templates::{
    Assets, Chrome, LanguageLink, LinkSettings, Links, Sample, Templates, Theme, Timeout, View, Visit,
};

/// The chrome of a visitor who is signed in, under a theme or none.
pub fn with_chrome<T>(
    theme: Option<Theme>,
    ui: Locale,
    definition: Locale,
    show: impl FnOnce(&Chrome<'_>) -> T,
) -> T {
    let visit = Visit {
        theme,
        account_service: Some("https://surveys.example.org"),
        is_signed_in: true,
        survey_id: Some("999"),
        ru_ref: Some("12345678901A"),
    };
    let links = Links::new(&LinkSettings::default(), &visit, ui);
    let assets = Assets::plain();
    let languages = [Locale::En, Locale::Cy].map(|locale| LanguageLink {
        locale,
        href: format!("?language_code={}", locale.code()),
        is_current: locale == ui,
    });
    show(&Chrome {
        survey_title: theme.map(|_| "Annual <survey>"),
        theme,
        is_own: false,
        is_preview: false,
        ui,
        definition,
        csrf_token: Some("a-token"),
        links: &links,
        languages: &languages,
        timeout: Some(Timeout {
            expires_at: "2026-11-24T19:00:00+00:00",
            endpoint: "/session-expiry",
            redirect: "/session-expired",
        }),
        cookie_banner: None,
        is_signed_in: true,
        assets: &assets,
    })
}

/// A sample as somebody who is signed in to a business survey sees it.
pub fn page(templates: &Templates, sample: &Sample, ui: Locale) -> String {
    with_chrome(Some(Theme::Business), ui, ui, |chrome| {
        templates
            .render(&View { shown: sample.shown(), chrome })
            .unwrap_or_else(|error| panic!("{}: {error}", sample.name))
    })
}

/// An opening tag: its name, and its attributes in order, an absent value being empty.
#[derive(Debug)]
pub struct Tag<'a> {
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(has, _)| *has == name).map(|(_, value)| *value)
    }
}

/// Every opening tag of a page. Our templates quote every value and escape every `<` that is text.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    html.split('<')
        .skip(1)
        .filter(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic()))
        .map(tag)
        .collect()
}

fn tag(rest: &str) -> Tag<'_> {
    let end = rest.find(|character: char| character.is_whitespace() || character == '>').expect("a tag ends");
    let (name, mut rest) = rest.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.starts_with('>') {
            return Tag { name, attributes };
        }
        let end = rest
            .find(|character: char| character.is_whitespace() || "=>".contains(character))
            .expect("an attribute ends");
        let (attribute, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"').expect("a value is quoted"),
            None => ("", after),
        };
        attributes.push((attribute, value));
        rest = after;
    }
}
