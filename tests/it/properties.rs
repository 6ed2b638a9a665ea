//! What must hold after any sequence of operations, whatever a person does in whatever order.

#![expect(
    clippy::unwrap_used,
    reason = "a failed step of a property is a failed test"
)]

use chrono::{Days, NaiveDate};
use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::domain::conduct::{RejectionDraft, Resolution};
use indsigt::domain::deadline::{self, EXTENDED_MONTHS};
use indsigt::domain::ids::ItemId;
use indsigt::domain::item::Item;
use indsigt::domain::opt_out::Source;
use indsigt::domain::person::{Language, Person};
use indsigt::domain::recording::{CopyStatus, Form, RecordingCopy};
use indsigt::domain::rejection::{FACTS_MIN_CHARS, Ground};
use indsigt::domain::request::{Channel, Kind, Outcome};
use indsigt::domain::task::TaskStatus;
use indsigt::ops::add::{NewOptOut, NewRecording, NewRequest};
use indsigt::ops::queries::{ListQuery, Which};
use indsigt::ops::{Action, Desk, Op, OpError};
use indsigt::store::{Scope, Store, Via};
use indsigt::when::ReceivedAt;
use proptest::prelude::*;
use proptest::sample::select;

/// A step: days that pass before it, and what is tried.
type Step = (u64, Try);

/// Something that is tried on the n-th record there is.
#[derive(Debug, Clone)]
enum Try {
    Request(Kind, usize, u64, Channel),
    Recording(usize, bool),
    OptOut(usize),
    On(usize, Action),
    Split(usize, Kind),
    Merge(usize, usize),
    Undo,
    Redo,
}

const FACTS: &str =
    "Samme anmodning blev besvaret fuldt ud den 3. oktober, og intet er ændret siden da.";

