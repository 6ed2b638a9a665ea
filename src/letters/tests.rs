//! Every type of letter in every language over random cases; and every check, by taking its sentence away.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;

use super::{Letter, Wish, write};
use crate::clock::Clock;
use crate::config::{Controller, Settings};
use crate::domain::conduct::{RejectionDraft, Resolution, TaskDraft};
use crate::domain::ids::ItemId;
use crate::domain::letter::{LetterType, Part, fitting};
use crate::domain::opt_out::Source;
use crate::domain::person::{Language, Person};
use crate::domain::recording::{CopyStatus, Form};
use crate::domain::refusal::Refusal;
use crate::domain::rejection::Ground;
use crate::domain::request::{Channel, Kind, Outcome};
use crate::domain::task::TaskStatus;
use crate::i18n::Texts;
use crate::ops::add::{NewOptOut, NewRecording, NewRequest};
use crate::ops::{Action, Desk, Op, OpError};
use crate::store::{Store, Via};
use crate::when::ReceivedAt;

const LANGUAGES: &[Language] = Language::ALL;

const FACTS: &str =
    "Samme anmodning blev besvaret fuldt ud den 3. oktober, og intet er ændret siden da.";

fn sender() -> Controller {
    Controller {
        name: Some("Havanna Luma".into()),
        address: Some("Strandvejen 1, 2900 Hellerup".into()),
        email: Some("kontakt@luma.example".into()),
        phone: Some("12 34 56 78".into()),
        site: None,
    }
}

fn desk(folder: &Path, controller: Controller) -> Desk {
    let settings = Settings {
        controller,
        ..Settings::default()
    };
    let store = Store::at(folder.join("store.redb"), true);
    let clock = Clock::new(settings.zone, NaiveDate::from_ymd_opt(2026, 11, 20));
    Desk::new(store, settings, clock, Via::Cli)
}

/// A case at random.
#[derive(Debug, Clone)]
struct Case {
    item: usize,
    kind: Kind,
    name: String,
    email: bool,
    language: Language,
    days_ago: u64,
    statuses: Vec<TaskStatus>,
    note: String,
    by_hand: bool,
    recording: bool,
    step: usize,
    controller: Controller,
}

fn case() -> impl Strategy<Value = Case> {
    let name = select(vec![
        "Mette Hansen",
        "Åse Bæk-Sørensen",
        "{{ person }}",
        "?",
        "",
    ]);
    let note = select(vec![
        "Bilag gemmes efter bogføringsloven.",
        "Hører til  to   sager\n\n\nog en aftale",
        "{% if x %} – 100 % & <b>",
    ]);
    let controller = select(vec![
        sender(),
        Controller::default(),
        Controller {
            email: None,
            phone: None,
            ..sender()
        },
    ]);
    (
        (0..8_usize, select(Kind::ALL.to_vec()), name, any::<bool>()),
        (select(LANGUAGES.to_vec()), 0..20_u64),
        proptest::collection::vec(select(TaskStatus::ALL.to_vec()), 16),
        (note, any::<bool>(), any::<bool>(), 0..8_usize, controller),
    )
        .prop_map(
            |((item, kind, name, email), (language, days_ago), statuses, rest)| {
                let (note, by_hand, recording, step, controller) = rest;
                Case {
                    item,
                    kind,
                    name: name.to_owned(),
                    // Somebody must be named.
                    email: email || name.is_empty(),
                    language,
                    days_ago,
                    statuses,
                    note: note.to_owned(),
                    by_hand,
                    recording,
                    step,
                    controller,
                }
            },
        )
}

fn act(desk: &Desk, id: ItemId, action: Action) {
    match desk.run(&Op::Act(vec![id.into()], action)) {
        // A rule may say no to a random step; the case then stays as it was.
        Ok(_) | Err(OpError::Refused(_)) => {}
        Err(other) => panic!("{other:?}"),
    }
}

fn enter(desk: &Desk, op: &Op) -> ItemId {
    desk.run(op).unwrap().items[0].id()
}

fn recording(person: Person, on: NaiveDate) -> Op {
    Op::AddRecording(NewRecording {
        title: "Første session".into(),
        person,
        recorded_on: on,
        form: Form::Private,
        link_sent_on: Some(on),
        link_expires_on: None,
        copies: vec![("zoom-cloud".into(), None), ("kajabi".into(), None)],
        declined: false,
    })
}

