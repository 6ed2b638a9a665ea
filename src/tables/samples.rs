//! Tests on whole files: every shape of export that was seen, and files that are broken or meant to do harm.

use std::path::Path;

use chrono_tz::Europe::Copenhagen;

use super::optouts::{Basis, OptOutTable, Why, opt_outs};
use super::read::{Document, key};
use super::subscribers::subscribers;
use super::{FileSort, TableError};

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/csv")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn table(name: &str) -> OptOutTable {
    opt_outs(&bytes(name), Copenhagen).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// `line email name date`, one string a row, with `-` for what is not there.
fn rows(table: &OptOutTable) -> Vec<String> {
    let shown = |row: &super::optouts::OptOutRow| {
        let on = row.on.map_or("-".to_owned(), |on| on.to_string());
        format!(
            "{} {} [{}] {on}",
            row.line,
            row.email,
            row.name.as_deref().unwrap_or("-")
        )
    };
    table.rows.iter().map(shown).collect()
}

fn left_out(table: &OptOutTable) -> Vec<(usize, Why)> {
    table
        .left_out
        .iter()
        .map(|left| (left.line, left.why))
        .collect()
}

fn notes(table: &OptOutTable) -> Vec<(usize, Why)> {
    table
        .notes
        .iter()
        .map(|note| (note.line, note.why))
        .collect()
}

/// A file, the rows taken from it, and the lines left out.
type Case<'a> = (&'a str, &'a [&'a str], &'a [(usize, Why)]);

fn check(cases: &[Case<'_>]) {
    for (name, taken, others) in cases {
        let table = table(name);
        assert_eq!(rows(&table), *taken, "{name}");
        assert_eq!(left_out(&table), *others, "{name}");
        assert_eq!(notes(&table), [], "{name}");
        assert_ne!(table.basis, Basis::EveryRow, "{name}");
    }
}

#[test]
fn exports_of_services() {
    let cases: &[Case<'_>] = &[
        (
            "kajabi-unsubscribed.csv",
            &["2 mette@practice.example [Mette Testesen] -"],
            &[(3, Why::NotOptedOut), (4, Why::NotOptedOut)],
        ),
        (
            "mailchimp-unsubscribed.csv",
            &[
                "2 mette@practice.example [Mette Testesen] 2026-11-04",
                "3 ida@mail.example [Ida] 2026-07-02",
            ],
            &[],
        ),
        (
            "mailchimp-subscribed.csv",
            &[],
            &[(2, Why::NotOptedOut), (3, Why::NotOptedOut)],
        ),
        ("mailchimp-cleaned.csv", &[], &[(2, Why::Cleaned)]),
        (
            "webinarjam.csv",
            &["2 mette@practice.example [Mette Testesen] -"],
            &[(3, Why::NotOptedOut)],
        ),
        (
            "gotowebinar.csv",
            &["8 ole@mail.example [Ole Prøve] -"],
            &[(7, Why::NotOptedOut)],
        ),
        (
            "listmonk.csv",
            &["3 ole@mail.example [Ole Prøve] -"],
            &[(2, Why::NotOptedOut), (4, Why::UnclearStatus)],
        ),
        (
            "activecampaign.csv",
            &["2 mette@practice.example [Mette Testesen] 2026-11-03"],
            &[
                (3, Why::NotOptedOut),
                (4, Why::Bounced),
                (5, Why::Contradiction),
            ],
        ),
        (
            "brevo.csv",
            &["2 mette@practice.example [Mette Testesen] -"],
            &[(3, Why::NotOptedOut)],
        ),
        (
            "convertkit.csv",
            &["2 mette@practice.example [Mette] 2026-11-03"],
            &[(3, Why::NotOptedOut), (4, Why::Complained)],
        ),
    ];
    check(cases);
}

#[test]
fn danish_files_and_other_encodings() {
    let cases: &[Case<'_>] = &[
        (
            "mailerlite-unsubscribed.csv",
            &[
                "2 mette@practice.example [Mette Testesen] 2026-11-03",
                "3 ole@mail.example [Ole Prøve] 2026-11-04",
            ],
            &[],
        ),
        (
            "dansk-excel.csv",
            &[
                "3 søren@blåbær.example [Søren Ægidius] 2026-11-03",
                "5 åse@mail.example [Åse] 2026-11-04",
            ],
            &[(4, Why::NotOptedOut)],
        ),
        (
            "dansk-navn.csv",
            &["2 soren@mail.example [Søren Ægidius] -"],
            &[(3, Why::NotOptedOut), (4, Why::NotOptedOut)],
        ),
        (
            "utf16-no-bom.csv",
            &["2 soren@mail.example [Søren] -"],
            &[(3, Why::NotOptedOut)],
        ),
        (
            "utf16-be-pipe.csv",
            &["2 soren@mail.example [Søren] -"],
            &[(3, Why::NotOptedOut)],
        ),
        (
            "old-mac.csv",
            &[
                "2 mette@practice.example [Testesen, Mette] -",
                "4 ole@mail.example [Ole] -",
            ],
            &[(5, Why::NotOptedOut)],
        ),
    ];
    check(cases);
}

#[test]
fn files_without_a_column_about_it_are_taken_whole_and_say_so() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "kajabi-contacts.csv",
            &[
                "2 Mette@practice.example [Mette Testesen] -",
                "3 ole@mail.example [Ole Prøve] -",
            ],
            &["Products"],
        ),
        (
            "stripe-customers.csv",
            &[
                "2 mette@practice.example [Mette Testesen] -",
                "3 ole@mail.example [Ole Prøve] -",
            ],
            &["Delinquent", "Plan", "Total Spend", "Payment Count"],
        ),
        (
            "zoom-registrants.csv",
            &[
                "2 mette@practice.example [Mette Testesen] -",
                "3 OLE@mail.example [Ole] -",
            ],
            &["Registration Time", "Approval Status"],
        ),
        (
            "plain-title.txt",
            &["2 mette@practice.example [-] -", "3 ole@mail.example [-] -"],
            &[],
        ),
        (
            "plain-one-line.txt",
            &[
                "1 mette@practice.example [-] -",
                "1 ole@mail.example [-] -",
                "1 ida@mail.example [-] -",
            ],
            &[],
        ),
    ];
    for (name, taken, doubts) in cases {
        let table = table(name);
        assert_eq!(rows(&table), *taken, "{name}");
        assert_eq!(table.basis, Basis::EveryRow, "{name}");
        assert_eq!(table.doubts, *doubts, "{name}");
    }
    let plain = table("plain.txt");
    assert_eq!(
        rows(&plain),
        [
            "1 mette@practice.example [-] -",
            "2 ole@mail.example [Ole Prøve] -"
        ]
    );
    assert_eq!(
        left_out(&plain),
        [(4, Why::Duplicate { of: 1 }), (5, Why::NotAnAddress)]
    );
}

