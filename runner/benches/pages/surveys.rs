//! What is measured: the question pages of one survey of ours and of one recorded questionnaire.

/// A questionnaire with an answer to each of its question pages.
pub struct Survey {
    pub name: &'static str,
    /// Fields by block, in the order of the journey. Pages that are not here are passed by.
    pub forms: &'static [(&'static str, &'static [(&'static str, &'static str)])],
}

/// Some thirty pages; nearly every answer is given.
pub const MONTHLY_BUSINESS: Survey = Survey {
    name: "monthly-business",
    forms: &[
        ("can-report", &[("can-report-answer", "Yes")]),
        ("trading-status", &[("trading-status-answer", "Throughout")]),
        ("turnover-total", &[("turnover-total-answer", "1000")]),
        (
            "turnover-split",
            &[("turnover-made", "600"), ("turnover-resold", "300"), ("turnover-services", "100")],
        ),
        ("exports", &[("exports-answer", "800")]),
        ("exports-split", &[("exports-eu", "500"), ("exports-rest", "300")]),
        ("online", &[("online-answer", "20")]),
        ("turnover-change", &[("turnover-change-answer", "Higher")]),
        ("turnover-change-size", &[("turnover-change-size-answer", "10")]),
        ("change-reasons", &[("change-reasons-answer", "Season"), ("change-reasons-answer", "Prices")]),
        ("purchases", &[("purchases-materials", "50"), ("purchases-goods", "100")]),
        ("stocks", &[("stocks-start", "10"), ("stocks-end", "12")]),
        ("employees", &[("employees-answer", "3")]),
        ("employees-split", &[("employees-full", "2"), ("employees-part", "1")]),
        ("vacancies", &[("vacancies-answer", "1")]),
        ("pay", &[("pay-wages", "200"), ("pay-contributions", "20")]),
        ("comments-wanted", &[("comments-wanted-answer", "Yes")]),
        ("comments", &[("comments-answer", "We took on a baker in May, and opened on Sundays.")]),
        ("contact", &[("contact-name", "A Baker"), ("contact-mobile", "07700900982")]),
        ("time-taken", &[("time-taken-answer", "30")]),
    ],
};

/// Of SHARED: two pages of checkboxes with details.
pub const TEST_CHECKBOX: Survey = Survey {
    name: "test_checkbox",
    forms: &[
        (
            "mandatory-checkbox",
            &[("mandatory-checkbox-answer", "Ham"), ("mandatory-checkbox-answer", "Tuna")],
        ),
        ("non-mandatory-checkbox", &[("non-mandatory-checkbox-answer", "Cheese")]),
        ("single-checkbox", &[("single-checkbox-answer", "Estimate")]),
    ],
};
