//! Is a rule given what its operators can handle? Source: spec/06 §4.7.

use serde_json::Value;

use super::{
    Found,
    index::{Index, terms},
    node::{Node, is_something},
    placeholders,
};
use crate::diagnostic::Diagnostic;

/// What a value is, as far as rules can tell values apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Date,
    Boolean,
    List,
    Object,
    Null,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Boolean => "a boolean",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Null => "null",
        }
    }
}

const NESTING: [&str; 18] = [
    "not",
    "and",
    "or",
    "==",
    "!=",
    ">",
    "<",
    ">=",
    "<=",
    "in",
    "all-in",
    "any-in",
    "date",
    "count",
    "format-date",
    "date-range",
    "map",
    "+",
];
/// Those of [`NESTING`] whose operands are looked at for their types.
const TYPED: usize = 14;

const SELF: &str = "self";

/// The operator of a rule, which is its first key, with the list of its operands.
fn operator<'a>(rule: &Node<'a>) -> Option<(&'a str, Node<'a>)> {
    let (name, _) = rule.value.as_object()?.iter().next()?;
    let operands = rule.get(name).filter(|operands| operands.value.is_array())?;
    Some((name, operands))
}

fn has_operator(node: &Node<'_>, among: &[&str]) -> bool {
    among.iter().any(|operator| node.has(operator))
}

/// Reports what is wrong with a rule and those in it. `self` may be used within `map`, and wherever `allows_self`.
pub(super) fn check(index: &Index<'_>, rule: &Node<'_>, allows_self: bool, found: &mut Found) {
    one(index, rule, allows_self, found);
    types(index, rule, found);
}

fn one(index: &Index<'_>, rule: &Node<'_>, allows_self: bool, found: &mut Found) {
    let Some((name, operands)) = operator(rule) else { return };
    let allows_self = allows_self || name == "map";
    let operands = operands.elements();
    for operand in operands.iter().filter(|operand| has_operator(operand, &NESTING)) {
        one(index, operand, allows_self, found);
    }
    match name {
        "date" => date(index, &operands, found),
        "map" => map(rule, &operands, found),
        "option-label-from-value" => {
            if let Some((id, pointer)) =
                operands.get(1).and_then(|id| Some((id.value.as_str()?, &id.pointer)))
            {
                placeholders::label_of(index, id, pointer, found);
            }
        }
        _ => {}
    }
    if matches!(name, "date" | "format-date") && !allows_self && operands.iter().any(mentions_self) {
        let seen = "`self` outside `map`, where it means nothing";
        found.push(Diagnostic::error(
            "rule-self-outside-map",
            &rule.pointer,
            seen,
            "name a source or a date",
        ));
    }
    options(index, rule, &operands, found);
}

fn mentions_self(operand: &Node<'_>) -> bool {
    if operand.value.is_object() && has_operator(operand, &NESTING) && !operand.has("map") {
        return operand.children().iter().any(|operands| operands.elements().iter().any(mentions_self));
    }
    operand.value == SELF
}

fn date(index: &Index<'_>, operands: &[Node<'_>], found: &mut Found) {
    let Some(source) = operands.first().filter(|source| source.text("source") == Some("answers")) else {
        return;
    };
    let Some(answer) = source.text("identifier").and_then(|id| index.answer(id)) else { return };
    if !matches!(answer.node.kind(), "Date" | "MonthYearDate" | "YearDate") {
        let seen = format!("`{}` of type {}, read as a date", answer.node.id(), answer.node.kind());
        let remedy = "name a Date, MonthYearDate or YearDate";
        found.push(
            Diagnostic::error("rule-date-of-other", &source.pointer, seen, remedy).about(answer.node.id()),
        );
    }
}

fn map(rule: &Node<'_>, operands: &[Node<'_>], found: &mut Found) {
    let Some(function) = operands.first() else { return };
    let given = function.children().first().map(|operands| operands.elements()).unwrap_or_default();
    if !given.iter().any(mentions_self) {
        let seen = "what is done to each item does not use the item";
        found.push(Diagnostic::error("rule-map-without-self", &rule.pointer, seen, "use `self` in it"));
    }
}

