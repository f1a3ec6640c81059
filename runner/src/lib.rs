//! The respondent service: sockets, cookies, sealing, storing, sending. See ARCHITECTURE.md.

pub mod config;
pub mod definitions;
pub mod jose;
pub mod keys;
pub mod launch;
pub mod page_token;
pub mod record;
pub mod seal;
pub mod secret;
pub mod serving;
pub mod session;
pub mod store;
