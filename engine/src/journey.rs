//! A script of what a respondent does and where it leads, beside its questionnaire: read here, walked by the engine
//! itself ([`EngineWalker`]), by the service over HTTP and by load tests. Grammar: questionnaires/README.md.

mod fields;
mod line;
mod walk;
mod walker;

use std::fmt;

pub use fields::fields;
pub use line::Mistake;
pub use walk::{Stray, Walked, Walker, walk};
pub use walker::{EngineWalker, claims};

/// A journey: how it is launched, then what is done and seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journey {
    /// Launch data that differ from [`DEFAULTS`], in the order given; none takes a default away.
    pub launch: Vec<(String, Option<String>)>,
    /// The file beside it with the supplementary data that the launch brings.
    pub supplementary: Option<String>,
    pub doings: Vec<Doing>,
}

/// The data set that a launch with supplementary data names.
pub const DATASET: &str = "00000000-0000-4000-8000-000000000002";

/// Launch data unless the journey says otherwise.
pub const DEFAULTS: [(&str, &str); 8] = [
    ("language", "en"),
    ("user_id", "journey"),
    ("period_id", "202105"),
    ("ru_name", "Glanrhyd Bakery Ltd"),
    ("ru_ref", "49900000123A"),
    ("ref_p_start_date", "2021-05-01"),
    ("ref_p_end_date", "2021-05-31"),
    ("display_address", "1 Harbour Row, Aberaeron"),
];

#[derive(Clone, Debug, PartialEq)]
pub struct Doing {
    /// From 1.
    pub line: usize,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Goes to an address, as by a link or a bookmark.
    Open(Spot),
    /// Posts the form of the page one is at.
    Post(Post),
    /// One is there.
    At(Spot),
    /// The same page, with this error on the answer or question of that id.
    Invalid { id: String, code: String },
    /// A text of the page, in the launch language.
    See(String),
    /// The row of a section on the hub; none where it is hidden.
    Status { section: String, status: Option<String> },
    /// What left for an answer; none where it is not in it.
    Submitted { answer: AnswerName, value: Option<String> },
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    pub button: Button,
    pub given: Vec<(AnswerName, String)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Button {
    #[default]
    Continue,
    Start,
    Clear,
}

impl Button {
    /// The name it is sent under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Continue => "action[save_continue]",
            Self::Start => "action[start_questionnaire]",
            Self::Clear => "action[clear_radios]",
        }
    }
}

/// An answer, of the n-th item of its list (from 1).
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerName {
    pub id: String,
    pub item: Option<usize>,
}

/// A page, as a journey names it and as `data-at` tells it.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    Block {
        id: String,
        item: Option<usize>,
    },
    Section(String),
    Hub,
    Submit,
    ThankYou,
    Preview,
    ViewResponse,
    /// On the way to a form of their own: the step's name, and which item of the household's list.
    Individual {
        step: String,
        item: Option<usize>,
    },
    /// Status 404.
    NotFound,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block { id, item: None } => f.write_str(id),
            Self::Block { id: name, item: Some(item) }
            | Self::Individual { step: name, item: Some(item) } => write!(f, "{name} item {item}"),
            Self::Individual { step, item: None } => f.write_str(step),
            Self::Section(section) => write!(f, "section {section}"),
            Self::Hub => f.write_str("hub"),
            Self::Submit => f.write_str("submit"),
            Self::ThankYou => f.write_str("thank-you"),
            Self::Preview => f.write_str("preview"),
            Self::ViewResponse => f.write_str("view-response"),
            Self::NotFound => f.write_str("not-found"),
        }
    }
}

impl Journey {
    /// Reads a journey.
    ///
    /// # Errors
    /// Every line that is no line of a journey.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        line::parse(text)
    }

    /// All launch data: the defaults, with the journey's own.
    pub fn launch_data(&self) -> Vec<(String, String)> {
        let mut data: Vec<_> =
            DEFAULTS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for (name, value) in &self.launch {
            data.retain(|(has, _)| has != name);
            data.extend(value.clone().map(|value| (name.clone(), value)));
        }
        if self.supplementary.is_some() {
            data.push(("sds_dataset_id".to_owned(), DATASET.to_owned()));
        }
        data
    }

    /// The language it is written for: what is seen is said in it.
    pub fn language(&self) -> String {
        let mut data = self.launch_data().into_iter();
        data.find(|(name, _)| name == "language").map_or_else(|| "en".to_owned(), |(_, value)| value)
    }
}

/// The code of an error, from its message key: `NUMBER_TOO_SMALL` is `number-too-small`.
pub fn code(key: &str) -> String {
    match key {
        "NOT_A_CHOICE" | "NOT_CHOICES" => "invalid-choice".to_owned(),
        key if key.starts_with("MANDATORY_") => "mandatory".to_owned(),
        key => key.to_ascii_lowercase().replace('_', "-"),
    }
}

#[cfg(test)]
mod tests;
