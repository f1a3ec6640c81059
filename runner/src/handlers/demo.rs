//! A launcher for trying things: lists the questionnaires, makes launch data of a form, launches through the real
//! `/session`, and shows afterwards what was submitted. Only with `DEMO`.

use std::collections::BTreeMap;
use std::path::Path;

use http::StatusCode;
use jiff::SignedDuration;
use schema::Questionnaire;
use schema::questionnaire::{LanguageIx, Locale, MetadataField, MetadataKind};
use serde_json::{Map, Value, json};
use templates::{
    DemoFacts, DemoField, DemoGroup, DemoLanguage, DemoLaunch, DemoList, DemoQuestionnaire, DemoSubmitted,
    OwnPage,
};
use uuid::Uuid;

use super::asked::Asked;
use super::reply::{self, Reply};
use crate::app::App;
use crate::config::Receiver;
use crate::failure::Failure;
use crate::jose;
use crate::keys::Purpose;
use crate::launch::Source;
use crate::upstream::published::Instrument;

/// Answers for `/` and everything below `/demo`.
///
/// # Errors
/// [`Failure`].
pub async fn demo(app: &App, asked: &Asked, segments: &[&str]) -> Result<Reply, Failure> {
    match segments {
        [] => list(app, asked).await,
        ["demo", "launch"] => {
            let source = match (asked.argument("questionnaire"), asked.argument("instrument")) {
                (Some(name), None) => Source::Name(name.to_owned()),
                (None, Some(id)) => Source::Registry(Uuid::parse_str(id).map_err(|_| Failure::NotFound)?),
                _ => return Err(Failure::NotFound),
            };
            let is_bare = asked.query.len() == 1;
            if is_bare && asked.method == http::Method::GET {
                form(app, asked, &source).await
            } else {
                launch(app, asked, &source).await
            }
        }
        ["demo", "submitted", id] => submitted(app, asked, id),
        _ => Err(Failure::NotFound),
    }
}

/// What a definition says of itself, without linking it.
struct Brief {
    title: String,
    description: Option<String>,
    theme: String,
    blocks: usize,
    /// A launch brings supplementary data.
    needs_data: bool,
}

fn brief(text: &str) -> Option<Brief> {
    let definition: Value = serde_json::from_str(text).ok()?;
    let sections = definition.get("sections")?.as_array()?;
    let groups = sections.iter().filter_map(|section| section.get("groups")?.as_array()).flatten();
    let blocks = groups.filter_map(|group| group.get("blocks")?.as_array()).map(Vec::len).sum();
    let said = |name: &str| definition.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Brief {
        title: said("title")?,
        description: said("description"),
        theme: said("theme").unwrap_or_default(),
        blocks,
        needs_data: definition.get("supplementary_data").is_some(),
    })
}

async fn list(app: &App, asked: &Asked) -> Result<Reply, Failure> {
    struct Entry {
        family: String,
        name: String,
        brief: Brief,
        languages: Vec<String>,
    }
    let mut entries = Vec::new();
    for (name, entry) in app.library.catalogue().entries().iter() {
        let Ok(texts) = app.library.texts(name).await else { continue };
        let Some(brief) = texts.texts().first().and_then(|text| brief(text)) else { continue };
        // What no launch from here could open is not offered.
        if brief.needs_data && app.supplementary.is_none() {
            continue;
        }
        let languages = texts.languages().map(|(code, _)| code.to_owned()).collect();
        entries.push(Entry { family: entry.family.clone(), name: name.clone(), brief, languages });
    }
    // Whole surveys come before the small ones that show a feature each.
    entries.sort_by(|one, two| {
        (one.family != "surveys", &one.family, &one.brief.title).cmp(&(
            two.family != "surveys",
            &two.family,
            &two.brief.title,
        ))
    });
    let mut groups: BTreeMap<(bool, &str), Vec<DemoQuestionnaire>> = BTreeMap::new();
    for entry in &entries {
        let key = (entry.family != "surveys", entry.family.as_str());
        groups.entry(key).or_default().push(DemoQuestionnaire {
            title: &entry.brief.title,
            description: entry.brief.description.as_deref(),
            href: format!("/demo/launch?questionnaire={}", entry.name),
            facts: DemoFacts::Sample { theme: &entry.brief.theme, pages: entry.brief.blocks },
            languages: entry.languages.iter().map(|code| language_name(code)).collect(),
        });
    }
    let mut groups: Vec<DemoGroup> =
        groups.into_iter().map(|((_, name), questionnaires)| DemoGroup { name, questionnaires }).collect();
    let published = app.published.list();
    if !published.is_empty() {
        groups.insert(0, DemoGroup { name: "published", questionnaires: from_author(&published) });
    }
    reply::demo(app, asked, StatusCode::OK, &OwnPage::DemoList(DemoList { groups }))
}

