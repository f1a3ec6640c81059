//! A scope for tests, where everything is laid out by hand.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::cell::RefCell;
use std::collections::HashMap;

use crate::questionnaire::*;
use crate::rule::{
    AnswerSource, Fault, Here, ItemSelector, ListPart, ListView, Operand, Operator, Part, Rule, Scope,
    Source, SupplementarySource, read_date,
};
use crate::text::{Argument, Fill, Forms, Piece, Placeholder, Text, TextIn, Transform, TransformKind};
use crate::value::{Date, ListItemId, Timestamp, Value};

/// A place where answers, metadata and lists are what a test says. Today is 2021-01-01, a Friday.
pub(crate) struct Laid {
    pub questionnaire: Questionnaire,
    pub answers: HashMap<AnswerIx, Value<'static>>,
    pub off_path: Vec<AnswerIx>,
    pub metadata: HashMap<&'static str, Value<'static>>,
    pub lists: Vec<Vec<ListItemId>>,
    pub total: Value<'static>,
    pub here: Here,
    /// Ids of the answers that were looked at, in order.
    pub looked_at: RefCell<Vec<AnswerIx>>,
}

impl Laid {
    /// In a language, with an empty block and nothing answered.
    pub fn in_locale(locale: Locale) -> Self {
        Self {
            questionnaire: questionnaire(locale),
            answers: HashMap::new(),
            off_path: Vec::new(),
            metadata: HashMap::new(),
            lists: Vec::new(),
            total: Value::Null,
            here: Here::default(),
            looked_at: RefCell::default(),
        }
    }

    pub fn new() -> Self {
        Self::in_locale(Locale::En)
    }

    /// Adds an answer of that id, and what was answered; gives the source that finds it.
    pub fn answered(&mut self, id: &str, value: Value<'static>) -> Source {
        let ix = AnswerIx(u32::try_from(self.questionnaire.answers.len()).unwrap());
        self.questionnaire.names.answers.insert(id.into(), ix);
        self.questionnaire.answers.push(AnswerInfo {
            id: id.into(),
            home: BlockIx(0),
            asked_in: BlockIx(0),
            section: SectionIx(0),
            repeats: Repeats::No,
            default: None,
            decimal_places: 0,
            numeric: None,
            defined_in: vec![(BlockIx(0), 0)],
            detail_of: None,
        });
        self.answers.insert(ix, value);
        Source::Answer(AnswerSource { answer: Link::To(ix), part: None, item: ItemSelector::Implied })
    }

    /// Adds a list of as many items; gives the source of a part of it.
    pub fn listed(&mut self, items: usize, part: ListPart) -> Source {
        let ids = (0..items).map(|nth| ListItemId::parse(&format!("item{nth:02}")).unwrap());
        self.lists.push(ids.collect());
        Source::List(Link::To(ListIx(u32::try_from(self.lists.len() - 1).unwrap())), part)
    }

    /// Gives the first block a question that asks an answer, among options of those values and labels.
    pub fn ask(&mut self, id: &str, options: Vec<(&str, Text)>) -> AnswerIx {
        let ix = self.questionnaire.names.answers[id];
        let fixed = options.into_iter().map(|(value, label)| Choice {
            label,
            value: value.into(),
            q_code: None,
            description: None,
            detail: None,
            action: None,
            title: None,
            playback: None,
        });
        let options = Options { fixed: fixed.collect(), dynamic: None };
        let answer = Answer {
            ix,
            id: id.into(),
            mandatory: false,
            label: None,
            description: None,
            guidance: None,
            q_code: None,
            default: None,
            visible: false,
            kind: AnswerKind::Radio { options, voluntary: false },
            messages: Messages::default(),
            pointer: Pointer::default(),
        };
        let question = Question {
            id: "question".into(),
            title: literally(""),
            description: Vec::new(),
            instruction: Vec::new(),
            guidance: None,
            definition: None,
            warning: None,
            kind: QuestionKind::General,
            answers: vec![answer],
            dynamic: None,
            concatenation: None,
            messages: Messages::default(),
            pointer: Pointer::default(),
        };
        let questions = vec![Variant { when: None, of: question }];
        self.questionnaire.blocks[0].kind = BlockKind::Question(QuestionBlock {
            role: QuestionRole::Ordinary,
            questions,
            list_summary: None,
        });
        ix
    }
}

