//! What stands around `<main>`, kept as bytes: rendered once for each kind of page, filled in for each page.
//!
//! The template is rendered with a mark in the place of every value that differs from page to page or from
//! respondent to respondent; what it decides by (is there a token, which languages, which button) is the key under
//! which the result is kept. So a kept shell holds nothing of anybody's, and there are few of them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use minijinja::value::Value;
use schema::questionnaire::Locale;

use crate::assets::Assets;
use crate::chrome::{Button, Chrome, CookieBanner, LanguageLink, Previous, Shell, Timeout};
use crate::environment::escape;
use crate::links::Links;
use crate::theme::{ServiceFamily, Theme};

/// Kinds of page × themes × languages in use; beyond it a shell is rendered and not kept.
const MOST: usize = 1024;
/// Before and after a mark's letter: a character that no template holds.
const MARK: char = '\u{1}';

/// The kept shells, by what the template decides by.
#[derive(Debug, Default)]
pub(crate) struct Shells {
    kept: RwLock<HashMap<Key, Arc<Kept>>>,
}

/// All that the template decides by, and none of the words it is given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    theme: Option<Theme>,
    is_own: bool,
    is_preview: bool,
    ui: Locale,
    definition: Locale,
    button: Button,
    is_refused: bool,
    needs_lookup: bool,
    is_submitted: bool,
    is_signed_in: bool,
    /// Id and message.
    previous: Option<(&'static str, &'static str)>,
    has_survey_title: bool,
    has_token: bool,
    has_timeout: bool,
    has_cookie_banner: bool,
    family: Option<ServiceFamily>,
    /// Of the links that may be missing.
    has_link: [bool; 6],
    languages: Vec<(Locale, bool)>,
}

#[derive(Debug)]
struct Kept {
    assets: Assets,
    /// Text, then the slot that follows it.
    parts: Vec<(String, Slot)>,
    end: String,
}

/// What is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Main,
    Title,
    At,
    Previous,
    SurveyTitle,
    Token,
    ExpiresAt,
    Endpoint,
    Redirect,
    BannerDomain,
    BannerSettings,
    LogOut,
    Contact,
    Help,
    MyAccount,
    SignOut,
    Todo,
    Home,
    WhatWeDo,
    Accessibility,
    Cookies,
    Privacy,
    OtherLogOut,
    OtherContact,
    /// The n-th language's address.
    Language(u8),
}

/// Every slot but those of languages, by its letter from `A` on.
const SLOTS: [Slot; 24] = [
    Slot::Main,
    Slot::Title,
    Slot::At,
    Slot::Previous,
    Slot::SurveyTitle,
    Slot::Token,
    Slot::ExpiresAt,
    Slot::Endpoint,
    Slot::Redirect,
    Slot::BannerDomain,
    Slot::BannerSettings,
    Slot::LogOut,
    Slot::Contact,
    Slot::Help,
    Slot::MyAccount,
    Slot::SignOut,
    Slot::Todo,
    Slot::Home,
    Slot::WhatWeDo,
    Slot::Accessibility,
    Slot::Cookies,
    Slot::Privacy,
    Slot::OtherLogOut,
    Slot::OtherContact,
];

impl Slot {
    fn mark(self) -> String {
        let letter = match self {
            Self::Language(number) => char::from(b'a' + number),
            _ => {
                let at = SLOTS.iter().position(|slot| *slot == self).unwrap_or_default();
                char::from(b'A' + u8::try_from(at).unwrap_or_default())
            }
        };
        format!("{MARK}{letter}{MARK}")
    }

    fn of(letter: u8) -> Option<Self> {
        match letter {
            b'a'..=b'z' => Some(Self::Language(letter - b'a')),
            _ => SLOTS.get(usize::from(letter.checked_sub(b'A')?)).copied(),
        }
    }

    /// What is filled in, but for [`Slot::Main`], which is markup.
    fn value<'a>(self, shell: &'a Shell<'_>) -> &'a str {
        let (chrome, links) = (shell.chrome, shell.chrome.links);
        let some = |value: Option<&'a str>| value.unwrap_or_default();
        let banner = chrome.cookie_banner.as_ref();
        let timeout = chrome.timeout.as_ref();
        match self {
            Self::Main => "",
            Self::Title => &shell.title,
            Self::At => shell.at,
            Self::Previous => some(shell.previous.as_ref().map(|previous| previous.href)),
            Self::SurveyTitle => some(chrome.survey_title),
            Self::Token => some(chrome.csrf_token),
            Self::ExpiresAt => some(timeout.map(|timeout| timeout.expires_at)),
            Self::Endpoint => some(timeout.map(|timeout| timeout.endpoint)),
            Self::Redirect => some(timeout.map(|timeout| timeout.redirect)),
            Self::BannerDomain => some(banner.map(|banner| banner.domain)),
            Self::BannerSettings => some(banner.map(|banner| banner.settings_url)),
            Self::LogOut => &links.log_out,
            Self::Contact => &links.contact,
            Self::Help => some(links.help.as_deref()),
            Self::MyAccount => some(links.my_account.as_deref()),
            Self::SignOut => some(links.sign_out.as_deref()),
            Self::Todo => some(links.todo.as_deref()),
            Self::Home => &links.home,
            Self::WhatWeDo => &links.what_we_do,
            Self::Accessibility => &links.accessibility,
            Self::Cookies => some(links.cookies.as_deref()),
            Self::Privacy => some(links.privacy.as_deref()),
            Self::OtherLogOut => &links.other_log_out,
            Self::OtherContact => &links.other_contact,
            Self::Language(number) => {
                chrome.languages.get(usize::from(number)).map_or("", |language| &language.href)
            }
        }
    }
}

