//! What a letter of each type must say (RULES §5), looked for in its text.

use super::super::person::Language;
use super::super::text::fold;
use super::{LetterFacts, LetterType, Missing, Part, ServiceFacts, TaskFacts};

/// A part that a letter must have, and how it is known to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Which.
    pub part: Part,
    /// Of what: the name of a service, of a copy.
    pub about: Option<String>,
    /// One wording of every group must stand in the text. An empty group can never be met: the case lacks it.
    every: Vec<Vec<String>>,
    /// None of these may.
    none: Vec<String>,
}

/// A text as wordings are looked for in it: folded, and however its lines are broken.
fn squashed(text: &str) -> String {
    fold(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The parts that a letter with this subject and text lacks.
pub fn missing(requirements: &[Requirement], subject: &str, text: &str) -> Vec<Missing> {
    let whole = squashed(&format!("{subject}\n{text}"));
    let stands = |wording: &String| {
        let wording = squashed(wording);
        !wording.is_empty() && whole.contains(&wording)
    };
    let mut lacking: Vec<Missing> = Vec::new();
    for requirement in requirements {
        let met = requirement
            .every
            .iter()
            .all(|group| group.iter().any(stands))
            && !requirement.none.iter().any(stands);
        let lack = Missing {
            part: requirement.part,
            about: requirement.about.clone(),
        };
        if !met && !lacking.contains(&lack) {
            lacking.push(lack);
        }
    }
    lacking
}

/// What says a part in a language, by the part's word: one wording of every group must stand in the letter.
pub type Says<'a> = &'a dyn Fn(Language, &str) -> Vec<Vec<String>>;

/// Gathers the requirements of one letter.
struct List<'a> {
    facts: &'a LetterFacts,
    language: Language,
    says: Says<'a>,
    found: Vec<Requirement>,
}

impl List<'_> {
    fn push(&mut self, part: Part, about: Option<&str>, every: Vec<Vec<String>>) {
        self.found.push(Requirement {
            part,
            about: about.map(str::to_owned),
            every,
            none: Vec::new(),
        });
    }

    /// A part that is known by its wordings in the letter's language.
    fn says(&mut self, part: Part) {
        self.says_as(part, part.word());
    }

    /// A part that one type of letter says in other words than the rest.
    fn says_as(&mut self, part: Part, word: &str) {
        let groups = (self.says)(self.language, word);
        self.push(part, None, groups);
    }

    /// Wordings of any language: what an owner writes herself may be in another than the letter.
    fn in_any_language(&self, word: &str) -> Vec<String> {
        let each = Language::ALL.iter();
        each.flat_map(|&language| (self.says)(language, word))
            .flatten()
            .collect()
    }

    /// A place with the date on which something was done there, as one would write them together; the name alone stands in
    /// other sentences too.
    fn with_date(&self, task: &TaskFacts) -> Vec<String> {
        let name = &task.name;
        let Some(on) = &task.on else {
            return vec![name.clone()];
        };
        let words = self.in_any_language("on");
        let words = words.iter().map(|word| format!(" {word} "));
        let between = [": ", ", ", " (", " "].map(str::to_owned).into_iter();
        between
            .chain(words)
            .map(|between| format!("{name}{between}{on}"))
            .collect()
    }

    /// A text of the case, which must be known.
    fn tells(&mut self, part: Part, text: Option<&str>) {
        self.push(
            part,
            None,
            vec![text.map(str::to_owned).into_iter().collect()],
        );
    }

    fn field(&mut self, part: Part, name: &str) {
        let text = self.facts.field(name).map(str::to_owned);
        self.tells(part, text.as_deref());
    }

    /// Every one of some texts, of which there must be one at least.
    fn tells_all(&mut self, part: Part, texts: &[String]) {
        if texts.is_empty() {
            self.push(part, None, vec![Vec::new()]);
        }
        for text in texts {
            self.push(part, None, vec![vec![text.clone()]]);
        }
    }

    /// Something of the case that makes the letter untrue.
    fn never(&mut self, part: Part, about: &str) {
        self.push(part, Some(about), vec![Vec::new()]);
    }

    fn complaint(&mut self) {
        let text = self.facts.complaint.clone();
        self.tells(Part::Complaint, Some(&text));
    }

    fn courts(&mut self) {
        self.says(Part::Courts);
    }

    /// Every task with its reason, or a wording that there is none.
    fn reasons<'t>(&mut self, part: Part, tasks: impl Iterator<Item = &'t TaskFacts>) {
        let mut any = false;
        for task in tasks {
            any = true;
            let reason = task.reason.clone();
            self.push(
                part,
                Some(&task.name),
                vec![vec![task.name.clone()], reason.into_iter().collect()],
            );
        }
        if !any {
            self.says(part);
        }
    }

    fn no_open_tasks(&mut self) {
        for task in &self.facts.tasks.open {
            self.never(Part::OpenTasks, &task.name);
        }
    }

    fn no_offers(&mut self) {
        self.found.push(Requirement {
            part: Part::NoOffers,
            about: None,
            every: Vec::new(),
            none: self.in_any_language(Part::NoOffers.word()),
        });
    }

    /// What every letter has.
    fn common(&mut self) {
        let (id, controller) = (self.facts.id.clone(), self.facts.controller.clone());
        self.tells(Part::Id, Some(&id));
        self.tells(Part::Sender, controller.name.as_deref());
        let ways: Vec<String> = [controller.email, controller.phone]
            .into_iter()
            .flatten()
            .collect();
        let ways = if ways.is_empty() {
            controller.address.into_iter().collect()
        } else {
            ways
        };
        self.push(Part::Contact, None, vec![ways]);
    }

    fn access(&mut self) {
        let facts = self.facts;
        if facts.services.is_empty() && facts.recordings.is_empty() {
            self.push(Part::YesNo, None, vec![Vec::new()]);
        }
        self.says(Part::YesNo);
        for service in &facts.services {
            self.service(service);
        }
        self.says(Part::Rights);
        self.says(Part::Automated);
        self.tells_all(Part::Copy, &facts.enclosed);
        self.tells(Part::CardData, facts.card_data.as_deref());
        self.left_out();
    }

    fn service(&mut self, service: &ServiceFacts) {
        let mut say = |part, field: &str, text: &str| {
            let known = !service.gaps.contains(&field);
            let group = known.then(|| text.to_owned()).into_iter().collect();
            self.push(part, Some(&service.name), vec![group]);
        };
        say(Part::Purposes, "purposes", &service.purposes);
        say(Part::Categories, "categories", &service.categories);
        say(Part::Period, "retention", &service.retention);
        say(Part::Source, "source", &service.source);
        say(Part::Transfers, "transfers", &service.transfers);
        say(Part::Recipients, "name", &service.name);
    }

    fn left_out(&mut self) {
        let tasks = &self.facts.tasks;
        self.reasons(Part::LeftOut, tasks.kept.iter().chain(&tasks.skipped));
        if self.facts.field("left_out").is_some() {
            self.field(Part::LeftOut, "left_out");
        }
    }

    fn nothing_held(&mut self) {
        let facts = self.facts;
        self.says(Part::NothingHeld);
        let tasks = &facts.tasks;
        for task in tasks.done.iter().chain(&tasks.kept) {
            self.never(Part::Contradicted, &task.name);
        }
        for recording in &facts.recordings {
            self.never(Part::Contradicted, &recording.title);
        }
        self.tells_all(Part::Searched, &tasks.searched);
        self.tells_all(Part::Identifiers, &facts.identifiers);
        self.complaint();
        self.no_open_tasks();
    }

    fn partial(&mut self) {
        self.says(Part::Decision);
        let tasks = &self.facts.tasks;
        let refused: Vec<&TaskFacts> = tasks.kept.iter().chain(&tasks.skipped).collect();
        if self.facts.field("reasons").is_some() {
            self.field(Part::Reason, "reasons");
        } else if refused.is_empty() {
            self.push(Part::Reason, None, vec![Vec::new()]);
        }
        self.reasons(Part::Reason, refused.into_iter());
        self.field(Part::Provision, "provision");
        self.field(Part::Weighed, "weighed");
        self.complaint();
        self.courts();
    }

    fn refusal(&mut self) {
        let rejection = self.facts.rejection.clone().unwrap_or_default();
        let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        self.says_as(Part::Decision, "decision-refused");
        self.tells(Part::Reason, known(&rejection.facts).as_deref());
        self.tells(Part::Provision, rejection.provision.as_deref());
        self.says(Part::Weighed);
        for sentence in &rejection.weighed {
            self.tells(Part::Weighed, Some(sentence));
        }
        self.complaint();
        self.courts();
    }

    fn withdrawal(&mut self) {
        let facts = self.facts;
        self.field(Part::Consent, "consent");
        self.tells(Part::FromWhen, Some(&facts.received));
        self.says(Part::StaysLawful);
        self.deleted(Part::Deleted);
        self.kept();
        self.complaint();
        self.no_offers();
        self.no_open_tasks();
    }

    /// Where something was deleted, with the date, or that there was nothing to delete.
    fn deleted(&mut self, part: Part) {
        let facts = self.facts;
        if facts.tasks.done.is_empty() {
            self.says(part);
        }
        for task in &facts.tasks.done {
            let dated = self.with_date(task);
            self.push(part, Some(&task.name), vec![dated]);
        }
    }

    fn kept(&mut self) {
        self.reasons(Part::Kept, self.facts.tasks.remaining.iter());
    }

    fn erasure(&mut self) {
        let facts = self.facts;
        self.deleted(Part::Deleted);
        self.kept();
        self.says(Part::Told);
        if !facts.published.is_empty() {
            self.says(Part::Published);
            self.tells_all(Part::Published, &facts.published);
        }
        match facts.field("backups") {
            Some(_) => self.field(Part::Backups, "backups"),
            None => self.says(Part::Backups),
        }
        self.complaint();
        self.no_open_tasks();
    }

    fn name_redaction(&mut self) {
        let facts = self.facts;
        if facts.tasks.done.is_empty() {
            self.push(Part::Videos, None, vec![Vec::new()]);
        }
        for task in &facts.tasks.done {
            let groups = [Some(&task.name), task.place.as_ref(), task.url.as_ref()];
            let groups = groups.into_iter().flatten().map(|text| vec![text.clone()]);
            self.push(Part::Videos, Some(&task.name), groups.collect());
            self.push(
                Part::When,
                Some(&task.name),
                vec![task.on.iter().cloned().collect()],
            );
        }
        self.says(Part::OutOfReach);
        let tasks = &facts.tasks;
        self.reasons(Part::NotDone, tasks.kept.iter().chain(&tasks.skipped));
        if !(tasks.kept.is_empty() && tasks.skipped.is_empty()) {
            self.complaint();
        }
        self.no_open_tasks();
    }

    fn recording_deleted(&mut self) {
        let Some(recording) = self.facts.recordings.first() else {
            self.push(Part::Session, None, vec![Vec::new()]);
            return;
        };
        self.tells(Part::Session, Some(&recording.title));
        self.tells(Part::Session, Some(&recording.on));
        match &recording.link_sent {
            Some(on) => self.tells(Part::LinkSent, Some(on)),
            None => self.says(Part::LinkSent),
        }
        self.tells_all(Part::Deletions, &recording.deletions);
        for on in &recording.deleted_on {
            self.tells(Part::Deletions, Some(on));
        }
        self.says(Part::Trash);
        for place in &recording.left {
            self.never(Part::CopiesLeft, place);
        }
    }

    fn processor(&mut self) {
        let facts = self.facts;
        self.field(Part::Service, "service");
        let person = [&facts.person.name, &facts.person.email];
        let person = person.into_iter().flatten().cloned().collect();
        self.push(Part::Whom, None, vec![person]);
        self.field(Part::Ask, "ask");
        self.tells(Part::AnswerBy, Some(&facts.answer_by));
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each type, as in RULES §5"
    )]
    fn of(&mut self, letter: LetterType) {
        let facts = self.facts;
        match letter {
            LetterType::Receipt => {
                self.tells(Part::Received, Some(&facts.received));
                self.tells(Part::Asked, facts.asked.as_deref());
                self.tells(Part::Due, facts.due.as_deref());
                self.says(Part::Free);
            }
            LetterType::Identity => {
                self.field(Part::Doubt, "doubt");
                match facts.field("proof") {
                    Some(_) => self.field(Part::Proof, "proof"),
                    None => self.says(Part::Proof),
                }
                self.says(Part::NoCpr);
                self.says(Part::NoAnswer);
                self.complaint();
            }
            LetterType::Clarification => {
                self.field(Part::Unclear, "question");
                self.says(Part::AllGiven);
            }
            LetterType::Extension => {
                let until = facts.extension.as_ref().map(|it| it.until.clone());
                self.tells(Part::NewDate, until.as_deref());
                self.field(Part::Reason, "reason");
                match facts.field("given") {
                    Some(_) => self.field(Part::Given, "given"),
                    None => self.says(Part::Given),
                }
                self.complaint();
            }
            LetterType::Answer if facts.kind.as_deref() == Some("access") => {
                self.access();
                self.complaint();
                self.no_open_tasks();
            }
            LetterType::Answer => {
                let names: Vec<String> = facts
                    .tasks
                    .done
                    .iter()
                    .chain(&facts.tasks.nothing)
                    .map(|task| task.name.clone())
                    .collect();
                if facts.field("remark").is_some() {
                    self.field(Part::Actions, "remark");
                } else {
                    self.tells_all(Part::Actions, &names);
                }
                self.left_out();
                self.complaint();
                self.no_open_tasks();
            }
            LetterType::NothingHeld => self.nothing_held(),
            LetterType::Partial => self.partial(),
            LetterType::Refusal => self.refusal(),
            LetterType::Fee => {
                self.field(Part::Excessive, "why");
                self.field(Part::Amount, "amount");
                self.field(Part::Basis, "basis");
                self.says(Part::Narrow);
            }
            LetterType::Withdrawal => self.withdrawal(),
            LetterType::Erasure => self.erasure(),
            LetterType::NameRedaction => self.name_redaction(),
            LetterType::RecordingDeleted => self.recording_deleted(),
            LetterType::OptOut => {
                self.says(Part::OptedOut);
                self.tells(Part::FromWhen, Some(&facts.received));
                self.no_offers();
                self.no_open_tasks();
            }
            LetterType::Complaint => {
                self.field(Part::Points, "points");
                self.field(Part::Changes, "changes");
                self.complaint();
            }
            LetterType::Authority => {
                for turn in &facts.chronology {
                    self.push(
                        Part::Chronology,
                        None,
                        vec![vec![turn.on.clone()], vec![turn.what.clone()]],
                    );
                }
                self.says(Part::Evidence);
            }
            LetterType::Processor => self.processor(),
        }
    }
}

/// What a letter of this type must say, given what is known, and by which wordings it is known to say it.
pub fn requirements(
    letter: LetterType,
    language: Language,
    facts: &LetterFacts,
    says: Says<'_>,
) -> Vec<Requirement> {
    let mut list = List {
        facts,
        language,
        says,
        found: Vec::new(),
    };
    list.common();
    list.of(letter);
    list.found
}
