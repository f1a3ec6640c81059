//! When not all can be served, people who are answering come before newcomers.

use serde_json::json;

use crate::browser::{Browser, Reply, csrf};
use crate::scene::{Order, Scene, fresh_response};

#[test]
fn newcomers_are_turned_away_in_their_language_while_people_inside_are_served() {
    let scene = Scene::on_sqlite();
    let runner = scene.start_with(&[("MAX_IN_PROGRESS", "4")]);
    let (at, name) = (runner.address.as_str(), "/questionnaire/name/");
    let inside = || {
        let mut browser = Browser::default();
        let reply = browser.get(at, &format!("/session?token={}", scene.token(&fresh_response())));
        assert_eq!(reply.status, 302);
        browser
    };
    let (mut busy, mut answering) = ([inside(), inside(), inside()], inside());
    let proof = csrf(&answering.get(at, name).body);

    // Three of four places are taken.
    scene.arm("admitted", Order::Hold);
    let taken = busy.each_mut().map(|browser| browser.send(at, "GET", name, ""));
    scene.wait_for("admitted", taken.len());
    scene.disarm("admitted");

    let welsh = json!({"language_code": "cy"});
    let (token, _) = scene.launch("first-journey", &fresh_response(), welsh);
    let launch = format!("/session?token={token}");
    let turned_away = |language: &str| {
        let more = format!("Accept-Language: {language}\r\n");
        let mut stream = Browser::default().send_raw(at, "GET", &launch, &more, b"");
        Reply::read(&mut stream).unwrap()
    };
    for (language, html, words) in
        [("en-GB,en", "lang=\"en\"", "Sorry"), ("cy,en;q=0.5", "lang=\"cy\"", "Mae")]
    {
        let reply = turned_away(language);
        assert_eq!((reply.status, reply.header("retry-after")), (503, Some("10")), "{language}");
        assert!(reply.body.contains(html) && reply.body.contains(words), "{}", reply.body);
        assert!(!reply.body.contains(&token), "the token stays out of the page");
    }
    assert_eq!(answering.get(at, name).status, 200, "people inside are served");
    assert_eq!(answering.post(at, name, &proof, &[("name-answer", "Eira")]).status, 302);

    scene.release("admitted");
    for mut stream in taken {
        assert_eq!(Reply::read(&mut stream).unwrap().status, 200, "nobody inside is turned away");
    }
    assert_eq!(Browser::default().get(at, &launch).status, 302, "the token was not spent");
}