#[test]
fn reports_with_several_tables() {
    let meeting = table("zoom-participants.csv");
    assert_eq!(
        rows(&meeting),
        ["5 mette@practice.example [Mette Testesen (Mette T)] -"]
    );
    assert_eq!(
        left_out(&meeting),
        [(1, Why::OtherTable), (6, Why::NoAddress)]
    );
    let webinar = table("zoom-webinar.csv");
    assert_eq!(
        rows(&webinar),
        [
            "10 mette@practice.example [Mette Testesen] -",
            "12 ole@mail.example [Ole] -"
        ],
        "not the host, and the NUL and the quoted line break do not matter"
    );
    assert_eq!(left_out(&webinar), [(6, Why::OtherTable)]);
    let bytes = bytes("zoom-webinar.csv");
    let document = Document::open(&bytes, |key| {
        matches!(key, "email" | "jointime" | "attended")
    })
    .unwrap();
    let found: Vec<_> = document
        .tables()
        .iter()
        .map(|t| (t.line, t.preamble_lines, t.title.as_deref(), t.rows))
        .collect();
    assert_eq!(
        found,
        [
            (6, 5, Some("Host Details"), 1),
            (9, 0, Some("Attendee Details"), 2)
        ]
    );
    let twice = table("two-exports.csv");
    assert_eq!(
        rows(&twice),
        ["3 b@mail.example [B] -", "5 A@mail.example [A] -"]
    );
    assert_eq!(
        left_out(&twice),
        [(2, Why::NotOptedOut), (6, Why::Duplicate { of: 3 })]
    );
}

#[test]
fn dates_are_decided_by_the_file_or_not_at_all() {
    assert_eq!(
        rows(&table("slash-danish.csv")),
        [
            "2 a@mail.example [-] 2026-11-03",
            "3 b@mail.example [-] 2026-11-25"
        ]
    );
    assert_eq!(
        rows(&table("slash-american.csv")),
        [
            "2 a@mail.example [-] 2026-11-03",
            "3 b@mail.example [-] 2026-11-25"
        ]
    );
    let ambiguous = table("slash-ambiguous.csv");
    assert_eq!(
        rows(&ambiguous),
        ["2 a@mail.example [-] -", "3 b@mail.example [-] 2026-11-11"]
    );
    assert_eq!(notes(&ambiguous), [(2, Why::AmbiguousDate)]);
    assert_eq!(left_out(&ambiguous), [(4, Why::UnclearStatus)]);
    assert_eq!(
        rows(&table("instants.csv")),
        [
            "2 a@mail.example [-] 2026-11-03",
            "3 b@mail.example [-] 2026-11-03",
            "4 c@mail.example [-] 2026-11-02"
        ]
    );
}

