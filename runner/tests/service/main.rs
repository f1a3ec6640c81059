//! The service as a process of its own: real sockets, real stores, real kills.
//!
//! On SQLite, or on Cassandra where `CASSANDRA=HOST:PORT` says that one runs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod admission;
mod around;
mod away;
mod browser;
mod canaries;
mod hang_ups;
mod individual;
mod journeys;
mod markup;
mod naughty;
mod pdf;
mod requests;
mod scene;
mod stateless;
mod supplementary;
