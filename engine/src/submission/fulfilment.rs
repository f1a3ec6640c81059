//! What leaves when somebody is to be sent an access code for a form of their own (spec/05 §7).

use schema::Questionnaire;

use super::iso;
use super::json::Writer;
use crate::response::Response;
use crate::visitor::Moment;

/// A request, and what it is filed under. Prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Fulfilment {
    /// Its own, a UUID.
    pub id: String,
    pub tx_id: String,
    pub case_id: String,
    /// JSON, ASCII only.
    pub payload: String,
}

impl std::fmt::Debug for Fulfilment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fulfilment(…)")
    }
}

/// Codes of what is sent: by region, in a text message and by post.
const CODES: [(&str, &str, &str); 3] = [
    ("GB-ENG", "UACITA1", "P_UAC_UACIPA1"),
    ("GB-WLS", "UACITA2B", "P_UAC_UACIPA2B"),
    ("GB-NIR", "UACITA4", "P_UAC_UACIPA4"),
];

/// Makes the request for a code: in a text message to this number of ten digits, or by post.
///
/// Source: spec/05 §7; the keys come in that order.
pub fn access_code(
    questionnaire: &Questionnaire,
    response: &Response,
    number: Option<&str>,
    moment: &Moment,
) -> Fulfilment {
    let launch = &response.launch;
    let claim = |name: &str| launch.claim(name).unwrap_or_default();
    let region =
        launch.claim("region_code").filter(|code| !code.is_empty()).or(questionnaire.region_code.as_deref());
    let code = CODES.iter().find(|(of, ..)| Some(*of) == region);
    let case_type = launch.metadata("case_type").and_then(|value| value.as_str());
    let id = moment.uuid(0);
    let mut json = Writer::default();
    json.open_object();
    json.event(&iso(moment.now), &id);
    json.key("payload");
    json.open_object();
    json.key("fulfilmentRequest");
    json.open_object();
    // Of people in a communal establishment the case is known already.
    if !matches!(case_type, Some("SPG" | "CE")) {
        json.text_member("individualCaseId", &moment.uuid(1));
    }
    match (code, number) {
        (Some((_, text, _)), Some(_)) => json.text_member("fulfilmentCode", text),
        (Some((_, _, post)), None) => json.text_member("fulfilmentCode", post),
        (None, _) => {
            json.key("fulfilmentCode");
            json.json(&serde_json::Value::Null);
        }
    }
    json.text_member("caseId", claim("case_id"));
    json.key("contact");
    json.open_object();
    if let Some(number) = number {
        json.text_member("telNo", number);
    }
    json.close_object();
    json.close_object();
    json.close_object();
    json.close_object();
    Fulfilment {
        id,
        tx_id: claim("tx_id").to_owned(),
        case_id: claim("case_id").to_owned(),
        payload: json.finish(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::open;
    use crate::response::Launch;

    const DEFINITION: &str = include_str!("../../../questionnaires/features/individual-response/en.json");

    fn request(claims: Json, number: Option<&str>) -> Json {
        // As from where no region is known.
        let definition = DEFINITION.replace(r#""region_code": "GB-WLS","#, "");
        assert_ne!(definition, DEFINITION);
        let questionnaire = schema::link(&[&definition]).unwrap();
        let mut all = json!({"tx_id": "t", "case_id": "c"});
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let response = open::open(Launch { claims: all.as_object().unwrap().clone() });
        let moment = Moment { now: "2026-11-24T10:00:00.5Z".parse().unwrap(), seed: [7; 16] };
        let made = access_code(&questionnaire, &response, number, &moment);
        assert_eq!((&*made.tx_id, &*made.case_id), ("t", "c"));
        let payload: Json = serde_json::from_str(&made.payload).unwrap();
        assert_eq!(payload["event"]["transactionId"], *made.id);
        payload
    }

    #[test]
    fn a_request_says_what_is_sent_for_which_case_and_where_to() {
        let by_text = request(json!({"region_code": "GB-WLS"}), Some("7700900345"));
        assert_eq!(by_text["event"]["dateTime"], "2026-11-24T10:00:00.500000+00:00");
        let asked = &by_text["payload"]["fulfilmentRequest"];
        let keys: Vec<_> = asked.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["individualCaseId", "fulfilmentCode", "caseId", "contact"]);
        assert_eq!(asked["fulfilmentCode"], "UACITA2B");
        assert_eq!(asked["caseId"], "c");
        assert_eq!(asked["contact"], json!({"telNo": "7700900345"}));
        assert_ne!(asked["individualCaseId"], by_text["event"]["transactionId"]);

        let by_post = request(json!({"region_code": "GB-NIR"}), None);
        let asked = &by_post["payload"]["fulfilmentRequest"];
        assert_eq!((&asked["fulfilmentCode"], &asked["contact"]), (&json!("P_UAC_UACIPA4"), &json!({})));
    }

    #[test]
    fn an_establishment_has_its_case_and_a_place_without_region_no_code() {
        for case_type in ["SPG", "CE"] {
            let made = request(json!({"survey_metadata": {"data": {"case_type": case_type}}}), None);
            let asked = &made["payload"]["fulfilmentRequest"];
            assert_eq!(asked.get("individualCaseId"), None, "{case_type}");
            assert_eq!(asked["fulfilmentCode"], Json::Null);
        }
    }
}
