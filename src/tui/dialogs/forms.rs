//! The forms of the program: what each asks, and which operation its answers make.

use chrono::NaiveDate;

use super::super::model::Model;
use super::super::msg::{Effect, ExportScope, Tab, Wanted};
use super::dates::{Now, lean};
use super::form::{Field, Form, InfoLine};
pub use super::purpose::{Purpose, TITLE};
use super::{adapt, letters, reject};
use crate::domain::conduct::{
    RejectionDraft, Resolution, TaskDraft, merge_targets, outcome_of_tasks,
};
use crate::domain::ids::{IdPattern, ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::opt_out::Source;
use crate::domain::person::{Language, Person};
use crate::domain::recording::Form as SessionForm;
use crate::domain::rejection::{Ground, Light, questions};
use crate::domain::request::{Channel, Kind, Outcome};
use crate::domain::task::TaskStatus;
use crate::export::Format;
use crate::export::csv::Style;
use crate::i18n::words::task_kind;
use crate::ops::add::{NewOptOut, NewRecording, NewRequest};
use crate::ops::queries::Card;
use crate::ops::{Action, Op, Target};
use crate::when::{Lean, ReceivedAt, date_in_form};

/// Asks questions: makes the form for a purpose about the record under the cursor.
struct Asking<'a> {
    model: &'a Model,
}

/// What a form is filled in against.
fn now(model: &Model) -> Now<'_> {
    Now {
        texts: &model.texts,
        today: model.today,
        rules: model.rules,
    }
}

/// The form for a purpose, with a draft left earlier filled in.
pub fn form(purpose: Purpose, model: &Model) -> Form {
    let asking = Asking { model };
    let card = model.selected();
    let mut fields = asking.fields(&purpose, card);
    let title = asking.title(&purpose);
    let info = asking.info(&purpose, card);
    fields.retain(|field| !field.name.is_empty());
    let mut form = Form::new(purpose, title, fields);
    form.info = info;
    let draft = form.purpose.place().and_then(|it| model.drafts.find(&it));
    if let Some(draft) = draft {
        form.restore(&draft.fields);
        form.taken_up = model.words_of_draft(&draft, form.purpose.seen());
    }
    if matches!(form.purpose, Purpose::Letter(..)) {
        // First it is read.
        form.focus = form.fields.len().saturating_sub(1);
    }
    adapt(&mut form, now(model));
    form
}

fn pairs<T: Copy>(
    all: &[T],
    value: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> String,
) -> Vec<(String, String)> {
    all.iter()
        .map(|one| (value(*one).to_owned(), words(*one)))
        .collect()
}

/// What the form for exporting calls the package for the person, as a folder and as one file.
const PACKAGE: &str = "package";
const PACKAGE_ZIP: &str = "package-zip";

