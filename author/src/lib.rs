//! The author: staff design, preview and publish questionnaires. See ARCHITECTURE.md.

pub mod accounts;
pub mod api;
pub mod app;
pub mod audit;
pub mod commands;
pub mod config;
pub mod diagnose;
pub mod drafts;
pub mod graph;
pub mod preview;
pub mod problem;
pub mod secret;
pub mod start;
pub mod starters;
pub mod store;
pub mod surveys;
pub mod tenants;
pub mod versions;
