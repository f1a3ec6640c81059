//! What a template is given: a finished page, borrowed from the questionnaire and the response.
//!
//! Pages here; the fields of a question in `field`, what was answered in `summary`.

mod field;
mod summary;

pub use field::*;
use schema::questionnaire::{LanguageIx, Locale};
use schema::text::Html;
use serde::Serialize;
pub use summary::*;

use crate::error::ErrorText;
use crate::place::Target;
use crate::visitor::Shown;

/// Which languages a page speaks: the definition's for its texts, the interface's for ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue {
    pub definition: LanguageIx,
    pub ui: Locale,
}

/// A page, finished but for markup.
#[derive(Clone, Debug, Serialize)]
pub struct Page<'a> {
    /// Before the survey's title in `<title>`, without "Error: "; none where the template has a fixed one.
    pub title: Option<String>,
    /// Where "Previous" leads.
    pub previous: Option<String>,
    /// Blocks and places by name, for `data-at`: `BLOCK`, `BLOCK item 2`, `section SECTION`, `hub`, `submit` …
    pub at: String,
    /// Errors are shown, so that the title begins with "Error: ".
    pub is_refused: bool,
    /// What the page shows, for its token.
    #[serde(skip)]
    pub shown: Option<Shown>,
    pub body: Body<'a>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body<'a> {
    Question(Box<QuestionPage<'a>>),
    Introduction(Box<IntroductionPage<'a>>),
    /// Interstitials, and a content collector's page.
    Content(Box<ContentPage<'a>>),
    CalculatedSummary(Box<CalculatedPage<'a>>),
    SectionSummary(Box<SectionSummaryPage<'a>>),
    Hub(Box<HubPage<'a>>),
    Submit(Box<SubmitPage<'a>>),
    Preview(Box<PreviewPage<'a>>),
    ThankYou(Box<ThankYouPage<'a>>),
    Submitted(Box<SubmittedPage<'a>>),
    Individual(Box<super::IndividualPage>),
}

#[derive(Clone, Debug, Serialize)]
pub struct QuestionPage<'a> {
    pub block_id: &'a str,
    pub question_id: &'a str,
    pub title: Html<'a>,
    pub is_interviewer_note: bool,
    /// The title is the legend of a fieldset (spec/03 §8.2).
    pub title_is_legend: bool,
    pub description: Vec<Html<'a>>,
    pub instruction: Vec<Html<'a>>,
    pub guidance: Vec<ContentView<'a>>,
    pub definition: Option<DefinitionView<'a>>,
    pub warning: Option<Html<'a>>,
    pub is_date_range: bool,
    pub is_mutually_exclusive: bool,
    pub answers: Vec<AnswerField<'a>>,
    /// Against the question as a whole.
    pub question_errors: Vec<ErrorText>,
    /// All errors in the order of spec/04 §9, each with the id its link points to (without `#`).
    pub errors: Vec<ErrorLink>,
    /// Another page answered meanwhile: what is stored now, as text, beside what was typed.
    pub overtaken: Option<Vec<OvertakenAnswer<'a>>>,
    /// "Choose another section and return to this later".
    pub hub_link: Option<String>,
    /// Of list add, edit and repeating pages.
    pub cancel: Option<Cancel<'a>>,
    /// Where "go back to the start of the section" leads, when the page was come back to.
    pub section_start: Option<String>,
    /// The rows of a list above the answers: a collector's, or one for reading only.
    pub list: Option<ListTable<'a>>,
    /// Where somebody begins who asks for a form of their own for this person.
    pub individual: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ErrorLink {
    pub id: String,
    pub text: ErrorText,
}

#[derive(Clone, Debug, Serialize)]
pub struct OvertakenAnswer<'a> {
    pub label: Html<'a>,
    /// What is stored now; what was typed stands in the fields.
    pub stored: Vec<SummaryValue<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Cancel<'a> {
    pub text: Option<&'a str>,
    pub href: Option<String>,
}

/// Content items in the order definition, guidance, title, description, list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ContentView<'a> {
    pub definition: Option<Box<DefinitionView<'a>>>,
    pub guidance: Option<Vec<ContentView<'a>>>,
    /// 1-based among the guidance panels of its collection.
    pub guidance_number: usize,
    pub title: Option<Html<'a>>,
    pub description: Option<Html<'a>>,
    pub list: Vec<Html<'a>>,
}

impl ContentView<'_> {
    pub fn is_empty(&self) -> bool {
        self.definition.is_none()
            && self.guidance.is_none()
            && self.title.is_none()
            && self.description.is_none()
            && self.list.is_empty()
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct DefinitionView<'a> {
    pub title: Html<'a>,
    pub contents: Vec<ContentView<'a>>,
}

/// The rows of a list, with what can be done to each.
#[derive(Clone, Debug, Serialize)]
pub struct ListTable<'a> {
    pub rows: Vec<ListRow<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ListRow<'a> {
    /// 1-based.
    pub number: usize,
    pub item: String,
    pub title: Html<'a>,
    pub is_primary: bool,
    /// All its repeating blocks are done.
    pub is_complete: bool,
    pub change: Option<String>,
    pub remove: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReadOnlyItem<'a> {
    pub title: Html<'a>,
    pub is_primary: bool,
    pub is_complete: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContentPage<'a> {
    pub block_id: &'a str,
    pub title: Html<'a>,
    pub is_interviewer_note: bool,
    pub instruction: Vec<Html<'a>>,
    pub contents: Vec<ContentView<'a>>,
    pub items: Option<Vec<ReadOnlyItem<'a>>>,
    /// Where somebody begins who asks for a form of their own for this person.
    pub individual: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IntroductionPage<'a> {
    pub block_id: &'a str,
    pub title: Option<Html<'a>>,
    pub primary: Vec<IntroductionPartView<'a>>,
    pub legal_basis: Option<&'a str>,
    /// Where the preview of all questions is.
    pub preview_href: Option<String>,
    pub preview: Option<IntroductionPreviewView<'a>>,
    pub secondary: Vec<IntroductionPartView<'a>>,
    /// Where somebody begins who asks for a form of their own for this person.
    pub individual: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IntroductionPartView<'a> {
    pub id: &'a str,
    pub title: Option<Html<'a>>,
    pub contents: Vec<ContentView<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IntroductionPreviewView<'a> {
    pub id: Option<&'a str>,
    pub title: Option<Html<'a>>,
    pub contents: Vec<ContentView<'a>>,
    pub questions: Vec<DefinitionView<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SectionSummaryPage<'a> {
    /// None of a section that is called nothing.
    pub title: Option<Html<'a>>,
    pub summary: Summary<'a>,
    pub custom_lists: Vec<SummaryList<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CalculatedPage<'a> {
    pub block_id: &'a str,
    pub is_grand: bool,
    pub title: Html<'a>,
    pub groups: Vec<SummaryGroup<'a>>,
    pub total_label: Html<'a>,
    pub total: Html<'a>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HubPage<'a> {
    pub rows: Vec<HubRow<'a>>,
    pub is_complete: bool,
    /// Where somebody begins who asks for a form of their own for another of the household.
    pub individual: Option<String>,
    /// Own words of the author, once complete.
    pub title: Option<&'a str>,
    pub button: Option<&'a str>,
    pub guidance: Option<&'a str>,
    pub warning: Option<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HubRow<'a> {
    /// `SECTION` or `SECTION-N`.
    pub id: String,
    pub title: Html<'a>,
    /// `completed`, `in-progress`, `not-started`, `requested`.
    pub status: &'static str,
    pub href: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct SubmitPage<'a> {
    pub title: Option<&'a str>,
    pub button: Option<&'a str>,
    pub guidance: Option<&'a str>,
    pub warning: Option<&'a str>,
    pub summary: Option<Summary<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PreviewPage<'a> {
    pub sections: Vec<PreviewSection<'a>>,
    /// Where "start survey" leads.
    pub start_href: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PreviewSection<'a> {
    pub title: Option<&'a str>,
    pub questions: Vec<PreviewQuestionView<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PreviewQuestionView<'a> {
    pub block_id: &'a str,
    pub title: Html<'a>,
    pub description: Vec<Html<'a>>,
    pub guidance: Vec<ContentView<'a>>,
    pub answers: Vec<PreviewAnswer<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PreviewAnswer<'a> {
    pub label: Option<Html<'a>>,
    pub description: Option<Html<'a>>,
    pub guidance: Vec<ContentView<'a>>,
    /// Labels of its options, if it has any.
    pub options: Vec<Html<'a>>,
    pub is_checkbox: bool,
    /// Of several: the other choice.
    pub is_last: bool,
    pub max_length: Option<i64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ThankYouPage<'a> {
    pub survey_title: &'a str,
    pub about: SubmissionView,
    pub guidance: Option<Vec<ContentView<'a>>>,
    pub view_response: Option<ViewResponse>,
    pub has_feedback: bool,
    /// The form that asks where to send a confirmation, where one is offered.
    pub email: Option<EmailField>,
}

/// An address typed for a confirmation, and what stands against it (spec/03 §7.1).
#[derive(Clone, Debug, Default, Serialize)]
pub struct EmailField {
    pub value: String,
    pub error: Option<ErrorText>,
}

/// Whether a copy of the answers can still be seen, and for how long.
#[derive(Clone, Debug, Serialize)]
pub struct ViewResponse {
    pub href: String,
    pub is_expired: bool,
    /// ISO 8601, UTC.
    pub until: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct SubmittedPage<'a> {
    pub about: SubmissionView,
    pub is_expired: bool,
    pub summary: Option<Summary<'a>>,
}

/// Who answered, when, and under which reference.
#[derive(Clone, Debug, Serialize)]
pub struct SubmissionView {
    pub ru_name: Option<String>,
    pub trad_as: Option<String>,
    /// "21 November 2026 at 19:44", in the interface's language, London time: day, month, year and the time.
    pub submitted_on: String,
    pub submitted_time: String,
    /// `XXXX - XXXX - XXXX - XXXX`; none on social and health surveys.
    pub reference: Option<String>,
}

/// Makes the address of a target; the runner's routes, author's preview, a test's.
pub type Href<'a> = dyn Fn(&Target) -> String + 'a;
