//! Which cluster and keyspace, and how one gets in.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use scylla::client::PoolSize;
use scylla::client::execution_profile::ExecutionProfile;
use scylla::client::session::Session;
use scylla::client::session_builder::SessionBuilder;
use scylla::policies::load_balancing::DefaultPolicy;
use scylla::statement::{Consistency, SerialConsistency};

use super::tables;

/// Connections to each node. Cassandra's default in the driver is one.
const CONNECTIONS: NonZeroUsize = NonZeroUsize::new(2).expect("two is not zero");
/// Making tables waits for all nodes to agree.
const INIT_TIME: Duration = Duration::from_secs(60);
/// Holds everything of ours, unless the setting names another.
const KEYSPACE: &str = "canvass";
/// Cassandra's own bound on a name.
const LONGEST_KEYSPACE: usize = 48;

/// Hosts by which a cluster is entered, and the keyspace in it that is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// `HOST[:PORT][@DATACENTRE]` each; never none.
    pub hosts: Vec<String>,
    /// A name of small letters, digits and `_`.
    pub keyspace: String,
}

impl Cluster {
    /// Reads `HOST[,HOST…][/KEYSPACE]`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Cluster> {
        let (hosts, keyspace) = text.split_once('/').unwrap_or((text, KEYSPACE));
        let hosts: Vec<String> = hosts.split(',').map(|host| host.trim().to_owned()).collect();
        let is_ours = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let is_name = keyspace.starts_with(|c: char| c.is_ascii_lowercase())
            && keyspace.len() <= LONGEST_KEYSPACE
            && keyspace.chars().all(is_ours);
        let is_good = is_name && hosts.iter().all(|host| !host.is_empty());
        is_good.then(|| Cluster { hosts, keyspace: keyspace.to_owned() })
    }

    /// Connects; the data centre that is ours comes with it. `time` bounds a call.
    pub(super) async fn connect(&self, time: Duration) -> Result<(Session, String), CqlError> {
        let chosen = self.hosts.iter().find_map(|host| host.split_once('@')).map(|(_, name)| name.to_owned());
        let addresses: Vec<&str> =
            self.hosts.iter().map(|host| host.split('@').next().unwrap_or(host)).collect();
        let profile = ExecutionProfile::builder()
            .consistency(Consistency::LocalQuorum)
            .serial_consistency(Some(SerialConsistency::LocalSerial))
            .request_timeout(Some(time))
            .build();
        let mut handle = profile.clone().into_handle();
        let session = SessionBuilder::new()
            .known_nodes(addresses)
            .pool_size(PoolSize::PerHost(CONNECTIONS))
            .connection_timeout(time)
            .keyspaces_to_fetch([&self.keyspace])
            .default_execution_profile_handle(handle.clone())
            .build()
            .await
            .map_err(|error| CqlError::Unreachable(error.to_string()))?;
        let datacenter = match chosen {
            Some(name) => name,
            None => only_datacenter(&session)?,
        };
        let policy = DefaultPolicy::builder().prefer_datacenter(datacenter.clone()).token_aware(true).build();
        handle.map_to_another_profile(profile.to_builder().load_balancing_policy(policy).build());
        Ok((session, datacenter))
    }
}

/// Why the cluster cannot be used. What the driver says names nodes and tables, nothing of a respondent.
#[derive(Debug, thiserror::Error)]
pub enum CqlError {
    /// No host answers, or they refuse us.
    #[error("the cluster cannot be reached: {0}")]
    Unreachable(String),
    /// The tables are not there or not ours: `runner store init` makes them.
    #[error("the tables are not there (`runner store init` makes them): {0}")]
    NoTables(String),
    /// Several data centres, and none chosen.
    #[error("there are several data centres ({0}): name hosts of one, with its name, as HOST@DATACENTRE")]
    WhichDatacenter(String),
}

/// Makes keyspace and tables where absent. Without `replication` it is three, or as many as there are nodes.
/// Gives the replication used for a keyspace made anew.
///
/// # Errors
/// [`CqlError`].
pub async fn init(cluster: &Cluster, replication: Option<usize>) -> Result<usize, CqlError> {
    let (session, datacenter) = cluster.connect(INIT_TIME).await?;
    let nodes = ring_size(&session, &datacenter);
    let replication = replication.unwrap_or_else(|| nodes.clamp(1, 3));
    for statement in tables::create(&cluster.keyspace, &datacenter, replication) {
        let made = session.query_unpaged(statement, &[]).await;
        made.map_err(|error| CqlError::NoTables(error.to_string()))?;
    }
    Ok(replication)
}

/// How many nodes of this data centre are in the ring.
pub(super) fn ring_size(session: &Session, datacenter: &str) -> usize {
    let state = session.get_cluster_state();
    let here = |node: &&Arc<scylla::cluster::Node>| node.datacenter.as_deref() == Some(datacenter);
    state.get_nodes_info().iter().filter(here).count()
}

fn only_datacenter(session: &Session) -> Result<String, CqlError> {
    let state = session.get_cluster_state();
    let mut names: Vec<&str> =
        state.get_nodes_info().iter().filter_map(|node| node.datacenter.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [name] => Ok((*name).to_owned()),
        [] => Err(CqlError::Unreachable("no node says its data centre".to_owned())),
        several => Err(CqlError::WhichDatacenter(several.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_its_hosts_and_a_keyspace() {
        let cluster = |hosts: &[&str], keyspace: &str| {
            let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
            Some(Cluster { hosts, keyspace: keyspace.to_owned() })
        };
        assert_eq!(Cluster::parse("10.0.0.1"), cluster(&["10.0.0.1"], "canvass"));
        assert_eq!(
            Cluster::parse("a:9043@north, b/spring_2027"),
            cluster(&["a:9043@north", "b"], "spring_2027")
        );
        for wrong in
            ["", "a,", "a/", "a/2027", "a/Spring", "a/x y", "a/x;drop", &format!("a/{}", "x".repeat(49))]
        {
            assert_eq!(Cluster::parse(wrong), None, "{wrong}");
        }
    }
}