/// A value that is compared with an answer of options must be one of them.
fn options(index: &Index<'_>, rule: &Node<'_>, operands: &[Node<'_>], found: &mut Found) {
    let (mut answer, mut literal) = (None, None);
    for operand in operands {
        if operand.text("source") == Some("answers") {
            answer = operand.text("identifier");
        } else {
            literal = Some(operand);
        }
    }
    let (Some(answer), Some(literal)) = (answer, literal) else { return };
    let options = index.option_values(answer);
    if options.is_empty() {
        return;
    }
    let values = if literal.value.is_array() { literal.elements() } else { vec![literal.clone()] };
    for value in values {
        if !is_something(value.value) || value.value.is_object() || value.value.is_array() {
            continue;
        }
        if !options.contains(&value.value) {
            let seen = format!("{}, which is no option of `{answer}`", value.value);
            let remedy = format!("put one of {}", some_of(&options));
            found.push(Diagnostic::error("rule-option-unknown", &rule.pointer, seen, remedy).about(answer));
        }
    }
}

fn some_of(options: &[&Value]) -> String {
    const SHOWN: usize = 12;
    let more = if options.len() > SHOWN { ", …" } else { "" };
    let shown: Vec<String> = options.iter().take(SHOWN).map(ToString::to_string).collect();
    format!("{}{more}", shown.join(", "))
}

/// Looks at the operands' types; gives the result's.
fn types(index: &Index<'_>, rule: &Node<'_>, found: &mut Found) -> Option<Kind> {
    let (name, operands) = operator(rule)?;
    let operands = operands.elements();
    let kinds: Vec<Option<Kind>> =
        operands.iter().map(|operand| kind_of_operand(index, operand, found)).collect();
    for (position, (operand, kind)) in operands.iter().zip(&kinds).enumerate() {
        let (Some(kind), Some(allowed)) = (kind, allowed(name, position)) else { continue };
        if !allowed.contains(kind) {
            let seen = format!("{} for `{name}`", kind.name());
            let wanted: Vec<&str> = allowed.iter().map(|kind| kind.name()).collect();
            let remedy = format!("give it {}", wanted.join(" or "));
            let pointer = if operand.value.is_object() { &operand.pointer } else { &rule.pointer };
            found.push(Diagnostic::error("rule-type-not-allowed", pointer, seen, remedy));
        }
    }
    let must_agree = matches!(name, "==" | "!=" | ">" | "<" | ">=" | "<=" | "all-in" | "any-in");
    let known: Vec<Kind> = kinds.iter().copied().flatten().collect();
    if must_agree
        && known.len() == kinds.len()
        && !known.contains(&Kind::Null)
        && let Some(first) = known.first()
        && let Some(other) = known.iter().find(|kind| *kind != first)
    {
        let seen = format!("{} and {} compared by `{name}`", first.name(), other.name());
        let remedy = "compare values of one type";
        found.push(Diagnostic::error("rule-types-differ", &rule.pointer, seen, remedy));
    }
    Some(match name {
        "date" => Kind::Date,
        "+" | "count" => Kind::Number,
        _ => Kind::Boolean,
    })
}

fn kind_of_operand(index: &Index<'_>, operand: &Node<'_>, found: &mut Found) -> Option<Kind> {
    if has_operator(operand, &NESTING[..TYPED]) {
        return types(index, operand, found);
    }
    if operand.has("source") { kind_of_source(index, operand) } else { Some(kind_of_literal(operand.value)) }
}

fn kind_of_literal(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::Text,
        Value::Array(_) => Kind::List,
        Value::Object(_) => Kind::Object,
    }
}

/// What kind of value a source gives; none where it names nothing, which is told elsewhere.
pub(super) fn kind_of_source(index: &Index<'_>, source: &Node<'_>) -> Option<Kind> {
    let identifier = source.text("identifier").unwrap_or_default();
    let of_answer = |id: &str| index.answer(id).map(|answer| kind_of_answer(answer.node.kind()));
    match source.text("source")? {
        "answers" => of_answer(identifier),
        "calculated_summary" => {
            let block = index.block(identifier)?;
            of_answer(terms(&block.node, "answers").first()?)
        }
        "grand_calculated_summary" => {
            let block = index.block(identifier)?;
            let part = index.block(terms(&block.node, "calculated_summary").first()?)?;
            of_answer(terms(&part.node, "answers").first()?)
        }
        "metadata" => {
            let declared = index.root.items("metadata");
            let kind = declared.iter().find(|entry| entry.text("name") == Some(identifier))?.kind();
            Some(if kind == "boolean" { Kind::Boolean } else { Kind::Text })
        }
        "list" => Some(match source.text("selector") {
            None | Some("same_name_items") => Kind::List,
            Some("count") => Kind::Number,
            Some(_) => Kind::Text,
        }),
        _ => Some(Kind::Text),
    }
}

pub(super) fn kind_of_answer(kind: &str) -> Kind {
    match kind {
        "Address" | "Duration" | "Relationship" => Kind::Object,
        "Checkbox" => Kind::List,
        "Currency" | "Number" | "Percentage" | "Unit" => Kind::Number,
        _ => Kind::Text,
    }
}

/// The types an operator can handle at a position; none where it takes anything.
fn allowed(operator: &str, position: usize) -> Option<&'static [Kind]> {
    Some(match operator {
        "==" | "!=" => &[Kind::Date, Kind::Number, Kind::Text, Kind::Null, Kind::List, Kind::Boolean],
        "<" | "<=" | ">" | ">=" => &[Kind::Date, Kind::Number],
        "any-in" | "all-in" | "count" => &[Kind::List],
        "in" if position == 0 => &[Kind::Number, Kind::Text],
        "in" => &[Kind::List],
        "+" => &[Kind::Number],
        _ => return None,
    })
}
