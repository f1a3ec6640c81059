#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn patch(patch: Value) -> Patch {
    serde_json::from_value(patch).unwrap()
}

fn applied(document: Value, operations: Value) -> Result<Value, PatchError> {
    let (after, inverse) = apply(&document, &patch(operations))?;
    let (back, _) = apply(&after, &inverse).unwrap();
    assert_eq!(back.to_string(), document.to_string(), "the inverse leads back, to the same bytes");
    Ok(after)
}

#[test]
fn each_operation_does_what_rfc_6902_says() {
    for (document, operations, after) in [
        (json!({"a": 1}), json!([{"op": "add", "path": "/b", "value": 2}]), json!({"a": 1, "b": 2})),
        (json!({"a": [1, 3]}), json!([{"op": "add", "path": "/a/1", "value": 2}]), json!({"a": [1, 2, 3]})),
        (json!({"a": [1]}), json!([{"op": "add", "path": "/a/-", "value": 2}]), json!({"a": [1, 2]})),
        (json!({"a": 1, "b": 2, "c": 3}), json!([{"op": "remove", "path": "/b"}]), json!({"a": 1, "c": 3})),
        (json!({"a": [1, 2]}), json!([{"op": "remove", "path": "/a/0"}]), json!({"a": [2]})),
        (json!({"a": 1}), json!([{"op": "replace", "path": "/a", "value": null}]), json!({"a": null})),
        (
            json!({"a": [1, 2, 3], "b": {}}),
            json!([{"op": "move", "from": "/a/0", "path": "/a/2"}]),
            json!({"a": [2, 3, 1], "b": {}}),
        ),
        (
            json!({"a": 1, "b": 2, "c": 3}),
            json!([{"op": "move", "from": "/a", "path": "/b"}]),
            json!({"b": 1, "c": 3}),
        ),
        (
            json!({"a": {"x": 1}}),
            json!([{"op": "copy", "from": "/a", "path": "/b"}]),
            json!({"a": {"x": 1}, "b": {"x": 1}}),
        ),
        (
            json!({"a~b": {"c/d": 1}}),
            json!([{"op": "replace", "path": "/a~0b/c~1d", "value": 2}]),
            json!({"a~b": {"c/d": 2}}),
        ),
        (json!({"a": 1}), json!([{"op": "test", "path": "/a", "value": 1.0}]), json!({"a": 1})),
        (json!([1]), json!([{"op": "replace", "path": "", "value": {"b": 1}}]), json!({"b": 1})),
    ] {
        assert_eq!(applied(document, operations).unwrap(), after);
    }
}

#[test]
fn a_patch_that_cannot_be_applied_says_which_operation_and_changes_nothing() {
    let document = json!({"a": [1], "b": {"id": "x"}});
    for (operations, why) in [
        (
            json!([{"op": "add", "path": "/c", "value": 1}, {"op": "test", "path": "/b/id", "value": "y"}]),
            PatchError::Test(1, "/b/id".into()),
        ),
        (json!([{"op": "test", "path": "/q", "value": null}]), PatchError::Test(0, "/q".into())),
        (json!([{"op": "remove", "path": "/a/1"}]), PatchError::Missing(0, "/a/1".into())),
        (json!([{"op": "replace", "path": "/a/-", "value": 1}]), PatchError::Missing(0, "/a/-".into())),
        (json!([{"op": "add", "path": "/a/2", "value": 1}]), PatchError::Impossible(0, "/a/2".into())),
        (json!([{"op": "add", "path": "/a/00", "value": 1}]), PatchError::Impossible(0, "/a/00".into())),
        (json!([{"op": "add", "path": "/a/0/b", "value": 1}]), PatchError::Impossible(0, "/a/0/b".into())),
        (json!([{"op": "add", "path": "c", "value": 1}]), PatchError::Impossible(0, "c".into())),
        (json!([{"op": "move", "from": "/b", "path": "/b/c"}]), PatchError::Impossible(0, "/b/c".into())),
        (json!([{"op": "remove", "path": ""}]), PatchError::Impossible(0, String::new())),
    ] {
        assert_eq!(apply(&document, &patch(operations)), Err(why));
    }
}

#[test]
fn a_member_comes_back_to_its_place_among_the_others() {
    let document = json!({"z": 1, "a": 2, "m": 3});
    let (after, inverse) = apply(&document, &patch(json!([{"op": "remove", "path": "/z"}]))).unwrap();
    assert_eq!(after.to_string(), r#"{"a":2,"m":3}"#);
    assert_eq!(inverse, patch(json!([{"op": "add", "path": "/z", "value": 1, "before": "a"}])));
    assert_eq!(apply(&after, &inverse).unwrap().0.to_string(), document.to_string());
}

fn document() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![Just(Value::Null), (0..9).prop_map(|n| json!(n)), "[a-c]{0,2}".prop_map(|s| json!(s))];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec(("[a-d]", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn pointer() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-d0-2]|-", 0..4)
        .prop_map(|steps| steps.iter().map(|step| format!("/{step}")).collect::<String>())
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        (pointer(), document()).prop_map(|(path, value)| Operation::Add { path, value, before: None }),
        pointer().prop_map(|path| Operation::Remove { path }),
        (pointer(), document()).prop_map(|(path, value)| Operation::Replace { path, value }),
        (pointer(), pointer()).prop_map(|(from, path)| Operation::Move { from, path, before: None }),
        (pointer(), pointer()).prop_map(|(from, path)| Operation::Copy { from, path }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_applied_the_inverse_leads_back_to_the_same_bytes(
        document in document(),
        operations in prop::collection::vec(operation(), 1..6),
    ) {
        if let Ok((after, inverse)) = apply(&document, &operations) {
            let (back, _) = apply(&after, &inverse).unwrap();
            prop_assert_eq!(back.to_string(), document.to_string());
        }
    }
}
