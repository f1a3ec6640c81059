//! The last pages: submit, thank you, and the answers that were submitted.

use schema::questionnaire::{Flow, Locale, Words};
use schema::rule::Fault;
use schema::value::Timestamp;

use super::making::Making;
use super::{Body, EmailField, SubmissionView, SubmitPage, SubmittedPage, ThankYouPage, ViewResponse};
use crate::place::{Location, Target};
use crate::response::Submitted;

impl<'a> Making<'a, '_> {
    pub fn submit(&self) -> Result<Body<'a>, Fault> {
        let q = self.q();
        let own = |words: &'a Option<Words>| words.as_ref().map(|words| words.in_language(self.language()));
        let summary = match q.flow {
            Flow::Linear { summary: Some(summary) } => {
                Some(self.final_summary(summary.collapsible, Some("final-summary"))?)
            }
            _ => None,
        };
        let texts = &q.submission;
        Ok(Body::Submit(Box::new(SubmitPage {
            title: own(&texts.title),
            button: own(&texts.button),
            guidance: own(&texts.guidance),
            warning: own(&texts.warning),
            summary,
        })))
    }

    pub fn thank_you(&self, submitted: &'a Submitted) -> Result<Body<'a>, Fault> {
        let q = self.q();
        let post = &q.post_submission;
        let sight = self.sight(None, None, None, None);
        let guidance = post.guidance.as_deref().map(|guidance| self.contents(guidance, &sight));
        Ok(Body::ThankYou(Box::new(ThankYouPage {
            survey_title: q.title.in_language(self.language()),
            about: self.about(submitted),
            guidance: guidance.transpose()?,
            view_response: post.view_response.then(|| ViewResponse {
                href: self.href(&Target::at(Location::Submitted)),
                is_expired: self.view_is_over(submitted),
                until: crate::submission::iso(self.view_until(submitted)),
            }),
            has_feedback: post.feedback,
            email: post.confirmation_email.then(EmailField::default),
        })))
    }

    pub fn submitted(&self, submitted: &'a Submitted) -> Result<Body<'a>, Fault> {
        let is_expired = self.view_is_over(submitted);
        let is_collapsible =
            matches!(self.q().flow, Flow::Linear { summary: Some(summary) } if summary.collapsible);
        let summary = if is_expired { None } else { Some(self.final_summary(is_collapsible, None)?) };
        Ok(Body::Submitted(Box::new(SubmittedPage { about: self.about(submitted), is_expired, summary })))
    }

    fn view_until(&self, submitted: &Submitted) -> Timestamp {
        let view_for = jiff::SignedDuration::try_from(self.visitor.limits.view_for).unwrap_or_default();
        submitted.at.checked_add(view_for).unwrap_or(submitted.at)
    }

    fn view_is_over(&self, submitted: &Submitted) -> bool {
        self.visitor.moment.now > self.view_until(submitted)
    }

    fn about(&self, submitted: &Submitted) -> SubmissionView {
        let launch = &self.response().launch;
        let named = |name: &str| {
            let text = launch.metadata(name)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let london = london(submitted.at);
        let locale = self.visitor.tongue.ui;
        let date = london.date();
        // Social and health surveys have no reference to quote (spec/03 §7.1).
        let has_reference = !matches!(&*self.q().theme, "social" | "health");
        SubmissionView {
            ru_name: named("ru_name"),
            trad_as: named("trad_as"),
            submitted_on: on(date, locale),
            submitted_time: format!("{:02}:{:02}", london.hour(), london.minute()),
            reference: has_reference.then(|| reference(launch.claim("tx_id").unwrap_or_default())),
        }
    }
}

/// `05 March 2026`: the day in two digits.
fn on(date: schema::value::Date, locale: Locale) -> String {
    format!("{:02} {}", date.day(), schema::format::date(date, "MMMM yyyy", locale))
}

/// London's clock, worked out here: summer time runs from the last Sunday of March to that of October, 01:00 UTC.
fn london(at: Timestamp) -> jiff::civil::DateTime {
    let utc = jiff::tz::TimeZone::UTC.to_datetime(at);
    let change = |month: i8| {
        let last = jiff::civil::date(utc.year(), month, 31);
        let back = i64::from(last.weekday().to_sunday_zero_offset());
        let sunday = last.checked_sub(jiff::SignedDuration::from_hours(24 * back)).unwrap_or(last);
        sunday.at(1, 0, 0, 0)
    };
    let is_summer = utc >= change(3) && utc < change(10);
    let ahead = jiff::SignedDuration::from_hours(i64::from(is_summer));
    utc.checked_add(ahead).unwrap_or(utc)
}

/// The first sixteen digits of the transaction's id, in fours.
fn reference(tx_id: &str) -> String {
    let digits: Vec<char> = tx_id.chars().filter(|c| *c != '-').take(16).collect();
    let fours = digits.chunks(4).map(|four| four.iter().collect::<String>().to_uppercase());
    fours.collect::<Vec<_>>().join(" - ")
}
