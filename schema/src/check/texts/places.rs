//! Where the texts stand that a respondent reads. Source: spec/06 §3.7; conformance/validator/codes.md, "Which texts are
//! looked at".

/// Where texts stand: `…` is any depth, `*` any key, `[]` the items of a list.
const PLACES: [&str; 69] = [
    "title",
    "legal_basis",
    "messages.*",
    "submission.button",
    "submission.guidance",
    "submission.title",
    "submission.warning",
    "post_submission.guidance.contents[].title",
    "post_submission.guidance.contents[].description",
    "post_submission.guidance.contents[].list[]",
    "sections[].title",
    "sections[].repeat.title",
    "sections[].repeat.page_title",
    "sections[].summary.items[].title",
    "sections[].summary.items[].add_link_text",
    "sections[].summary.items[].empty_list_text",
    "sections[].summary.items[].item_label",
    "….page_title",
    "….groups[].title",
    "….blocks[].title",
    "….summary.title",
    "….summary.item_title",
    "….summary.empty_list_text",
    "….summary.add_link_text",
    "….summary.item_label",
    "….add_block.cancel_text",
    "….content.title",
    "….content.instruction[]",
    "….content.contents[].title",
    "….content.contents[].description",
    "….content.contents[].list[]",
    "….content.contents[].definition.title",
    "….content.contents[].definition.contents[].description",
    "….question.title",
    "….question.description[]",
    "….question.instruction[]",
    "….question.warning",
    "….question.definitions[].title",
    "….question.definitions[].contents[].title",
    "….question.definitions[].contents[].description",
    "….question.definitions[].contents[].list[]",
    "….question.definition.title",
    "….question.definition.contents[].title",
    "….question.definition.contents[].description",
    "….question.definition.contents[].list[]",
    "….question.guidance.contents[].title",
    "….question.guidance.contents[].description",
    "….question.guidance.contents[].list[]",
    "….answers[].validation.messages.*",
    "….answers[].label",
    "….answers[].instruction",
    "….answers[].placeholder",
    "….answers[].description",
    "….answers[].playback",
    "….answers[].options[].label",
    "….answers[].options[].description",
    "….answers[].options[].title",
    "….answers[].options[].playback",
    "….answers[].options[].detail_answer.label",
    "….answers[].options[].detail_answer.description",
    "….answers[].guidance.show_guidance",
    "….answers[].guidance.hide_guidance",
    "….answers[].guidance.contents[].title",
    "….answers[].guidance.contents[].description",
    "….answers[].guidance.contents[].list[]",
    "….primary_content[].title",
    "….primary_content[].contents[].list[]",
    "….primary_content[].contents[].description",
    "….secondary_content[].contents[].title",
];

/// The rest of [`PLACES`], all in introductions.
const PLACES_IN_INTRODUCTIONS: [&str; 10] = [
    "….secondary_content[].contents[].list[]",
    "….secondary_content[].contents[].description",
    "….primary_content[].contents[].guidance.contents[].title",
    "….primary_content[].contents[].guidance.contents[].description",
    "….primary_content[].contents[].guidance.contents[].list[]",
    "….preview_content.title",
    "….preview_content.contents[].description",
    "….preview_content.questions[].question",
    "….preview_content.questions[].contents[].description",
    "….preview_content.questions[].contents[].list[]",
];

/// The places of all texts, ready to be compared with paths.
pub(crate) struct Places(Vec<Vec<&'static str>>);

impl Places {
    /// Those that eQ's validator looks at.
    pub fn read() -> Self {
        Self::and(&[])
    }

    /// The same and some more.
    pub fn and(more: &[&'static str]) -> Self {
        let places = PLACES.iter().chain(&PLACES_IN_INTRODUCTIONS).chain(more);
        Self(places.map(|place| steps(place)).collect())
    }

    /// Whether a text stands at a path: keys from the root, `[]` for the items of a list.
    pub fn hold(&self, path: &[impl AsRef<str>]) -> bool {
        self.0.iter().any(|place| stands_at(path, place))
    }
}

/// `a[].b` as `a`, `[]`, `b`.
fn steps(place: &'static str) -> Vec<&'static str> {
    place
        .split('.')
        .flat_map(|step| match step.strip_suffix("[]") {
            Some(list) => [Some(list), Some("[]")],
            None => [Some(step), None],
        })
        .flatten()
        .collect()
}

fn stands_at(path: &[impl AsRef<str>], place: &[&str]) -> bool {
    let (tail, place) = match place.split_first() {
        Some((&"…", rest)) => (path.len().checked_sub(rest.len()).map(|from| &path[from..]), rest),
        _ => ((path.len() == place.len()).then_some(path), place),
    };
    tail.is_some_and(|tail| {
        tail.iter().zip(place).all(|(step, wanted)| *wanted == "*" || step.as_ref() == *wanted)
    })
}