/// Enters a random case and gives its id.
#[expect(clippy::too_many_lines, reason = "one step after the other")]
fn tell(desk: &Desk, case: &Case) -> ItemId {
    let today = desk.clock.moment().today;
    let received = today.checked_sub_days(Days::new(case.days_ago)).unwrap();
    let person = Person {
        name: case.name.clone(),
        emails: case
            .email
            .then(|| "mette@example.dk".to_owned())
            .into_iter()
            .collect(),
    };
    let id = match case.item {
        0 => {
            let id = enter(desk, &recording(person, received));
            if case.by_hand {
                act(desk, id, Action::Resolve(Resolution::default()));
            } else if case.recording {
                let status = CopyStatus::Deleted;
                act(
                    desk,
                    id,
                    Action::MarkCopy {
                        place: "kajabi".into(),
                        status,
                        on: None,
                        delete_file: false,
                    },
                );
            }
            return id;
        }
        1 => {
            let new = NewOptOut {
                email: "ole@example.dk".into(),
                name: Some(case.name.clone()).filter(|name| !name.is_empty()),
                received_on: Some(received),
                source: Source::Mail,
            };
            let id = enter(desk, &Op::AddOptOut(new));
            if case.by_hand {
                act(desk, id, Action::Resolve(Resolution::default()));
            }
            return id;
        }
        _ => enter(
            desk,
            &Op::AddRequest(NewRequest {
                kind: case.kind,
                person: person.clone(),
                received: Some(ReceivedAt::Date(received)),
                channel: Channel::Mail,
                language: case.language,
                message: None,
                mail: None,
            }),
        ),
    };
    if case.recording {
        enter(desk, &recording(person, received));
    }
    if case.by_hand {
        let draft = TaskDraft {
            title: "Klip navnet ud".into(),
            place: Some("»Efterår« på YouTube".into()),
            url: Some("https://youtu.be/abc".into()),
            at: vec!["12:04".into()],
        };
        act(desk, id, Action::AddTask(draft));
    }
    let tasks = desk.detail(id).unwrap().item.tasks().to_vec();
    for (task, status) in tasks.iter().zip(case.statuses.iter().cycle()) {
        act(
            desk,
            id,
            Action::SetTask {
                task: task.id.clone(),
                status: *status,
                note: Some(case.note.clone()),
                follow_up_on: None,
            },
        );
    }
    let words = || "Oplysningerne ligger hos syv tjenester".to_owned();
    match case.step {
        0 => act(
            desk,
            id,
            Action::RequestIdentity {
                doubt: words(),
                on: None,
            },
        ),
        1 => act(
            desk,
            id,
            Action::Extend {
                reason: words(),
                notified_on: None,
            },
        ),
        2 | 3 => {
            let ground = if case.step == 2 {
                Ground::Abuse
            } else {
                Ground::OthersRights
            };
            let draft = RejectionDraft {
                ground,
                facts: FACTS.into(),
                burden_accepted: true,
            };
            act(desk, id, Action::Reject(draft));
        }
        4 | 5 => act(
            desk,
            id,
            Action::Resolve(Resolution {
                outcome: (case.step == 5).then_some(Outcome::PartlyMet),
                override_reason: Some("slut".into()),
                ..Resolution::default()
            }),
        ),
        _ => {}
    }
    id
}

/// What the owner writes where only she can.
fn given(letter: LetterType) -> BTreeMap<String, String> {
    let fields = letter.fields().iter().filter(|field| field.required);
    fields
        .map(|field| {
            (
                field.name.to_owned(),
                format!("Ejerens tekst om {}", field.name),
            )
        })
        .collect()
}

fn wish(letter: LetterType, language: Language) -> Wish {
    Wish {
        letter: Some(letter),
        language: Some(language),
        fields: given(letter),
        rejection: None,
    }
}

