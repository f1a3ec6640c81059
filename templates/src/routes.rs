//! Addresses of a questionnaire's pages ↔ [`Target`], both ways, so that they agree.
//!
//! Everything is printed and read by name; a name that the questionnaire lacks is no address of it.
//!
//! Source: spec/03 §2, spec/02 §6.3.

mod individual;

use engine::individual::IndividualStep;
use engine::place::{Back, BackOrder, Location, Place, SectionKey, Target, TypedNumber};
use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, ListIx, NestedRole};
use schema::value::ListItemId;

/// What a path below `/questionnaire` or `/submitted` leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Where, and how to get back.
    pub target: Target,
    /// The list and item named on the way to a block that does not repeat: they must be there (spec/02 §3).
    pub through: Option<(ListIx, ListItemId)>,
}

/// Reads an address: the segments of its path, without empty ones at the end, and its query in order.
#[must_use]
pub fn read(
    questionnaire: &Questionnaire,
    path: &[impl AsRef<str>],
    query: &[(String, String)],
) -> Option<Asked> {
    let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let mut through = None;
    let location = match path.as_slice() {
        ["questionnaire"] => Location::Entry,
        ["questionnaire", "submit"] => Location::Submit,
        ["questionnaire", "preview"] => Location::Preview,
        ["questionnaire", "sections", section] => section_key(questionnaire, section, None)?,
        ["questionnaire", "sections", section, item] => section_key(questionnaire, section, Some(item))?,
        ["questionnaire", "relationships"] => {
            Location::Relationships { last: query.iter().any(|(name, _)| name == "last") }
        }
        ["questionnaire", "relationships", list, item, "to", to] => {
            let place = relationship(questionnaire, list)?;
            let (item, to) = (ListItemId::parse(item)?, ListItemId::parse(to)?);
            Location::Block(Place { block: place, item: Some(item), to: Some(to) })
        }
        ["questionnaire", "relationships", list, item, block] => {
            let block = *questionnaire.names.blocks.get(*block)?;
            let of_list = nested(questionnaire, block).is_some_and(|(role, of)| {
                role == NestedRole::Unrelated && of == list_named(questionnaire, list)
            });
            of_list.then_some(())?;
            Location::Block(Place::of(block, Some(ListItemId::parse(item)?)))
        }
        ["questionnaire", block] => {
            let block = *questionnaire.names.blocks.get(*block)?;
            // A page about an item has no address without its list.
            nested(questionnaire, block).is_none().then_some(())?;
            Location::Block(Place::of(block, None))
        }
        ["questionnaire", list, block] => {
            let block = *questionnaire.names.blocks.get(*block)?;
            let (role, of) = nested(questionnaire, block)?;
            (role == NestedRole::Add && of == list_named(questionnaire, list)).then_some(())?;
            Location::Block(Place::of(block, None))
        }
        ["questionnaire", list, item, block] => {
            let (block, item) = (*questionnaire.names.blocks.get(*block)?, ListItemId::parse(item)?);
            let list = list_named(questionnaire, list);
            match (nested(questionnaire, block), repeated_over(questionnaire, block)) {
                (Some((NestedRole::Add | NestedRole::Unrelated, _)), _) => return None,
                (Some((_, of)), _) => (of == list).then_some(())?,
                (None, Some(of)) => (list == Some(of)).then_some(())?,
                (None, None) => through = Some((list?, item)),
            }
            Location::Block(Place::of(block, Some(item)))
        }
        ["individual-response", step @ ..] => Location::Individual(individual::step(step)?),
        ["submitted", "thank-you"] => Location::ThankYou,
        ["submitted", "view-response"] => Location::Submitted,
        _ => return None,
    };
    let value = |name: &str| {
        let found = query.iter().find(|(has, _)| has == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()).map(Into::into)
    };
    let back = Back {
        to: value("return_to"),
        block: value("return_to_block_id"),
        answer: value("return_to_answer_id"),
        item: value("return_to_list_item_id"),
        order: BackOrder::PassedOn,
    };
    let resume = query.iter().any(|(name, _)| name == "resume");
    let named: Option<Box<str>> = value("list_item_id");
    let list_item = named.as_deref().and_then(ListItemId::parse);
    if named.is_some() && list_item.is_none() && location == Location::Individual(IndividualStep::Begin) {
        return None;
    }
    let target = Target {
        location,
        back,
        list_item,
        previous: value("previous"),
        resume,
        journey: value("journey"),
        number: value("mobile_number").map(TypedNumber),
        anchor: None,
    };
    Some(Asked { target, through })
}

fn section_key(questionnaire: &Questionnaire, section: &str, item: Option<&str>) -> Option<Location> {
    let section = *questionnaire.names.sections.get(section)?;
    let item = match item {
        Some(item) => Some(ListItemId::parse(item)?),
        None => None,
    };
    Some(Location::Section(SectionKey { section, item }))
}