impl Scope for Laid {
    fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    fn answer(&self, source: &AnswerSource) -> Result<Value<'_>, Fault> {
        let Link::To(answer) = source.answer else { unreachable!("tests link their answers") };
        self.looked_at.borrow_mut().push(answer);
        Ok(self.answers[&answer].borrowed())
    }

    fn list(&self, list: ListIx) -> ListView<'_> {
        let items = &self.lists[list.index()][..];
        ListView { items, primary: items.last().copied(), same_names: items.get(..1).unwrap_or_default() }
    }

    fn metadata(&self, name: &str) -> Value<'_> {
        self.metadata.get(name).map_or(Value::Null, Value::borrowed)
    }

    fn started_at(&self) -> Option<Timestamp> {
        "2018-07-04T14:49:33.448608Z".parse().ok()
    }

    fn supplementary(&self, _: &SupplementarySource) -> Result<Value<'_>, Fault> {
        Ok(Value::Null)
    }

    fn total(&self, _: BlockIx) -> Result<Value<'_>, Fault> {
        Ok(self.total.borrowed())
    }

    fn progress(&self, _: &Part) -> Result<Value<'_>, Fault> {
        Ok(Value::text("NOT_STARTED"))
    }

    fn here(&self) -> Here {
        self.here
    }

    fn today(&self) -> Date {
        read_date("2021-01-01").unwrap()
    }

    fn language(&self) -> LanguageIx {
        LanguageIx::BASE
    }

    fn answer_on_path(&self, source: &AnswerSource, _: &[&AnswerSource]) -> Result<Value<'_>, Fault> {
        match source.answer {
            Link::To(answer) if self.off_path.contains(&answer) => Ok(Value::Null),
            _ => self.answer(source),
        }
    }
}

pub(crate) fn number(text: &str) -> Value<'static> {
    Value::Number(text.parse().unwrap())
}

pub(crate) fn texts<const N: usize>(items: [&'static str; N]) -> Value<'static> {
    Value::List(items.into_iter().map(Value::text).collect())
}

pub(crate) fn rule<const N: usize>(operator: Operator, operands: [Operand; N]) -> Rule {
    Rule { operator, operands: operands.into(), pointer: Pointer(format!("/{operator:?}").into()) }
}

/// A text without placeholders, in one language.
pub(crate) fn literally(html: &str) -> Text {
    text_of(Forms::One(vec![Piece::Html(html.into())]), Vec::new())
}

pub(crate) fn text_of(forms: Forms, placeholders: Vec<Placeholder>) -> Text {
    Text { languages: [TextIn { forms, placeholders }].into() }
}

pub(crate) fn placeholder(name: &str, fill: Fill) -> Placeholder {
    Placeholder { name: name.into(), fill, only_metadata: false }
}

pub(crate) fn transform<const N: usize>(kind: TransformKind, arguments: [(&str, Argument); N]) -> Transform {
    Transform {
        kind,
        arguments: arguments.into_iter().map(|(name, argument)| (name.into(), argument)).collect(),
    }
}

fn questionnaire(locale: Locale) -> Questionnaire {
    let words = || Words { languages: ["".into()].into() };
    Questionnaire {
        languages: vec![locale],
        title: words(),
        survey_id: "0".into(),
        form_type: None,
        region_code: None,
        theme: "default".into(),
        data_version: DataVersion::V0_0_3,
        flow: Flow::Linear { summary: None },
        metadata: Vec::new(),
        messages: Messages::default(),
        session_timeout_seconds: None,
        legal_basis: None,
        answer_codes: Vec::new(),
        supplementary_lists: Vec::new(),
        sds_schema_version: None,
        submission: SubmissionTexts::default(),
        post_submission: PostSubmission::default(),
        individual_response: None,
        preview_questions: false,
        sections: Vec::new(),
        groups: Vec::new(),
        blocks: vec![Block {
            id: "block".into(),
            section: SectionIx(0),
            group: GroupIx(0),
            parent: None,
            kind: BlockKind::AnswerSummary,
            page_title: None,
            interviewer_only: false,
            skip: None,
            routes: Vec::new(),
            pointer: Pointer::default(),
        }],
        answers: Vec::new(),
        lists: Vec::new(),
        names: Names::default(),
        dependencies: Dependencies::default(),
    }
}