/// Whether a letter has a place where something should stand and nothing does.
fn hole(letter: &Letter, case: &Case) -> Option<String> {
    let whole = format!("{}\n\n{}", letter.subject, letter.text);
    // What came out of the case is text, whatever it looks like.
    let mut own = whole.replace("{% if x %} – 100 % & <b>", "N");
    if !case.name.is_empty() {
        own = own.replace(&case.name, "N");
    }
    let marks = ["{{", "{%", "⟦", "  ", "\n\n\n", " ,", " .", "()", ": \n"];
    let words = ["None", "none", "null", "undefined"];
    let is_bad = |word: &str| words.contains(&word);
    let found = marks.iter().find(|mark| own.contains(**mark)).or_else(|| {
        words
            .iter()
            .find(|_| own.split(|c: char| !c.is_alphanumeric()).any(is_bad))
    });
    let found = found.map(|bad| format!("{bad:?}"));
    // Two things of a list on one line, too.
    let blank = own.lines().find(|line| {
        let bullets = line.matches("– ").count();
        let run_together = bullets > usize::from(line.starts_with("– "));
        line.trim() == "–" || line.ends_with(' ') || run_together
    });
    let dangling = own.split("\n\n").find(|paragraph| {
        // A heading line of a list with no list under it.
        paragraph.lines().count() == 1 && paragraph.ends_with(':')
    });
    found
        .or_else(|| blank.map(str::to_owned))
        .or_else(|| dangling.map(str::to_owned))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]

    /// Each type in each language over each random case: a whole letter, or one that names what it lacks; never a hole.
    #[test]
    fn no_letter_has_a_hole(case in case()) {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path(), case.controller.clone());
        let id = tell(&desk, &case);
        let card = desk.detail(id).unwrap();
        let fits = fitting(&card.item);
        for &language in LANGUAGES {
            let texts = Texts::new(language);
            for &letter in LetterType::ALL {
                let written = write(&desk, &card, &wish(letter, language), &texts);
                if !fits.contains(&letter) {
                    let refused = matches!(
                        &written,
                        Err(OpError::Refused(Refusal::LetterDoesNotFit { .. } | Refusal::LetterNeedsRejection(_)))
                    );
                    prop_assert!(refused, "{letter:?} {written:?}");
                    continue;
                }
                let written = written.unwrap();
                let lacks = written.missing();
                let allowed = hole(&written, &case);
                // A list that is empty is named as missing; nothing else may be empty.
                prop_assert!(
                    allowed.is_none() || !lacks.is_empty() && allowed.as_deref().is_some_and(|hole| hole.ends_with(':')),
                    "{letter:?} {language:?}: {allowed:?}\n{}", written.text
                );
                prop_assert!(written.subject.contains(&id.to_string()));
                let signed = written.text.contains("Havanna Luma");
                prop_assert!(signed != lacks.iter().any(|lack| lack.part == Part::Sender));
                prop_assert_eq!(written.text.contains('['), text_gap(&written), "{}", &written.text);
                for lack in &lacks {
                    prop_assert!(!texts.missing_part(lack).contains('⟦'), "{lack:?}");
                }
                let open = card.item.tasks().iter().any(|task| task.status.is_open());
                let tells = letter.is_answer() && !matches!(letter, LetterType::Partial | LetterType::Complaint);
                if open && tells {
                    prop_assert!(lacks.iter().any(|lack| lack.part == Part::OpenTasks), "{letter:?}");
                }
            }
        }
    }
}

/// Whether the letter must say in brackets that something is not known.
fn text_gap(letter: &Letter) -> bool {
    let lacks: BTreeSet<Part> = letter.missing().iter().map(|lack| lack.part).collect();
    [
        Part::Sender,
        Part::Contact,
        Part::Copy,
        Part::Transfers,
        Part::CopiesLeft,
        Part::Provision,
        Part::Reason,
        Part::Searched,
        Part::Videos,
        Part::Deletions,
    ]
    .iter()
    .any(|part| lacks.contains(part))
}

/// The cases of the mutations: each type with everything its letter can tell.
#[expect(clippy::too_many_lines, reason = "one case after the other")]
fn whole_case(desk: &Desk, letter: LetterType) -> ItemId {
    let person = Person {
        name: "Mette Hansen".into(),
        emails: vec!["mette@example.dk".into()],
    };
    let today = desk.clock.moment().today;
    let kind = match letter {
        LetterType::Withdrawal => Kind::Withdrawal,
        LetterType::Erasure => Kind::Erasure,
        LetterType::NameRedaction => Kind::NameRedaction,
        LetterType::Complaint => Kind::Complaint,
        _ => Kind::Access,
    };
    match letter {
        LetterType::RecordingDeleted => {
            // Three days that differ, and no trash but the one the template names.
            let days_ago = |days| today.checked_sub_days(Days::new(days)).unwrap();
            let Op::AddRecording(mut new) = recording(person, days_ago(10)) else {
                unreachable!("it adds a recording");
            };
            new.link_sent_on = Some(days_ago(5));
            new.copies.retain(|(place, _)| place == "kajabi");
            let id = enter(desk, &Op::AddRecording(new));
            act(desk, id, Action::Resolve(Resolution::default()));
            return id;
        }
        LetterType::OptOut => {
            let new = NewOptOut {
                email: "mette@example.dk".into(),
                name: Some("Mette Hansen".into()),
                received_on: None,
                source: Source::Mail,
            };
            let id = enter(desk, &Op::AddOptOut(new));
            act(desk, id, Action::Resolve(Resolution::default()));
            return id;
        }
        _ => {}
    }
    let new = NewRequest {
        kind,
        person,
        received: Some(ReceivedAt::Date(
            today.checked_sub_days(Days::new(3)).unwrap(),
        )),
        channel: Channel::Mail,
        language: Language::Da,
        message: None,
        mail: None,
    };
    let id = enter(desk, &Op::AddRequest(new));
    if letter == LetterType::NameRedaction {
        let draft = TaskDraft {
            title: "Klip navnet ud".into(),
            place: Some("»Efterår« på YouTube".into()),
            ..TaskDraft::default()
        };
        act(desk, id, Action::AddTask(draft));
    }
    for task in desk.detail(id).unwrap().item.tasks() {
        let status = match (letter, task.id.as_str()) {
            (LetterType::NothingHeld, _) | (_, "newsletter") => TaskStatus::NothingHeld,
            (_, "stripe") => TaskStatus::Kept,
            _ => TaskStatus::Done,
        };
        act(
            desk,
            id,
            Action::SetTask {
                task: task.id.clone(),
                status,
                note: Some("Bilag gemmes i fem år".into()),
                follow_up_on: None,
            },
        );
    }
    if letter == LetterType::Refusal {
        let draft = RejectionDraft {
            ground: Ground::OthersRights,
            facts: FACTS.into(),
            burden_accepted: true,
        };
        act(desk, id, Action::Reject(draft));
    }
    id
}

