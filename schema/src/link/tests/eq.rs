//! The questionnaires that eQ is tested with. They lie beside the project, under `SHARED`, and not in it.

#![expect(clippy::disallowed_methods, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::link;
use crate::questionnaire::{AnswerIx, Dependent, Questionnaire, Repeats};

/// Where they are; none on a machine that lacks them, which CI must not.
fn schemas() -> Option<PathBuf> {
    let shared = std::env::var_os("SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let folder = shared.join("conformance/schemas");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no questionnaires at {}", folder.display());
    eprintln!("left out: no questionnaires at {}", folder.display());
    None
}

fn texts(folder: &Path, name: &str) -> Vec<String> {
    let languages = ["en", "cy", "ga"].iter();
    languages
        .filter_map(|language| fs::read_to_string(folder.join(language).join(format!("{name}.json"))).ok())
        .collect()
}

fn linked(name: &str) -> Option<Questionnaire> {
    let texts = texts(&schemas()?, &format!("test_{name}"));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Some(link(&texts).unwrap())
}

fn answer(questionnaire: &Questionnaire, id: &str) -> AnswerIx {
    questionnaire.names.answers[id]
}

fn names(questionnaire: &Questionnaire, dependents: &[Dependent]) -> Vec<String> {
    let names = dependents.iter().map(|dependent| {
        let block = &questionnaire.block(dependent.block).id;
        match dependent.forget {
            None => block.to_string(),
            Some(answer) => format!("{block} without {}", questionnaire.answer(answer).id),
        }
    });
    names.collect()
}

/// The blocks to confirm again when an answer changes.
fn dependents(questionnaire: &Questionnaire, id: &str) -> Vec<String> {
    let answer = answer(questionnaire, id);
    names(questionnaire, &questionnaire.dependencies.of_answer[answer.index()])
}

/// The blocks to confirm again when a list changes.
fn of_list(questionnaire: &Questionnaire, name: &str) -> Vec<String> {
    let list = questionnaire.names.lists[name];
    names(questionnaire, &questionnaire.dependencies.of_list[list.index()])
}

/// D(S), by id.
fn seen_by<'q>(questionnaire: &'q Questionnaire, section: &str) -> Vec<&'q str> {
    let section = questionnaire.names.sections[section];
    let seen = &questionnaire.dependencies.seen_by_section[section.index()];
    seen.iter().map(|&section| &*questionnaire.section(section).id).collect()
}

fn summed_by<'q>(questionnaire: &'q Questionnaire, block: &str) -> Vec<&'q str> {
    let block = questionnaire.names.blocks[block];
    let sections = &questionnaire.dependencies.summed_by_block[block.index()];
    sections.iter().map(|&section| &*questionnaire.section(section).id).collect()
}

fn summed_answers<'q>(questionnaire: &'q Questionnaire, block: &str) -> Vec<&'q str> {
    let block = questionnaire.names.blocks[block];
    let answers = &questionnaire.dependencies.summed_answers[block.index()];
    answers.iter().map(|&answer| &*questionnaire.answer(answer).id).collect()
}

fn home<'q>(questionnaire: &'q Questionnaire, id: &str) -> (&'q str, &'q str) {
    let info = questionnaire.answer(answer(questionnaire, id));
    (&questionnaire.block(info.home).id, &questionnaire.block(info.asked_in).id)
}

fn repeats(questionnaire: &Questionnaire, id: &str) -> Repeats {
    questionnaire.answer(answer(questionnaire, id)).repeats
}

