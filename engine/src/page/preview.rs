//! All questions at a glance, before the first is answered (spec/02 §17).

use schema::questionnaire::{Answer, AnswerKind, BlockKind, QuestionRole};
use schema::rule::Fault;
use schema::text::{self, Html, Text};

use super::making::Making;
use super::{Body, ContentView, PreviewAnswer, PreviewPage, PreviewQuestionView, PreviewSection};
use crate::place::{Location, Target};
use crate::scope::Sight;

impl<'a> Making<'a, '_> {
    pub fn preview(&self) -> Result<Body<'a>, Fault> {
        let sight = self.sight(None, None, None, None);
        let mut sections = Vec::new();
        for section in &self.q().sections {
            let mut questions = Vec::new();
            for &block in section.groups.iter().flat_map(|&group| &self.q().group(group).blocks) {
                let block = self.q().block(block);
                let BlockKind::Question(asked) = &block.kind else { continue };
                let Some(first) = asked.questions.first().filter(|_| asked.role == QuestionRole::Ordinary)
                else {
                    continue;
                };
                let question = &first.of;
                let last = question.answers.len();
                let answers = question
                    .answers
                    .iter()
                    .zip(1..)
                    .map(|(answer, n)| self.preview_answer(answer, n > 1 && n == last, &sight));
                questions.push(PreviewQuestionView {
                    block_id: &block.id,
                    title: self.preview_words(&question.title, &sight)?,
                    description: question
                        .description
                        .iter()
                        .map(|text| self.preview_words(text, &sight))
                        .collect::<Result<_, _>>()?,
                    guidance: self
                        .preview_contents(question.guidance.as_deref().unwrap_or_default(), &sight)?,
                    answers: answers.collect::<Result<_, Fault>>()?,
                });
            }
            let title = section.title.as_ref().map(|title| title.in_language(self.language()));
            sections.push(PreviewSection { title, questions });
        }
        let start_href = self.href(&Target::at(Location::Entry));
        Ok(Body::Preview(Box::new(PreviewPage { sections, start_href })))
    }

    fn preview_words(&self, text: &'a Text, sight: &Sight) -> Result<Html<'a>, Fault> {
        Ok(Html::new(text::preview(text, self.language(), sight)?.html.into_owned()))
    }

    fn preview_contents(
        &self,
        items: &'a [schema::questionnaire::ContentItem],
        sight: &Sight,
    ) -> Result<Vec<ContentView<'a>>, Fault> {
        let some =
            |text: &'a Option<Text>| text.as_ref().map(|text| self.preview_words(text, sight)).transpose();
        items
            .iter()
            .map(|item| {
                Ok(ContentView {
                    title: some(&item.title)?,
                    description: some(&item.description)?,
                    list: item
                        .list
                        .iter()
                        .map(|text| self.preview_words(text, sight))
                        .collect::<Result<_, _>>()?,
                    ..ContentView::default()
                })
            })
            .collect()
    }

    fn preview_answer(
        &self,
        answer: &'a Answer,
        is_last: bool,
        sight: &Sight,
    ) -> Result<PreviewAnswer<'a>, Fault> {
        let some =
            |text: &'a Option<Text>| text.as_ref().map(|text| self.preview_words(text, sight)).transpose();
        let options = match &answer.kind {
            AnswerKind::Radio { options, .. }
            | AnswerKind::Checkbox { options, .. }
            | AnswerKind::Dropdown { options, .. }
            | AnswerKind::Relationship { options, .. } => options.fixed.as_slice(),
            _ => &[],
        };
        let guidance = answer.guidance.as_ref().map(|guidance| &*guidance.contents);
        // Options are introduced by the sentence before them.
        let label = if options.is_empty() { some(&answer.label)? } else { None };
        Ok(PreviewAnswer {
            label,
            description: some(&answer.description)?,
            guidance: self.preview_contents(guidance.unwrap_or_default(), sight)?,
            options: options
                .iter()
                .map(|option| self.preview_words(&option.label, sight))
                .collect::<Result<_, _>>()?,
            is_checkbox: matches!(answer.kind, AnswerKind::Checkbox { .. }),
            is_last,
            max_length: match answer.kind {
                AnswerKind::TextArea { max_length, .. } => Some(max_length),
                _ => None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value as Json, json};

    use super::*;
    use crate::form::testing::Desk;

    /// The answers of each question, as its preview tells them: the lead-in, then what is under it.
    fn told(blocks: Json) -> Vec<String> {
        let mut desk = Desk::of_blocks("0.0.3", blocks);
        desk.questionnaire.preview_questions = true;
        desk.page(Location::Preview, |page| {
            let Body::Preview(preview) = page.body else { return vec![] };
            let answers = preview.sections[0].questions.iter().flat_map(|question| &question.answers);
            answers.map(one).collect()
        })
        .unwrap()
    }

    fn one(answer: &PreviewAnswer<'_>) -> String {
        let lead = match (answer.options.is_empty(), answer.is_last, answer.is_checkbox) {
            (true, ..) => "",
            (_, true, _) => "Or: ",
            (_, _, true) => "Options: ",
            (_, _, false) => "One option: ",
        };
        let said = answer.label.iter().chain(&answer.options).map(Html::as_str).collect::<Vec<_>>();
        format!("{lead}{}", said.join(", "))
    }

    fn question(kind: &str, answers: &Json) -> Json {
        let id = answers[0]["id"].as_str().unwrap();
        json!({"id": format!("{id}-block"), "type": "Question", "question":
            {"id": format!("{id}-question"), "type": kind, "title": "Q", "mandatory": false, "answers": answers}})
    }

    #[test]
    fn the_lead_in_stands_before_an_answer_unless_it_is_the_last_of_several() {
        let choice = |id: &str, kind: &str, option: &str| {
            json!({"id": id, "type": kind, "mandatory": false, "label": "Unseen",
                "options": [{"label": option, "value": option}]})
        };
        let text = |id: &str| json!({"id": id, "type": "TextField", "mandatory": false, "label": "Comments"});
        let blocks = json!([
            question("General", &json!([choice("sole", "Radio", "Yes")])),
            question(
                "MutuallyExclusive",
                &json!([choice("some", "Checkbox", "A"), choice("none", "Checkbox", "B")])
            ),
            question("General", &json!([text("text"), text("more")])),
        ]);
        let expected = ["One option: Yes", "Options: A", "Or: B", "Comments", "Comments"];
        assert_eq!(told(blocks), expected);
    }
}
