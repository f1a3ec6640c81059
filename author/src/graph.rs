//! What leads where: the blocks of each section and the edges between them, drawn from a definition however broken.
//! A block that nothing leads to is told as unreachable.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Edges that are told at most.
const MOST: usize = 20_000;

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Graph {
    pub sections: Vec<GraphSection>,
    pub edges: Vec<Edge>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct GraphSection {
    pub id: String,
    pub title: String,
    pub blocks: Vec<GraphBlock>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct GraphBlock {
    pub id: String,
    pub title: String,
    /// The block's type.
    pub kind: String,
    /// Whether some way leads here, whatever is answered.
    pub reachable: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Edge {
    pub from: String,
    /// A block's id, or `end` with the section's id after a blank.
    pub to: String,
    /// `next`, `route`, `otherwise` or `skip`.
    pub kind: String,
    /// The rule, as the definition has it.
    #[schema(value_type = Option<Object>)]
    pub when: Option<Value>,
}

/// The words of a text, with placeholders or without.
fn words(text: Option<&Value>) -> Option<String> {
    let text = text?;
    let plain = text.as_str().or_else(|| text.get("text")?.as_str());
    let plural = || text.pointer("/text_plural/forms/other")?.as_str();
    plain.or_else(plural).map(str::to_owned)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn id(value: &Value) -> &str {
    value.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn title(block: &Value) -> String {
    let places = [
        "/title",
        "/question/title",
        "/content/title",
        "/question_variants/0/question/title",
        "/content_variants/0/content/title",
        "/primary_content/0/title",
        "/page_title",
    ];
    places.iter().find_map(|place| words(block.pointer(place))).unwrap_or_default()
}

/// The graph of a definition.
#[must_use]
pub fn graph(definition: &Value) -> Graph {
    let mut sections = Vec::new();
    let mut edges = Vec::new();
    for section in list(definition, "sections") {
        let groups = list(section, "groups");
        let blocks: Vec<&Value> = groups.iter().flat_map(|group| list(group, "blocks")).collect();
        let first_of: HashMap<&str, &str> = groups
            .iter()
            .filter_map(|group| Some((id(group), list(group, "blocks").first().map(id)?)))
            .collect();
        let end = format!("end {}", id(section));
        let mut own = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let next = blocks.get(at + 1).map_or(end.clone(), |next| id(next).to_owned());
            own.extend(edges_of(block, &next, &end, &first_of));
        }
        let reached = reached(blocks.first().map(|block| id(block)), &own);
        sections.push(GraphSection {
            id: id(section).to_owned(),
            title: words(section.get("title")).unwrap_or_default(),
            blocks: blocks
                .iter()
                .map(|block| GraphBlock {
                    id: id(block).to_owned(),
                    title: title(block),
                    kind: block.get("type").and_then(Value::as_str).unwrap_or_default().to_owned(),
                    reachable: reached.contains(id(block)),
                })
                .collect(),
        });
        edges.extend(own);
    }
    edges.truncate(MOST);
    Graph { sections, edges }
}

/// Where a block leads.
fn edges_of(block: &Value, next: &str, end: &str, first_of: &HashMap<&str, &str>) -> Vec<Edge> {
    let edge = |to: &str, kind: &str, when: Option<&Value>| Edge {
        from: id(block).to_owned(),
        to: to.to_owned(),
        kind: kind.to_owned(),
        when: when.cloned(),
    };
    let mut edges = Vec::new();
    // Skipped, it is passed on the way to what stands after it.
    if let Some(when) = block.pointer("/skip_conditions/when") {
        edges.push(edge(next, "skip", Some(when)));
    }
    let routes = list(block, "routing_rules");
    for route in routes {
        let to = route.get("block").and_then(Value::as_str).or_else(|| {
            let group = route.get("group").and_then(Value::as_str)?;
            Some(first_of.get(group).copied().unwrap_or(end))
        });
        let to = to.or_else(|| (route.get("section")?.as_str()? == "End").then_some(end));
        let when = route.get("when");
        let kind = if when.is_some() { "route" } else { "otherwise" };
        edges.extend(to.map(|to| edge(to, kind, when)));
        if when.is_none() {
            return edges;
        }
    }
    edges.push(edge(next, "next", None));
    edges
}

fn reached(first: Option<&str>, edges: &[Edge]) -> HashSet<String> {
    let mut leads: HashMap<&str, Vec<&str>> = HashMap::new();
    for edge in edges {
        leads.entry(&edge.from).or_default().push(&edge.to);
    }
    let mut reached = HashSet::new();
    let mut ahead: Vec<&str> = first.into_iter().collect();
    while let Some(here) = ahead.pop() {
        if reached.insert(here.to_owned()) {
            ahead.extend(leads.get(here).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_block_that_no_way_leads_to_is_told() {
        let when = json!({"==": [1, 1]});
        let definition = json!({"sections": [{"id": "s", "title": "S", "groups": [{"id": "g", "blocks": [
            {"id": "a", "type": "Question", "question": {"title": "A?"}, "routing_rules": [
                {"when": when, "block": "c"}, {"section": "End"}]},
            {"id": "b", "type": "Question"},
            {"id": "c", "type": "Question", "skip_conditions": {"when": when}},
        ]}]}]});
        let graph = graph(&definition);
        let reachable: Vec<bool> = graph.sections[0].blocks.iter().map(|block| block.reachable).collect();
        assert_eq!(reachable, [true, false, true]);
        assert_eq!(graph.sections[0].blocks[0].title, "A?");
        let ways: Vec<(&str, &str, &str)> =
            graph.edges.iter().map(|edge| (&*edge.from, &*edge.to, &*edge.kind)).collect();
        assert_eq!(
            ways,
            [
                ("a", "c", "route"),
                ("a", "end s", "otherwise"),
                ("b", "c", "next"),
                ("c", "end s", "skip"),
                ("c", "end s", "next"),
            ]
        );
    }
}