impl Asking<'_> {
    /// What a form asks.
    fn fields(&self, purpose: &Purpose, card: Option<&Card>) -> Vec<Field> {
        match purpose {
            Purpose::NewRequest => self.new_request(),
            Purpose::NewRecording => self.new_recording(),
            Purpose::NewOptOut => self.new_opt_out(),
            Purpose::Note(_) => vec![self.area("text", "field-note")],
            Purpose::Resolve(_) => self.resolve(card),
            Purpose::Reject(_) | Purpose::Refuse(..) => reject::fields(&self.model.texts),
            Purpose::LetterTexts(_, letter, _) => letters::texts_fields(*letter, &self.model.texts),
            Purpose::Letter(_, letter) => letters::fields(letter, &self.model.texts),
            Purpose::LetterGoes(_, letter) => letters::goes_fields(self.model, letter),
            Purpose::Task(_, task) => self.task(card, task),
            Purpose::AddTask(_) => vec![
                self.line("title", "field-title", ""),
                self.line("place", "field-place", ""),
                self.line("url", "field-url", ""),
                self.line("at", "field-timecodes", ""),
            ],
            Purpose::LinkSent(_) => vec![
                self.today("on", "field-link-sent"),
                self.line("expires", "field-link-expires", ""),
            ],
            Purpose::Delivered(_) => vec![
                self.today("on", "field-on"),
                self.line("how", "field-how-delivered", ""),
            ],
            Purpose::Consent(_) => vec![
                self.line("purpose", "field-purpose", ""),
                self.line("reference", "field-reference", ""),
                self.today("on", "field-on"),
            ],
            Purpose::Edit(_) => self.edit(card),
            Purpose::Agree(_) => vec![
                self.line("until", "field-until", ""),
                self.today("agreed", "field-agreed-on"),
                self.line("reference", "field-reference", ""),
            ],
            Purpose::Extend(_) => vec![
                self.area("reason", "field-extension-reason"),
                self.today("on", "field-notified"),
            ],
            Purpose::AskIdentity(_) => vec![
                self.area("text", "field-doubt"),
                self.today("on", "field-on"),
            ],
            Purpose::ConfirmIdentity(_) => vec![
                self.line("text", "field-method", ""),
                self.today("on", "field-on"),
            ],
            Purpose::Reopen(_) => vec![self.area("text", "field-reason")],
            Purpose::Split(_) => vec![self.kind("erasure")],
            Purpose::Merge(_) => self.merge(card),
            Purpose::Hold(_) => vec![
                self.area("text", "field-reason"),
                self.line("review", "field-review", ""),
            ],
            Purpose::Export(marked) => self.export(marked),
        }
    }

    fn label(&self, id: &str) -> String {
        self.model.texts.get(id)
    }

    fn line(&self, name: &'static str, label: &str, text: &str) -> Field {
        Field::line(name, self.label(label), text)
    }

    /// Name and addresses as they are, to be corrected; of a mail that was passed on, those of who wrote it.
    fn edit(&self, card: Option<&Card>) -> Vec<Field> {
        let offered = card.and_then(|card| match &card.item {
            Item::Request(request) => request.offered_person(),
            _ => None,
        });
        let person = offered.or(card.map(|card| card.item.person()));
        let name = person.map_or("", |person| &person.name);
        let emails = person.map_or_else(String::new, |person| person.emails.join(" "));
        vec![
            self.line("name", "field-name", name),
            self.line("emails", "field-emails", &emails),
        ]
    }

    fn area(&self, name: &'static str, label: &str) -> Field {
        Field::area(name, self.label(label), "")
    }

    fn today(&self, name: &'static str, label: &str) -> Field {
        self.line(name, label, &self.model.today.to_string())
    }

    fn title(&self, purpose: &Purpose) -> String {
        let title = match purpose {
            Purpose::LetterTexts(_, letter, _) => self.model.texts.letter_name(*letter),
            Purpose::Letter(_, letter) => self.model.texts.letter_name(letter.letter),
            _ => self.label(purpose.title_id()),
        };
        match purpose.target() {
            Some(id) => format!("{title} – {id}"),
            None => title,
        }
    }

    /// What is to be read before a form is filled in.
    fn info(&self, purpose: &Purpose, card: Option<&Card>) -> Vec<InfoLine> {
        let texts = &self.model.texts;
        let plain = |text: String| InfoLine { text, light: None };
        match (purpose, card) {
            (Purpose::Reject(_) | Purpose::Refuse(..), Some(card)) => {
                let Item::Request(request) = &card.item else {
                    return Vec::new();
                };
                let mut lines = vec![plain(texts.get("form-reject-better"))];
                for question in questions(request, &card.circle) {
                    let light = question.light();
                    let (question, answer) = texts.question(&question);
                    lines.push(InfoLine {
                        text: format!("{question} {answer}"),
                        light: Some(light),
                    });
                }
                lines
            }
            (Purpose::Resolve(_), Some(card)) => {
                let Item::Request(request) = &card.item else {
                    let conflicts = card.standing.conflicts.iter();
                    return conflicts
                        .map(|conflict| InfoLine {
                            text: self.model.wording().conflict(conflict, &card.item),
                            light: Some(Light::Amber),
                        })
                        .collect();
                };
                let open = request.open_tasks().count();
                if open == 0 {
                    return Vec::new();
                }
                vec![InfoLine {
                    text: texts.with("form-open-tasks", &[("n", open.into())]),
                    light: Some(Light::Amber),
                }]
            }
            (Purpose::Task(_, task), Some(card)) => self.steps(card, task),
            (Purpose::LetterTexts(..), _) => vec![plain(texts.get("form-letter-texts-why"))],
            (Purpose::Split(_), Some(_)) => vec![plain(texts.get("form-split-why"))],
            (Purpose::Merge(_), Some(_)) => vec![plain(texts.get("form-merge-why"))],
            (Purpose::Extend(_), Some(_)) => vec![plain(texts.get("form-extend-why"))],
            (Purpose::Agree(_), Some(_)) => vec![plain(texts.get("form-agree-why"))],
            (Purpose::Delivered(_), Some(_)) => vec![plain(texts.get("form-delivered-why"))],
            (Purpose::Consent(_), Some(_)) => vec![plain(texts.get("form-consent-why"))],
            (Purpose::AskIdentity(_), Some(_)) => vec![plain(texts.get("form-identity-why"))],
            _ => Vec::new(),
        }
    }

    /// What the service card says of a task: its steps, what stays, what cannot be taken back.
    fn steps(&self, card: &Card, id: &str) -> Vec<InfoLine> {
        let texts = &self.model.texts;
        let language = texts.language();
        let shown = self.model.shown(card);
        let title = shown
            .item
            .tasks()
            .iter()
            .find(|task| task.id == id)
            .map(|task| InfoLine {
                text: self.model.wording().task_title(task, &shown.item),
                light: None,
            });
        let mut lines: Vec<InfoLine> = title.into_iter().collect();
        let task = self
            .model
            .catalogue
            .service(id)
            .and_then(|service| service.task(task_kind(&card.item)?));
        let Some(task) = task else {
            return lines;
        };
        lines.extend(task.steps.iter().map(|step| {
            let mark = if step.unverified {
                format!(" {}", texts.get("step-unverified"))
            } else {
                String::new()
            };
            InfoLine {
                text: format!("- {}{mark}", step.text.get(language)),
                light: None,
            }
        }));
        for (id, text, light) in [
            ("services-stays", &task.stays, None),
            (
                "services-irreversible",
                &task.irreversible,
                Some(Light::Amber),
            ),
        ] {
            lines.extend(text.as_ref().map(|text| InfoLine {
                text: texts.with(id, &[("text", text.get(language).into())]),
                light,
            }));
        }
        lines
    }

    fn language_field(&self) -> Field {
        let texts = &self.model.texts;
        let options = pairs(Language::ALL, Language::code, |language| {
            texts.language_name(language)
        });
        let chosen = texts.language().code();
        Field::choice("language", self.label("field-language"), options, chosen)
    }

    fn kind(&self, chosen: &str) -> Field {
        let kinds = pairs(&Kind::ALL, Kind::word, |kind| self.model.texts.kind(kind));
        Field::choice("kind", self.label("field-kind"), kinds, chosen)
    }

    fn merge(&self, card: Option<&Card>) -> Vec<Field> {
        let targets = card
            .and_then(|card| merge_targets(&card.item, &card.circle).ok())
            .unwrap_or_default();
        let options = targets
            .iter()
            .map(|id| (id.to_string(), id.to_string()))
            .collect();
        vec![Field::choice("into", self.label("field-into"), options, "")]
    }

    fn new_request(&self) -> Vec<Field> {
        let texts = &self.model.texts;
        let channels = pairs(&Channel::ALL, Channel::word, |channel| {
            texts.channel(channel)
        });
        vec![
            self.kind("access"),
            self.line("name", "field-name", ""),
            self.line("email", "field-emails", ""),
            self.today("received", "field-received"),
            Field::choice("channel", self.label("field-channel"), channels, "mail"),
            self.language_field(),
            self.area("message", "field-message"),
        ]
    }

    fn new_recording(&self) -> Vec<Field> {
        let texts = &self.model.texts;
        let forms = pairs(
            &[SessionForm::Private, SessionForm::Group],
            SessionForm::word,
            |form| texts.form(form),
        );
        vec![
            self.line("title", "field-title", ""),
            self.line("name", "field-name", ""),
            self.line("email", "field-emails", ""),
            self.today("recorded", "field-recorded"),
            Field::choice("form", self.label("field-form"), forms, "private"),
            self.line("link", "field-link-sent", ""),
            self.line("expires", "field-link-expires", ""),
            self.line("copies", "field-copies", "zoom-cloud"),
        ]
    }

    fn new_opt_out(&self) -> Vec<Field> {
        let texts = &self.model.texts;
        let sources = pairs(
            &[
                Source::Mail,
                Source::Link,
                Source::Phone,
                Source::InPerson,
                Source::List,
            ],
            Source::word,
            |source| texts.source(source),
        );
        vec![
            self.line("email", "field-email", ""),
            self.line("name", "field-name", ""),
            self.today("received", "field-received"),
            Field::choice("source", self.label("field-source"), sources, "mail"),
        ]
    }

    fn resolve(&self, card: Option<&Card>) -> Vec<Field> {
        let texts = &self.model.texts;
        let outcomes: Vec<Outcome> = Outcome::ALL
            .into_iter()
            .filter(|outcome| *outcome != Outcome::Rejected)
            .collect();
        let options = pairs(&outcomes, Outcome::word, |outcome| texts.outcome(outcome));
        if let Some(Item::Recording(_)) = card.map(|card| &card.item) {
            return vec![
                self.area("override", "field-override"),
                self.area("note", "field-note-optional"),
            ];
        }
        let (chosen, open) = match card.map(|card| &card.item) {
            Some(Item::Request(request)) => (
                outcome_of_tasks(request).word(),
                request.open_tasks().count() > 0,
            ),
            _ => (Outcome::Answered.word(), false),
        };
        let mut fields = vec![Field::choice(
            "outcome",
            self.label("field-outcome"),
            options,
            chosen,
        )];
        if open {
            fields.push(self.area("override", "field-override"));
        }
        fields.push(self.area("note", "field-note-optional"));
        fields
    }

    fn task(&self, card: Option<&Card>, id: &str) -> Vec<Field> {
        let texts = &self.model.texts;
        let options = pairs(&TaskStatus::ALL, TaskStatus::word, |status| {
            texts.task_status(status)
        });
        let task = card.and_then(|card| card.item.tasks().iter().find(|task| task.id == id));
        let status = task.map_or(TaskStatus::Done, |task| task.status);
        let note = task.and_then(|task| task.note.clone()).unwrap_or_default();
        let follow_up = task
            .and_then(|task| task.follow_up_on)
            .map_or_else(String::new, |on| on.to_string());
        vec![
            Field::choice("status", self.label("field-status"), options, status.word()),
            Field::area("note", self.label("field-task-note"), &note),
            self.line("follow-up", "field-follow-up", &follow_up),
        ]
    }

    fn export(&self, marked: &[ItemId]) -> Vec<Field> {
        let texts = &self.model.texts;
        let mut scopes = Vec::new();
        if !marked.is_empty() {
            let words = texts.with("export-these", &[("n", marked.len().into())]);
            scopes.push(("these".to_owned(), words));
        }
        if self.model.tab != Tab::History {
            scopes.push(("list".to_owned(), texts.get("export-list")));
        }
        scopes.push(("all".to_owned(), texts.get("export-all")));
        let mut formats = vec![
            ("json".to_owned(), texts.get("export-json")),
            ("csv".to_owned(), texts.get("export-csv")),
            ("excel".to_owned(), texts.get("export-excel")),
            ("md".to_owned(), texts.get("export-md")),
            ("ics".to_owned(), texts.get("export-ics")),
        ];
        if let [one] = marked
            && one.item_type == ItemType::Request
        {
            formats.push((PACKAGE.to_owned(), texts.get("export-package")));
            formats.push((PACKAGE_ZIP.to_owned(), texts.get("export-package-zip")));
        }
        let name = match marked {
            [one] => one.to_string(),
            _ => format!("indsigt-{}", self.model.today),
        };
        let path = format!("{}{name}.json", self.model.export_folder);
        vec![
            Field::choice("scope", self.label("field-what"), scopes, "these"),
            Field::choice("format", self.label("field-format"), formats, "json"),
            self.line("path", "field-path", &path),
        ]
    }
}

