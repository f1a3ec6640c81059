//! Every page once, in every pair of languages, for every kind of visitor.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;

use schema::questionnaire::Locale;
use templates::{
    Assets, Chrome, LanguageLink, LinkSettings, Links, Templates, Theme, Timeout, View, Visit, samples,
};

/// The chrome of a visitor who is signed in, under a theme or none.
fn with_chrome<T>(
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

#[test]
fn every_page_renders_in_every_language_and_for_every_family() {
    let templates = Templates::new().unwrap();
    for theme in [None, Some(Theme::Business), Some(Theme::Social)] {
        for ui in Locale::ALL {
            for definition in Locale::ALL {
                with_chrome(theme, ui, definition, |chrome| {
                    for sample in samples() {
                        let page = templates.render(&View { shown: sample.shown(), chrome });
                        let page = page.unwrap_or_else(|error| panic!("{}: {error}", sample.name));
                        assert!(page.contains("</html>"), "{} ends", sample.name);
                        if let Ok(folder) = std::env::var("CANVASS_SAMPLES")
                            && ui == definition
                        {
                            let theme =
                                theme.map_or("none".to_owned(), |theme| format!("{theme:?}").to_lowercase());
                            let file = format!("{}.{}.{theme}.html", sample.name, ui.code());
                            std::fs::write(Path::new(&folder).join(file), &page).unwrap();
                        }
                    }
                });
            }
        }
    }
}
