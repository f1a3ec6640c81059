//! What is known of a unit already: fetched when a launch names other data than the response has.
//!
//! Source: spec/02 §12.1.

use engine::response::{Launch as Claims, Response};
use engine::supplementary;
use engine::visitor::Moment;
use schema::Questionnaire;
use serde_json::{Map, Value};

use crate::app::App;
use crate::failure::Failure;
use crate::launch::Launch;
use crate::upstream::supplementary::{NoData, Wanted};

/// What was fetched for this launch, so that it is fetched once however often the write is tried.
pub struct Known {
    moment: Moment,
    data: Option<Map<String, Value>>,
}

impl Known {
    /// Nothing yet; list items are made of this moment.
    #[must_use]
    pub fn new(moment: Moment) -> Known {
        Known { moment, data: None }
    }
}

/// The data set that claims name.
#[must_use]
pub fn dataset(claims: &Claims) -> Option<&str> {
    claims.survey_data()?.get("sds_dataset_id")?.as_str().filter(|id| !id.is_empty())
}

/// Puts into a response what is known of its unit. `before` is the data set of the launch before.
///
/// # Errors
/// [`Failure::Supplementary`].
pub async fn supply(
    app: &App,
    launch: &Launch,
    questionnaire: &Questionnaire,
    response: &mut Response,
    before: Option<&str>,
    known: &mut Known,
) -> Result<(), Failure> {
    let missing = |_| Failure::Supplementary(NoData::Wrong("a list that the definition declares"));
    let named = dataset(&response.launch).map(str::to_owned);
    let Some(dataset) = named.as_deref().filter(|named| before != Some(*named)) else {
        let is_kept = named.is_some() || before.is_some();
        return match &response.supplementary {
            Some(kept) if is_kept => supplementary::check(questionnaire, &kept.data).map_err(missing),
            _ => Ok(()),
        };
    };
    let data = match &known.data {
        Some(data) => data.clone(),
        None => {
            let data = fetch(app, launch, questionnaire, dataset).await?;
            known.data.insert(data).clone()
        }
    };
    supplementary::supply(questionnaire, response, data, &known.moment).map_err(missing)
}

async fn fetch(
    app: &App,
    launch: &Launch,
    questionnaire: &Questionnaire,
    dataset: &str,
) -> Result<Map<String, Value>, Failure> {
    let service = app.supplementary.as_ref().ok_or(NoData::NotAsked)?;
    let said = |name: &str| launch.survey_data()?.get(name)?.as_str().filter(|text| !text.is_empty());
    let reference = said("ru_ref").map(|reference| reference.chars().take(11).collect::<String>());
    let unit = reference.or_else(|| said("qid").map(str::to_owned)).ok_or(NoData::NotAsked)?;
    let form = questionnaire.sds_schema_version.as_deref().map(str::to_owned);
    let survey = said("survey_id").ok_or(NoData::NotAsked)?;
    let sealed = service.fetch(Wanted { dataset, unit: &unit, survey }).await?;
    let parts = app.clone();
    let opened = app.lane.run(move || sealed.open(&parts.keys, &unit, form.as_deref())).await?;
    Ok(opened?)
}
