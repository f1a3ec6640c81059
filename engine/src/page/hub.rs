//! The hub: a row for each section, and the way to submit once all are complete (spec/02 §16).

use schema::rule::Fault;
use schema::text::{Html, escape};

use super::making::Making;
use super::{Body, HubPage, HubRow};
use crate::place::{Location, SectionKey, Target};
use crate::trace::Progress;

impl<'a> Making<'a, '_> {
    pub fn hub(&self) -> Result<Body<'a>, Fault> {
        let q = self.q();
        let mut rows = Vec::new();
        for section in q.section_indices() {
            if !q.section(section).show_on_hub || !self.trace.is_enabled(section)? {
                continue;
            }
            for (number, key) in (1..).zip(self.trace.instances(section)) {
                rows.push(self.row(key, number)?);
            }
        }
        let is_complete = self.trace.is_questionnaire_complete()?;
        let own = |words: &'a Option<schema::questionnaire::Words>| {
            words.as_ref().filter(|_| is_complete).map(|words| words.in_language(self.language()))
        };
        let texts = &q.submission;
        Ok(Body::Hub(Box::new(HubPage {
            rows,
            is_complete,
            individual: if is_complete { None } else { self.individual_from_hub() },
            title: own(&texts.title),
            button: own(&texts.button),
            guidance: own(&texts.guidance),
            warning: own(&texts.warning),
        })))
    }

    fn row(&self, key: SectionKey, number: usize) -> Result<HubRow<'a>, Fault> {
        let section = self.q().section(key.section);
        let id = match key.item {
            Some(_) => format!("{}-{number}", section.id),
            None => section.id.to_string(),
        };
        let status = self.trace.status(key)?;
        let change = if status == Progress::Requested { self.individual_change(key) } else { None };
        Ok(HubRow {
            id,
            title: self.section_name(key)?,
            status: match status {
                Progress::Completed => "completed",
                Progress::InProgress => "in-progress",
                Progress::NotStarted => "not-started",
                Progress::Requested => "requested",
            },
            href: change.unwrap_or_else(|| self.href(&Target::at(Location::Section(key)))),
        })
    }

    /// What a section instance is called: by its repeat's title, or its own.
    pub fn section_name(&self, key: SectionKey) -> Result<Html<'a>, Fault> {
        let section = self.q().section(key.section);
        if let Some(repeat) = &section.repeat {
            let sight = self.sight(Some(key), None, key.item, Some(repeat.list));
            return self.say(&repeat.title, &sight);
        }
        let title = section.title.as_ref().map(|title| title.in_language(self.language()));
        Ok(Html::new(escape(title.unwrap_or_default())))
    }
}