fn action() -> impl Strategy<Value = Action> {
    let status = select(TaskStatus::ALL.to_vec());
    let words = select(vec!["", "en grund", "meget arbejde", FACTS]).prop_map(str::to_owned);
    let reason = select(vec![
        "",
        "ferie",
        "Oplysningerne ligger hos syv tjenester og tre personer",
    ]);
    prop_oneof![
        (
            proptest::option::of(select(Outcome::ALL.to_vec())),
            any::<bool>()
        )
            .prop_map(|(outcome, overridden)| Action::Resolve(Resolution {
                outcome,
                override_reason: overridden.then(|| "personen er spurgt".to_owned()),
                ..Resolution::default()
            })),
        (select(Ground::ALL.to_vec()), words.clone(), any::<bool>()).prop_map(
            |(ground, facts, burden_accepted)| Action::Reject(RejectionDraft {
                ground,
                facts,
                burden_accepted,
            })
        ),
        (1_usize..16, status, proptest::option::of(words)).prop_map(|(task, status, note)| {
            Action::SetTask {
                task: task.to_string(),
                status,
                note,
                follow_up_on: None,
            }
        }),
        reason.prop_map(|reason| Action::Extend {
            reason: reason.to_owned(),
            notified_on: None,
        }),
        Just(Action::LinkSent {
            on: None,
            expires_on: None,
        }),
        (any::<bool>(), any::<bool>()).prop_map(|(cloud, purged)| Action::MarkCopy {
            place: if cloud { "zoom-cloud" } else { "kajabi" }.to_owned(),
            status: if purged {
                CopyStatus::Purged
            } else {
                CopyStatus::Deleted
            },
            on: None,
            delete_file: false,
        }),
        Just(Action::RequestIdentity {
            doubt: "en anden adresse".to_owned(),
            on: None,
        }),
        Just(Action::ConfirmIdentity {
            method: "svar fra kendt adresse".to_owned(),
            on: None,
        }),
        Just(Action::Reopen("der kom nyt".to_owned())),
        Just(Action::Note("en note".to_owned())),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let kind = || select(Kind::ALL.to_vec());
    let tried = prop_oneof![
        2 => (kind(), 0_usize..3, 0_u64..40, select(Channel::ALL.to_vec()))
            .prop_map(|(kind, who, ago, channel)| Try::Request(kind, who, ago, channel)),
        1 => (0_usize..3, any::<bool>()).prop_map(|(who, sent)| Try::Recording(who, sent)),
        1 => (0_usize..3).prop_map(Try::OptOut),
        12 => (0_usize..12, action()).prop_map(|(which, action)| Try::On(which, action)),
        1 => (0_usize..12, kind()).prop_map(|(which, kind)| Try::Split(which, kind)),
        1 => (0_usize..12, 0_usize..12).prop_map(|(which, into)| Try::Merge(which, into)),
        2 => Just(Try::Undo),
        1 => Just(Try::Redo),
    ];
    (0_u64..12, tried)
}

fn person(who: usize) -> Person {
    Person {
        name: format!("Person {who}"),
        emails: vec![format!("p{who}@example.dk")],
    }
}

fn everything(desk: &Desk) -> Vec<Item> {
    let query = ListQuery {
        which: Which::Any,
        ..ListQuery::open(Scope::Everything)
    };
    let mut items: Vec<Item> = desk
        .list(&query)
        .unwrap()
        .cards
        .into_iter()
        .map(|card| card.item)
        .collect();
    items.sort_by_key(Item::id);
    items
}

fn op(tried: &Try, ids: &[ItemId], today: NaiveDate) -> Option<Op> {
    let nth = |which: usize| ids.get(which % ids.len().max(1)).copied();
    Some(match tried {
        Try::Request(kind, who, ago, channel) => Op::AddRequest(NewRequest {
            kind: *kind,
            person: person(*who),
            received: Some(ReceivedAt::Date(today - Days::new(*ago))),
            channel: *channel,
            language: Language::Da,
            message: None,
            mail: None,
        }),
        Try::Recording(who, sent) => Op::AddRecording(NewRecording {
            title: "Session".to_owned(),
            person: person(*who),
            recorded_on: today,
            form: Form::Private,
            link_sent_on: sent.then_some(today),
            link_expires_on: None,
            copies: vec![("zoom-cloud".into(), None), ("kajabi".into(), None)],
            declined: false,
        }),
        Try::OptOut(who) => Op::AddOptOut(NewOptOut {
            email: person(*who).emails.remove(0),
            name: None,
            received_on: None,
            source: Source::Mail,
        }),
        Try::On(which, action) => Op::Act(vec![nth(*which)?.into()], action.clone()),
        Try::Split(which, kind) => Op::Split(nth(*which)?.into(), *kind),
        Try::Merge(which, into) => {
            Op::Act(vec![nth(*which)?.into()], Action::MergeInto(nth(*into)?))
        }
        Try::Undo => Op::Undo,
        Try::Redo => Op::Redo,
    })
}

/// The invariants of one record.
fn check(item: &Item, settings: &Settings) {
    let calendar = settings.rules.calendar;
    match item {
        Item::Request(request) => {
            let dates = request.current_dates();
            let latest = deadline::due(calendar, request.received_on, EXTENDED_MONTHS);
            assert!(
                dates.due <= latest,
                "{}: later than the law's date",
                request.id
            );
            assert!(dates.act_by <= dates.due, "{}", request.id);
            if request.extension.is_none() {
                let due = deadline::due(calendar, request.received_on, 1);
                assert_eq!(dates.due, due, "{}", request.id);
            }
            if let Some(closing) = &request.closing {
                let outcome = closing.outcome.unwrap();
                let excused = closing.override_reason.is_some()
                    || request.rejection.is_some()
                    || closing.duplicate_of.is_some();
                assert!(
                    excused || request.open_tasks().count() == 0,
                    "{}: closed with an open task and no reason",
                    request.id
                );
                assert_eq!(outcome == Outcome::Rejected, request.rejection.is_some());
            }
            if let Some(rejection) = &request.rejection {
                assert!(
                    !rejection.facts.trim().is_empty(),
                    "{}: no facts",
                    request.id
                );
                assert!(
                    !rejection.ground.is_unreasonableness()
                        || rejection.facts.chars().count() >= FACTS_MIN_CHARS
                );
                assert!(!request.kind.is_never_refusable(), "{}", request.id);
            }
        }
        Item::Recording(recording) => {
            assert!(
                recording.closing.is_none() || recording.copies.iter().all(RecordingCopy::is_gone),
                "{}: closed with a copy left",
                recording.id
            );
        }
        Item::Mail(mail) => assert!(mail.closing.is_some(), "{}", mail.id),
        Item::OptOut(opt_out) => assert!(opt_out.dates.act_by < opt_out.dates.due),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_rules_hold_whatever_is_done(steps in proptest::collection::vec(step(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let mut today: NaiveDate = "2026-01-05".parse().unwrap();
        let mut desk = Desk::new(
            Store::at(folder.path().join("s.redb"), true),
            settings.clone(),
            Clock::new(settings.zone, Some(today)),
            Via::Cli,
        );
        let mut before = everything(&desk);
        for (days, tried) in &steps {
            today = today + Days::new(*days);
            desk.clock = Clock::new(settings.zone, Some(today));
            let ids: Vec<ItemId> = before.iter().map(Item::id).collect();
            let Some(op) = op(tried, &ids, today) else { continue };
            let result = desk.run(&op);
            let after = everything(&desk);
            match result {
                Ok(_) => for item in &after { check(item, &settings) },
                Err(OpError::Refused(_)) => {
                    prop_assert_eq!(&before, &after, "a refused operation changed something");
                }
                Err(error) => prop_assert!(false, "{op:?}: {error}"),
            }
            // The index of what is open says the same as the records.
            let open = after.iter().filter(|item| item.is_open()).count();
            let due = desk.due(None, usize::MAX).unwrap();
            prop_assert_eq!(due.cards.len(), open);
            let rows = desk.due_rows(None, usize::MAX, |card, _| Ok(card.clone())).unwrap();
            prop_assert_eq!(rows, due);
            before = after;
        }
        // Everything can be taken back, to the empty store it began with.
        while desk.run(&Op::Undo).is_ok() {}
        prop_assert!(everything(&desk).is_empty());
    }
}
