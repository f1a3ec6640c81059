//! The service as a process of its own: real sockets, real stores, real kills.
//!
//! On SQLite, or on Cassandra where `CASSANDRA=HOST:PORT` says that one runs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod admission;
mod browser;
mod journeys;
mod markup;
mod requests;
mod scene;
mod stateless;
