//! What linking promises, shown on small definitions and on the questionnaires that eQ is tested with.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod damage;
mod eq;

use serde_json::{Value as Json, json};

use super::*;
use crate::questionnaire::{Answer, AnswerKind, Link, NumberReference, Question, Questionnaire, RouteTo};
use crate::rule::{Operand, Source};
use crate::text::{Forms, Piece, Text};

/// A linear questionnaire of one section a group of blocks each.
fn definition(sections: &Json) -> Json {
    json!({
        "mime_type": "application/json/ons/eq",
        "schema_version": "0.0.1",
        "data_version": "0.0.3",
        "survey_id": "0",
        "title": "Test",
        "language": "en",
        "theme": "default",
        "metadata": [],
        "questionnaire_flow": {"type": "Linear", "options": {}},
        "sections": sections,
    })
}

fn section(id: &str, blocks: &Json) -> Json {
    json!({"id": id, "groups": [{"id": format!("{id}-group"), "blocks": blocks}]})
}

fn block(id: &str, title: &Json) -> Json {
    json!({
        "id": id,
        "type": "Question",
        "question": {
            "id": format!("{id}-question"),
            "type": "General",
            "title": title,
            "answers": [
                {"id": format!("{id}-answer"), "type": "TextField", "mandatory": false, "label": "Answer"}
            ],
        },
    })
}

fn linked(definition: &Json) -> Questionnaire {
    link(&[&definition.to_string()]).unwrap()
}

/// The pieces of a text without plural.
fn pieces(text: &Text, language: usize) -> &[Piece] {
    match &text.languages[language].forms {
        Forms::One(pieces) => pieces,
        Forms::Plural { .. } => panic!("a plural"),
    }
}

fn title(questionnaire: &Questionnaire, block: usize) -> &Text {
    &questionnaire.blocks[block].questions()[0].of.title
}

/// What holds of every questionnaire that links, however strange its definition.
fn indices_lead_where_they_say(questionnaire: &Questionnaire) {
    let languages = questionnaire.languages.len();
    assert_eq!(questionnaire.title.languages.len(), languages);
    for (nth, group) in questionnaire.groups.iter().enumerate() {
        for &block in &group.blocks {
            assert_eq!(questionnaire.block(block).group.index(), nth);
            assert_eq!(questionnaire.block(block).parent, None);
        }
    }
    for block in &questionnaire.blocks {
        if let Some(parent) = block.parent {
            assert_eq!(questionnaire.block(parent).section, block.section);
        }
        for variant in block.questions() {
            assert_eq!(variant.of.title.languages.len(), languages);
            for answer in &variant.of.answers {
                assert_eq!(questionnaire.answer(answer.ix).id, answer.id);
            }
        }
    }
    for info in &questionnaire.answers {
        for &(block, variant) in &info.defined_in {
            let question = &questionnaire.block(block).questions()[usize::from(variant)].of;
            assert!(defines(question, &info.id), "{}", info.id);
        }
    }
    let dependencies = &questionnaire.dependencies;
    assert_eq!(dependencies.of_answer.len(), questionnaire.answers.len());
    assert_eq!(dependencies.of_list.len(), questionnaire.lists.len());
    assert_eq!(dependencies.seen_by_section.len(), questionnaire.sections.len());
    assert_eq!(dependencies.summed_by_block.len(), questionnaire.blocks.len());
    assert_eq!(dependencies.summed_answers.len(), questionnaire.blocks.len());
    for dependents in dependencies.of_answer.iter().chain(&dependencies.of_list) {
        assert!(dependents.is_sorted_by_key(|dependent| dependent.block), "in document order");
        assert!(dependents.iter().all(|dependent| dependent.block.index() < questionnaire.blocks.len()));
    }
}

#[test]
fn words_that_take_no_placeholders_are_written_like_all_of_an_author_s_and_read_as_plain_ones() {
    let mut definition = definition(&json!([section("a", &json!([block("one", &json!("One"))]))]));
    definition["title"] = json!("Research &amp; <em>Development</em>");
    definition["sections"][0]["title"] = json!("Goods & services, < 10 people");
    let questionnaire = linked(&definition);
    assert_eq!(&*questionnaire.title.languages[0], "Research & Development");
    let section = questionnaire.sections[0].title.as_ref().unwrap();
    assert_eq!(&*section.languages[0], "Goods & services, < 10 people");
}

fn defines(question: &Question, id: &str) -> bool {
    let dynamic = question.dynamic.iter().flat_map(|dynamic| &dynamic.answers);
    question.answers.iter().chain(dynamic).any(|answer| is_or_has(answer, id))
}

