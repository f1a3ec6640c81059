//! Where the CPU of a page goes: each step alone, over and over, on the response as its respondent left it.

use engine::apply::{self, Command, Outcome};
use engine::form::Form;
use engine::page::{self, Tongue};
use engine::place::Target;
use engine::response;
use engine::trace::Trace;
use engine::visitor::Visitor;
use runner::moment::moment;
use runner::record::Record;
use runner::routes;
use runner::store::{Expect, Freshness, Key, Responses as _, Row, Version, Written};
use schema::questionnaire::Locale;
use templates::{Chrome, LanguageLink, Links, Shown, Theme, Timeout, View, Visit};

use crate::browser::Ask as _;
use crate::direct::Direct;
use crate::figures::{least, load};
use crate::scene::Scene;

const NAMES: [&str; 12] =
    ["cookie", "route", "load", "open", "read", "trace", "page", "render", "token", "apply", "seal", "save"];

pub fn measure(store: &str) {
    let scene = Scene::new(store, &[]);
    println!("CPU µs of each step, least; {store}; load {}", load());
    print!("{:36}", "");
    println!("{}{:>7}{:>7}", NAMES.map(|name| format!("{name:>7}")).concat(), "GET", "POST");
    for survey in &scene.surveys {
        let mut respondent = Direct::new(&scene);
        let pages = respondent.walk(survey);
        let mut all = [0.0; NAMES.len()];
        for page in &pages {
            let steps = of_page(&scene, &respondent, &page.path, &page.form);
            tell(&format!("{} {}", survey.name, page.block), &steps);
            all.iter_mut().zip(steps).for_each(|(all, step)| *all += step);
        }
        tell(&format!("{}, mean", survey.name), &all.map(|step| step / pages.len() as f64));
    }
}

fn tell(what: &str, steps: &[f64; NAMES.len()]) {
    let [cookie, route, load, open, read, _, page, render, token, apply, seal, save] = steps;
    // The trace is shown alone, and is part of page and of apply.
    let get = cookie + route + load + open + read + page + render + token;
    let post = cookie + route + load + open + read + apply + seal + save;
    println!("{what:36}{}{get:7.1}{post:7.1}", steps.map(|step| format!("{step:7.1}")).concat());
}

fn of_page(scene: &Scene, respondent: &Direct<'_>, path: &str, form: &str) -> [f64; NAMES.len()] {
    let app = &scene.app;
    let cookie = least(|| assert!(app.cookies.read(&respondent.cookie).is_some()));
    let session = app.cookies.read(&respondent.cookie).unwrap();
    let inside = session.inside.clone().unwrap();
    let key = inside.key;

    let (load, row) = {
        let read = || scene.runtime.block_on(app.store.read(&key, Freshness::Quorum)).unwrap().unwrap();
        (least(|| assert!(read().version.0 > 0)), read())
    };
    let open = least(|| assert!(app.sealer.open(&row, &key).is_ok()));
    let record = app.sealer.open(&row, &key).unwrap();
    let questionnaire = scene.runtime.block_on(app.library.pinned(record.pinned.hash)).ok().unwrap();
    let questionnaire = &*questionnaire;
    let bytes = record.body.response.clone().unwrap();
    let read = least(|| assert!(response::read(questionnaire, &bytes).is_ok()));
    let respondents = response::read(questionnaire, &bytes).unwrap();

    let uri: http::Uri = path.parse().unwrap();
    let understand = || {
        let segments: Vec<&str> = uri.path().split('/').skip(1).filter(|part| !part.is_empty()).collect();
        let query = uri.query().unwrap_or_default().as_bytes();
        let query: Vec<_> = form_urlencoded::parse(query).into_owned().collect();
        routes::read(questionnaire, &segments, &query).unwrap()
    };
    let route = least(|| assert!(understand().through.is_none()));
    let target = understand().target;

    let href = |target: &Target| routes::print(questionnaire, target, None);
    let tongue = Tongue { definition: questionnaire.language(Locale::En), ui: Locale::En };
    let now = moment().unwrap();
    let visitor = Visitor { target: &target, tongue, moment: now, limits: &app.limits, href: &href };
    let trace = least(|| {
        let trace = Trace::new(questionnaire, &respondents, now.today());
        assert!(engine::open::check(&trace, target.place().unwrap()).is_ok());
    });
    let page = least(|| assert!(page::page(questionnaire, &respondents, &visitor).is_ok()));
    let shown = page::page(questionnaire, &respondents, &visitor).ok().unwrap();
    let render = least(|| {
        let visit = Visit {
            theme: Theme::from_name(&session.survey.theme),
            account_service: session.survey.account_service.as_deref(),
            is_signed_in: true,
            survey_id: Some(&session.survey.survey_id),
            ru_ref: session.survey.ru_ref.as_deref(),
        };
        let links = Links::new(&app.links, &visit, Locale::En);
        let languages: Vec<LanguageLink> = questionnaire
            .languages
            .iter()
            .map(|&locale| {
                let href = format!("?language_code={}", locale.code());
                LanguageLink { locale, href, is_current: locale == Locale::En }
            })
            .collect();
        let timeout = Timeout {
            expires_at: "2026-11-24T19:00:00+00:00",
            endpoint: "/session-expiry",
            redirect: "/session-expired",
        };
        let chrome = Chrome {
            survey_title: Some(questionnaire.title.in_language(tongue.definition)),
            theme: visit.theme,
            is_own: false,
            is_preview: false,
            ui: Locale::En,
            definition: Locale::En,
            csrf_token: Some("AAZEBiQmmXCJt0T0b8GWtdHRE2dTYUI4gkhaVVlfPfWSJPrK4TTWV1Zx"),
            links: &links,
            languages: &languages,
            timeout: Some(timeout),
            cookie_banner: None,
            is_signed_in: true,
            assets: &app.assets,
        };
        let page = app.templates.render(&View { shown: Shown::Engine(&shown), chrome: &chrome });
        assert!(page.is_ok_and(|page| page.len() > 1000));
    });
    let token =
        least(|| assert!(!app.page_tokens.issue(session.id, path.as_bytes(), &[7; 12], now.now).is_empty()));

    let fields = || form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    let copied = least(|| drop(std::hint::black_box(respondents.clone())));
    let apply = least(|| {
        let command = Command { form: Form::new(fields()), shown: shown.shown };
        match apply::apply(questionnaire, respondents.clone(), &command, &visitor) {
            Outcome::Accepted(step) => assert!(!response::write(questionnaire, &step.response).is_empty()),
            Outcome::Refused(..) | Outcome::Denied(_) => panic!("{path} is not accepted"),
        }
    }) - copied;
    let seal = least(|| assert!(app.sealer.seal(&record, &key, row.version.next()).is_ok()));
    let mut stored = row;
    let save = least(|| {
        let before = stored.version;
        // As the service does, but under the old seal: nobody opens this row again.
        stored.version = before.next();
        assert_eq!(write(scene, &key, &stored, before), Written::Done);
    });
    restore(scene, &key, &record, stored.version);
    [cookie, route, load, open, read, trace, page, render, token, apply, seal, save]
}

fn write(scene: &Scene, key: &Key, row: &Row, at: Version) -> Written {
    scene.runtime.block_on(scene.app.store.write(key, row, Expect::At(at))).unwrap()
}

/// Puts the record back as it was, under the version that now follows.
fn restore(scene: &Scene, key: &Key, record: &Record, at: Version) {
    let row = scene.app.sealer.seal(record, key, at.next()).unwrap();
    assert_eq!(write(scene, key, &row, at), Written::Done);
}
