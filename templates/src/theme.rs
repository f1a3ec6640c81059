//! Whose survey it looks like: the marks of a theme and the family its links are of (spec/07 §1).

use serde::Serialize;

/// Which of eQ's two kinds of service a theme belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceFamily {
    Business,
    Social,
}

/// A definition's `theme`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Theme {
    Business,
    NorthernIreland,
    Dbt,
    DbtNi,
    DbtDsit,
    DbtDsitNi,
    Desnz,
    DesnzNi,
    Orr,
    Social,
    Health,
    UkhsaOns,
    OnsNhs,
}

/// An organisation's mark: a symbol of `logos.svg`, with its name in a `<title>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub symbol: &'static str,
    /// Of the title element, asserted by eQ's functional tests (spec/07 §1.1).
    pub id: &'static str,
    pub name: &'static str,
    /// In pixels; all are 40 high.
    pub width: u16,
}

/// What stands in the masthead, wide and narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Masthead {
    pub large: &'static [Mark],
    pub small: &'static [Mark],
}

const fn mark(symbol: &'static str, id: &'static str, name: &'static str, width: u16) -> Mark {
    Mark { symbol, id, name, width }
}

const ONS: &[Mark] = &[mark("ons", "ons-logo-en-alt", "Office for National Statistics", 240)];
const ONS_SMALL: &[Mark] =
    &[mark("ons-mobile", "ons-logo-mobile-en-alt", "Office for National Statistics", 160)];
const NI: &[Mark] =
    &[mark("finance-ni", "finance-ni-logo-alt", "Northern Ireland Department of Finance logo", 240)];
const NI_SMALL: &[Mark] = &[mark(
    "finance-ni-mobile",
    "finance-ni-logo-mobile-alt",
    "Northern Ireland Department of Finance logo",
    160,
)];
const NI_STACKED: Mark =
    mark("finance-ni-stacked", "finance-ni-logo-alt", "Northern Ireland Department of Finance logo", 160);
const DBT: Mark = mark("dbt-stacked", "dbt-logo-alt", "Department for Business and Trade logo", 160);
const DSIT: Mark =
    mark("dsit-stacked", "dsit-logo-alt", "Department for Science, Innovation and Technology logo", 160);
const DESNZ: Mark =
    mark("desnz-stacked", "desnz-logo-alt", "Department for Energy Security and Net Zero", 160);
const ORR: &[Mark] = &[mark("orr", "orr-logo-alt", "Office of Rail and Road logo", 240)];
const ORR_SMALL: &[Mark] = &[mark("orr-mobile", "orr-logo-mobile-alt", "Office of Rail and Road logo", 160)];
const UKHSA: Mark = mark("ukhsa-stacked", "ukhsa-logo-alt", "UK Health Security Agency", 160);
const ONS_STACKED: Mark =
    mark("ons-stacked", "ons-logo-stacked-en-alt", "Office for National Statistics", 160);
// Spelt so in eQ, whose tests look for it (spec/07 §1.1).
const NHS: Mark = mark("nhs", "nhs-logo-alt", "National Heath Service", 240);

impl Theme {
    /// By its name in a definition; none for names that eQ does not know.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "default" | "business" => Self::Business,
            "northernireland" => Self::NorthernIreland,
            "dbt" => Self::Dbt,
            "dbt-ni" => Self::DbtNi,
            "dbt-dsit" => Self::DbtDsit,
            "dbt-dsit-ni" => Self::DbtDsitNi,
            "desnz" => Self::Desnz,
            "desnz-ni" => Self::DesnzNi,
            "orr" => Self::Orr,
            "social" => Self::Social,
            "health" => Self::Health,
            "ukhsa-ons" => Self::UkhsaOns,
            "ons-nhs" => Self::OnsNhs,
            _ => return None,
        })
    }

    pub fn family(self) -> ServiceFamily {
        match self {
            Self::Social | Self::Health | Self::UkhsaOns | Self::OnsNhs => ServiceFamily::Social,
            _ => ServiceFamily::Business,
        }
    }

    /// Whether pages after submission leave out the reference: the config types `social` and `health` (spec/03 §7.1).
    pub fn hides_reference(self) -> bool {
        matches!(self, Self::Social | Self::Health)
    }

    pub(crate) fn masthead(self) -> Masthead {
        let both = |marks| Masthead { large: marks, small: &[] };
        match self {
            Self::Business | Self::Social | Self::Health => Masthead { large: ONS, small: ONS_SMALL },
            Self::NorthernIreland => Masthead { large: NI, small: NI_SMALL },
            Self::Dbt => both(&[DBT]),
            Self::DbtNi => both(&[DBT, NI_STACKED]),
            Self::DbtDsit => both(&[DBT, DSIT]),
            Self::DbtDsitNi => both(&[DBT, DSIT, NI_STACKED]),
            Self::Desnz => both(&[DESNZ]),
            Self::DesnzNi => both(&[DESNZ, NI_STACKED]),
            Self::Orr => Masthead { large: ORR, small: ORR_SMALL },
            Self::UkhsaOns => both(&[UKHSA, ONS_STACKED]),
            Self::OnsNhs => both(&[ONS_STACKED, NHS]),
        }
    }
}

/// Of pages of ours that belong to no survey.
pub(crate) const OWN: Masthead = Masthead {
    large: &[mark("canvass", "canvass-logo-alt", "Canvass", 240)],
    small: &[mark("canvass-mobile", "canvass-logo-mobile-alt", "Canvass", 160)],
};
