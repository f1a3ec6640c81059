//! A page as a PDF to keep: the answers that were submitted, and the preview of all questions. Open to whom the page
//! itself is open.
//!
//! Source: spec/03 §2, §7.5, §8.

use std::ops::ControlFlow;

use engine::page::Body;
use engine::place::{Location, Target};
use http::{HeaderValue, header};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use templates::{Paper, PaperOf, Theme};

use super::asked::Asked;
use super::reply::{self, Reply};
use super::respond;
use crate::app::{App, Opened};
use crate::failure::Failure;
use crate::routes;

/// Longest title in a file's name, in bytes.
const MAX_TITLE: usize = 100;

/// `/submitted/download-pdf`, `/questionnaire/preview/download-pdf`.
///
/// # Errors
/// As for the page itself; [`Failure::NoPdf`] when none can be made now.
pub async fn pdf(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    // The address of the page, in whose name its guards decide.
    let (path, back) = match asked.segments.first().map(String::as_str) {
        Some("submitted") => (["submitted", "view-response"], "/submitted/view-response/"),
        _ => (["questionnaire", "preview"], "/questionnaire/preview"),
    };
    asked.segments = path.map(str::to_owned).into();
    let opened = respond::signed_in(app, asked).await?;
    let (paper, name) = match paper(app, asked, &opened)? {
        ControlFlow::Continue(found) => found,
        ControlFlow::Break(reply) => return Ok(reply),
    };
    let written = app.pdf.write(&paper).await;
    let pdf = written.map_err(|why| Failure::NoPdf { why, again: asked.path.clone(), back })?;
    let mut reply = Reply::new(pdf.into());
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    let attachment = HeaderValue::try_from(format!("attachment; filename={name}"));
    let attachment = attachment.unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, attachment);
    Ok(reply)
}

/// What is to be written, and the name of its file; or where to go instead.
fn paper(app: &App, asked: &Asked, opened: &Opened) -> Result<ControlFlow<Reply, (Paper, String)>, Failure> {
    let questionnaire = &*opened.questionnaire;
    respond::look_at(app, asked, opened, |way, response, page| {
        if matches!(&page.body, Body::Submitted(submitted) if submitted.is_expired) {
            let target = Target::at(Location::Submitted);
            return Ok(ControlFlow::Break(reply::redirect(&routes::print(questionnaire, &target, None))));
        }
        let survey = questionnaire.title.in_language(way.tongue.definition);
        let of = PaperOf {
            survey,
            theme: Theme::from_name(&questionnaire.theme),
            ui: way.tongue.ui,
            definition: questionnaire.locale(way.tongue.definition),
        };
        let paper = app.templates.paper(&page, &of)?.ok_or(Failure::NotFound)?;
        let at = response.submitted.as_ref().map_or(asked.moment.now, |submitted| submitted.at);
        Ok(ControlFlow::Continue((paper, file_name(survey, at))))
    })
}

/// `monthly-business-survey-2026-11-30.pdf`.
fn file_name(title: &str, at: Timestamp) -> String {
    let mut name = String::new();
    for character in title.to_lowercase().chars() {
        match character {
            'a'..='z' | '0'..='9' => name.push(character),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    name.truncate(MAX_TITLE);
    format!("{name}-{}.pdf", TimeZone::UTC.to_datetime(at).date())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_file_is_named_by_survey_and_day() {
        let at = "2026-11-30T23:30:00Z".parse().unwrap();
        let name = |title| file_name(title, at);
        assert_eq!(name("Monthly Business Survey – Retail"), "monthly-business-survey-retail-2026-11-30.pdf");
        assert_eq!(name("Arolwg tŷ; \"2026\"\r\nX: y"), "arolwg-t-2026-x-y-2026-11-30.pdf");
        assert_eq!(name(&"a".repeat(300)).len(), 115);
    }
}