#[test]
fn broken_rows_are_read_as_far_as_they_go() {
    let ragged = table("ragged.csv");
    assert_eq!(
        rows(&ragged),
        ["3 b@mail.example [Ole] -", "5 d@mail.example [Ida] -"]
    );
    assert_eq!(
        left_out(&ragged),
        [(2, Why::UnclearStatus), (4, Why::UnclearStatus)]
    );
    assert_eq!(
        notes(&ragged),
        [(
            5,
            Why::Ragged {
                cells: 4,
                expected: 3
            }
        )]
    );
    let quote = table("open-quote.csv");
    assert_eq!(
        rows(&quote),
        ["2 a@mail.example [Mette] -", "3 b@mail.example [Ole] -"]
    );
    assert_eq!(notes(&quote), [(2, Why::OpenQuote)]);
    let wrapped = table("excel-wrapped.csv");
    assert_eq!(
        rows(&wrapped),
        [
            "2 a@mail.example [Hansen, Mette] -",
            "3 b@mail.example [Ole] -"
        ]
    );
    let serial = table("excel-serial.csv");
    assert_eq!(
        rows(&serial),
        ["2 a@mail.example [-] -", "3 b@mail.example [-] 2026-11-03"]
    );
    assert_eq!(notes(&serial), [(2, Why::UnreadableDate)]);
    assert_eq!(left_out(&serial), [(4, Why::NotOptedOut)]);
    let unknown = table("unknown-status.csv");
    assert_eq!(
        left_out(&unknown),
        [(2, Why::UnclearStatus), (3, Why::UnclearStatus)]
    );
}

#[test]
fn nothing_hostile_comes_through() {
    let hostile = table("hostile.csv");
    assert_eq!(
        rows(&hostile),
        [
            "2 a@mail.example []52;c;ZXZpbA==Mette] -",
            "5 b@mail.example [=1+1] -"
        ]
    );
    assert_eq!(
        left_out(&hostile),
        [(3, Why::NotAnAddress), (4, Why::NotAnAddress)]
    );
}

#[test]
fn files_that_cannot_be_used() {
    let error = |name: &str| opt_outs(&bytes(name), Copenhagen).unwrap_err();
    let header = ["Kunde", "Telefon", "Adresse"].map(str::to_owned).to_vec();
    assert_eq!(
        error("no-address.csv"),
        TableError::NoAddressColumn { line: 3, header }
    );
    assert_eq!(error("no-header.csv"), TableError::NoHeader { line: 1 });
    assert_eq!(error("prose.txt"), TableError::NoHeader { line: 1 });
    assert_eq!(error("only-header.csv"), TableError::NoRows { line: 1 });
    assert_eq!(error("empty.csv"), TableError::Empty { line: 1 });
    assert_eq!(
        error("workbook.csv"),
        TableError::Binary {
            line: 1,
            sort: FileSort::Workbook
        }
    );
    assert_eq!(error("workbook.csv").line(), 1);
}

#[test]
fn addresses_of_a_mailing_list() {
    let all = |name: &str| {
        let bytes = bytes(name);
        subscribers(&bytes).unwrap().iter().collect::<Vec<_>>()
    };
    assert_eq!(
        all("kajabi-contacts.csv"),
        [
            (2, "Mette@practice.example".to_owned()),
            (3, "ole@mail.example".to_owned())
        ]
    );
    assert_eq!(all("plain.txt").len(), 3);
    assert_eq!(all("zoom-webinar.csv").len(), 2);
    assert!(matches!(
        subscribers(&bytes("no-address.csv")),
        Err(TableError::NoAddressColumn { line: 3, .. })
    ));
}

/// Line numbers stay right and nothing is lost in a long list.
#[test]
fn large_files_are_read_whole() {
    use std::fmt::Write;
    let mut file = String::from("Email Address,First Name,Last Name,Note,Status\r\n");
    for at in 0..20_000 {
        let state = if at % 100 == 0 {
            "unsubscribed"
        } else {
            "subscribed"
        };
        write!(
            file,
            "person{at}@mail.example,Søren,Ægidius,\"a, b\",{state}\r\n"
        )
        .unwrap();
    }
    let table = opt_outs(file.as_bytes(), Copenhagen).unwrap();
    assert_eq!(
        (table.rows.len(), table.count(Why::NotOptedOut)),
        (200, 19_800)
    );
    assert_eq!(table.rows.last().map(|row| row.line), Some(19_902));
    assert_eq!(subscribers(file.as_bytes()).unwrap().iter().count(), 20_000);
}

