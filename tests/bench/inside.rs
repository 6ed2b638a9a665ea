//! What the parts of the program take, measured within it: `cargo bench`.
//!
//! Each measure is done on a small archive and on a large one, made once in `target/bench` by the program's own
//! generator; the ratio between the two says what growth costs. Whole processes, the screen and the peers are measured by
//! `tests/bench/run`. A loop of its own and no framework: medians and ratios are all that is wanted here.

use std::env;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::demo;
use indsigt::domain::ids::ItemType;
use indsigt::mail::classify::suggest_for;
use indsigt::mail::rules::Rules;
use indsigt::mail::{Limits, parse};
use indsigt::ops::queries::{ListQuery, Which};
use indsigt::ops::{Action, Desk, Op, OpError, Target};
use indsigt::store::{Scope, Store, Via};
use indsigt::tables::subscribers::subscribers;

/// How many cases the two archives have; `INDSIGT_BENCH_SIZES=1000,100000` has others.
const SIZES: [usize; 2] = [1_000, 20_000];
/// Rows of a page, as the screen asks for them.
const PAGE: usize = 200;
/// A measure goes on for so long, or for so many runs.
const ENOUGH: Duration = Duration::from_millis(1500);
const RUNS: usize = 300;

/// What a measure is called, and what is done in it.
type Measure<'a> = (&'static str, Box<dyn FnMut() -> Result<(), OpError> + 'a>);

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = sizes();
    let mut columns = Vec::new();
    for &size in &wanted {
        let path = archive(size)?;
        columns.push(medians(&path)?);
        fs::remove_file(&path)?;
    }
    let mut out = io::stdout().lock();
    writeln!(out, "\n{:<34} {:>12} median, ratio", "", wanted[0])?;
    for (row, (name, first)) in columns[0].iter().enumerate() {
        write!(out, "{name:<34} {:>12}", told(*first))?;
        for (column, size) in columns.iter().zip(&wanted).skip(1) {
            let took = column[row].1;
            let ratio = took.as_secs_f64() / first.as_secs_f64();
            write!(out, "   {size}: {} ({ratio:.2}×)", told(took))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn sizes() -> Vec<usize> {
    let asked = env::var("INDSIGT_BENCH_SIZES").unwrap_or_default();
    let sizes: Vec<usize> = asked.split(',').flat_map(str::parse).collect();
    if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    }
}

fn told(took: Duration) -> String {
    format!("{:.1} µs", took.as_secs_f64() * 1e6)
}

/// The day on which everything is measured.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default()
}

/// A copy of the archive of that size, which is made when it is not there yet.
fn archive(size: usize) -> Result<PathBuf, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    fs::create_dir_all(&folder)?;
    let kept = folder.join(format!("inside-{size}.redb"));
    if !kept.exists() {
        let part = folder.join("making.redb");
        if part.exists() {
            fs::remove_file(&part)?;
        }
        demo::fill_archive(&part, &Settings::default(), today(), (size, 1), &mut |_| ())?;
        fs::rename(&part, &kept)?;
    }
    let copy = folder.join(format!("inside-{size}.copy.redb"));
    fs::copy(&kept, &copy)?;
    Ok(copy)
}

/// The median of each measure over one archive.
fn medians(path: &Path) -> Result<Vec<(&'static str, Duration)>, Box<dyn Error>> {
    let settings = Settings::default();
    let clock = Clock::new(settings.zone, Some(today()));
    let desk = Desk::new(Store::at(path, false), settings, clock, Via::Cli);
    let mut found = Vec::new();
    for (name, mut work) in reading(&desk)?
        .into_iter()
        .chain(changing(&desk)?)
        .chain(taking_in())
    {
        found.push((name, median(&mut work)?));
    }
    Ok(found)
}

/// Runs it until it is enough, after once to warm up.
fn median(work: &mut dyn FnMut() -> Result<(), OpError>) -> Result<Duration, OpError> {
    work()?;
    let begun = Instant::now();
    let mut took = Vec::new();
    while took.len() < RUNS && (took.len() < 3 || begun.elapsed() < ENOUGH) {
        let started = Instant::now();
        work()?;
        took.push(started.elapsed());
    }
    took.sort_unstable();
    Ok(took[took.len() / 2])
}

/// A question for a page of everything, open and closed.
fn page(skip: usize, search: Option<&str>) -> ListQuery {
    ListQuery {
        which: Which::Any,
        skip,
        limit: PAGE,
        search: search.map(str::to_owned),
        ..ListQuery::open(Scope::Of(ItemType::Request))
    }
}

