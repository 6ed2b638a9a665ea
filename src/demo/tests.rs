use std::collections::BTreeSet;

use super::*;
use crate::domain::conduct;
use crate::domain::deadline::{self, Dates, Urgency, fixed_dates};
use crate::domain::holidays::Calendar;
use crate::domain::ids::ItemType;
use crate::domain::item::Item;
use crate::domain::person::Language;
use crate::domain::request::{Kind, Outcome, Status};
use crate::domain::standing::Flag;
use crate::domain::task::TaskStatus;
use crate::ops::queries::{Card, ListQuery, Which, history_in};
use crate::store::Scope;

/// Days on which a demo with fixed offsets would have holes: turns of month and year, feasts, weekends, leap days.
const SPECIAL_DAYS: [&str; 24] = [
    "2026-01-01",
    "2026-01-02",
    "2026-03-31",
    "2026-04-02",
    "2026-04-05",
    "2026-04-06",
    "2026-05-14",
    "2026-05-25",
    "2026-06-05",
    "2026-08-22",
    "2026-08-25",
    "2026-10-25",
    "2026-12-24",
    "2026-12-25",
    "2026-12-28",
    "2026-12-31",
    "2027-02-28",
    "2027-03-29",
    "2027-03-31",
    "2027-05-31",
    "2028-02-29",
    "2028-03-30",
    "2028-05-31",
    "2028-12-26",
];

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn desk_on(path: &Path, settings: &Settings, today: NaiveDate) -> Desk {
    Desk::new(
        Store::at(path, false),
        settings.clone(),
        Clock::new(settings.zone, Some(today)),
        Via::Cli,
    )
}

fn cards(desk: &Desk, scope: Scope) -> Vec<Card> {
    let query = ListQuery {
        which: Which::Any,
        ..ListQuery::open(scope)
    };
    desk.list(&query).unwrap().cards
}

/// Whether some receipt makes a request end on `today`: not on a day off, and not always at the end of a month.
fn a_request_can_end(calendar: Calendar, today: NaiveDate) -> bool {
    (27..40).any(|days| deadline::due(calendar, days_before(today, days), 1) == today)
}

/// What a list must have on `today`: how pressing its open things are, and what is due today.
fn check_urgencies(
    of: Option<ItemType>,
    open: &[(Urgency, Option<Dates>)],
    calendar: Calendar,
    today: NaiveDate,
) {
    let day_off = calendar.is_day_off(today);
    for urgency in Urgency::ALL {
        // An opt-out takes effect at once: `soon` only when it came on a day off, `later` never.
        let possible = of != Some(ItemType::OptOut)
            || match urgency {
                Urgency::Soon => day_off,
                Urgency::Later => false,
                _ => true,
            };
        let has = open.iter().any(|(had, _)| *had == urgency);
        assert!(
            has || !possible,
            "{today}: {of:?} has nothing {}",
            urgency.word()
        );
    }
    let possible = match of {
        Some(ItemType::Request) => a_request_can_end(calendar, today),
        Some(ItemType::OptOut) => !day_off,
        Some(ItemType::Recording | ItemType::Mail) | None => true,
    };
    let has = open
        .iter()
        .any(|(_, dates)| dates.is_some_and(|dates| dates.due == today));
    assert!(has || !possible, "{today}: {of:?} has nothing due today");
}

