//! Files on a case: those that came with its mails and those the owner put there (issue 5, RULES §2 and §7).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use crate::world::World;

/// A mail with these parts, each a header and a body.
fn mail(n: u32, subject: &str, parts: &[(&str, &str)]) -> String {
    let mut mail = format!(
        "Received: from a by b; Wed, 18 Nov 2026 10:0{n}:05 +0100\nFrom: Mette Hansen <mette@example.dk>\n\
         Subject: {subject}\nMessage-ID: <{n}@example.dk>\nDate: Wed, 18 Nov 2026 10:0{n}:00 +0100\n\
         Content-Type: multipart/mixed; boundary=x\n\n"
    );
    for (header, body) in parts {
        write!(mail, "--x\n{header}\n\n{body}\n").unwrap();
    }
    mail + "--x--\n"
}

const REQUEST: (&str, &str) = (
    "Content-Type: text/plain",
    "Jeg vil gerne have indsigt i de oplysninger, I har om mig.",
);

fn world_with(parts: &[(&str, &str)]) -> World {
    let world = World::new();
    world.on("2026-11-20");
    let path = world.write("a.eml", mail(1, "Indsigt", &[&[REQUEST], parts].concat()));
    world.ok(&["import", "mail", &path]);
    world
}

fn kept(shown: &Value) -> Vec<(u64, &str, bool, Option<&str>)> {
    let files = shown["attachments"].as_array().unwrap().iter();
    files
        .map(|file| {
            (
                file["number"].as_u64().unwrap(),
                file["name"].as_str().unwrap(),
                file["kept"].as_bool().unwrap(),
                file["not_kept"].as_str(),
            )
        })
        .collect()
}

