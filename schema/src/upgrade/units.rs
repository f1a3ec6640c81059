//! Units that have another name today. Source: spec/09 §6.1.

/// Today's name of a unit.
pub(super) fn of_today(unit: &str) -> &str {
    match unit {
        "acceleration-meter-per-second-squared" => "acceleration-meter-per-square-second",
        "concentr-milligram-per-deciliter" => "concentr-milligram-ofglucose-per-deciliter",
        "concentr-part-per-million" => "concentr-permillion",
        "consumption-liter-per-100kilometers" => "consumption-liter-per-100-kilometer",
        "mass-metric-ton" => "mass-tonne",
        "pressure-inch-hg" => "pressure-inch-ofhg",
        "pressure-millimeter-of-mercury" => "pressure-millimeter-ofhg",
        "pressure-pound-per-square-inch" => "pressure-pound-force-per-square-inch",
        same => same,
    }
}