fn list_named(questionnaire: &Questionnaire, name: &str) -> Option<ListIx> {
    questionnaire.names.lists.get(name).copied()
}

/// The role of a block that hangs on a collector, and its list.
fn nested(questionnaire: &Questionnaire, block: BlockIx) -> Option<(NestedRole, Option<ListIx>)> {
    match &questionnaire.block(block).kind {
        BlockKind::Nested(nested) => Some((nested.role, Some(nested.list))),
        _ => None,
    }
}

/// The list that the block's section repeats over.
fn repeated_over(questionnaire: &Questionnaire, block: BlockIx) -> Option<ListIx> {
    let section = questionnaire.block(block).section;
    questionnaire.section(section).repeat.as_ref().map(|repeat| repeat.list)
}

/// The relationship collector of a list.
fn relationship(questionnaire: &Questionnaire, list: &str) -> Option<BlockIx> {
    let list = list_named(questionnaire, list)?;
    let collectors = questionnaire.list(list).collectors.iter();
    collectors.copied().find(|&block| matches!(questionnaire.block(block).kind, BlockKind::Relationships(_)))
}

/// The address of a target, path and all; a number in it as it stands, sealed by now. `through` is the list named on the way to a block that does not
/// repeat, from the address asked for.
#[must_use]
pub fn print(questionnaire: &Questionnaire, target: &Target, through: Option<ListIx>) -> String {
    let mut address = path(questionnaire, &target.location, through);
    let mut separator = '?';
    let mut add = |address: &mut String, name: &str, value: &str| {
        address.push(separator);
        separator = '&';
        address.push_str(name);
        address.push('=');
        push_value(address, value);
    };
    let back = &target.back;
    let to = ("return_to", &back.to);
    let block = ("return_to_block_id", &back.block);
    let answer = ("return_to_answer_id", &back.answer);
    let item = ("return_to_list_item_id", &back.item);
    let parts = match back.order {
        BackOrder::PassedOn => [to, block, answer, item],
        BackOrder::FromSummary => [to, answer, block, item],
        BackOrder::ToCalculatedSummary => [to, block, item, answer],
    };
    if let Location::Relationships { last: true } = target.location {
        add(&mut address, "last", "True");
    }
    if let Some(item) = target.list_item {
        add(&mut address, "list_item_id", item.as_str());
    }
    if let Some(previous) = &target.previous {
        add(&mut address, "previous", previous);
    }
    if let Some(journey) = &target.journey {
        add(&mut address, "journey", journey);
    }
    if let Some(TypedNumber(number)) = &target.number {
        add(&mut address, "mobile_number", number);
    }
    for (name, value) in parts {
        if let Some(value) = value {
            add(&mut address, name, value);
        }
    }
    if target.resume {
        add(&mut address, "resume", "True");
    }
    if let Some(anchor) = &target.anchor {
        address.push('#');
        push_value(&mut address, anchor);
    }
    address
}

/// The path alone: it names a place, for page tokens.
#[must_use]
pub fn path(questionnaire: &Questionnaire, location: &Location, through: Option<ListIx>) -> String {
    match location {
        Location::Entry => "/questionnaire/".to_owned(),
        Location::Submit => "/questionnaire/submit/".to_owned(),
        Location::Preview => "/questionnaire/preview".to_owned(),
        Location::ThankYou => "/submitted/thank-you/".to_owned(),
        Location::Submitted => "/submitted/view-response/".to_owned(),
        Location::Relationships { .. } => "/questionnaire/relationships/".to_owned(),
        Location::Individual(step) => individual::path(*step),
        Location::Section(key) => {
            let section = &questionnaire.section(key.section).id;
            match key.item {
                Some(item) => format!("/questionnaire/sections/{section}/{item}/"),
                None => format!("/questionnaire/sections/{section}/"),
            }
        }
        Location::Block(place) => block_path(questionnaire, *place, through),
    }
}

fn block_path(questionnaire: &Questionnaire, place: Place, through: Option<ListIx>) -> String {
    let block = questionnaire.block(place.block);
    let id = &block.id;
    let (list, is_unrelated) = match &block.kind {
        BlockKind::Nested(nested) => (Some(nested.list), nested.role == NestedRole::Unrelated),
        BlockKind::Relationships(collector) if place.to.is_some() => (Some(collector.list), false),
        _ => (repeated_over(questionnaire, place.block).or(through), false),
    };
    let list = list.map(|list| &*questionnaire.list(list).name);
    match (list, place.item, place.to) {
        (Some(list), Some(item), Some(to)) => format!("/questionnaire/relationships/{list}/{item}/to/{to}/"),
        (Some(list), Some(item), None) if is_unrelated => {
            format!("/questionnaire/relationships/{list}/{item}/{id}/")
        }
        (Some(list), Some(item), None) => format!("/questionnaire/{list}/{item}/{id}/"),
        (Some(list), None, _) if matches!(block.kind, BlockKind::Nested(_)) => {
            format!("/questionnaire/{list}/{id}/")
        }
        _ => format!("/questionnaire/{id}/"),
    }
}