/// What the author beside us published, the newest version of a title first.
fn from_author(published: &[Instrument]) -> Vec<DemoQuestionnaire<'_>> {
    let mut newest: Vec<&Instrument> = published.iter().collect();
    newest.sort_by(|one, two| (&one.title, two.ci_version).cmp(&(&two.title, one.ci_version)));
    newest
        .into_iter()
        .map(|instrument| DemoQuestionnaire {
            title: &instrument.title,
            description: None,
            href: format!("/demo/launch?instrument={}", instrument.guid),
            facts: DemoFacts::Published { version: instrument.ci_version },
            languages: instrument.languages.iter().map(|code| language_name(code)).collect(),
        })
        .collect()
}

fn language_name(code: &str) -> &'static str {
    match Locale::from_code(code) {
        Some(Locale::Cy) => "Cymraeg",
        Some(Locale::Ga) => "Gaeilge",
        Some(Locale::Eo) => "Ulster Scots",
        _ => "English",
    }
}

async fn form(app: &App, asked: &Asked, source: &Source) -> Result<Reply, Failure> {
    let ready = app.library.find(source).await?;
    let questionnaire = &*ready.questionnaire;
    let fields = questionnaire
        .metadata
        .iter()
        .map(|field| DemoField {
            name: &field.name,
            kind: kind(field.kind),
            value: example(field),
            is_optional: field.optional,
            error: None,
        })
        .collect();
    let languages = questionnaire
        .languages
        .iter()
        .enumerate()
        .map(|(at, locale)| DemoLanguage {
            code: locale.code(),
            name: language_name(locale.code()),
            is_chosen: at == 0,
        })
        .collect();
    let page = DemoLaunch {
        title: questionnaire.title.in_language(LanguageIx::BASE),
        description: None,
        back: "/",
        languages,
        fields,
    };
    reply::demo(app, asked, StatusCode::OK, &OwnPage::DemoLaunch(page))
}

fn kind(kind: MetadataKind) -> &'static str {
    match kind {
        MetadataKind::Boolean => "boolean",
        MetadataKind::Date => "date",
        MetadataKind::String => "string",
        MetadataKind::Uuid => "uuid",
        MetadataKind::Url => "url",
    }
}

/// A value that the declaration takes, and that reads well on a page.
fn example(field: &MetadataField) -> String {
    match (&*field.name, field.kind) {
        ("ru_name", _) => "Glanrhyd Bakery Ltd".to_owned(),
        ("trad_as", _) => "Glanrhyd Bread".to_owned(),
        ("ru_ref", _) => "49900000123A".to_owned(),
        ("period_id", _) => "202105".to_owned(),
        ("period_str", _) => "May 2021".to_owned(),
        ("ref_p_start_date", _) => "2021-05-01".to_owned(),
        ("ref_p_end_date", _) => "2021-05-31".to_owned(),
        ("display_address", _) => "1 Harbour Row, Aberaeron".to_owned(),
        ("employment_date", _) => "2016-06-10".to_owned(),
        ("user_id", _) => "demo".to_owned(),
        ("questionnaire_id", _) => "1000200030004000".to_owned(),
        ("census_date", _) => "2026-10-11".to_owned(),
        (_, MetadataKind::Boolean) => "false".to_owned(),
        (_, MetadataKind::Date) => "2021-05-01".to_owned(),
        (_, MetadataKind::Uuid) => Uuid::nil().to_string(),
        (_, MetadataKind::Url) => "https://example.com".to_owned(),
        (_, MetadataKind::String) => "example".to_owned(),
    }
}

