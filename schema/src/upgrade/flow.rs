//! The outermost keys, and the end of the questionnaire. Source: spec/09 §2, §3.

use serde_json::{Map, Value, json};

use super::{
    facts::{End, Facts, is_end},
    notes::Notes,
    walk::text,
};

pub(super) fn upgrade(definition: &mut Value, facts: &Facts, notes: &mut Notes) {
    let ends = take_out_the_end(definition, facts, notes);
    let Some(top) = definition.as_object_mut() else { return };
    let hub = top.shift_remove("hub").filter(|hub| hub["enabled"] == true);
    let flow = match &hub {
        Some(hub) => hub_flow(hub, top),
        None => linear_flow(&ends),
    };
    // A definition that has a flow shows some other sign; what it says of its flow stands.
    top.entry("questionnaire_flow").or_insert(flow);
    for end in ends.iter().filter(|end| end["type"] == "Confirmation") {
        confirmation(end, top);
    }
    if hub.is_some() {
        title_sections(top, notes);
    }
    if top.shift_remove("survey").is_some() {
        notes.changed("/survey", "tokens name the questionnaire itself: keep the file under that name");
    }
    if let Some(theme @ ("census" | "census-nisra")) = text(top, "theme") {
        let said = format!("the theme {theme} is social today: logo, links and thank-you texts are its own");
        notes.changed("/theme", said);
        top.insert("theme".to_owned(), json!("social"));
    }
    submission(top);
}

fn hub_flow(hub: &Value, top: &Map<String, Value>) -> Value {
    let sections: Vec<&Value> = top
        .get("sections")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|section| &section["id"])
        .collect();
    let required = hub["required_completed_sections"].as_array().into_iter().flatten();
    let required: Vec<&Value> = required.filter(|id| sections.contains(id)).collect();
    let options =
        if required.is_empty() { json!({}) } else { json!({"required_completed_sections": required}) };
    json!({"type": "Hub", "options": options})
}

fn linear_flow(ends: &[Value]) -> Value {
    let summary = ends.iter().find(|end| end["type"] == "Summary").map(|end| end["collapsible"] == true);
    let options = match summary {
        Some(is_collapsible) => json!({"summary": {"collapsible": is_collapsible}}),
        None => json!({}),
    };
    json!({"type": "Linear", "options": options})
}

/// The blocks taken out, and with them the groups and sections that they leave empty.
fn take_out_the_end(definition: &mut Value, facts: &Facts, notes: &mut Notes) -> Vec<Value> {
    let is_hub = definition["hub"]["enabled"] == true;
    for End { section, group, block } in &facts.ends {
        let section = format!("/sections/{section}");
        let group = format!("{section}/groups/{group}");
        let block = format!("{group}/blocks/{block}");
        if is_hub {
            notes.lost(&block, "left out: a questionnaire with a hub is submitted from there");
        }
        for (pointer, key, list) in [(&group, "skip_conditions", "blocks"), (&section, "enabled", "groups")] {
            let place = definition.pointer(pointer);
            let is_alone =
                place.is_some_and(|place| place[list].as_array().is_some_and(|all| all.len() == 1));
            if is_alone && place.is_some_and(|place| place.get(key).is_some()) {
                notes.lost(format!("{pointer}/{key}"), "left out: the page before the end is always there");
            }
        }
    }
    let mut taken = Vec::new();
    let Some(Value::Array(sections)) = definition.get_mut("sections") else { return taken };
    sections.retain_mut(|section| {
        let Some(Value::Array(groups)) = section.get_mut("groups") else { return true };
        let had_groups = !groups.is_empty();
        groups.retain_mut(|group| {
            let Some(Value::Array(blocks)) = group.get_mut("blocks") else { return true };
            let had_blocks = !blocks.is_empty();
            taken.extend(blocks.extract_if(.., |block| is_end(block)));
            !(had_blocks && blocks.is_empty())
        });
        !(had_groups && groups.is_empty())
    });
    for (end, place) in taken.iter().zip(&facts.ends) {
        tell_of_texts(end, place, notes);
    }
    taken
}

/// What a confirmation said that plain texts cannot say.
fn tell_of_texts(end: &Value, place: &End, notes: &mut Notes) {
    let pointer = format!("/sections/{}/groups/{}/blocks/{}", place.section, place.group, place.block);
    if end["content_variants"].as_array().is_some_and(|variants| variants.len() > 1) {
        notes.lost(format!("{pointer}/content_variants"), "only the first variant is left");
    }
    let content = content_of(end);
    let has_rich_title = content.get("title").is_some_and(|title| !title.is_string());
    let has_rich_contents = content["contents"].as_array().into_iter().flatten().any(|item| {
        item.as_object().is_some_and(|item| {
            item.iter()
                .any(|(key, value)| !matches!(key.as_str(), "title" | "description") || !value.is_string())
        })
    });
    if has_rich_title || has_rich_contents || content.get("instruction").is_some() {
        let said = "lists, definitions, instructions and placeholders are left out: the submit page's texts are plain";
        notes.lost(pointer, said);
    }
}

fn content_of(end: &Value) -> &Value {
    end.get("content").unwrap_or(&end["content_variants"][0]["content"])
}

/// The texts of a confirmation, where the submit page has none of its own.
fn confirmation(end: &Value, top: &mut Map<String, Value>) {
    let content = content_of(end);
    let title = content["title"].as_str();
    let guidance: Vec<&str> = content["contents"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|item| [item["title"].as_str(), item["description"].as_str()])
        .flatten()
        .collect();
    let guidance = guidance.join(" ");
    let texts = top.entry("submission").or_insert_with(|| json!({}));
    let Some(texts) = texts.as_object_mut() else { return };
    if let Some(title) = title {
        texts.entry("title").or_insert_with(|| json!(title));
    }
    if !guidance.is_empty() {
        texts.entry("guidance").or_insert_with(|| json!(guidance));
    }
}

/// What followed the submission has a place of its own.
fn submission(top: &mut Map<String, Value>) {
    let Some(Value::Object(texts)) = top.get_mut("submission") else { return };
    let moved: Vec<(&str, Value)> = ["confirmation_email", "feedback"]
        .into_iter()
        .filter_map(|key| Some((key, texts.shift_remove(key)?)))
        .collect();
    if texts.is_empty() {
        top.shift_remove("submission");
    }
    if !moved.is_empty() {
        let after = top.entry("post_submission").or_insert_with(|| json!({}));
        if let Some(after) = after.as_object_mut() {
            after.extend(moved.into_iter().map(|(key, value)| (key.to_owned(), value)));
        }
    }
}

/// The hub lists sections by their titles.
fn title_sections(top: &mut Map<String, Value>, notes: &mut Notes) {
    let sections = top.get_mut("sections").and_then(Value::as_array_mut).into_iter().flatten();
    for (position, section) in sections.enumerate() {
        let Some(section) = section.as_object_mut().filter(|section| !section.contains_key("title")) else {
            continue;
        };
        let words = text(section, "id").unwrap_or("section").replace(['-', '_'], " ");
        let mut letters = words.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        let title = format!("{first}{}", letters.as_str());
        notes.changed(
            format!("/sections/{position}"),
            format!("the section had no title; it is called “{title}”"),
        );
        section.insert("title".to_owned(), json!(title));
    }
}