/// The open cases of a plan with their dates, worked out without a store; conflicts between them apart.
fn open_cases(plan: Plan<'_>, cases: &Cases) -> Vec<(ItemType, Dates)> {
    let settings = plan.settings;
    let (calendar, recording_days) = (settings.rules.calendar, settings.rules.recording_days);
    let today = plan.today;
    let mut open: BTreeMap<usize, (ItemType, Option<Dates>)> = BTreeMap::new();
    let mut entered = 0;
    let mut last_closed = BTreeMap::new();
    for Happening { day, what } in plan.in_order() {
        assert!(day <= today);
        match what {
            What::Enter(case, Op::AddRequest(new)) => {
                entered += 1;
                let received_on = match new.received.unwrap() {
                    ReceivedAt::Date(date) => date,
                    ReceivedAt::Instant(at) => deadline::local_date(at, settings.zone),
                };
                assert!(received_on <= day);
                let by_post = new.channel == Channel::Letter;
                let dates = if cases.request[case].is_extended() {
                    extended_dates(calendar, received_on, by_post)
                } else {
                    let at_once = new.kind.takes_effect_at_once();
                    let receipt = Receipt {
                        received_on,
                        at_once,
                        by_post,
                    };
                    request_dates(calendar, receipt)
                };
                open.insert(case, (ItemType::Request, Some(dates)));
            }
            What::Enter(case, Op::AddRecording(new)) => {
                entered += 1;
                let dates = new
                    .link_sent_on
                    .map(|on| recording_dates(calendar, on, recording_days));
                if !new.declined {
                    open.insert(case, (ItemType::Recording, dates));
                }
            }
            What::Enter(case, Op::AddOptOut(new)) => {
                entered += 1;
                let dates = opt_out_dates(calendar, new.received_on.unwrap());
                open.insert(case, (ItemType::OptOut, Some(dates)));
            }
            What::Enter(..) => unreachable!(),
            What::Do(of, Deed::Resolve { .. } | Deed::Reject { .. }) => {
                last_closed = of
                    .iter()
                    .map(|case| (*case, open.remove(case).unwrap()))
                    .collect();
            }
            What::Do(_, Deed::Undo) => open.append(&mut last_closed),
            What::Do(of, Deed::Agree { days, .. }) => {
                let dates = fixed_dates(calendar, days_after(today, days));
                open.insert(of[0], (ItemType::Recording, Some(dates)));
            }
            What::Do(of, _) => assert!(of.iter().all(|case| open.contains_key(case)), "{of:?}"),
        }
    }
    assert_eq!(entered, plan_size(cases));
    open.into_values()
        .filter_map(|(of, dates)| Some((of, dates?)))
        .collect()
}

fn plan_size(cases: &Cases) -> usize {
    cases.request.len() + cases.recording.len() + cases.opt_out.len()
}

#[test]
fn every_day_of_three_years_has_everything_in_every_list() {
    let cases = Cases::built_in();
    let mut doubtful_days_off = Settings::default();
    doubtful_days_off.rules.calendar.optional_days_are_holidays = true;
    doubtful_days_off.rules.recording_days = 14;
    for (settings, step) in [(Settings::default(), 1), (doubtful_days_off, 7)] {
        let calendar = settings.rules.calendar;
        let days = date("2026-01-01").iter_days().take(3 * 366 - 2);
        for today in days.step_by(step) {
            let open: Vec<_> = open_cases(Plan::of(&cases, &settings, today), &cases)
                .into_iter()
                .map(|(of, dates)| (of, (Urgency::of(dates, today), Some(dates))))
                .collect();
            for of in ItemType::WORKED {
                let own: Vec<_> = open
                    .iter()
                    .filter(|(type_, _)| *type_ == of)
                    .map(|(_, case)| *case)
                    .collect();
                check_urgencies(Some(of), &own, calendar, today);
            }
        }
    }
}

#[test]
fn real_stores_have_everything_in_every_list() {
    std::thread::scope(|scope| {
        for half in SPECIAL_DAYS.chunks(SPECIAL_DAYS.len() / 2) {
            scope.spawn(|| half.iter().for_each(|today| check_store(date(today))));
        }
    });
}

/// A folder that lies in memory where the machine has such a place: a store on a busy disk takes a second.
fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

