//! The respondent service: sockets, cookies, sealing, storing, sending. See ARCHITECTURE.md.

pub mod jose;
pub mod keys;
pub mod launch;
pub mod record;
pub mod seal;
pub mod secret;
pub mod store;
