//! Posting a form, and what must hold once it was taken.

use super::*;

/// The question of a page, as it is asked there: what anyone needs to know to fill it in. `shown` is what the page showed.
pub fn blank(trace: &Trace, target: &Target, tongue: Tongue, shown: Option<Shown>) -> Option<Blank> {
    let (questionnaire, response) = (trace.questionnaire, trace.response);
    let place = target.place()?;
    let key = open::check(trace, place).ok()?;
    let block = questionnaire.block(place.block);
    let item = match &block.kind {
        BlockKind::Nested(nested) if nested.role == NestedRole::Add => shown.and_then(|shown| shown.item),
        _ => place.item,
    };
    let list = page::list_of(questionnaire, place.block);
    let here = Here { item, to: place.to, list };
    let sight = scope::Sight::of_page(trace, Some(key), Some(place.block), here, tongue.definition);
    let question = open::question(questionnaire, &sight, place.block).ok()?;
    let in_list = question.dynamic.as_ref().map(|dynamic| dynamic.list);
    let asked = form::ask(question, item, response, &sight, |item| sight.for_item(item, in_list)).ok()?;
    Some(Blank::of(&asked))
}

impl<'a> Wanderer<'a, '_> {
    /// The question of a page, as it is asked there.
    pub(super) fn blank(&self, target: &Target, shown: Option<Shown>) -> Option<Blank> {
        if let Location::Individual(step) = target.location {
            let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
            return individual::blank(&trace, step, &self.visitor(target));
        }
        let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
        blank(&trace, target, self.tongue, shown)
    }

    pub(super) fn post_here(&mut self, fields: Fields) -> Held {
        let shown = self.here.page.as_ref().and_then(|page| page.shown);
        self.post(Posted { target: self.here.target.clone(), fields, shown }, true)
    }

    pub(super) fn post_stale(&mut self, fields: Fields) -> Held {
        let shown = self.here.page.as_ref().and_then(|page| page.shown);
        self.post(Posted { target: self.here.target.clone(), fields, shown }, false)
    }

    pub(super) fn apply(&self, response: Response, posted: &Posted) -> Outcome {
        let command = Command { form: Form::new(posted.fields.clone()), shown: posted.shown };
        apply(self.questionnaire, response, &command, &self.visitor(&posted.target))
    }

    /// Posts a form. `is_fresh` says whether the page it stands on was shown just now.
    pub(super) fn post(&mut self, posted: Posted, is_fresh: bool) -> Held {
        self.tick();
        self.tally.posts += 1;
        self.last = Some(posted.clone());
        let outcome = self.apply(self.response.clone(), &posted);
        let again = self.apply(self.response.clone(), &posted);
        match (outcome, again) {
            (Outcome::Accepted(step), Outcome::Accepted(again)) => {
                if step.response != again.response || step.next != again.next {
                    return Err(self.broken("the same command at the same moment comes to something else"));
                }
                self.accepted(&posted, step)
            }
            (Outcome::Refused(response, attempt), Outcome::Refused(..)) => {
                self.tally.refused += 1;
                if response != self.response {
                    return Err(self.broken("what was refused was kept"));
                }
                if let Problem::Overtaken = attempt.problem {
                    self.tally.overtaken += 1;
                    if is_fresh {
                        return Err(self.broken("nobody else wrote, but the page is overtaken"));
                    }
                }
                let faults = self.tally.faults;
                match self.look(&posted.target, Some(&attempt))? {
                    Looked::Page(page) => {
                        self.here = Seen { target: posted.target, page: Some(page) };
                        Ok(())
                    }
                    // Others, meanwhile, took away what the page's words are made of.
                    _ if self.tally.faults > faults => {
                        self.arrive(posted.target, None);
                        Ok(())
                    }
                    _ => Err(self.broken("what was refused is not shown again")),
                }
            }
            (Outcome::Denied(denied), Outcome::Denied(_)) => match denied {
                Denied::NotHere if is_fresh => Err(self.broken("a page that is shown takes no form")),
                Denied::NotHere | Denied::TooMany => {
                    self.arrive(posted.target, None);
                    Ok(())
                }
                Denied::Elsewhere(next) => self.go(*next),
                Denied::Fault(fault) => {
                    self.fault(fault)?;
                    self.arrive(posted.target, None);
                    Ok(())
                }
            },
            _ => Err(self.broken("the same command at the same moment comes to something else")),
        }
    }

    pub(super) fn accepted(&mut self, posted: &Posted, step: Step) -> Held {
        self.tally.accepted += 1;
        let Step { response, next, owed, is_changed } = step;
        if !is_changed && response != self.response {
            return Err(self.broken("a change is said to be none"));
        }
        for effect in &owed {
            match effect {
                Effect::Submission(submission) => {
                    self.tally.submissions += 1;
                    self.holds_only_what_is_asked(submission)?;
                }
                Effect::Fulfilment(_) => self.tally.fulfilments += 1,
            }
        }
        self.response = response;
        self.changes_nothing_again(posted)?;
        self.resumes()?;
        let from = self.here.page.as_ref().map_or_else(String::new, |page| page.at.clone());
        let faults = self.tally.faults;
        self.go(next)?;
        if self.here.page.is_none() && self.tally.faults == faults {
            let why = format!("what was accepted leads nowhere: {:?}", self.here.target.location);
            return Err(Broken::Rule { at: from, why });
        }
        Ok(())
    }

    /// A double click, or a reload of what was posted.
    pub(super) fn changes_nothing_again(&mut self, posted: &Posted) -> Held {
        // Without its page, nothing tells a repeated form from a new one.
        if posted.shown.is_none() && posted.target.place().is_some() {
            return Ok(());
        }
        self.tick();
        match self.apply(self.response.clone(), posted) {
            Outcome::Accepted(step) if step.response != self.response => {
                Err(self.broken("a repeated form changes something"))
            }
            Outcome::Accepted(step) if !step.owed.is_empty() => {
                Err(self.broken("a repeated form sends something"))
            }
            Outcome::Refused(..) => Err(self.broken("a repeated form is refused")),
            _ => Ok(()),
        }
    }

    /// Who comes back finds a page.
    pub(super) fn resumes(&mut self) -> Held {
        let at = "coming back";
        match open::resume(self.questionnaire, &self.response, self.moment.today()) {
            Ok(target) => self.opens(&target, at),
            Err(fault) => self.fault(fault).map(|_| ()),
        }
    }

    /// Answers that leave are those of blocks on the paths of enabled sections.
    pub(super) fn holds_only_what_is_asked(&self, submission: &Submission) -> Held {
        let payload: Json = serde_json::from_str(&submission.payload)
            .map_err(|_| self.broken("the submission is no JSON"))?;
        if self.questionnaire.data_version == DataVersion::V0_0_1 {
            return Ok(());
        }
        let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
        let mut on_path = BTreeSet::new();
        for key in trace.enabled_instances().map_err(Broken::Fault)? {
            on_path.extend(trace.path(key).map_err(Broken::Fault)?.blocks());
        }
        for answer in payload["data"]["answers"].as_array().into_iter().flatten() {
            let id = answer["answer_id"].as_str().unwrap_or_default();
            let known = self.questionnaire.names.answers.get(id);
            let is_asked = known.is_some_and(|&answer| {
                let defined = &self.questionnaire.answer(answer).defined_in;
                let blocks = defined.iter().map(|(block, _)| *block);
                blocks
                    .into_iter()
                    .any(|block| on_path.contains(&self.questionnaire.block(block).parent.unwrap_or(block)))
            });
            if !is_asked {
                return Err(self.broken(format!("{id} left, but was not asked")));
            }
        }
        Ok(())
    }
}