/// What is asked of the store. Each run opens the file, as every command and every load of the screen does.
fn reading(desk: &Desk) -> Result<Vec<Measure<'_>>, OpError> {
    let (all, ids) = desk.store.read(|view| {
        let all = view.count(Scope::Of(ItemType::Request), false)?;
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        let ids = view.closed_ids(Scope::Of(ItemType::Request), all / 2, PAGE)?;
        Ok::<_, OpError>((all, ids))
    })?;
    let middle = page(all / 2, None);
    let searches = [
        ("search: one address", "kunde500@"),
        ("search: a common name", "Anne"),
        ("search: none", "zzqqx"),
    ];
    let mut measures: Vec<Measure<'_>> = vec![
        (
            "open the store, read nothing",
            Box::new(|| {
                desk.store
                    .read(|view| view.generation().map(drop).map_err(OpError::from))
            }),
        ),
        (
            "due within a week, first page",
            Box::new(|| desk.due(Some(7), PAGE).map(|due| drop(black_box(due)))),
        ),
        (
            "due within a week, counts only",
            Box::new(|| desk.due(Some(7), 0).map(|due| drop(black_box(due)))),
        ),
        (
            "list, first page",
            Box::new(|| desk.list(&page(0, None)).map(|list| drop(black_box(list)))),
        ),
        (
            "list, a page in the middle",
            Box::new(move || desk.list(&middle).map(|list| drop(black_box(list)))),
        ),
        (
            "decode a page of closed cases",
            Box::new(move || {
                desk.store.read(|view| {
                    for id in &ids {
                        black_box(view.get(*id)?);
                    }
                    Ok(())
                })
            }),
        ),
    ];
    measures.extend(searches.map(|(name, needle)| -> Measure<'_> {
        let query = page(0, Some(needle));
        (
            name,
            Box::new(move || desk.list(&query).map(|list| drop(black_box(list)))),
        )
    }));
    Ok(measures)
}

/// One durable change, and taking it back.
fn changing(desk: &Desk) -> Result<Vec<Measure<'_>>, OpError> {
    let first = desk.list(&ListQuery::open(Scope::Of(ItemType::Request)))?;
    let targets: Vec<Target> = first
        .cards
        .first()
        .map(|card| card.item.id().into())
        .into_iter()
        .collect();
    let note = Op::Act(targets, Action::Note("Ringet op.".to_owned()));
    Ok(vec![(
        "a note, durable",
        Box::new(move || desk.run(&note).map(|done| drop(black_box(done)))),
    )])
}

/// A mail as they come.
const MAIL: &str = "\
Received: from mx.example.dk (mx.example.dk [192.0.2.1]) by mail.luma.example with ESMTPS id 1; Tue, 10 Mar 2026 06:00:02 +0100
From: Mette Testesen <mette@example.dk>
To: kontakt@luma.example
Subject: =?utf-8?Q?Sp=C3=B8rgsm=C3=A5l_om_mine_oplysninger?=
Date: Tue, 10 Mar 2026 06:00:00 +0100
Message-ID: <inside-1@example.dk>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hej

Jeg har været med på et af dine forløb og vil gerne vide, hvilke oplysninger du har gemt om mig.
Det gælder både det, jeg har skrevet i skemaerne, og det, du selv har noteret undervejs.
Må jeg bede om en kopi af det hele, gerne som en fil, jeg selv kan åbne? Jeg bruger ikke adressen mere.
Hvis der ligger en optagelse af samtalen, vil jeg gerne have den slettet, når du har svaret.

Venlig hilsen
Mette
";

/// What is done with mails and lists, without a store: it does not grow, and stands here for its own figure.
fn taking_in() -> Vec<Measure<'static>> {
    let rules = Rules::built_in();
    let limits = Limits::default();
    let read = parse::parse(MAIL.as_bytes(), None, &limits);
    let rows = (0..10_000).map(|number| format!("laeser{number}@example.dk,Anne\n"));
    let list: String = std::iter::once("Email,First name\n".to_owned())
        .chain(rows)
        .collect();
    vec![
        (
            "rules of the intake, read",
            Box::new(|| {
                black_box(Rules::built_in());
                Ok(())
            }),
        ),
        (
            "read a mail",
            Box::new(move || {
                black_box(parse::parse(MAIL.as_bytes(), None, &limits));
                Ok(())
            }),
        ),
        (
            "classify a mail",
            Box::new(move || {
                black_box(suggest_for(&rules, &read.subject, &read.text));
                Ok(())
            }),
        ),
        (
            "read 10,000 rows of subscribers",
            Box::new(move || {
                if let Ok(found) = subscribers(list.as_bytes()) {
                    black_box(found.iter().count());
                }
                Ok(())
            }),
        ),
    ]
}
