//! What was answered, in rows: on summaries, and for a list's items.

use schema::text::Html;
use serde::Serialize;

use super::ListRow;

/// A summary's groups, under a section's heading or alone.
#[derive(Clone, Debug, Serialize)]
pub struct Summary<'a> {
    pub sections: Vec<SummarySection<'a>>,
    pub is_collapsible: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct SummarySection<'a> {
    /// Only on final summaries.
    pub title: Option<Html<'a>>,
    pub groups: Vec<SummaryGroup<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SummaryGroup<'a> {
    pub id: String,
    pub title: Option<&'a str>,
    pub rows: Vec<SummaryRow<'a>>,
    /// A list in place of its collector.
    pub list: Option<SummaryList<'a>>,
}

/// One question: its title stands above when there are several answers.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryRow<'a> {
    /// The question's id (with `-ITEM` where shown once for each item), or a calculated summary block's.
    pub id: String,
    /// Above the answers, when there is more than one.
    pub title: Option<Html<'a>>,
    pub answers: Vec<SummaryAnswer<'a>>,
    pub is_total: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct SummaryAnswer<'a> {
    pub id: String,
    pub label: Html<'a>,
    /// `data-qa` of the label: `QUESTION`, or `ANSWER-label`.
    pub label_qa: String,
    /// Empty: "No answer provided".
    pub values: Vec<SummaryValue<'a>>,
    /// None on pages that are only for reading.
    pub change: Option<String>,
    /// What the change link says of which item, in "Change answer for ITEM: TITLE".
    pub item_title: Option<Html<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SummaryValue<'a> {
    pub value: ValueView<'a>,
    /// A detail answer's value, below.
    pub other: Option<Html<'a>>,
}

/// A value as it is shown; where it needs words of ours, its parts.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ValueView<'a> {
    Text {
        text: Html<'a>,
    },
    Date {
        date: String,
    },
    DateRange {
        from: String,
        to: String,
    },
    /// The parts that are shown.
    Duration {
        years: Option<i64>,
        months: Option<i64>,
    },
}

#[derive(Clone, Debug, Serialize)]
pub struct SummaryList<'a> {
    pub name: &'a str,
    pub title: Option<Html<'a>>,
    pub rows: Vec<SummaryListRow<'a>>,
    pub add: Option<(String, &'a str)>,
    pub empty_text: Option<&'a str>,
    pub is_editable: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct SummaryListRow<'a> {
    pub row: ListRow<'a>,
    pub label: Option<Html<'a>>,
    pub answers: Vec<SummaryAnswer<'a>>,
}
