//! What goes on beside requests, each job under a lease.

pub mod relay;
pub mod sweep;