/// Percent-encodes what a query may not hold as it stands. Commas stay (spec/02 §6.3).
fn push_value(into: &mut String, value: &str) {
    use std::fmt::Write as _;
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                into.push(char::from(byte));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(into, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const DEFINITION: &str = include_str!("../../questionnaires/features/list-collector/en.json");

    fn questionnaire() -> Questionnaire {
        schema::link(&[DEFINITION]).unwrap()
    }

    fn ask(questionnaire: &Questionnaire, address: &str) -> Option<Asked> {
        let (address, anchor) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut asked = read(questionnaire, &path, &query)?;
        asked.target.anchor = (!anchor.is_empty()).then(|| anchor.into());
        Some(asked)
    }

    #[test]
    fn every_address_of_a_list_questionnaire_is_printed_as_it_was_read() {
        let questionnaire = questionnaire();
        let mut addresses = vec!["/questionnaire/".to_owned(), "/questionnaire/preview".to_owned()];
        for path in ["/questionnaire/submit/", "/submitted/thank-you/", "/submitted/view-response/"] {
            addresses.push(path.to_owned());
        }
        for section in &questionnaire.sections {
            addresses.push(format!("/questionnaire/sections/{}/", section.id));
        }
        for block in &questionnaire.blocks {
            addresses.push(match &block.kind {
                BlockKind::Nested(nested) => {
                    let list = &questionnaire.list(nested.list).name;
                    match nested.role {
                        NestedRole::Add => format!("/questionnaire/{list}/{}/", block.id),
                        _ => format!("/questionnaire/{list}/abcDEF/{}/", block.id),
                    }
                }
                _ => format!("/questionnaire/{}/", block.id),
            });
        }
        for path in ["", "who", "post/confirmation", "text/confirmation?mobile_number=a.b", "?journey=hub"] {
            addresses.push(format!("/individual-response/{path}"));
        }
        addresses.push("/individual-response/?list_item_id=abcDEF&journey=remove-person".to_owned());
        for step in ["how?journey=change", "change", "post/confirm-address", "text/enter-number"] {
            addresses.push(format!("/individual-response/abcDEF/{step}"));
        }
        addresses
            .push("/individual-response/abcDEF/text/confirm-number?journey=hub&mobile_number=a.b".to_owned());
        let back = "?return_to=calculated-summary,grand-calculated-summary&return_to_block_id=a,b&return_to_answer_id=c,d";
        let block = format!("/questionnaire/{}/", questionnaire.blocks[0].id);
        addresses.push(format!("{block}{back}#c"));
        addresses.push(format!("{block}?previous=x&return_to=section-summary&resume=True"));
        addresses.push(format!("{block}?return_to=a%26b"));
        for address in addresses {
            let asked = ask(&questionnaire, &address).unwrap();
            assert_eq!(print(&questionnaire, &asked.target, None), address);
        }
    }

    #[test]
    fn the_parts_of_a_way_back_come_in_the_order_of_where_they_lead() {
        let questionnaire = questionnaire();
        let mut target = ask(
            &questionnaire,
            "/questionnaire/?return_to=t&return_to_block_id=b&return_to_answer_id=a&return_to_list_item_id=i",
        )
        .unwrap()
        .target;
        let mut printed = |order| {
            target.back.order = order;
            print(&questionnaire, &target, None).replace("return_to_", "").replace("_id", "")
        };
        assert_eq!(printed(BackOrder::PassedOn), "/questionnaire/?return_to=t&block=b&answer=a&list_item=i");
        assert_eq!(
            printed(BackOrder::FromSummary),
            "/questionnaire/?return_to=t&answer=a&block=b&list_item=i"
        );
        assert_eq!(
            printed(BackOrder::ToCalculatedSummary),
            "/questionnaire/?return_to=t&block=b&list_item=i&answer=a"
        );
    }

    #[test]
    fn names_that_nothing_bears_and_items_that_are_none_lead_nowhere() {
        let questionnaire = questionnaire();
        for address in [
            "/questionnaire/x/",
            "/questionnaire/x/abcDEF/y/",
            "/questionnaire/sections/x/",
            "/x/",
            "/individual-response/no-one/how",
            "/individual-response/abcDEF/",
            "/individual-response/?list_item_id=no-one",
        ] {
            assert_eq!(ask(&questionnaire, address), None, "{address}");
        }
        let section = &questionnaire.sections[0].id;
        assert_eq!(ask(&questionnaire, &format!("/questionnaire/sections/{section}/abc/")), None);
    }
}
