//! Pages as a reader without script has them.

use scraper::{ElementRef, Html, Selector};

/// A page, parsed as browsers parse it.
pub struct Page {
    pub html: Html,
}

impl Page {
    pub fn read(text: &str) -> Page {
        Page { html: Html::parse_document(text) }
    }

    /// All that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).unwrap_or_else(|why| panic!("{selector}: {why}"));
        self.html.select(&selector).collect()
    }

    /// The first that a selector finds.
    pub fn first(&self, selector: &str) -> Option<ElementRef<'_>> {
        self.all(selector).into_iter().next()
    }

    /// Where the page says that one is, in a journey's words.
    pub fn at(&self) -> Option<String> {
        Some(self.first("main[data-at]")?.attr("data-at")?.to_owned())
    }

    /// The errors marked on answers and questions: id and code.
    pub fn errors(&self) -> Vec<(String, String)> {
        let marked = self.all("[id$='-error']").into_iter().filter_map(|panel| {
            let id = panel.attr("id")?.strip_suffix("-error")?.to_owned();
            Some((id, panel.attr("data-error")?.to_owned()))
        });
        marked.collect()
    }

    /// What is read, every run of white space one space.
    pub fn readable(&self) -> String {
        let body = self.first("body").map(|body| body.text().collect::<String>()).unwrap_or_default();
        one_spaced(&body)
    }

    /// What a section's row on the hub says.
    pub fn hub_state(&self, section: &str) -> Option<String> {
        let state = self.first(&format!("[data-qa='hub-row-{section}-state']"))?;
        Some(one_spaced(&state.text().collect::<String>()).trim().to_owned())
    }

    /// What a form's field holds.
    pub fn value(&self, name: &str) -> Option<String> {
        let field = self.all("[name]").into_iter().find(|field| field.attr("name") == Some(name))?;
        if field.value().name() == "textarea" {
            return Some(field.text().collect());
        }
        Some(field.attr("value").unwrap_or_default().to_owned())
    }

    /// What can be chosen, in order.
    pub fn options(&self) -> Vec<String> {
        let radios = self.all("main input[type='radio']");
        radios.iter().filter_map(|radio| radio.attr("value").map(str::to_owned)).collect()
    }

    /// Which elements stand in which order, whatever their texts: what markup in a text would change.
    pub fn skeleton(&self) -> Vec<String> {
        let elements = self.html.root_element().descendants().filter_map(ElementRef::wrap);
        elements
            .map(|element| {
                let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
                names.sort_unstable();
                format!("{}[{}]", element.value().name(), names.join(" "))
            })
            .collect()
    }
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