fn check_store(today: NaiveDate) {
    let folder = in_memory();
    let path = folder.path().join("demo.redb");
    let settings = Settings::default();
    fill(&path, &settings, today).unwrap_or_else(|error| panic!("{today}: {error:?}"));
    let desk = desk_on(&path, &settings, today);
    let calendar = settings.rules.calendar;
    let scopes = ItemType::WORKED.map(Some).into_iter().chain([None]);
    for of in scopes {
        let cards = cards(&desk, of.map_or(Scope::Everything, Scope::Of));
        let open: Vec<_> = cards
            .iter()
            .filter_map(|card| Some((card.urgency?, card.standing.dates)))
            .collect();
        check_urgencies(of, &open, calendar, today);
        assert!(
            open.len() < cards.len(),
            "{today}: {of:?} has nothing closed"
        );
    }
    let due = desk.due(None, usize::MAX).unwrap();
    assert_eq!(due.total, due.cards.len());
    assert!(
        due.summary.overdue >= 3 && due.summary.act_now >= 3,
        "{today}: {:?}",
        due.summary
    );
    assert!(
        due.summary.soon >= 3 && due.summary.later >= 3,
        "{today}: {:?}",
        due.summary
    );
    let all = cards(&desk, Scope::Everything);
    check_states(&all, today);
    check_histories(&desk, &all, today);
}

/// Every state that the program knows is there to be looked at.
fn check_states(all: &[Card], today: NaiveDate) {
    let requests: Vec<_> = all
        .iter()
        .filter_map(|card| match &card.item {
            Item::Request(request) => Some((&**request, card)),
            _ => None,
        })
        .collect();
    let any = |what: &str, found: &dyn Fn(&Card) -> bool| {
        assert!(all.iter().any(found), "{today}: no {what}");
    };
    for kind in Kind::ALL {
        assert!(requests.iter().any(|(r, _)| r.kind == kind), "{kind:?}");
    }
    for channel in Channel::ALL {
        assert!(
            requests.iter().any(|(r, _)| r.channel == channel),
            "{channel:?}"
        );
    }
    for outcome in Outcome::ALL {
        let had = |card: &Card| {
            let closing = card.item.closing();
            closing.and_then(|closing| closing.outcome) == Some(outcome)
        };
        any(outcome.word(), &had);
    }
    for status in [
        Status::New,
        Status::AwaitingIdentity,
        Status::InProgress,
        Status::AwaitingThirdParty,
        Status::Ready,
    ] {
        assert!(
            requests.iter().any(|(r, _)| r.status() == status),
            "{today}: {status:?}"
        );
    }
    for flag in [
        Flag::Conflict,
        Flag::Extended,
        Flag::AwaitingIdentity,
        Flag::Repeat,
        Flag::Complaint,
        Flag::LinkNotSent,
    ] {
        let had = |card: &Card| card.item.is_open() && card.flags.contains(&flag);
        any(flag.word(), &had);
    }
    for status in TaskStatus::ALL {
        let had = |card: &Card| card.item.tasks().iter().any(|task| task.status == status);
        any(status.word(), &had);
    }
    let with_notes = all.iter().filter(|card| !card.item.notes().is_empty());
    assert!(with_notes.count() >= 8);
    let english = requests.iter().filter(|(r, _)| r.language == Language::En);
    assert_eq!(english.count(), 2);
    assert!(requests.iter().any(|(r, _)| {
        let proof = r.rejection.as_ref();
        proof.is_some_and(|proof| proof.questions.len() == 4 && proof.facts.len() > 100)
    }));
    assert!(requests.iter().any(|(r, _)| {
        let by_hand = r.tasks.iter().filter(|task| task.title.is_some());
        r.kind == Kind::NameRedaction
            && by_hand
                .filter(|task| task.url.is_some() && !task.at.is_empty())
                .count()
                == 3
    }));
    check_recordings(all, today);
}

