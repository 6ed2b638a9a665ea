//! Whatever happened to a store, a list holds what reading every record would find, in the same order.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::conduct::Resolution;
use crate::domain::deadline::Urgency;
use crate::domain::ids::ItemType;
use crate::domain::person::{Language, Person};
use crate::domain::request::{Channel, Kind, Status};
use crate::ops::add::{NewOptOut, NewRequest};
use crate::ops::erase::Wanted;
use crate::ops::together::Entry;
use crate::ops::{Action, Op};
use crate::store::{Store, Via};

/// Words that have parts in common, with letters that are spelt in two ways.
const WORDS: [&str; 8] = [
    "Solvej",
    "solbær",
    "bærøkæbe",
    "Ærø",
    "indsigt",
    "indsigelse",
    "x",
    "8. maj",
];
/// What is looked for: parts of the words, several of them, and what nobody has.
const NEEDLES: [&str; 12] = [
    "sol", "vej", "baer", "BÆR", "indsig", "igt ind", "x", "ær", "8. m", "kunde3", "@example",
    "nirgends",
];
const KINDS: [Kind; 3] = [Kind::Access, Kind::Erasure, Kind::Other];

#[derive(Debug, Clone)]
enum Deed {
    Add(usize, usize, Vec<&'static str>),
    OptOut(usize),
    Note(usize, &'static str),
    Rename(usize, &'static str),
    Close(usize),
    Undo,
    Redo,
    Erase(usize),
    Days(u64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = proptest::collection::vec(select(&WORDS[..]), 0..6);
    prop_oneof![
        8 => (0..9_usize, 0..3_usize, words).prop_map(|(who, kind, words)| Deed::Add(who, kind, words)),
        2 => (0..9_usize).prop_map(Deed::OptOut),
        3 => (any::<usize>(), select(&WORDS[..])).prop_map(|(which, word)| Deed::Note(which, word)),
        2 => (any::<usize>(), select(&WORDS[..])).prop_map(|(which, word)| Deed::Rename(which, word)),
        4 => any::<usize>().prop_map(Deed::Close),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => (0..9_usize).prop_map(Deed::Erase),
        2 => (0..9_u64).prop_map(Deed::Days),
    ]
}

struct Office {
    desk: Desk,
    today: NaiveDate,
    _folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let store = Store::at(folder.path().join("s.redb"), true);
        let clock = Clock::new(settings.zone, Some(today));
        Self {
            desk: Desk::new(store, settings, clock, Via::Cli),
            today,
            _folder: folder,
        }
    }

    fn all(&self) -> Vec<Item> {
        let query = ListQuery {
            which: Which::Any,
            ..ListQuery::open(Scope::Everything)
        };
        let cards = self.desk.list(&query).unwrap().cards;
        cards.into_iter().map(|card| card.item).collect()
    }

    fn one(&self, which: usize) -> Option<ItemId> {
        let all = self.all();
        Some(all.get(which.checked_rem(all.len())?)?.id())
    }

    /// What the rules refuse is not done.
    fn act(&self, id: Option<ItemId>, action: Action) {
        if let Some(id) = id {
            drop(self.desk.run(&Op::Act(vec![id.into()], action)));
        }
    }

    fn does(&mut self, deed: &Deed) {
        let email = |who: usize| format!("kunde{who}@example.dk");
        match deed {
            Deed::Add(who, kind, words) => {
                let entries = vec![Entry::Request(NewRequest {
                    kind: KINDS[*kind],
                    person: Person {
                        name: words.first().unwrap_or(&"Åse").to_string(),
                        emails: vec![email(*who)],
                    },
                    received: None,
                    channel: Channel::Mail,
                    language: Language::Da,
                    message: Some(words.join(" ")),
                    mail: None,
                })];
                // A dozen at a time, so that there are several segments soon.
                let dozen = vec![entries; 12].concat();
                self.desk.run_together(&dozen, &[]).unwrap();
            }
            Deed::OptOut(who) => {
                let new = NewOptOut {
                    email: email(*who),
                    name: None,
                    received_on: None,
                    source: crate::domain::opt_out::Source::Link,
                };
                self.desk.run(&Op::AddOptOut(new)).unwrap();
            }
            Deed::Note(which, word) => self.act(self.one(*which), Action::Note((*word).to_owned())),
            Deed::Rename(which, word) => {
                let name = Some((*word).to_owned());
                let emails = Vec::new();
                self.act(self.one(*which), Action::EditPerson { name, emails });
            }
            Deed::Close(which) => {
                let resolution = Resolution {
                    override_reason: Some("Gjort i hånden".to_owned()),
                    ..Resolution::default()
                };
                self.act(self.one(*which), Action::Resolve(resolution));
            }
            Deed::Undo => drop(self.desk.run(&Op::Undo)),
            Deed::Redo => drop(self.desk.run(&Op::Redo)),
            Deed::Erase(who) => {
                // Only what is closed can be erased; that the rest is refused is not what is tried here.
                drop(self.desk.erase(&Wanted::Person(email(*who)), None));
            }
            Deed::Days(days) => {
                self.today = self.today + chrono::Days::new(*days);
                let hour = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
                self.desk.clock = Clock::fixed(self.desk.settings.zone, self.today.and_time(hour));
            }
        }
    }

    /// The list by reading everything.
    fn read_all(&self, query: &ListQuery) -> Vec<ItemId> {
        let open = |card: &super::super::queries::Card| card.item.is_open();
        let all = ListQuery {
            which: Which::Any,
            ..ListQuery::open(query.scope)
        };
        let mut cards = self.desk.list(&all).unwrap().cards;
        let closed = cards.split_off(cards.iter().filter(|card| open(card)).count());
        let today = self.today;
        cards.sort_by_key(|card| {
            let standing = &card.standing;
            let dates = standing.dates;
            let urgency = card.urgency;
            let due = dates.map(|dates| dates.due);
            assert!(
                urgency.is_some_and(|it| it == Urgency::Overdue)
                    == due.is_some_and(|due| due < today)
            );
            (urgency, standing.attention_on, due, card.item.id())
        });
        let mut closed: Vec<_> = closed.into_iter().collect();
        closed.sort_by_key(|card| {
            (
                Reverse(card.item.closing().map(|closing| closing.on)),
                Reverse(card.item.id().key()),
            )
        });
        let needle = query.search.as_deref().map(fold);
        cards
            .into_iter()
            .filter(|_| query.which != Which::Closed)
            .chain(closed.into_iter().filter(|_| query.wants_closed()))
            .filter(|card| {
                query.admits(&card.item) && needle.as_deref().is_none_or(|it| card.item.matches(it))
            })
            .map(|card| card.item.id())
            .collect()
    }

    fn is_right(&self, query: &ListQuery) {
        let expected = self.read_all(query);
        let ids =
            |list: &List| -> Vec<ItemId> { list.cards.iter().map(|card| card.item.id()).collect() };
        let whole = self.desk.list(query).unwrap();
        assert_eq!(ids(&whole), expected, "{query:?}");
        assert_eq!((whole.total, whole.more), (expected.len(), false));
        // Page by page, and for somebody who does not wait: the same rows.
        let page = 5;
        for skip in (0..expected.len() + page).step_by(page) {
            let query = ListQuery {
                skip,
                limit: page,
                ..query.clone()
            };
            let patience = Patience {
                enough: 3,
                goes_on: &|| true,
            };
            let list = self
                .desk
                .store
                .read(|view| self.desk.list_in(view, &query, &patience))
                .unwrap();
            let end = expected.len().min(skip + page);
            assert_eq!(ids(&list), expected[skip.min(end)..end], "{query:?}");
            assert!(list.more || list.total == expected.len(), "{query:?}");
            assert!(list.total <= expected.len() && list.total >= end.max(skip.min(end)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn a_list_is_what_reading_everything_would_find(
        deeds in proptest::collection::vec(deed(), 1..40),
        kind in proptest::option::of(select(&KINDS[..])),
        which in select(vec![Which::Open, Which::Closed, Which::Any]),
    ) {
        let mut office = Office::new();
        for deed in &deeds {
            office.does(deed);
        }
        for search in NEEDLES.map(Some).into_iter().chain([None]) {
            for scope in [Scope::Everything, Scope::Of(ItemType::Request)] {
                office.is_right(&ListQuery {
                    which,
                    kind,
                    search: search.map(str::to_owned),
                    ..ListQuery::open(scope)
                });
            }
        }
        office.is_right(&ListQuery {
            which,
            status: Some(Status::Closed),
            ..ListQuery::open(Scope::Everything)
        });
        prop_assert_eq!(office.desk.store.verify().unwrap().problems, vec![]);
    }
}

#[test]
fn who_does_not_wait_is_not_answered_further() {
    let mut office = Office::new();
    for _ in 0..14 {
        office.does(&Deed::Add(1, 0, vec!["Solvej"]));
    }
    let query = ListQuery {
        search: Some("so".to_owned()),
        ..ListQuery::open(Scope::Everything)
    };
    let asked = std::cell::Cell::new(0);
    let patience = Patience {
        enough: usize::MAX,
        goes_on: &|| {
            asked.set(asked.get() + 1);
            asked.get() < 2
        },
    };
    let read = |patience: &Patience<'_>| {
        let store = &office.desk.store;
        store.read(|view| office.desk.list_in(view, &query, patience))
    };
    let list = read(&patience).unwrap();
    assert_eq!((list.total, list.more, asked.get()), (127, true, 2));
    let list = read(&Patience::ENDLESS).unwrap();
    assert_eq!((list.total, list.more), (168, false));
}
