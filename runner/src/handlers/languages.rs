//! Between which languages a respondent may switch, and the switching.
//!
//! Source: spec/03 §5.

use schema::questionnaire::Locale;

use super::asked::Asked;
use crate::app::{App, Opened};
use crate::config::LanguageSwitch;
use crate::launch::Source;

/// Takes `?language_code=` where the questionnaire has that language to switch to (spec/03 §5).
pub fn switch(app: &App, asked: &mut Asked, opened: &Opened) {
    let Some(wanted) = asked.argument("language_code").and_then(Locale::from_code) else { return };
    let questionnaire = &opened.questionnaire;
    if !offered(app, asked, opened).contains(&wanted) {
        return;
    }
    let title = questionnaire.title.in_language(questionnaire.language(wanted)).to_owned();
    if let Some(session) = &mut asked.session {
        wanted.code().clone_into(&mut session.language);
        session.survey.title = title;
    }
}

/// The languages between which this respondent may switch.
pub fn offered(app: &App, asked: &Asked, opened: &Opened) -> Vec<Locale> {
    // Launched in a language that nobody has, there is none to come back to.
    let launched = asked.session.as_ref().and_then(|session| Locale::from_code(&session.language));
    let Some(current) = launched else { return vec![] };
    match &app.config.language_switch {
        // Only languages whose interface is whole are offered.
        LanguageSwitch::All => {
            let whole = [Locale::En, Locale::Cy];
            opened.questionnaire.languages.iter().copied().filter(|locale| whole.contains(locale)).collect()
        }
        LanguageSwitch::Only(names) => {
            let source = &opened.record.pinned.source;
            let is_named = matches!(source, Source::Name(name) if names.contains(name));
            let both = [Locale::En, Locale::Cy];
            if is_named && both.contains(&current) { both.to_vec() } else { vec![Locale::En] }
        }
    }
}