/// What is wrong with an answer: the field, and what to say there.
pub type Wrong = (&'static str, String);

/// Reads answers.
struct Reading<'a> {
    form: &'a Form,
    model: &'a Model,
}

/// What saving a form does.
///
/// # Errors
/// The field that cannot be read, and why.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each form, and nothing else"
)]
pub fn effect(form: &Form, model: &Model) -> Result<Effect, Wrong> {
    let reading = Reading { form, model };
    let act = |target: &Target, action| Effect::Run(Op::Act(vec![*target], action));
    Ok(match &form.purpose {
        Purpose::NewRequest => Effect::Run(Op::AddRequest(reading.new_request()?)),
        Purpose::NewRecording => Effect::Run(Op::AddRecording(reading.new_recording()?)),
        Purpose::NewOptOut => Effect::Run(Op::AddOptOut(reading.new_opt_out()?)),
        Purpose::Note(target) => act(target, Action::Note(form.value("text"))),
        Purpose::Resolve(target) => act(target, Action::Resolve(reading.resolution())),
        Purpose::Reject(target) => act(target, Action::Reject(reading.rejection())),
        Purpose::Task(target, task) => act(
            target,
            Action::SetTask {
                task: task.clone(),
                status: reading.one_of("status", &TaskStatus::ALL, TaskStatus::word),
                note: reading.optional("note"),
                follow_up_on: reading.optional_date("follow-up")?,
            },
        ),
        Purpose::AddTask(target) => act(
            target,
            Action::AddTask(TaskDraft {
                title: form.value("title"),
                place: reading.optional("place"),
                url: reading.optional("url"),
                at: reading.words("at"),
            }),
        ),
        Purpose::LinkSent(target) => act(
            target,
            Action::LinkSent {
                on: reading.optional_date("on")?,
                expires_on: reading.optional_date("expires")?,
            },
        ),
        Purpose::Delivered(target) => act(
            target,
            Action::Delivered {
                on: reading.optional_date("on")?,
                how: reading.optional("how"),
            },
        ),
        Purpose::Consent(target) => act(
            target,
            Action::Consent {
                purpose: form.value("purpose"),
                reference: form.value("reference"),
                on: reading.date("on")?,
            },
        ),
        Purpose::Edit(target) => act(
            target,
            Action::EditPerson {
                name: reading.optional("name"),
                emails: reading.words("emails"),
            },
        ),
        Purpose::Agree(target) => act(
            target,
            Action::Agree {
                until: reading.date("until")?,
                agreed_on: reading.date("agreed")?,
                reference: form.value("reference"),
            },
        ),
        Purpose::Extend(target) => act(
            target,
            Action::Extend {
                reason: form.value("reason"),
                notified_on: reading.optional_date("on")?,
            },
        ),
        Purpose::AskIdentity(target) => act(
            target,
            Action::RequestIdentity {
                doubt: form.value("text"),
                on: reading.optional_date("on")?,
            },
        ),
        Purpose::ConfirmIdentity(target) => act(
            target,
            Action::ConfirmIdentity {
                method: form.value("text"),
                on: reading.optional_date("on")?,
            },
        ),
        Purpose::Reopen(target) => act(target, Action::Reopen(form.value("text"))),
        Purpose::Split(target) => {
            let kind = reading.one_of("kind", &Kind::ALL, Kind::word);
            Effect::Run(Op::Split(*target, kind))
        }
        Purpose::Merge(target) => act(target, Action::MergeInto(reading.merge_target()?)),
        Purpose::Hold(target) => act(
            target,
            Action::Hold {
                reason: form.value("text"),
                review_on: reading.date("review")?,
            },
        ),
        Purpose::Refuse(target, language) => {
            letters::refuse(*target, *language, reading.rejection())
        }
        Purpose::LetterTexts(target, letter, language) => {
            letters::write(form, *target, *letter, *language)
        }
        // From reading it one goes on to what is to be done with it; `update::letters` sees to that.
        Purpose::Letter(_, letter) => Effect::Copy(letter.on_paper()),
        Purpose::LetterGoes(target, letter) => letters::goes(form, *target, letter, model)?,
        Purpose::Export(marked) => reading.export(marked)?,
    })
}

