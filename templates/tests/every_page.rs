//! Every page once, in every pair of languages, for every kind of visitor.

#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use std::path::Path;

use common::with_chrome;
use schema::questionnaire::Locale;
use templates::{Templates, Theme, View, samples};

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