/// Files cut and mixed in every way must neither panic nor take forever; a fuzz target goes on from here.
#[test]
fn broken_files_never_panic() {
    let names = [
        "mailchimp-unsubscribed.csv",
        "zoom-webinar.csv",
        "dansk-excel.csv",
        "utf16-no-bom.csv",
        "old-mac.csv",
    ];
    let pieces = [
        &b"\""[..],
        b"\r",
        b"\n\n",
        b";",
        b",",
        b"\0",
        b"\xFF\xFE",
        b"@",
        b"sep=,\n",
        "\u{202e}æ".as_bytes(),
        b"Email",
    ];
    for name in names {
        let whole = bytes(name);
        for cut in (0..whole.len()).step_by(29) {
            for piece in pieces {
                let file = [&whole[..cut], piece, &whole[cut..]].concat();
                for part in [&file[..], &file[..cut + piece.len()], &file[cut..]] {
                    let lines = 2 + part
                        .iter()
                        .filter(|byte| matches!(byte, b'\n' | b'\r'))
                        .count();
                    if let Ok(table) = opt_outs(part, Copenhagen) {
                        assert!(
                            table.rows.iter().all(|row| row.line <= lines),
                            "{name} {cut}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn many_open_quotes_do_not_cost_a_reading_each() {
    let mut file = b"Email,Name\n".to_vec();
    for _ in 0..20_000 {
        file.extend_from_slice(b"a@mail.example,\"\"\",\"\n\",\"\"\n");
    }
    assert!(opt_outs(&file, Copenhagen).is_ok());
    assert_eq!(key("E-mail (work)"), "email");
}

/// Small files as text: the shape of a header or a row, and what becomes of it.
#[test]
fn small_shapes() {
    let cases: &[(&str, &[&str])] = &[
        (
            "EMAIL ADDRESS,UNSUBSCRIBED AT\na@x.example,2026-11-03\n",
            &["2 a@x.example [-] 2026-11-03"],
        ),
        (
            "\u{feff}\"E-mail adresse\";\"Frameldt\"\na@x.example;x\nb@x.example;\n",
            &["2 a@x.example [-] -"],
        ),
        (
            "Email,Subscribed\na@x.example,FALSE\nb@x.example,TRUE\n",
            &["2 a@x.example [-] -"],
        ),
        (
            "Mail;Tilmeldt\na@x.example;nej\nb@x.example;ja\n",
            &["2 a@x.example [-] -"],
        ),
        (
            "Mail;Tilmeldt;Afmeldt\na@x.example;3.1.2025;4.5.2026\nb@x.example;3.1.2025;\n",
            &["2 a@x.example [-] 2026-05-04"],
        ),
        (
            "Navn;E-mail;Dato\nMette;a@x.example;4.5.2026\n",
            &["2 a@x.example [Mette] 2026-05-04"],
        ),
        (
            "Email,Status,Status date\na@x.example,optout,2026-05-04\n",
            &["2 a@x.example [-] 2026-05-04"],
        ),
        (
            "email,opt_out\na@x.example,1\nb@x.example,0\n",
            &["2 a@x.example [-] -"],
        ),
        (
            "Email,Nyhedsbrev\na@x.example,Månedsbrev\n",
            &["2 a@x.example [-] -"],
        ),
        (
            "Email;Kunde;Hold\n\n;;\na@x.example;Mette;3\n",
            &["4 a@x.example [Mette] -"],
        ),
        (
            "sep=|\nEmail|Navn\na@x.example|Mette, B; C\n",
            &["3 a@x.example [Mette, B; C] -"],
        ),
        (
            "Email\na@x.example, b@x.example\n",
            &["2 a@x.example [-] -", "2 b@x.example [-] -"],
        ),
        (
            "Afmeldte 2026\n\nEmail;Fornavn;Efternavn\na@x.example;Mette;Testesen\n",
            &["4 a@x.example [Mette Testesen] -"],
        ),
        (
            "Email,Unsubscribed (UTC)\na@x.example,2026-11-02 23:30\n",
            &["2 a@x.example [-] 2026-11-03"],
        ),
        ("a@x.example", &["1 a@x.example [-] -"]),
        ("Email\r\na@x.example", &["2 a@x.example [-] -"]),
    ];
    for (file, taken) in cases {
        let table =
            opt_outs(file.as_bytes(), Copenhagen).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(rows(&table), *taken, "{file}");
    }
}

#[test]
fn a_quote_that_swallows_rows_never_goes_unnoticed() {
    let file = b"Email,Name\na@x.example,\"A\nb@x.example,\"B\nc@x.example,C\n";
    let table = opt_outs(file, Copenhagen).unwrap();
    assert!(notes(&table).contains(&(2, Why::OpenQuote)), "{table:?}");
}
