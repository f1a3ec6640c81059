//! The JSON Schema of the definition format is quick to compile.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::{fs, time::Duration};

use schema::check::Shape;

#[test]
fn compiling_the_schema_takes_less_than_a_tenth_of_a_second_of_processor_time() {
    // Once before, so that no page of the program need be read meanwhile.
    drop(Shape::compile());
    let before = processor_time();
    let shape = Shape::compile();
    let taken = processor_time() - before;
    assert!(taken < Duration::from_millis(100), "{taken:?}");
    assert!(!shape.faults(&serde_json::json!({})).is_empty());
}

/// What this thread has spent on a processor, as Linux counts it.
fn processor_time() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}