fn is_or_has(answer: &Answer, id: &str) -> bool {
    let (AnswerKind::Radio { options, .. }
    | AnswerKind::Checkbox { options, .. }
    | AnswerKind::Dropdown { options, .. }
    | AnswerKind::Relationship { options, .. }) = &answer.kind
    else {
        return &*answer.id == id;
    };
    let mut details = options.fixed.iter().filter_map(|option| option.detail.as_deref());
    &*answer.id == id || details.any(|detail| is_or_has(detail, id))
}

#[test]
fn a_question_where_none_is_asked_is_passed_over() {
    let mut both = block("both", &json!("Both?"));
    both["question_variants"] = json!([{
        "when": {"==": [1, 1]},
        "question": block("variant", &json!("Variant?"))["question"],
    }]);
    let mut told = block("told", &json!("Told?"));
    told["type"] = json!("Interstitial");
    told["content"] = json!({"title": "Told"});
    let questionnaire = linked(&definition(&json!([section("one", &json!([both, told]))])));
    let ids: Vec<&str> = questionnaire.answers.iter().map(|info| &*info.id).collect();
    assert_eq!(ids, ["both-answer"]);
    indices_lead_where_they_say(&questionnaire);
}

#[test]
fn a_name_that_nothing_bears_links_to_dangling() {
    let mut lost = block("one", &json!("One?"));
    lost["routing_rules"] = json!([
        {"block": "nowhere", "when": {"==": [{"source": "answers", "identifier": "nothing"}, "Yes"]}},
        {"section": "End"}
    ]);
    let questionnaire = linked(&definition(&json!([section("first", &json!([lost]))])));
    let routes = &questionnaire.blocks[0].routes;
    assert_eq!(routes[0].to, RouteTo::Block(Link::Dangling("nowhere".into())));
    let rule = routes[0].when.as_ref().unwrap();
    let Operand::Source(Source::Answer(source)) = &rule.operands[0] else { panic!("no source") };
    assert_eq!(source.answer, Link::Dangling("nothing".into()));
    assert_eq!(&*rule.pointer.0, "/sections/0/groups/0/blocks/0/routing_rules/0/when");
    assert_eq!(routes[1].to, RouteTo::EndOfSection);
}

#[test]
fn sections_that_refer_to_each_other_in_a_circle_are_refused() {
    let depends = |id: &str, on: &str| {
        let mut section = section(id, &json!([block(&format!("{id}-block"), &json!("One?"))]));
        section["enabled"] = json!({"when": {"==": [
            {"source": "progress", "selector": "section", "identifier": on}, "COMPLETED"
        ]}});
        section
    };
    let circle =
        definition(&json!([depends("one", "three"), depends("two", "one"), depends("three", "two")]));
    let report = link(&[&circle.to_string()]).unwrap_err();
    assert_eq!(report.diagnostics.len(), 1);
    assert_eq!(report.diagnostics[0].code, CIRCLE);
    assert!(report.is_valid(), "eQ's validator lets a circle pass");

    let line = definition(&json!([
        section("one", &json!([block("first", &json!("One?"))])),
        depends("two", "one"),
        depends("three", "two"),
    ]));
    assert!(link(&[&line.to_string()]).is_ok());
}

#[test]
fn a_wrong_shape_is_told_where_it_is() {
    let mut broken = definition(&json!([section("one", &json!([block("first", &json!("One?"))]))]));
    broken["sections"][0]["groups"][0]["blocks"][0]["question"]["answers"][0]["type"] = json!("Telepathy");
    let report = link(&[&broken.to_string()]).unwrap_err();
    assert_eq!(report.diagnostics[0].pointer, "/sections/0/groups/0/blocks/0/question/answers/0/type");
    assert!(!report.is_valid());
}

#[test]
fn a_text_is_read_at_the_same_place_in_every_language() {
    let base = definition(&json!([section(
        "one",
        &json!([block("first", &json!("One?")), block("second", &json!("Two?"))])
    )]));
    let mut other = definition(&json!([section(
        "one",
        &json!([block("first", &json!("Un?")), block("second", &json!("Dau?"))])
    )]));
    other["language"] = json!("cy");
    other["title"] = json!("Prawf");
    other["sections"][0]["groups"][0]["blocks"][1]["question"].as_object_mut().unwrap().remove("title");
    let questionnaire = link(&[&base.to_string(), &other.to_string()]).unwrap();
    assert_eq!(questionnaire.languages, [Locale::En, Locale::Cy]);
    assert_eq!(&*questionnaire.title.languages[1], "Prawf");
    assert_eq!(pieces(title(&questionnaire, 0), 1), [Piece::Html("Un?".into())]);
    assert_eq!(
        pieces(title(&questionnaire, 1), 1),
        [Piece::Html("Two?".into())],
        "the base's words stand in"
    );
}