#[test]
fn every_questionnaire_links_quickly() {
    let Some(folder) = schemas() else { return };
    let mut slowest = (Duration::ZERO, String::new());
    let mut wrong = Vec::new();
    let mut definitions = 0;
    for entry in fs::read_dir(folder.join("en")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy();
        let texts = texts(&folder, &name);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let linked = link(&texts);
        // The best of a few, since other work shares the machine.
        let best = (0..3).map(|_| timed(&texts)).min().unwrap();
        slowest = slowest.max((best, name.to_string()));
        match linked {
            Ok(questionnaire) => definitions += questionnaire.languages.len(),
            Err(report) => wrong.push(format!("{name}: {report}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(definitions, 246);
    eprintln!("slowest: {slowest:?}");
    // 5 ms in a release build; one without optimisation is allowed more.
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 100 } else { 5 });
    assert!(slowest.0 < limit, "{slowest:?}");
}

fn timed(texts: &[&str]) -> Duration {
    let start = Instant::now();
    let _ = link(texts);
    start.elapsed()
}

#[test]
fn a_section_sees_those_that_its_whens_refer_to() {
    let Some(answers) = linked("routing_and_skipping_section_dependencies") else { return };
    assert_eq!(seen_by(&answers, "skip-section"), [""; 0]);
    assert_eq!(seen_by(&answers, "primary-person"), ["skip-section", "skip-confirmation-section"]);
    assert_eq!(seen_by(&answers, "household-section"), ["skip-section"]);

    let name = "routing_and_skipping_section_dependencies_calculated_summary";
    let Some(totals) = linked(name) else { return };
    assert_eq!(seen_by(&totals, "dependent-enabled-section"), ["calculated-summary-section"]);

    let Some(progress) = linked("progress_value_source_repeating_sections_chained_dependencies") else {
        return;
    };
    assert_eq!(seen_by(&progress, "section-3"), ["section-2"]);
}

#[test]
fn an_answer_reopens_the_totals_and_limits_it_is_in() {
    let Some(totals) = linked("new_calculated_summary_cross_section_dependencies") else { return };
    assert_eq!(
        dependents(&totals, "first-number-answer"),
        ["currency-total-playback-1", "set-min-max-block"]
    );
    assert_eq!(dependents(&totals, "third-number-answer"), ["currency-total-playback-2"]);

    let Some(grand) = linked("grand_calculated_summary_cross_section_dependencies") else { return };
    assert_eq!(dependents(&grand, "first-number-answer-a"), ["currency-section-1", "currency-all"]);
    assert_eq!(
        summed_answers(&grand, "currency-question-3"),
        ["third-number-answer-part-a", "third-number-answer-part-b", "fourth-number-answer"]
    );
}

#[test]
fn a_block_uses_the_paths_of_the_totals_it_tells() {
    let Some(totals) = linked("new_calculated_summary_cross_section_dependencies") else { return };
    assert_eq!(summed_by(&totals, "set-min-max-block"), ["questions-section"]);
    assert_eq!(
        summed_by(&totals, "mutually-exclusive-checkbox"),
        ["questions-section", "calculated-summary-section"]
    );
    assert_eq!(summed_by(&totals, "first-number-block"), [""; 0]);
}

#[test]
fn an_answer_forgets_those_whose_options_it_made() {
    let Some(options) = linked("dynamic_radio_options_from_checkbox") else { return };
    let forgotten = dependents(&options, "injury-sustained-answer");
    assert!(forgotten.iter().all(|name| name.contains(" without ")), "{forgotten:?}");
    assert!(!forgotten.is_empty());
}

#[test]
fn a_total_to_add_up_to_reopens_the_question_that_must() {
    let Some(total) = linked("validation_sum_against_total_dynamic_answers") else { return };
    assert_eq!(dependents(&total, "total-answer"), ["dynamic-answer"]);
    assert_eq!(of_list(&total, "supermarkets"), ["dynamic-answer", "dynamic-answer-only"]);
}

#[test]
fn a_list_reopens_what_is_asked_or_summed_for_each_item() {
    let Some(totals) = linked("new_calculated_summary_repeating_blocks") else { return };
    assert_eq!(
        of_list(&totals, "transport"),
        ["calculated-summary-spending", "calculated-summary-count", "family-journeys"]
    );
    let Some(people) = linked("list_collector") else { return };
    assert_eq!(of_list(&people, "people"), [""; 0]);
}

#[test]
fn an_answer_of_a_nested_block_lies_on_its_collectors_path() {
    let Some(people) = linked("list_collector") else { return };
    let list = people.names.lists["people"];
    assert_eq!(home(&people, "first-name"), ("list-collector", "add-person"));
    assert_eq!(repeats(&people, "first-name"), Repeats::Collector(list));
    assert_eq!(repeats(&people, "anyone-else"), Repeats::Collector(list), "eQ counts it in (spec/01 §8.1)");
    let collectors: Vec<&str> =
        people.list(list).collectors.iter().map(|&block| &*people.block(block).id).collect();
    assert_eq!(collectors, ["list-collector", "another-list-collector-block"]);
    let add = people.block(people.names.blocks["add-person"]);
    assert_eq!(add.parent, Some(people.names.blocks["list-collector"]));
    let ordinary = people.groups.iter().flat_map(|group| &group.blocks);
    assert!(ordinary.clone().all(|&block| people.block(block).parent.is_none()));
    assert!(ordinary.clone().count() < people.blocks.len());
}

#[test]
fn an_answer_repeats_over_a_list_in_one_of_four_ways() {
    let Some(blocks) = linked("new_calculated_summary_repeating_blocks") else { return };
    let transport = blocks.names.lists["transport"];
    assert_eq!(repeats(&blocks, "transport-cost"), Repeats::RepeatingBlock(transport));
    assert_eq!(repeats(&blocks, "transport-name"), Repeats::Collector(transport));
    assert_eq!(repeats(&blocks, "answer-car"), Repeats::No);

    let Some(dynamic) = linked("validation_sum_against_total_dynamic_answers") else { return };
    let supermarkets = dynamic.names.lists["supermarkets"];
    assert_eq!(repeats(&dynamic, "percentage-of-shopping"), Repeats::Dynamic(supermarkets));

    let Some(sections) = linked("routing_and_skipping_section_dependencies") else { return };
    let people = sections.names.lists["people"];
    assert_eq!(repeats(&sections, "repeating-age-answer"), Repeats::Section(people));
}

#[test]
fn every_index_of_a_linked_questionnaire_is_its_own() {
    let Some(folder) = schemas() else { return };
    for entry in fs::read_dir(folder.join("en")).unwrap() {
        let questionnaire = link(&[&fs::read_to_string(entry.unwrap().path()).unwrap()]).unwrap();
        for (nth, block) in questionnaire.blocks.iter().enumerate() {
            assert_eq!(questionnaire.names.blocks[&block.id].index(), nth);
        }
        for (nth, info) in questionnaire.answers.iter().enumerate() {
            assert_eq!(questionnaire.names.answers[&info.id].index(), nth);
        }
        for (nth, group) in questionnaire.groups.iter().enumerate() {
            assert_eq!(questionnaire.names.groups[&group.id].index(), nth);
        }
        super::indices_lead_where_they_say(&questionnaire);
    }
}