/// Makes a launch token of what was given, and leads to `/session` with it.
async fn launch(app: &App, asked: &Asked, source: &Source) -> Result<Reply, Failure> {
    let ready = app.library.find(source).await?;
    let given = |field: &str| {
        let posted = asked.form.get(field);
        posted.or_else(|| asked.argument(field)).filter(|value| !value.is_empty())
    };
    let language = given("language_code").or_else(|| given("language")).unwrap_or("en");
    let now = asked.moment.now;
    let in_a_week = now + SignedDuration::from_hours(24 * 7);
    let mut claims = json!({
        "version": "v2",
        "jti": Uuid::new_v4(),
        "tx_id": Uuid::new_v4(),
        "case_id": Uuid::new_v4(),
        "iat": now.as_second(),
        "exp": now.as_second() + 1800,
        "collection_exercise_sid": "demo",
        "response_id": given("response_id").map_or_else(|| Uuid::new_v4().to_string(), str::to_owned),
        "response_expires_at": reply::iso_seconds(in_a_week),
        "account_service_url": format!("http://localhost:{}", app.config.port),
        "language_code": language,
        "roles": ["dumper"],
        "survey_metadata": {"data": metadata(&ready.questionnaire, given)},
    });
    match source {
        Source::Name(name) => claims["schema_name"] = json!(name),
        Source::Url(address) => claims["schema_url"] = json!(address),
        Source::Registry(id) => claims["cir_instrument_id"] = json!(id),
    }
    let launcher = app.launcher.as_ref().ok_or(Failure::NotFound)?;
    let keys =
        (launcher.first_private(Purpose::Authentication), launcher.first_public(Purpose::Authentication));
    let (Some(signing), Some(receiving)) = keys else {
        return Err(Failure::Internal("the launcher has no keys".into()));
    };
    let token = jose::seal(claims.to_string().as_bytes(), signing, receiving)?;
    Ok(reply::redirect(&format!("/session?token={token}")))
}

fn metadata<'a>(
    questionnaire: &Questionnaire,
    given: impl Fn(&str) -> Option<&'a str>,
) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("user_id".to_owned(), json!(given("user_id").unwrap_or("demo")));
    for field in &questionnaire.metadata {
        if let Some(value) = given(&field.name) {
            let value = match field.kind {
                MetadataKind::Boolean => json!(matches!(value, "true" | "1" | "yes")),
                _ => json!(value),
            };
            data.insert(field.name.to_string(), value);
        } else if !field.optional {
            data.insert(field.name.to_string(), json!(example(field)));
        }
    }
    data
}

/// What left, read back from the folder that receives submissions in the demonstration.
fn submitted(app: &App, asked: &Asked, id: &str) -> Result<Reply, Failure> {
    let id = Uuid::parse_str(id).map_err(|_| Failure::NotFound)?;
    let Receiver::Folder(folder) = &app.config.receivers.submission else { return Err(Failure::NotFound) };
    let text = read(folder, id).ok_or(Failure::NotFound)?;
    let json: Value = serde_json::from_str(&text).map_err(|_| Failure::NotFound)?;
    let json = serde_json::to_string_pretty(&json).unwrap_or(text);
    reply::demo(app, asked, StatusCode::OK, &OwnPage::DemoSubmitted(DemoSubmitted { json, back: "/" }))
}

fn read(folder: &Path, id: Uuid) -> Option<String> {
    std::fs::read_to_string(folder.join(format!("{id}.json"))).ok()
}
