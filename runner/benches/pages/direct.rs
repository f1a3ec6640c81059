//! A respondent without a network: requests go straight into the service.

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, HeaderValue, Request, header};
use http_body_util::BodyExt as _;
use tower_service::Service as _;

use crate::browser::{Ask, Reply};
use crate::scene::Scene;

pub struct Direct<'a> {
    scene: &'a Scene,
    service: Router,
    pub cookie: HeaderMap,
}

impl Direct<'_> {
    pub fn new(scene: &Scene) -> Direct<'_> {
        Direct { scene, service: runner::service(scene.app.clone()), cookie: HeaderMap::new() }
    }
}

impl Ask for Direct<'_> {
    fn ask(&mut self, method: &str, path: &str, form: &str) -> Reply {
        let mut request =
            Request::builder().method(method).uri(path).body(Body::from(form.to_owned())).unwrap();
        *request.headers_mut() = self.cookie.clone();
        if method == "POST" {
            let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        self.scene.runtime.block_on(async {
            let Ok(reply) = self.service.call(request).await;
            let header = |name| reply.headers().get(name).map(|value: &HeaderValue| value.to_str().unwrap());
            if let Some(cookie) = header(header::SET_COOKIE) {
                let pair = cookie.split(';').next().unwrap();
                self.cookie.insert(header::COOKIE, pair.parse().unwrap());
            }
            let location = header(header::LOCATION).unwrap_or_default().to_owned();
            let status = reply.status().as_u16();
            let body = reply.into_body().collect().await.unwrap().to_bytes().to_vec();
            Reply { status, location, body }
        })
    }
}