impl Key {
    fn of(shell: &Shell<'_>) -> Self {
        let (chrome, links) = (shell.chrome, shell.chrome.links);
        let links_there =
            [&links.help, &links.my_account, &links.sign_out, &links.todo, &links.cookies, &links.privacy];
        Self {
            theme: chrome.theme,
            is_own: chrome.is_own,
            is_preview: chrome.is_preview,
            ui: chrome.ui,
            definition: chrome.definition,
            button: shell.button,
            is_refused: shell.is_refused,
            needs_lookup: shell.needs_lookup,
            is_submitted: shell.is_submitted,
            is_signed_in: chrome.is_signed_in,
            previous: shell.previous.as_ref().map(|previous| (previous.id, previous.text)),
            has_survey_title: chrome.survey_title.is_some(),
            has_token: chrome.csrf_token.is_some(),
            has_timeout: chrome.timeout.is_some(),
            has_cookie_banner: chrome.cookie_banner.is_some(),
            family: links.family,
            has_link: links_there.map(Option::is_some),
            languages: chrome
                .languages
                .iter()
                .map(|language| (language.locale, language.is_current))
                .collect(),
        }
    }
}

impl Shells {
    /// The whole page: `main` in its shell. `render` is asked for a shell that is not kept yet.
    pub(crate) fn fill<E>(
        &self,
        shell: &Shell<'_>,
        main: &str,
        render: impl FnOnce(&Shell<'_>) -> Result<String, E>,
    ) -> Result<String, E> {
        let key = Key::of(shell);
        let found = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let kept = match found.filter(|kept| kept.assets == *shell.chrome.assets) {
            Some(kept) => kept,
            None => {
                let kept = Arc::new(Kept::new(&render_marked(shell, render)?, shell.chrome.assets));
                let mut all = self.kept.write().unwrap_or_else(PoisonError::into_inner);
                if all.len() < MOST {
                    all.insert(key, Arc::clone(&kept));
                }
                kept
            }
        };
        Ok(kept.filled(shell, main))
    }
}

/// Renders the shell with a mark in each slot.
fn render_marked<E>(
    shell: &Shell<'_>,
    render: impl FnOnce(&Shell<'_>) -> Result<String, E>,
) -> Result<String, E> {
    let some = |is_there: bool, slot: Slot| is_there.then(|| slot.mark());
    let (chrome, links) = (shell.chrome, shell.chrome.links);
    let marked_links = Links {
        family: links.family,
        log_out: Slot::LogOut.mark(),
        contact: Slot::Contact.mark(),
        help: some(links.help.is_some(), Slot::Help),
        my_account: some(links.my_account.is_some(), Slot::MyAccount),
        sign_out: some(links.sign_out.is_some(), Slot::SignOut),
        todo: some(links.todo.is_some(), Slot::Todo),
        home: Slot::Home.mark(),
        what_we_do: Slot::WhatWeDo.mark(),
        accessibility: Slot::Accessibility.mark(),
        cookies: some(links.cookies.is_some(), Slot::Cookies),
        privacy: some(links.privacy.is_some(), Slot::Privacy),
        other_log_out: Slot::OtherLogOut.mark(),
        other_contact: Slot::OtherContact.mark(),
    };
    let languages: Vec<LanguageLink> = (0..)
        .zip(chrome.languages)
        .map(|(number, language)| LanguageLink { href: Slot::Language(number).mark(), ..language.clone() })
        .collect();
    let [survey_title, token, at, previous] =
        [Slot::SurveyTitle, Slot::Token, Slot::At, Slot::Previous].map(Slot::mark);
    let [expires_at, endpoint, redirect] = [Slot::ExpiresAt, Slot::Endpoint, Slot::Redirect].map(Slot::mark);
    let [domain, settings_url] = [Slot::BannerDomain, Slot::BannerSettings].map(Slot::mark);
    let marked = Chrome {
        survey_title: chrome.survey_title.map(|_| &*survey_title),
        csrf_token: chrome.csrf_token.map(|_| &*token),
        links: &marked_links,
        languages: &languages,
        timeout: chrome.timeout.map(|_| Timeout {
            expires_at: &expires_at,
            endpoint: &endpoint,
            redirect: &redirect,
        }),
        cookie_banner: chrome
            .cookie_banner
            .map(|_| CookieBanner { domain: &domain, settings_url: &settings_url }),
        ..chrome.clone()
    };
    render(&Shell {
        chrome: &marked,
        title: Slot::Title.mark(),
        at: &at,
        previous: shell.previous.as_ref().map(|has| Previous { href: &previous, ..*has }),
        main: Value::from_safe_string(Slot::Main.mark()),
        words: shell.words.clone(),
        ..*shell
    })
}

impl Kept {
    fn new(marked: &str, assets: &Assets) -> Self {
        // Text and letters by turns.
        let mut pieces = marked.split(MARK);
        let mut text = pieces.next().unwrap_or_default().to_owned();
        let mut parts = Vec::new();
        while let (Some(letter), Some(after)) = (pieces.next(), pieces.next()) {
            let slot = letter.bytes().next().and_then(Slot::of).unwrap_or(Slot::Main);
            parts.push((std::mem::replace(&mut text, after.to_owned()), slot));
        }
        Self { assets: assets.clone(), parts, end: text }
    }

    fn filled(&self, shell: &Shell<'_>, main: &str) -> String {
        let fixed: usize = self.parts.iter().map(|(text, _)| text.len()).sum();
        // Titles, addresses and the token are seldom longer than this together.
        let mut page = String::with_capacity(fixed + self.end.len() + main.len() + 1024);
        for (text, slot) in &self.parts {
            page.push_str(text);
            match slot {
                Slot::Main => page.push_str(main),
                slot => {
                    escape(&mut page, slot.value(shell)).expect("a string takes whatever is written to it")
                }
            }
        }
        page.push_str(&self.end);
        page
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::{LinkSettings, Templates, View, Visit, samples};

    /// Every value is one that must be escaped.
    fn with_chrome(is_there: bool, theme: Option<Theme>, ui: Locale, show: impl FnOnce(&Chrome<'_>)) {
        let visit = Visit {
            theme,
            account_service: Some("https://<a&b>'\".example"),
            is_signed_in: is_there,
            survey_id: Some("9&9"),
            ru_ref: is_there.then_some("1<2"),
        };
        let links = Links::new(&LinkSettings::default(), &visit, ui);
        let languages = [Locale::En, Locale::Cy].map(|locale| LanguageLink {
            locale,
            href: format!("?a='\"&language_code={}", locale.code()),
            is_current: locale == ui,
        });
        let timeout = Timeout { expires_at: "2026<&", endpoint: "/'e", redirect: "/r\"" };
        show(&Chrome {
            survey_title: is_there.then_some("A \"survey\" & <more>"),
            theme,
            is_own: false,
            is_preview: false,
            ui,
            definition: ui,
            csrf_token: is_there.then_some("t'o<k"),
            links: &links,
            languages: if is_there { &languages } else { &[] },
            timeout: is_there.then_some(timeout),
            cookie_banner: theme.map(|_| CookieBanner { domain: "a&b", settings_url: "/<s>" }),
            is_signed_in: is_there,
            assets: &Assets::plain(),
        });
    }

    #[test]
    fn a_page_in_a_kept_shell_is_the_page_rendered_whole() {
        let templates = Templates::new().unwrap();
        for theme in [None, Some(Theme::Business), Some(Theme::Social), Some(Theme::UkhsaOns)] {
            for ui in [Locale::En, Locale::Cy] {
                for is_there in [false, true] {
                    with_chrome(is_there, theme, ui, |chrome| {
                        for sample in samples() {
                            let view = View { shown: sample.shown(), chrome };
                            let main = templates.render_main(&view).unwrap();
                            let whole = templates.render_shell(&view, main).unwrap();
                            // The second time, it is a kept one.
                            for _ in 0..2 {
                                assert_eq!(templates.render(&view).unwrap(), whole, "{}", sample.name);
                            }
                        }
                    });
                }
            }
        }
        let kept = templates.shells.kept.read().unwrap().len();
        assert!(kept < 400, "{kept} shells of {} samples", samples().len());
    }

    #[test]
    fn another_build_of_the_assets_is_not_served_from_a_kept_shell() {
        let templates = Templates::new().unwrap();
        let sample = samples().remove(0);
        with_chrome(true, Some(Theme::Business), Locale::En, |chrome| {
            templates.render(&View { shown: sample.shown(), chrome }).unwrap();
            let assets = Assets { style: "/static/other.css".to_owned(), ..Assets::plain() };
            let chrome = Chrome { assets: &assets, ..chrome.clone() };
            let page = templates.render(&View { shown: sample.shown(), chrome: &chrome }).unwrap();
            assert!(page.contains("/static/other.css"));
        });
    }
}
