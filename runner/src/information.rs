//! What an operator says about the service: cookies, privacy, accessibility.
//!
//! `INFORMATION` names a folder of files `PAGE.LANGUAGE.html`. They are read once, at start, and cleaned as a
//! definition's markup is, so that nothing in them can act on a page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use schema::link::clean;
use schema::questionnaire::Locale;
use schema::text::Html;
use templates::InformationPage;

/// The pages an operator may give words to.
const PAGES: [&str; 3] = ["cookies", "privacy", "accessibility"];
/// Longer than any such page should be, in bytes.
const LONGEST: u64 = 256 * 1024;

/// The operator's pages, by name and language.
#[derive(Debug, Default)]
pub struct Information {
    pages: BTreeMap<(&'static str, Locale), Html<'static>>,
}

/// What is wrong with the folder, file by file.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct Unusable(Vec<String>);

impl Information {
    /// Reads the whole folder.
    ///
    /// # Errors
    /// [`Unusable`]: every file that is none of the pages, too long or not text.
    pub fn read(folder: &Path) -> Result<Information, Unusable> {
        let unreadable = |error: std::io::Error| Unusable(vec![format!("{}: {error}", folder.display())]);
        let mut information = Information::default();
        let mut faults = Vec::new();
        for file in fs::read_dir(folder).map_err(unreadable)? {
            let path = file.map_err(unreadable)?.path();
            match read_page(&path) {
                Ok((page, text)) => drop(information.pages.insert(page, text)),
                Err(why) => faults.push(format!("{}: {why}", path.display())),
            }
        }
        if faults.is_empty() { Ok(information) } else { Err(Unusable(faults)) }
    }

    /// What the operator says on this page: in this language, else in English and marked so, else nothing.
    #[must_use]
    pub fn page(&self, name: &'static str, language: Locale) -> InformationPage<'_> {
        let said = |language| self.pages.get(&(name, language)).cloned();
        match said(language) {
            Some(body) => InformationPage { body: Some(body), language: None },
            None => InformationPage { body: said(Locale::En), language: Some(Locale::En.code()) },
        }
    }
}

fn read_page(path: &Path) -> Result<((&'static str, Locale), Html<'static>), String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let known = || {
        let (page, language) = name.strip_suffix(".html")?.split_once('.')?;
        Some((*PAGES.iter().find(|known| **known == page)?, Locale::from_code(language)?))
    };
    let page = known().ok_or_else(|| {
        format!(
            "must be named PAGE.LANGUAGE.html, with a PAGE of {}, LANGUAGE one of en, cy, ga, eo",
            PAGES.join(", ")
        )
    })?;
    let length = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if length > LONGEST {
        return Err(format!("{length} bytes, more than {LONGEST}"));
    }
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    Ok((page, Html::new(clean(&text).into_owned())))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        folder
    }

    #[test]
    fn a_page_is_in_its_language_else_in_english_else_ours() {
        let folder = folder(&[("privacy.en.html", "<p>Ours</p>"), ("privacy.cy.html", "<p>Ein</p>")]);
        let information = Information::read(folder.path()).unwrap();
        let said = |name, language| {
            let page = information.page(name, language);
            (page.body.map(|body| body.html.into_owned()), page.language)
        };
        assert_eq!(said("privacy", Locale::Cy), (Some("<p>Ein</p>".to_owned()), None));
        assert_eq!(said("privacy", Locale::Ga), (Some("<p>Ours</p>".to_owned()), Some("en")));
        assert_eq!(said("cookies", Locale::En).0, None);
    }

    #[test]
    fn nothing_in_a_page_can_act() {
        let folder =
            folder(&[("cookies.en.html", "<h2>One</h2><script>x()</script><a href='javascript:x'>y</a>")]);
        let information = Information::read(folder.path()).unwrap();
        let body = information.page("cookies", Locale::En).body.unwrap();
        assert_eq!(body.html, "<h2>One</h2><a>y</a>");
    }

    #[test]
    fn every_file_that_cannot_be_used_is_named() {
        let long = "x".repeat(300_000);
        let folder = folder(&[("cookie.en.html", ""), ("privacy.de.html", ""), ("cookies.en.html", &long)]);
        let why = Information::read(folder.path()).unwrap_err().to_string();
        for name in ["cookie.en.html", "privacy.de.html", "cookies.en.html"] {
            assert!(why.contains(name), "{name}: {why}");
        }
        assert!(Information::read(&folder.path().join("nowhere")).is_err());
    }
}
