//! The invented cases as they are written in `assets/demo.toml`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::dates::{When, days_after};
use crate::domain::conduct::{RejectionDraft, Resolution, TaskDraft};
use crate::domain::opt_out::Source;
use crate::domain::person::Language;
use crate::domain::recording::{CopyStatus, Form};
use crate::domain::rejection::Ground;
use crate::domain::request::{Channel, Kind, Outcome};
use crate::domain::task::TaskStatus;
use crate::ops::{Action, Op, Target};

const BUILT_IN: &str = include_str!("../../assets/demo.toml");

/// All cases, and the sittings in which several of them are worked through.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Cases {
    pub(super) request: Vec<RequestCase>,
    pub(super) recording: Vec<RecordingCase>,
    pub(super) opt_out: Vec<OptOutCase>,
    pub(super) sitting: Vec<Sitting>,
}

impl Cases {
    /// The cases that come with the program.
    pub(super) fn built_in() -> Self {
        match toml::from_str(BUILT_IN) {
            Ok(cases) => cases,
            Err(error) => unreachable!("assets/demo.toml: {error}"),
        }
    }
}

/// A request, and what was done about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RequestCase {
    /// The name by which a sitting calls it.
    pub(super) key: Option<String>,
    pub(super) kind: Kind,
    pub(super) name: String,
    /// None for somebody who writes letters.
    #[serde(default)]
    pub(super) emails: Vec<String>,
    pub(super) received: When,
    /// The time of day at which it arrived, where that is known.
    #[serde(default, deserialize_with = "time_of_day")]
    pub(super) time: Option<NaiveTime>,
    #[serde(default = "by_mail")]
    pub(super) channel: Channel,
    #[serde(default = "in_danish")]
    pub(super) language: Language,
    pub(super) subject: Option<String>,
    pub(super) message: String,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
}

impl RequestCase {
    /// Whether its period was extended, so that its dates follow from that.
    pub(super) fn is_extended(&self) -> bool {
        let extends = |step: &Step| matches!(step.deed, Deed::Extend { .. });
        self.steps.iter().any(extends)
    }
}

fn by_mail() -> Channel {
    Channel::Mail
}

fn in_danish() -> Language {
    Language::Da
}

/// `20:47`; chrono's own form would want the seconds too.
fn time_of_day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<NaiveTime>, D::Error> {
    let text = String::deserialize(from)?;
    NaiveTime::parse_from_str(&text, "%H:%M")
        .map(Some)
        .map_err(serde::de::Error::custom)
}

/// The recording of a session, and what was done about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RecordingCase {
    pub(super) title: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) emails: Vec<String>,
    #[serde(default = "private")]
    pub(super) form: Form,
    /// Days from the session to today; without it the session was the day before the link was sent.
    pub(super) recorded: Option<u64>,
    /// When the link was sent, where it was sent before the recording was entered.
    pub(super) link: Option<When>,
    /// Days after which the link stops working.
    pub(super) expires_after: Option<u64>,
    /// Places and locators.
    #[serde(default)]
    pub(super) copies: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) declined: bool,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
}

fn private() -> Form {
    Form::Private
}

/// An opt-out, and what was done about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OptOutCase {
    /// The name by which a sitting calls it.
    pub(super) key: Option<String>,
    pub(super) email: String,
    pub(super) name: Option<String>,
    pub(super) received: When,
    pub(super) source: Source,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
}

/// Something done to several cases at once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Sitting {
    pub(super) days_ago: u64,
    /// The keys of the cases.
    pub(super) of: Vec<String>,
    pub(super) deeds: Vec<Deed>,
}

/// Something done to one case, so many days after it came in.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    pub(super) after: u64,
    #[serde(flatten)]
    pub(super) deed: Deed,
}

/// Something done.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    tag = "do",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub(super) enum Deed {
    Note {
        text: String,
    },
    /// Tasks set to a status, one by one.
    Tick {
        status: TaskStatus,
        of: Vec<String>,
        note: Option<String>,
    },
    AddTask {
        title: String,
        place: String,
        url: String,
        at: Vec<String>,
    },
    AskIdentity {
        text: String,
    },
    ConfirmIdentity {
        text: String,
    },
    Extend {
        text: String,
    },
    Resolve {
        outcome: Option<Outcome>,
        note: Option<String>,
        r#override: Option<String>,
    },
    Reject {
        ground: Ground,
        text: String,
    },
    LinkSent {
        expires_after: u64,
    },
    Copy {
        place: String,
        status: CopyStatus,
    },
    /// Kept until so many days after today.
    Agree {
        days: u64,
        reference: String,
    },
    Consent {
        purpose: String,
        reference: String,
    },
    /// Takes the last change back.
    Undo,
}

/// The day on which something is done, and the day on which the demo runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct On {
    pub(super) day: NaiveDate,
    pub(super) today: NaiveDate,
}

impl Deed {
    /// The operations it comes to.
    pub(super) fn ops(&self, targets: &[Target], on: On) -> Vec<Op> {
        let action = match self {
            Self::Undo => return vec![Op::Undo],
            Self::Tick { status, of, note } => {
                let set = |task: &String| {
                    let action = Action::SetTask {
                        follow_up_on: None,
                        task: task.clone(),
                        status: *status,
                        note: note.clone(),
                    };
                    Op::Act(targets.to_vec(), action)
                };
                return of.iter().map(set).collect();
            }
            Self::LinkSent { .. }
            | Self::Copy { .. }
            | Self::Agree { .. }
            | Self::Consent { .. } => self.on_recording(on),
            _ => self.on_request(),
        };
        action
            .map(|action| Op::Act(targets.to_vec(), action))
            .into_iter()
            .collect()
    }

    fn on_request(&self) -> Option<Action> {
        Some(match self.clone() {
            Self::Note { text } => Action::Note(text),
            Self::AddTask {
                title,
                place,
                url,
                at,
            } => Action::AddTask(TaskDraft {
                title,
                place: Some(place),
                url: Some(url),
                at,
            }),
            Self::AskIdentity { text } => Action::RequestIdentity {
                doubt: text,
                on: None,
            },
            Self::ConfirmIdentity { text } => Action::ConfirmIdentity {
                method: text,
                on: None,
            },
            Self::Extend { text } => Action::Extend {
                reason: text,
                notified_on: None,
            },
            Self::Resolve {
                outcome,
                note,
                r#override,
            } => Action::Resolve(Resolution {
                delete_files: false,
                outcome,
                note,
                override_reason: r#override,
            }),
            Self::Reject { ground, text } => Action::Reject(RejectionDraft {
                ground,
                facts: text,
                burden_accepted: false,
            }),
            _ => return None,
        })
    }

    fn on_recording(&self, on: On) -> Option<Action> {
        Some(match self.clone() {
            Self::LinkSent { expires_after } => Action::LinkSent {
                on: None,
                expires_on: Some(days_after(on.day, expires_after)),
            },
            Self::Copy { place, status } => Action::MarkCopy {
                delete_file: false,
                place,
                status,
                on: None,
            },
            Self::Agree { days, reference } => Action::Agree {
                until: days_after(on.today, days),
                agreed_on: on.day,
                reference,
            },
            Self::Consent { purpose, reference } => Action::Consent {
                purpose,
                reference,
                on: on.day,
            },
            _ => return None,
        })
    }
}
