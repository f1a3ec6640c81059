//! What each route asks of whoever calls, read from the description that the route carries.

use std::collections::HashMap;

use http::Method;
use serde_json::Value;
use utoipa::openapi::OpenApi;

use crate::accounts::Role;

/// Where a route says what it asks.
pub const NAME: &str = "x-permission";

/// What a route asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Nothing: who is signed out as well.
    Anyone,
    /// A role; where the route names a questionnaire, for that one.
    Role(Role),
    /// The registry's bearer token.
    Registry,
}

impl Permission {
    fn from_name(name: &str) -> Option<Permission> {
        match name {
            "anyone" => Some(Self::Anyone),
            "registry" => Some(Self::Registry),
            name => Role::from_name(name).map(Self::Role),
        }
    }
}

/// By method and path, as routes are written.
#[derive(Clone, Debug, Default)]
pub struct Permissions(HashMap<(Method, String), Permission>);

impl Permissions {
    /// Of every route of a document that says what it asks.
    #[must_use]
    pub fn of(document: &OpenApi) -> Permissions {
        let document = serde_json::to_value(document).unwrap_or_default();
        let mut permissions = HashMap::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let asks = operation.get(NAME).and_then(Value::as_str).and_then(Permission::from_name);
                let method = Method::from_bytes(method.to_uppercase().as_bytes());
                if let (Some(asks), Ok(method)) = (asks, method) {
                    permissions.insert((method, path.clone()), asks);
                }
            }
        }
        Permissions(permissions)
    }

    /// What a route asks; nothing said lets nobody in.
    #[must_use]
    pub fn find(&self, method: &Method, path: &str) -> Option<Permission> {
        let method = if method == Method::HEAD { Method::GET } else { method.clone() };
        self.0.get(&(method, path.to_owned())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_says_what_it_asks() {
        let document = crate::api::openapi();
        let permissions = Permissions::of(&document);
        let text = serde_json::to_value(&document).unwrap_or_default();
        let mut silent = Vec::new();
        for (path, item) in text["paths"].as_object().into_iter().flatten() {
            for method in item.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()) {
                let found = Method::from_bytes(method.as_bytes())
                    .ok()
                    .and_then(|method| permissions.find(&method, path));
                if found.is_none() {
                    silent.push(format!("{method} {path}"));
                }
            }
        }
        assert_eq!(silent, Vec::<String>::new());
    }

    #[test]
    fn the_committed_document_is_the_one_that_the_routes_make() {
        let committed = include_str!("../../openapi.json");
        assert!(
            committed == crate::api::openapi_text(),
            "run `cargo run -p author -- openapi > author/openapi.json`"
        );
    }
}
