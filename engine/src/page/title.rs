//! What stands in `<title>` before the survey's own (spec/02 §13, spec/01 §10).

use schema::questionnaire::{Nested, NestedRole, Words};
use schema::rule::Fault;
use schema::text::{Text, safe_title};

use super::making::Making;
use crate::place::{Place, SectionKey};

impl<'a> Making<'a, '_> {
    /// The title of a block's page: its own, or `text` without what was answered; then that of the repeat.
    pub fn block_title(&self, place: Place, key: SectionKey, text: Option<&'a Text>) -> Option<String> {
        let block = self.q().block(place.block);
        let title = match &block.page_title {
            Some(own) => own.in_language(self.language()).to_owned(),
            None => safe_title(text?, self.language()).into_owned(),
        };
        Some(self.with_positions(self.with_repeat(title, key), place))
    }

    /// The title of a section's summary.
    pub fn section_title(&self, key: SectionKey) -> Option<String> {
        let section = self.q().section(key.section);
        let summary = section.summary.as_ref()?;
        let words = |words: &Words| words.in_language(self.language()).to_owned();
        let title = match (&summary.page_title, &section.repeat, &summary.title, &section.title) {
            (Some(own), ..) => words(own),
            (None, Some(repeat), ..) => safe_title(&repeat.title, self.language()).into_owned(),
            (None, None, Some(text), _) => safe_title(text, self.language()).into_owned(),
            (None, None, None, Some(title)) => words(title),
            (None, None, None, None) => return None,
        };
        let title = self.with_repeat(title, key);
        let number = match (self.list_of(key), key.item) {
            (Some(list), Some(item)) => self.response().lists.number_of(list, item),
            _ => None,
        };
        Some(match number {
            Some(number) => title.replace("{list_item_position}", &number.to_string()),
            None => title,
        })
    }

    fn with_repeat(&self, title: String, key: SectionKey) -> String {
        let repeat = self.q().section(key.section).repeat.as_ref();
        match repeat.and_then(|repeat| repeat.page_title.as_ref()) {
            Some(suffix) => format!("{title}: {}", suffix.in_language(self.language())),
            None => title,
        }
    }

    /// Fills in the 1-based positions of the item and of the "to" item; an add page's is the one it would make.
    fn with_positions(&self, title: String, place: Place) -> String {
        if !title.contains('{') {
            return title;
        }
        let lists = &self.response().lists;
        let nested = match &self.q().block(place.block).kind {
            schema::questionnaire::BlockKind::Nested(nested) => Some(nested),
            _ => None,
        };
        let list = super::list_of(self.q(), place.block);
        let Some(list) = list else { return title };
        let is_add = matches!(nested, Some(Nested { role: NestedRole::Add, .. }));
        let position = match place.item {
            Some(item) => lists.number_of(list, item),
            None => is_add.then(|| lists.items(list).len() + 1),
        };
        let to = place.to.and_then(|to| lists.number_of(list, to));
        let mut title = title;
        for (token, number) in [("{list_item_position}", position), ("{to_list_item_position}", to)] {
            if let Some(number) = number {
                title = title.replace(token, &number.to_string());
            }
        }
        title
    }

    /// The title of a calculated summary: its own, or what its total is called, with what was answered.
    pub fn calculated_title(
        &self,
        place: Place,
        key: SectionKey,
        label: &'a Text,
        scope: &dyn schema::rule::Scope,
    ) -> Result<String, Fault> {
        match self.q().block(place.block).page_title {
            Some(_) => Ok(self.block_title(place, key, None).unwrap_or_default()),
            None => self.say_plain(label, scope),
        }
    }
}