#[test]
fn files_come_with_a_mail_byte_by_byte() {
    let world = world_with(&[
        (
            "Content-Type: application/pdf; name=\"../../bilag.pdf\"\nContent-Transfer-Encoding: base64",
            "AAH/gEhlag==",
        ),
        (
            "Content-Type: text/csv; charset=iso-8859-1; name=navne.csv\nContent-Transfer-Encoding: quoted-printable",
            "navn=0D=0A=E5se",
        ),
    ]);
    let shown = world.json("show r1");
    assert_eq!(
        kept(&shown),
        [(1, "bilag.pdf", true, None), (2, "navne.csv", true, None)]
    );
    let folder = world.path("out");
    fs::create_dir(&folder).unwrap();
    let out = folder.display().to_string();
    world.ok(&["files", "r1", "1", "--out", &out]);
    let pdf = folder.join("bilag.pdf");
    assert_eq!(fs::read(&pdf).unwrap(), b"\x00\x01\xff\x80Hej");
    assert_eq!(pdf.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    // Never over another file.
    let refused = world.refused(&["files", "r1", "1", "--out", &out]);
    assert!(refused.contains("bilag.pdf"), "{refused}");
    world.ok(&["files", "r1", "2", "--out", &out]);
    // The bytes of the sender's character set, not those the program reads text in.
    assert_eq!(
        fs::read(folder.join("navne.csv")).unwrap(),
        b"navn\r\n\xe5se"
    );
    assert_eq!(world.json("verify")["checked"]["files"], 2);
    // The same mail again changes nothing.
    let before = world.records();
    world.ok(&["import", "mail", &world.path("a.eml").display().to_string()]);
    assert_eq!(world.records(), before);
}

#[test]
fn identity_documents_and_cpr_numbers_are_never_kept() {
    let world = world_with(&[
        (
            "Content-Type: image/jpeg; name=\"Mit pas.jpg\"",
            "SECRETqx1",
        ),
        (
            "Content-Type: text/plain; name=oplysninger.txt",
            "Mit nummer er 010190-1234, SECRETqx2",
        ),
        (
            "Content-Type: text/plain; name=\"010190-1234.txt\"",
            "SECRETqx3",
        ),
    ]);
    assert_eq!(
        kept(&world.json("show r1")),
        [
            (1, "Mit pas.jpg", false, Some("identity")),
            (2, "oplysninger.txt", false, Some("cpr")),
            (3, "******-****.txt", false, Some("cpr")),
        ]
    );
    // What answers the question who somebody is may be such a copy, whatever it is called.
    world.ok("identity r1 requested --reason 'The address is new'");
    let answer = mail(
        2,
        "Re: [R-2026-0001]",
        &[
            ("Content-Type: text/plain", "Her er det."),
            ("Content-Type: image/png; name=IMG_1.png", "SECRETqx4"),
        ],
    );
    let path = world.write("b.eml", answer);
    world.ok(&["import", "mail", &path]);
    assert_eq!(
        kept(&world.json("show r1"))[3],
        (4, "IMG_1.png", false, Some("identity"))
    );
    let store = fs::read(world.store()).unwrap();
    assert!(!String::from_utf8_lossy(&store).contains("SECRETqx"));
    let refused = world.refused("files r1 4 --out -");
    assert!(refused.contains("identity document"), "{refused}");

    let path = world.write("pas.png", "x");
    let refused = world.refused(&["attach", "r1", &path]);
    assert!(refused.contains("never kept"), "{refused}");
}

#[test]
fn the_size_limit_is_a_setting() {
    let large = "A".repeat(1_400_000);
    let header = "Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64";
    let world = World::new();
    world.on("2026-11-20");
    world.configure("attachment_mb = 1\n");
    let path = world.write("a.eml", mail(1, "Indsigt", &[REQUEST, (header, &large)]));
    world.ok(&["import", "mail", &path]);
    let shown = world.json("show r1");
    assert_eq!(kept(&shown), [(1, "a.zip", false, Some("too-large"))]);
    assert_eq!(shown["attachments"][0]["size"], 1_050_000);
    let own = world.write("b.zip", "A".repeat(1_048_577));
    let refused = world.refused(&["attach", "r1", &own]);
    assert!(refused.contains("attachment_mb"), "{refused}");
    let own = world.write("c.zip", "A".repeat(1_048_576));
    world.ok(&["attach", "r1", &own]);
    // In pieces, and whole again.
    let out = world.path("whole").display().to_string();
    world.ok(&["files", "r1", "2", "--out", &out]);
    assert_eq!(fs::read(&out).unwrap(), fs::read(&own).unwrap());
    assert_eq!(world.json("verify")["problems"], json!([]));
}

#[test]
fn the_owner_puts_files_there_marks_them_and_takes_them_out() {
    let world = World::new();
    world.on("2026-11-20");
    world.access("2026-11-18");
    let one = world.write("udtræk.csv", "a;b\n1;2\n");
    let two = world.write("note.txt", "Kun til mig");
    world.ok(&["attach", "r1", &one, "--task", "zoom"]);
    world.ok(&["attach", "r1", &two, "--internal"]);
    let files = world.json("files r1")["files"].clone();
    assert_eq!(files[0]["name"], "udtræk.csv");
    assert_eq!(files[0]["task"], "zoom");
    assert_eq!(files[0]["internal"], false);
    assert_eq!(files[1]["internal"], true);
    assert_eq!(files[1]["origin"], "owner");
    // All or none.
    let missing = world.path("no").display().to_string();
    world.fails(4, &["attach", "r1", &one, &missing]);
    assert_eq!(world.json("files r1")["files"], files);
    let refused = world.refused(&["attach", "r1", &one, "--task", "zoom"]);
    assert!(refused.contains("already"), "{refused}");
    world.fails(3, &["attach", "r1", &two, "--task", "nowhere"]);
    world.fails(3, "files r1 7 --out -");
    world.fails(2, "files r1 1");

    world.ok("files r1 2 --share");
    assert_eq!(world.json("files r1")["files"][1]["internal"], false);
    world.ok("files r1 1 --remove");
    assert_eq!(world.json("files r1")["files"].as_array().unwrap().len(), 1);
    world.ok("undo");
    assert_eq!(world.json("files r1")["files"][0], files[0]);
    let out = world.path("back").display().to_string();
    world.ok(&["files", "r1", "1", "--out", &out]);
    assert_eq!(fs::read(&out).unwrap(), b"a;b\n1;2\n");
    assert_eq!(world.json("verify")["problems"], json!([]));
}

#[test]
fn purging_leaves_no_byte_of_a_file_and_spares_those_of_others() {
    let pdf = "Content-Type: application/pdf; name=NAVNqx.pdf";
    let shared = "Content-Type: application/pdf; name=samme.pdf";
    let world = world_with(&[(pdf, "KEPTqx1"), (shared, "SHAREDqx")]);
    let world = {
        world.ok("resolve r1 --outcome answered --override Test");
        world.on("2027-02-10");
        // The same content, kept once, belongs to an open case as well.
        let other = mail(2, "Indsigt", &[REQUEST, (shared, "SHAREDqx")])
            .replace("mette@", "bo@")
            .replace("Mette Hansen", "Bo Bok")
            .replace("2@example", "9@example");
        let path = world.write("b.eml", other);
        world.ok(&["import", "mail", &path]);
        world
    };
    world.on("2027-02-19");
    world.ok("purge --yes");
    assert_eq!(world.json("show R-2026-0001")["attachments"], json!([]));
    let store = fs::read(world.store()).unwrap();
    let bytes = String::from_utf8_lossy(&store);
    assert!(!bytes.contains("KEPTqx1") && !bytes.contains("NAVNqx"));
    assert!(bytes.contains("SHAREDqx"));
    let out = world.path("shared").display().to_string();
    world.ok(&["files", "R-2027-0001", "1", "--out", &out]);
    assert_eq!(fs::read(&out).unwrap(), b"SHAREDqx");
    let verified = world.json("verify");
    assert_eq!(verified["problems"], json!([]));
    assert_eq!(verified["checked"]["files"], 1);
}

#[test]
fn a_changed_byte_of_a_file_is_noticed() {
    let content = "Content-Type: application/pdf; name=a.pdf";
    let world = world_with(&[(content, &"INDHOLDqx".repeat(50))]);
    let mut store = fs::read(world.store()).unwrap();
    let at = store.windows(9).rposition(|it| it == b"INDHOLDqx").unwrap();
    store[at] = b'J';
    fs::write(world.store(), store).unwrap();
    let out = world.run("files r1 1 --out -");
    assert_eq!(out.code, 65, "{out}");
    assert_eq!(world.run("verify").code, 65);
}

#[test]
fn a_mail_that_was_passed_on_offers_who_wrote_it() {
    let world = World::danish();
    world.on("2026-11-20");
    let inner = "From: Mette Hansen <mette@example.dk>\nSubject: Sletning\n\nJeg beder om sletning af alle mine data.";
    let outer = mail(
        1,
        "Fwd: Sletning",
        &[
            ("Content-Type: text/plain", "Den her kom i dag."),
            ("Content-Type: message/rfc822", inner),
        ],
    )
    .replace(
        "Mette Hansen <mette@example.dk>\nSubject: Fwd",
        "Hjælp <hjaelp@luma.example>\nSubject: Fwd",
    );
    let path = world.write("f.eml", outer);
    let told = world.ok(&["import", "mail", &path]);
    assert!(told.contains("Mette Hansen (mette@example.dk)"), "{told}");
    let shown = world.json("show r1");
    assert_eq!(shown["kind"], "erasure", "{shown}");
    assert_eq!(shown["person"]["emails"], json!(["hjaelp@luma.example"]));
    assert_eq!(
        shown["inner_sender"],
        json!({"name": "Mette Hansen", "emails": ["mette@example.dk"]})
    );
    let message = shown["message"].as_str().unwrap();
    assert!(message.starts_with("Den her kom i dag.") && message.contains("sletning af alle"));
    assert!(world.ok("show r1").contains("videresendt"));
    let out = world.path("inner.eml").display().to_string();
    world.ok(&["files", "r1", "1", "--out", &out]);
    assert_eq!(fs::read_to_string(&out).unwrap(), inner);
    world.ok("edit r1 --name 'Mette Hansen' --email mette@example.dk");
    assert!(!world.ok("show r1").contains("videresendt"));
}

#[test]
fn an_invitation_and_outlooks_own_format_are_named() {
    let world = World::new();
    world.on("2026-11-20");
    let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Insight into my\n  data\\, please\nDESCRIPTION:What personal data do you have about me?\nEND:VEVENT\nEND:VCALENDAR";
    let path = world.write(
        "a.eml",
        mail(1, "Møde", &[("Content-Type: text/calendar", calendar)]),
    );
    let messages = world.json(&["import", "mail", &path])["messages"].clone();
    assert_eq!(
        messages[0]["text"],
        "Insight into my data, please\nWhat personal data do you have about me?"
    );
    assert_eq!(messages[0]["problems"], json!(["calendar-text"]));
    assert_eq!(messages[0]["attachments"], 1);
    assert_eq!(messages[0]["kind"], "access");
    let path = world.write(
        "b.eml",
        mail(
            2,
            "x",
            &[("Content-Type: application/ms-tnef; name=winmail.dat", "x")],
        ),
    );
    let messages = world.json(&["import", "mail", &path])["messages"].clone();
    assert_eq!(messages[0]["problems"], json!(["winmail", "no-text"]));
}

#[test]
fn a_mail_set_aside_takes_its_files_along() {
    let world = World::new();
    world.on("2026-11-20");
    let path = world.write(
        "a.eml",
        mail(
            1,
            "Hej",
            &[
                ("Content-Type: text/plain", "Hvornår begynder kurset?"),
                ("Content-Type: application/pdf; name=a.pdf", "PDF"),
            ],
        ),
    );
    world.ok(&["import", "mail", &path]);
    assert_eq!(world.json("files m1")["files"][0]["name"], "a.pdf");
    world.ok("take m1 --kind access");
    let out = world.path("a.pdf").display().to_string();
    world.ok(&["files", "r1", "1", "--out", &out]);
    assert_eq!(fs::read(&out).unwrap(), b"PDF");
    // A newsletter's pictures are not worth the room.
    let bulk = mail(
        2,
        "Nyheder",
        &[
            ("Content-Type: text/plain", "Ugens nyheder"),
            ("Content-Type: image/png; name=logo.png", "PNG"),
        ],
    )
    .replace(
        "Subject:",
        "List-Unsubscribe: <mailto:x@y.dk>\nList-Id: <a.b>\nPrecedence: bulk\nSubject:",
    );
    let path = world.write("b.eml", bulk);
    world.ok(&["import", "mail", &path]);
    assert_eq!(
        kept(&world.json("show m2")),
        [(1, "logo.png", false, Some("no-case"))]
    );
}