fn check_recordings(all: &[Card], today: NaiveDate) {
    let recordings = || {
        all.iter().filter_map(|card| match &card.item {
            Item::Recording(recording) => Some(&**recording),
            _ => None,
        })
    };
    assert!(recordings().any(|r| r.agreement.is_some() && r.closing.is_none()));
    assert!(recordings().any(|r| r.declined));
    assert!(recordings().any(|r| r.copies.len() == 3 && r.present_copies().count() == 2));
    assert!(recordings().any(|r| !r.consents.is_empty()));
    assert!(recordings().any(|r| conduct::link_outlives_recording(r).is_some()));
    let sources: BTreeSet<&str> = all
        .iter()
        .filter_map(|card| match &card.item {
            Item::OptOut(opt_out) => Some(opt_out.source.word()),
            _ => None,
        })
        .collect();
    assert_eq!(sources.len(), 5, "{today}: {sources:?}");
}

/// Every record has a history that begins with it, and is numbered by the year in which it was entered.
fn check_histories(desk: &Desk, all: &[Card], today: NaiveDate) {
    use chrono::Datelike;
    let zone = desk.settings.zone;
    let histories: Result<Vec<_>, OpError> = desk.store.read(|view| {
        all.iter()
            .map(|card| history_in(view, Some(card.item.id()), usize::MAX))
            .collect()
    });
    for (card, entries) in all.iter().zip(histories.unwrap()) {
        let id = card.item.id();
        assert!(
            matches!(entries[0].event.as_str(), "received" | "registered"),
            "{id}"
        );
        let year = deadline::local_date(entries[0].at, zone).year();
        assert_eq!(i32::from(id.year), year);
        assert!(entries.iter().all(|entry| entry.via == Via::Demo));
    }
    let entries = desk.history(None, usize::MAX).unwrap();
    assert!(entries.is_sorted_by_key(|entry| entry.at), "{today}");
    assert!(entries.iter().any(|entry| entry.event == "undone"));
    for of in ItemType::WORKED {
        let of_last_year = |card: &&Card| {
            let id = card.item.id();
            id.item_type == of && i32::from(id.year) < today.year()
        };
        assert!(
            all.iter().any(|card| of_last_year(&card)),
            "{today}: {of:?}"
        );
    }
}

#[test]
fn the_same_day_gives_the_same_cases() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::default();
    let today = date("2026-11-22");
    let seen = ["a", "b"].map(|name| {
        let path = folder.path().join(name);
        fill(&path, &settings, today).unwrap();
        let cards = cards(&desk_on(&path, &settings, today), Scope::Everything);
        cards
            .into_iter()
            .map(|card| {
                let closed_on = card.item.closing().map(|closing| closing.on);
                let title = card.item.person().name.clone();
                (
                    card.item.id(),
                    title,
                    card.standing,
                    closed_on,
                    card.next_step,
                )
            })
            .collect::<Vec<_>>()
    });
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn invented_cases_never_get_among_real_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("real.redb");
    std::fs::write(&path, "anything").unwrap();
    let refused = fill(&path, &Settings::default(), date("2026-11-22"));
    assert!(matches!(refused, Err(OpError::Unwritable { .. })));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "anything");
}

#[test]
fn nobody_in_the_cases_can_be_real() {
    let cases = Cases::built_in();
    let people = cases.request.iter().map(|case| (&case.name, &case.emails));
    let clients = cases
        .recording
        .iter()
        .map(|case| (&case.name, &case.emails));
    let mut names = BTreeSet::new();
    let mut addresses: Vec<&String> = cases.opt_out.iter().map(|case| &case.email).collect();
    for (name, emails) in people.chain(clients) {
        names.insert(name);
        addresses.extend(emails);
    }
    assert!(names.len() >= 30, "{}", names.len());
    for address in addresses {
        let domain = address.rsplit_once('@').unwrap().1;
        assert!(
            domain == "example.dk" || domain.ends_with(".example"),
            "{address}"
        );
    }
    for case in &cases.request {
        let words = case.message.split_whitespace();
        let sentences = words.filter(|word| word.ends_with(['.', '?', '!'])).count();
        assert!((2..=8).contains(&sentences), "{}", case.name);
    }
}
