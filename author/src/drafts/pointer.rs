//! JSON Pointers (RFC 6901).

/// The keys and positions on the way to a place; none for what is no pointer.
#[must_use]
pub fn steps(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let mut steps = pointer.strip_prefix('/')?.split('/');
    steps
        .by_ref()
        .map(|step| {
            let is_sound = !step.replace("~0", "").replace("~1", "").contains('~');
            is_sound.then(|| step.replace("~1", "/").replace("~0", "~"))
        })
        .collect()
}

/// One step, as a pointer writes it.
#[must_use]
pub fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The pointer one step up, and the last step as it is written; none for the root.
#[must_use]
pub fn parent(pointer: &str) -> Option<(&str, &str)> {
    pointer.rsplit_once('/')
}