#[test]
fn a_language_of_another_structure_is_left_out() {
    let base = definition(&json!([section("one", &json!([block("first", &json!("One?"))]))]));
    let mut other = definition(&json!([section("one", &json!([block("premier", &json!("Un?"))]))]));
    other["language"] = json!("cy");
    let questionnaire = link(&[&base.to_string(), &other.to_string(), "no JSON"]).unwrap();
    assert_eq!(questionnaire.languages, [Locale::En]);
    assert_eq!(title(&questionnaire, 0).languages.len(), 1);
}

#[test]
fn a_preview_can_fill_a_placeholder_only_of_metadata() {
    let asked = json!({
        "text": "{one} {two} {three}",
        "placeholders": [
            {"placeholder": "one", "value": {"source": "metadata", "identifier": "ru_name"}},
            {"placeholder": "two", "transforms": [{"transform": "format_date", "arguments": {
                "date_to_format": {"source": "metadata", "identifier": "ref_p_start_date"},
                "date_format": "d MMMM yyyy"
            }}]},
            {"placeholder": "three", "value": {"source": "answers", "identifier": "first-answer"}},
        ],
    });
    let questionnaire = linked(&definition(&json!([section("one", &json!([block("first", &asked)]))])));
    let placeholders = &title(&questionnaire, 0).languages[0].placeholders;
    let only_metadata: Vec<bool> = placeholders.iter().map(|placeholder| placeholder.only_metadata).collect();
    assert_eq!(only_metadata, [true, true, false]);
}

#[test]
fn the_first_definition_of_an_answer_gives_its_default() {
    let number = |default: u32| json!({"id": "n-answer", "type": "Number", "mandatory": false, "label": "N", "default": default});
    let variant = |default: u32, is: &str| {
        json!({
            "when": {"==": [{"source": "metadata", "identifier": "kind"}, is]},
            "question": {"id": "n-question", "type": "General", "title": "N?", "answers": [number(default)]},
        })
    };
    let block =
        json!({"id": "n-block", "type": "Question", "question_variants": [variant(1, "a"), variant(2, "b")]});
    let questionnaire = linked(&definition(&json!([section("one", &json!([block]))])));
    assert_eq!(questionnaire.answers.len(), 1);
    assert_eq!(questionnaire.answers[0].default, Some(crate::value::Value::Number(1.into())));
    assert_eq!(questionnaire.answers[0].defined_in.len(), 2);
}

#[test]
fn a_decimal_in_the_definition_stays_exact() {
    let mut asked = block("first", &json!("One?"));
    asked["question"]["answers"][0] = json!({
        "id": "first-answer", "type": "Number", "mandatory": false, "label": "N", "decimal_places": 2,
        "maximum": {"value": 9999.99},
    });
    let questionnaire = linked(&definition(&json!([section("one", &json!([asked]))])));
    let answer = &questionnaire.blocks[0].questions()[0].of.answers[0];
    let AnswerKind::Number(number) = &answer.kind else { panic!("no number") };
    assert_eq!(number.maximum.as_ref().unwrap().value, NumberReference::Literal("9999.99".parse().unwrap()));
}

#[test]
fn a_calculated_question_is_not_reopened_by_the_limits_of_its_own_answers() {
    let limited = |id: &str| {
        json!({
            "id": id, "type": "Number", "mandatory": false, "label": "N",
            "maximum": {"value": {"source": "answers", "identifier": "first-answer"}},
        })
    };
    let calculated = |id: &str| {
        json!({"id": id, "type": "Question", "question": {
            "id": format!("{id}-question"), "type": "Calculated", "title": "N?",
            "calculations": [{
                "calculation_type": "sum", "value": 1, "conditions": ["equals"],
                "answers_to_calculate": [format!("{id}-answer")],
            }],
            "answers": [limited(&format!("{id}-answer"))],
        }})
    };
    let mut dynamic = calculated("dynamic");
    dynamic["question"]["dynamic_answers"] = json!({
        "values": {"source": "list", "identifier": "people"}, "answers": [limited("each-answer")],
    });
    let mut general = block("general", &json!("N?"));
    general["question"]["answers"] = json!([limited("general-answer")]);
    let questionnaire = linked(&definition(&json!([section(
        "one",
        &json!([block("first", &json!("One?")), calculated("own"), dynamic, general,])
    )])));
    let first = questionnaire.names.answers["first-answer"];
    let reopened = &questionnaire.dependencies.of_answer[first.index()];
    let reopened: Vec<&str> =
        reopened.iter().map(|dependent| &*questionnaire.block(dependent.block).id).collect();
    assert_eq!(reopened, ["dynamic", "general"]);
}
