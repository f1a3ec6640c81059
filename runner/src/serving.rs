//! Sockets, and what keeps the service standing when many come at once, slowly, or with ill intent.

pub mod admission;
pub mod body;
pub mod compress;
pub mod drain;
pub mod failpoint;
pub mod headers;
pub mod lane;
pub mod listener;
mod patient;
