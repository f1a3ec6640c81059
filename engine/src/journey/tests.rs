//! The grammar of journeys: what a line says, and what is no line.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Button, Journey, Spot, What};

fn doings(text: &str) -> Vec<What> {
    Journey::parse(text).unwrap().doings.into_iter().map(|doing| doing.what).collect()
}

fn mistakes(text: &str) -> Vec<usize> {
    Journey::parse(text).unwrap_err().into_iter().map(|mistake| mistake.line).collect()
}

#[test]
fn a_launch_adds_to_the_defaults_and_takes_away_from_them() {
    let journey = Journey::parse("launch language=cy ru_name=\"Acme Ltd\" ru_ref=").unwrap();
    let data = journey.launch_data();
    let get = |name: &str| data.iter().find(|(has, _)| has == name).map(|(_, value)| value.as_str());
    assert_eq!(journey.language(), "cy");
    assert_eq!(get("ru_name"), Some("Acme Ltd"));
    assert_eq!(get("ru_ref"), None);
    assert_eq!(get("period_id"), Some("202105"));
}

#[test]
fn supplementary_data_come_with_the_launch_from_a_file_beside_the_journey() {
    let journey = Journey::parse("launch language=cy\nsupplementary known.json\nat hub").unwrap();
    assert_eq!(journey.supplementary.as_deref(), Some("known.json"));
    assert!(journey.launch_data().iter().any(|(name, _)| name == "sds_dataset_id"));
    assert!(Journey::parse("at hub").unwrap().launch_data().iter().all(|(name, _)| name != "sds_dataset_id"));
    assert_eq!(mistakes("at hub\nsupplementary known.json"), [2]);
    assert_eq!(mistakes("supplementary\nsupplementary ../known.json"), [1, 2]);
}

#[test]
fn what_is_given_is_posted_by_the_next_at_or_invalid() {
    let found = doings("give a = 1\ngive b = 2\ninvalid a number-too-large\ninvalid b mandatory\nat c");
    let [What::Post(post), What::Invalid { .. }, What::Invalid { .. }, What::At(_)] = &found[..] else {
        unreachable!("{found:?}")
    };
    assert_eq!(post.given.len(), 2);
    assert_eq!(post.button, Button::Continue);
}

#[test]
fn a_comment_begins_after_white_space_outside_quotes() {
    let found = doings("see \"a # b\" # why\n# all of it\nsee C#");
    assert_eq!(found, [What::See("a # b".to_owned()), What::See("C#".to_owned())]);
}

#[test]
fn quotes_keep_spaces_and_know_three_escapes() {
    let found = doings(
        r#"give a = " \"x\" \\ \n"
at b"#,
    );
    let What::Post(post) = &found[0] else { unreachable!("{found:?}") };
    assert_eq!(post.given[0].1, " \"x\" \\ \r\n");
    assert_eq!(mistakes(r#"see "\t""#), [1]);
    assert_eq!(mistakes("see \"open"), [1]);
}

#[test]
fn places_print_as_they_are_written() {
    for place in ["a-block", "a-block item 2", "section s", "hub", "submit", "thank-you", "view-response"] {
        let found = doings(&format!("open {place}"));
        let [What::Open(spot)] = &found[..] else { unreachable!("{found:?}") };
        assert_eq!(spot.to_string(), place);
    }
    assert_eq!(doings("at not-found"), [What::At(Spot::NotFound)]);
    assert_eq!(mistakes("open not-found"), [1]);
    assert_eq!(mistakes("at a item 0\nat hub item 1"), [1, 2]);
}

#[test]
fn what_is_never_posted_is_a_mistake() {
    assert_eq!(mistakes("give a = 1\nsee b"), [2, 2]);
    assert_eq!(mistakes("at a\n\ngive a = 1"), [3]);
    assert_eq!(mistakes("at a\nlaunch language=cy\njump b"), [2, 3]);
}