/// Parts that no sentence of a template carries alone: the number is in the subject and at the end; the sender's name and
/// ways are in settings; what contradicts a letter is in the case; offers are looked for, not their absence.
const NOT_A_SENTENCE: [Part; 6] = [
    Part::Id,
    Part::NoOffers,
    Part::OpenTasks,
    Part::Contradicted,
    Part::CopiesLeft,
    Part::Courts,
];

/// Takes each line of each built-in template away in turn: every part a letter must have is then missing with some line.
#[test]
fn every_check_misses_the_sentence_it_is_for() {
    let mut unseen = Vec::new();
    for &language in LANGUAGES {
        let texts = Texts::new(language);
        for &letter in LetterType::ALL {
            let folder = tempfile::tempdir().unwrap();
            let mut desk = desk(folder.path(), sender());
            let id = whole_case(&desk, letter);
            let card = desk.detail(id).unwrap();
            let mut wish = wish(letter, language);
            if letter == LetterType::Answer {
                wish.fields
                    .insert("enclosed".into(), "mine-data.zip".into());
            }
            let whole = write(&desk, &card, &wish, &texts).unwrap();
            assert_eq!(
                whole.missing(),
                Vec::new(),
                "{letter:?} {language:?}\n{}",
                whole.text
            );
            let wanted: BTreeSet<Part> = whole
                .requirements
                .iter()
                .map(|requirement| requirement.part)
                .filter(|part| !NOT_A_SENTENCE.contains(part))
                .collect();
            let templates = folder.path().join("letters");
            let file = templates
                .join(language.code())
                .join(format!("{}.txt", letter.word()));
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            let source = super::template::source(None, language, letter)
                .unwrap()
                .text;
            desk.letters_folder = Some(templates);
            let mut missed = BTreeSet::new();
            let lines: Vec<&str> = source.lines().collect();
            for gone in 0..lines.len() {
                if lines[gone].trim().is_empty() || lines[gone].starts_with("{%") {
                    continue;
                }
                let rest: Vec<&str> = [&lines[..gone], &lines[gone + 1..]].concat();
                std::fs::write(&file, rest.join("\n")).unwrap();
                if let Ok(mutant) = write(&desk, &card, &wish, &texts) {
                    missed.extend(mutant.missing().iter().map(|lack| lack.part));
                }
            }
            let never: Vec<&Part> = wanted.difference(&missed).collect();
            if !never.is_empty() {
                unseen.push(format!("{letter:?} {language:?}: {never:?}"));
            }
        }
    }
    assert_eq!(unseen, Vec::<String>::new());
}

#[test]
fn an_offer_or_a_question_why_is_no_confirmation() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path(), sender());
    let id = whole_case(&desk, LetterType::Withdrawal);
    let card = desk.detail(id).unwrap();
    let texts = Texts::new(Language::Da);
    let mut letter = write(
        &desk,
        &card,
        &wish(LetterType::Withdrawal, Language::Da),
        &texts,
    )
    .unwrap();
    assert_eq!(letter.missing(), Vec::new());
    letter.text.push_str("Bliver du, får du 20 %\nrabat.\n");
    assert_eq!(letter.missing()[0].part, Part::NoOffers);
    // The courts are asked for besides the text of the settings, which may not name them.
    let mut refusal = {
        let id = whole_case(&desk, LetterType::Refusal);
        let card = desk.detail(id).unwrap();
        write(
            &desk,
            &card,
            &wish(LetterType::Refusal, Language::Da),
            &texts,
        )
        .unwrap()
    };
    refusal.text = refusal.text.replace("domstolene", "retten");
    let lacks: Vec<Part> = refusal.missing().iter().map(|lack| lack.part).collect();
    assert_eq!(lacks, [Part::Complaint, Part::Courts]);
}
