//! The screen over an archive: several segments of the index of the words, thousands of rows, and somebody who types on.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::demo::fill_archive;
use indsigt::i18n::Language;
use indsigt::ops::Desk;
use indsigt::ops::queries::{ListQuery, Which};
use indsigt::store::{Scope, Store, Via};
use indsigt::tui::msg::{Effect, LoadRequest, Loaded, Msg, Tab, Wanted};
use indsigt::tui::worker::{self, Jobs};
use tempfile::TempDir;

use crate::app::today;

/// Longer than any machine takes.
const LONG: Duration = Duration::from_mins(1);
const CASES: usize = 2600;

struct Archive {
    jobs: Jobs,
    answers: Receiver<Msg>,
    path: PathBuf,
    _folder: TempDir,
}

impl Archive {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.redb");
        let settings = Settings::default();
        fill_archive(&path, &settings, today(), (CASES, 5), &mut |_| {}).unwrap();
        let clock = Clock::new(settings.zone, Some(today()));
        let store = Store::at(&path, true).waiting(LONG);
        let desk = Desk::new(store, settings, clock, Via::Tui);
        let (sender, answers) = channel();
        let (jobs, _thread) = worker::start(desk, Language::En, sender);
        Self {
            jobs,
            answers,
            path,
            _folder: folder,
        }
    }

    fn ask(&self, number: u64, search: &str, offset: usize) {
        let query = ListQuery {
            which: Which::Any,
            search: Some(search.to_owned()).filter(|search| !search.is_empty()),
            ..ListQuery::open(Scope::Everything)
        };
        self.jobs.send(Effect::Load(LoadRequest {
            number,
            tab: Tab::Requests,
            wanted: Wanted::List(query),
            offset,
            limit: 20,
        }));
    }

    fn answer(&self) -> Loaded {
        match self.answers.recv_timeout(LONG).unwrap() {
            Msg::Loaded(loaded) => *loaded,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_archive_is_searched_and_paged_and_who_types_on_waits_for_the_last_letter_only() {
    let archive = Archive::new();
    // Somebody else has the store: the worker waits for it with the first request, and others gather behind.
    let lock = File::open(format!("{}.lock", archive.path.display())).unwrap();
    lock.lock().unwrap();
    for (number, search) in (1..).zip(["R", "Re", "Ref", "Ref.", "Ref. 1", "Ref. 1234."]) {
        archive.ask(number, search, 0);
    }
    lock.unlock().unwrap();
    let mut numbers = Vec::new();
    let found = loop {
        let loaded = archive.answer();
        numbers.push(loaded.number);
        if loaded.number == 6 {
            break loaded;
        }
    };
    assert!(numbers == [6] || numbers == [1, 6], "{numbers:?}");
    // The number of a text of which there is one, in a store whose words are in two segments and a rest.
    assert_eq!((found.total, found.more), (1, false));
    assert!(
        found.cards[0]
            .item
            .texts()
            .any(|text| text.contains("Ref. 1234."))
    );

    // What stands in nearly every text: the page is there, and nobody counts to the end.
    archive.ask(7, "ref.", 0);
    let found = archive.answer();
    assert_eq!((found.cards.len(), found.more), (20, true));
    assert!(found.total > 20 && found.total < CASES, "{}", found.total);

    // Page after page the archive is what it is as a whole, and none is there twice.
    let mut seen = std::collections::BTreeSet::new();
    for (number, offset) in (8..).zip([0, 20, 1290, CASES - 25, CASES - 5]) {
        archive.ask(number, "", offset);
        let page = archive.answer();
        assert_eq!((page.total, page.more), (CASES, false));
        assert_eq!(page.cards.len(), 20.min(CASES - offset));
        seen.extend(page.cards.iter().map(|card| card.item.id()));
    }
    assert_eq!(seen.len(), 20 * 4 + 5);
}
