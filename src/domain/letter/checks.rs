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

/// Wordings that sell something, or ask for a reason; neither belongs in the answer to somebody who leaves.
const OFFERS: [&str; 12] = [
    "rabat",
    "særtilbud",
    "særpris",
    "kom tilbage",
    "hvorfor vil du",
    "hvorfor har du",
    "fortæl mig hvorfor",
    "discount",
    "special offer",
    "come back",
    "why are you",
    "tell me why",
];

/// A place with the date on which something was done there, as one would write them together; the name alone stands in
/// other sentences too.
fn with_date(task: &TaskFacts) -> Vec<String> {
    let name = &task.name;
    match &task.on {
        Some(on) => [": ", ", ", " (", " ", " on ", " den "]
            .iter()
            .map(|between| format!("{name}{between}{on}"))
            .collect(),
        None => vec![name.clone()],
    }
}

/// Gathers the requirements of one letter.
struct List<'a> {
    facts: &'a LetterFacts,
    language: Language,
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

    /// One of some wordings in the letter's language.
    fn says(&mut self, part: Part, danish: &[&str], english: &[&str]) {
        let group = self.wordings(danish, english);
        self.push(part, None, vec![group]);
    }

    fn wordings(&self, danish: &[&str], english: &[&str]) -> Vec<String> {
        let words = match self.language {
            Language::Da => danish,
            Language::En => english,
        };
        words.iter().map(|&word| word.to_owned()).collect()
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
        self.says(Part::Courts, &["domstol"], &["court"]);
    }

    /// Every task with its reason, or a wording that there is none.
    fn reasons<'t>(
        &mut self,
        part: Part,
        tasks: impl Iterator<Item = &'t TaskFacts>,
        danish: &[&str],
        english: &[&str],
    ) {
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
            self.says(part, danish, english);
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
            none: OFFERS.iter().map(|&word| word.to_owned()).collect(),
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
        self.says(
            Part::YesNo,
            &[
                "jeg behandler oplysninger om dig",
                "jeg har oplysninger om dig",
            ],
            &[
                "i process personal data about you",
                "i hold personal data about you",
            ],
        );
        for service in &facts.services {
            self.service(service);
        }
        self.says(
            Part::Rights,
            &["rettet", "berigtig"],
            &["correct", "rectif"],
        );
        self.says(Part::Rights, &["slette"], &["erase", "delete"]);
        self.says(Part::Rights, &["begræns"], &["restrict"]);
        self.says(Part::Rights, &["indsigelse"], &["object"]);
        self.says(Part::Automated, &["automatisk"], &["automated"]);
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
        self.reasons(
            Part::LeftOut,
            tasks.kept.iter().chain(&tasks.skipped),
            &["ikke udeladt noget", "er udeladt"],
            &["left nothing out", "is left out"],
        );
        if self.facts.field("left_out").is_some() {
            self.field(Part::LeftOut, "left_out");
        }
    }

    fn nothing_held(&mut self) {
        let facts = self.facts;
        self.says(
            Part::NothingHeld,
            &["ingen oplysninger om dig"],
            &["no personal data about you"],
        );
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
        self.says(
            Part::Decision,
            &["kun imødekomme en del", "kun en del af", "delvis"],
            &["only a part of", "in part", "partly"],
        );
        let tasks = &self.facts.tasks;
        let refused: Vec<&TaskFacts> = tasks.kept.iter().chain(&tasks.skipped).collect();
        if self.facts.field("reasons").is_some() {
            self.field(Part::Reason, "reasons");
        } else if refused.is_empty() {
            self.push(Part::Reason, None, vec![Vec::new()]);
        }
        self.reasons(
            Part::Reason,
            refused.into_iter(),
            &["her er grunden"],
            &["this is why"],
        );
        self.field(Part::Provision, "provision");
        self.field(Part::Weighed, "weighed");
        self.complaint();
        self.courts();
    }

    fn refusal(&mut self) {
        let rejection = self.facts.rejection.clone().unwrap_or_default();
        let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        self.says(
            Part::Decision,
            &["afviser", "afslag", "imødekommer ikke"],
            &["refuse"],
        );
        self.tells(Part::Reason, known(&rejection.facts).as_deref());
        self.tells(Part::Provision, rejection.provision.as_deref());
        self.says(Part::Weighed, &["lagt vægt på"], &["i have weighed"]);
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
        self.says(Part::StaysLawful, &["lovlig"], &["lawful"]);
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
            self.says(part, &["ikke noget at slette"], &["nothing to delete"]);
        }
        for task in &facts.tasks.done {
            self.push(part, Some(&task.name), vec![with_date(task)]);
        }
    }

    fn kept(&mut self) {
        self.reasons(
            Part::Kept,
            self.facts.tasks.remaining.iter(),
            &["beholder ikke noget"],
            &["keep nothing"],
        );
    }

    fn erasure(&mut self) {
        let facts = self.facts;
        self.deleted(Part::Deleted);
        self.kept();
        self.says(Part::Told, &["artikel 19"], &["article 19"]);
        if !facts.published.is_empty() {
            self.says(Part::Published, &["artikel 17, stk. 2"], &["article 17(2)"]);
            self.tells_all(Part::Published, &facts.published);
        }
        match facts.field("backups") {
            Some(_) => self.field(Part::Backups, "backups"),
            None => self.says(Part::Backups, &["mine sikkerhedskopier"], &["my backups"]),
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
        self.says(
            Part::OutOfReach,
            &["ikke kan nå", "kan jeg ikke nå"],
            &["cannot reach"],
        );
        let tasks = &facts.tasks;
        self.reasons(
            Part::NotDone,
            tasks.kept.iter().chain(&tasks.skipped),
            &["ikke noget, jeg har ladet være med"],
            &["nothing that i left undone"],
        );
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
            None => self.says(
                Part::LinkSent,
                &["ikke sendt et link"],
                &["no link was sent"],
            ),
        }
        self.tells_all(Part::Deletions, &recording.deletions);
        for on in &recording.deleted_on {
            self.tells(Part::Deletions, Some(on));
        }
        self.says(Part::Trash, &["papirkurv"], &["trash"]);
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
                self.says(
                    Part::Free,
                    &["gratis", "koster ikke", "koster dig ikke"],
                    &["free of charge", "costs you nothing"],
                );
            }
            LetterType::Identity => {
                self.field(Part::Doubt, "doubt");
                match facts.field("proof") {
                    Some(_) => self.field(Part::Proof, "proof"),
                    None => self.says(
                        Part::Proof,
                        &["fra den mailadresse", "som kun du"],
                        &["from the e-mail address", "that only you"],
                    ),
                }
                self.says(Part::NoCpr, &["cpr-nummer"], &["cpr number"]);
                self.says(Part::NoCpr, &[" pas ", " pas,", " pas."], &["passport"]);
                self.says(
                    Part::NoAnswer,
                    &["hører jeg ikke fra dig", "svarer du ikke"],
                    &["do not hear from you", "do not answer"],
                );
                self.complaint();
            }
            LetterType::Clarification => {
                self.field(Part::Unclear, "question");
                self.says(
                    Part::AllGiven,
                    &["får du det hele", "får du alle"],
                    &["you will get everything", "you will get all"],
                );
            }
            LetterType::Extension => {
                let until = facts.extension.as_ref().map(|it| it.until.clone());
                self.tells(Part::NewDate, until.as_deref());
                self.field(Part::Reason, "reason");
                match facts.field("given") {
                    Some(_) => self.field(Part::Given, "given"),
                    None => self.says(Part::Given, &["indtil nu"], &["so far"]),
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
                self.says(Part::Narrow, &["afgrænse"], &["narrow"]);
            }
            LetterType::Withdrawal => self.withdrawal(),
            LetterType::Erasure => self.erasure(),
            LetterType::NameRedaction => self.name_redaction(),
            LetterType::RecordingDeleted => self.recording_deleted(),
            LetterType::OptOut => {
                self.says(Part::OptedOut, &["afmeldt"], &["unsubscribed"]);
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
                self.says(Part::Evidence, &["bevispakke"], &["evidence bundle"]);
            }
            LetterType::Processor => self.processor(),
        }
    }
}

/// What a letter of this type must say, given what is known.
pub fn requirements(
    letter: LetterType,
    language: Language,
    facts: &LetterFacts,
) -> Vec<Requirement> {
    let mut list = List {
        facts,
        language,
        found: Vec::new(),
    };
    list.common();
    list.of(letter);
    list.found
}