impl Reading<'_> {
    fn optional(&self, name: &str) -> Option<String> {
        Some(self.form.value(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn words(&self, name: &str) -> Vec<String> {
        self.form
            .value(name)
            .split([',', ' ', ';'])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn one_of<T: Copy>(&self, name: &str, all: &[T], word: fn(T) -> &'static str) -> T {
        let value = self.form.value(name);
        all.iter()
            .copied()
            .find(|one| word(*one) == value)
            .unwrap_or(all[0])
    }

    fn date(&self, name: &'static str) -> Result<NaiveDate, Wrong> {
        let text = self.form.value(name);
        let lean = lean(name).unwrap_or(Lean::Past);
        date_in_form(&text, self.model.today, lean)
            .ok_or_else(|| (name, self.model.texts.get("field-bad-date")))
    }

    fn optional_date(&self, name: &'static str) -> Result<Option<NaiveDate>, Wrong> {
        match self.optional(name) {
            None => Ok(None),
            Some(_) => self.date(name).map(Some),
        }
    }

    fn person(&self) -> Person {
        Person {
            name: self.form.value("name").trim().to_owned(),
            emails: self.words("email"),
        }
    }

    fn language(&self) -> Language {
        self.one_of("language", Language::ALL, Language::code)
    }

    fn merge_target(&self) -> Result<ItemId, Wrong> {
        let chosen: Option<IdPattern> = self.form.value("into").parse().ok();
        chosen
            .and_then(IdPattern::full)
            .ok_or_else(|| ("into", self.model.texts.get("field-needed")))
    }

    fn new_request(&self) -> Result<NewRequest, Wrong> {
        let received = self.optional_date("received")?;
        Ok(NewRequest {
            kind: self.one_of("kind", &Kind::ALL, Kind::word),
            person: self.person(),
            // Entered on the day it came: the instant of entry is as near as can be known.
            received: received
                .filter(|date| *date != self.model.today)
                .map(ReceivedAt::Date),
            channel: self.one_of("channel", &Channel::ALL, Channel::word),
            language: self.language(),
            message: self.optional("message"),
            mail: None,
        })
    }

    fn new_recording(&self) -> Result<NewRecording, Wrong> {
        let forms = [SessionForm::Private, SessionForm::Group];
        Ok(NewRecording {
            title: self.form.value("title"),
            person: self.person(),
            recorded_on: self.date("recorded")?,
            form: self.one_of("form", &forms, SessionForm::word),
            link_sent_on: self.optional_date("link")?,
            link_expires_on: self.optional_date("expires")?,
            copies: self
                .form
                .value("copies")
                .split(',')
                .map(str::trim)
                .filter(|copy| !copy.is_empty())
                .map(|copy| match copy.split_once('=') {
                    Some((place, locator)) => {
                        (place.trim().to_owned(), Some(locator.trim().to_owned()))
                    }
                    None => (copy.to_owned(), None),
                })
                .collect(),
            declined: false,
        })
    }

    fn new_opt_out(&self) -> Result<NewOptOut, Wrong> {
        let sources = [
            Source::Mail,
            Source::Link,
            Source::Phone,
            Source::InPerson,
            Source::List,
        ];
        Ok(NewOptOut {
            email: self.form.value("email").trim().to_owned(),
            name: self.optional("name"),
            received_on: self.optional_date("received")?,
            source: self.one_of("source", &sources, Source::word),
        })
    }

    fn resolution(&self) -> Resolution {
        Resolution {
            outcome: self
                .optional("outcome")
                .map(|_| self.one_of("outcome", &Outcome::ALL, Outcome::word)),
            note: self.optional("note"),
            override_reason: self.optional("override"),
            delete_files: false,
        }
    }

    fn rejection(&self) -> RejectionDraft {
        RejectionDraft {
            ground: self.one_of("ground", &Ground::ALL, Ground::word),
            facts: self.form.value("facts"),
            burden_accepted: self.form.shows("burden") && self.form.value("burden") == "yes",
        }
    }

    fn export(&self, marked: &[ItemId]) -> Result<Effect, Wrong> {
        let path = self
            .optional("path")
            .ok_or_else(|| ("path", self.model.texts.get("field-needed")))?;
        let chosen = self.form.value("format");
        if let (PACKAGE | PACKAGE_ZIP, [id]) = (chosen.as_str(), marked) {
            let stem = path.strip_suffix(".json").unwrap_or(&path);
            let zip = chosen == PACKAGE_ZIP;
            let has_ending = std::path::Path::new(stem)
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
            let path = if zip && !has_ending {
                format!("{stem}.zip")
            } else {
                stem.to_owned()
            };
            return Ok(Effect::Package { id: *id, zip, path });
        }
        let format = match chosen.as_str() {
            "csv" => Format::Csv(Style::Plain),
            "excel" => Format::Csv(Style::Excel),
            "md" => Format::Markdown,
            "ics" => Format::Calendar { names: false },
            _ => Format::Json,
        };
        // The name offered ends in .json; another format is meant for the name too.
        let path = match path.strip_suffix(".json") {
            Some(stem) => format!("{stem}.{}", format.extension()),
            None => path,
        };
        let everything = || {
            ExportScope::Query(crate::ops::queries::ListQuery {
                which: crate::ops::queries::Which::Any,
                ..crate::ops::queries::ListQuery::open(crate::store::Scope::Everything)
            })
        };
        let scope = match (self.form.value("scope").as_str(), self.model.wanted()) {
            ("these", _) => ExportScope::These(marked.to_vec()),
            ("list", Wanted::List(query)) => ExportScope::Query(query),
            ("list", Wanted::Due) => ExportScope::These(
                self.model
                    .list()
                    .cards
                    .iter()
                    .map(|card| card.item.id())
                    .collect(),
            ),
            _ => everything(),
        };
        Ok(Effect::Export {
            scope,
            format,
            path,
        })
    }
}
