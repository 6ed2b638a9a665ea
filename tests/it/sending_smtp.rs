//! `letter --send` to a mail server: a real one with TLS, and ones that break off at every point of the dialogue.

use serde_json::json;

use crate::dovecot::{PASSWORD, Proof};
use crate::letters::SENDER;
use crate::mail_server::{BreakingServer, Breaks, MailServer, broken, read_by_python};
use crate::world::{World, assert_brief};

/// Settings that lead to a server; `more` are further lines.
fn settings(port: u16, certificate: &str, more: &str) -> String {
    format!(
        "{SENDER}[sending]\nsmtp_host = \"localhost\"\nsmtp_port = {port}\nsmtp_user = \"kontakt\"\n\
         smtp_password_command = \"printf '%s\\\\n' '{PASSWORD}'\"\nsmtp_ca_file = \"{certificate}\"\n{more}\n"
    )
}

/// A Danish world with a case of somebody with letters of her own.
fn one_request() -> World {
    let world = World::danish();
    world.ok(
        "add request --kind access --name 'Åse Ærø' --email aase@example.dk --received 2026-11-20",
    );
    world
}

/// A letter that certainly did not go: kept, with nothing of the password said in either language. Gives the English words.
fn fails(world: &World) -> String {
    let danish = world.run("letter r1 --send");
    assert_eq!((danish.code, danish.stdout.as_str()), (74, ""), "{danish}");
    assert!(danish.stderr.contains("er ikke sendt"), "{danish}");
    let english = world.run("--language en letter r1 --send");
    assert_eq!(english.code, 74, "{english}");
    for output in [&danish, &english] {
        assert_brief(&output.stderr);
        assert!(!output.stderr.contains(PASSWORD), "{output}");
        assert!(!output.stderr.contains('\u{1b}'), "{output}");
    }
    let shown = world.json("show r1");
    assert_eq!(shown["letters"], json!([]));
    assert_eq!(shown["outbox"][0]["known_not_sent"], true);
    assert!(!shown.to_string().contains(PASSWORD));
    english.stderr
}

#[test]
fn a_real_server_takes_it_encrypted_and_signed_in() {
    let Some(server) = MailServer::start(Proof::ByRoot) else {
        return;
    };
    let world = one_request();
    let certificate = server.certificate();
    world.configure(&settings(server.port, &certificate, ""));
    world.ok("letter r1 --send");
    world.configure(&settings(
        server.plain_port,
        &certificate,
        "smtp_tls = \"starttls\"",
    ));
    world.ok(&[
        "letter",
        "r1",
        "clarification",
        "--set",
        "question=.Første år?\n.\nRøde blåbær på øen",
        "--send",
    ]);
    let taken = server.taken();
    let letters = world.json("show r1")["letters"].clone();
    assert_eq!(taken.len(), 2);
    for ((mail, envelope), letter) in taken.iter().zip(letters.as_array().unwrap()) {
        assert_eq!(
            *envelope,
            json!({"from": "kontakt@luma.example", "to": ["aase@example.dk"], "tls": true, "user": "kontakt"})
        );
        assert!(
            mail.is_ascii() && mail.lines().all(|line| line.len() <= 998),
            "{mail}"
        );
        let read = read_by_python(&world.path(""), mail).unwrap();
        assert_eq!(read["defects"], json!([]));
        let said = read["text"].as_str().unwrap().replace("\r\n", "\n");
        assert_eq!(said.trim_end(), letter["text"].as_str().unwrap().trim_end());
        let headers = read["headers"].as_array().unwrap();
        let subject = headers
            .iter()
            .find(|header| header[0] == "Subject")
            .unwrap();
        assert_eq!(subject[1], letter["subject"]);
    }
    assert!(
        letters[1]["text"]
            .as_str()
            .unwrap()
            .contains("Røde blåbær på øen")
    );
    world.ok("verify");
}

#[test]
fn a_certificate_that_vouches_for_itself_is_enough_when_it_is_named() {
    let Some(server) = MailServer::start(Proof::Alone) else {
        return;
    };
    let world = one_request();
    for (port, tls) in [(server.port, "implicit"), (server.plain_port, "starttls")] {
        let text = settings(port, "x", &format!("smtp_tls = \"{tls}\""));
        let without = text.replace("smtp_ca_file = \"x\"\n", "");
        world.configure(&without);
        let told = fails(&world);
        assert!(told.contains("certificate cannot be trusted"), "{told}");
    }
    world.configure(&settings(server.port, "/nowhere.pem", ""));
    assert!(fails(&world).contains("/nowhere.pem"));
    assert!(server.taken().is_empty());
    world.configure(&settings(server.port, &server.certificate(), ""));
    world.ok("letter r1 --send");
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn a_server_that_says_no_is_told_and_nothing_goes() {
    let Some(server) = MailServer::start(Proof::ByRoot) else {
        return;
    };
    let world = one_request();
    let text = settings(server.port, &server.certificate(), "");
    world.configure(&text.replace(PASSWORD, "wrong"));
    assert!(fails(&world).contains("did not accept the user name or the password: 535"));
    world.configure(&text.replace(&format!("printf '%s\\\\n' '{PASSWORD}'"), "exit 3"));
    assert!(fails(&world).contains("smtp_password_command"));
    // Encrypted in the way that the other port wants.
    world.configure(&settings(server.plain_port, &server.certificate(), ""));
    assert!(fails(&world).contains("smtp_tls"));
    let unsigned = text.replace("smtp_user = \"kontakt\"\n", "");
    let unsigned: String = unsigned
        .lines()
        .filter(|line| !line.starts_with("smtp_password"))
        .fold(String::new(), |text, line| text + line + "\n");
    world.configure(&unsigned);
    assert!(fails(&world).contains("530"));
    world.configure(&text);
    world.ok("edit r1 --email ukendt@example.dk");
    let told = fails(&world);
    assert!(
        told.contains("does not take mails to this address: 550 5.1.1 No such user here"),
        "{told}"
    );
    assert!(server.taken().is_empty());
    world.ok("edit r1 --email aase@example.dk");
    world.ok("letter r1 --send");
    assert_eq!(server.taken().len(), 1);
    world.ok("verify");
}

#[test]
fn nothing_is_said_to_a_server_that_does_not_encrypt() {
    for (breaks, words) in [
        (Breaks::AtOnce, "connection was lost"),
        (Breaks::Unencrypted, "cannot be encrypted"),
        (Breaks::Injecting, "cannot be understood"),
    ] {
        let world = one_request();
        let (port, served) = broken(breaks);
        let text = settings(port, "x", "smtp_tls = \"starttls\"");
        world.configure(&text.replace("smtp_ca_file = \"x\"\n", ""));
        let output = world.run("--language en letter r1 --send");
        assert_eq!(output.code, 74, "{output}");
        assert!(output.stderr.contains(words), "{breaks:?} {output}");
        assert_eq!(world.json("show r1")["outbox"][0]["known_not_sent"], true);
        served.join().unwrap();
        // Nobody listens there any more.
        assert!(fails(&world).contains("no connection"));
    }
}

#[test]
fn what_an_end_means_depends_on_the_place() {
    for (breaks, is_known, words) in [
        (Breaks::BeforeData, true, "before the server had the letter"),
        (Breaks::Refusing, true, "554 5.7.1 Spam"),
        (
            Breaks::AfterData,
            false,
            "after the letter and before the answer",
        ),
        (Breaks::Silent, false, "has the letter and does not answer"),
    ] {
        let Some(server) = BreakingServer::start(breaks) else {
            return;
        };
        let world = one_request();
        let text = settings(server.port, &server.certificate(), "timeout_seconds = 2");
        let unsigned: String = text
            .lines()
            .filter(|line| !line.starts_with("smtp_user") && !line.starts_with("smtp_password"))
            .fold(String::new(), |text, line| text + line + "\n");
        world.configure(&unsigned);
        let output = world.run("--language en letter r1 --send");
        assert_eq!(output.code, 74, "{output}");
        assert_brief(&output.stderr);
        assert!(output.stderr.contains(words), "{breaks:?} {output}");
        let kept = world.json("show r1")["outbox"][0].clone();
        assert_eq!(kept["known_not_sent"], is_known, "{breaks:?}");
        let next = world.run("letter r1 --send");
        assert_eq!(next.code, if is_known { 74 } else { 1 }, "{next}");
        world.ok("verify");
    }
}

#[test]
fn a_server_that_repeats_the_password_is_not_repeated() {
    let Some(server) = BreakingServer::start(Breaks::BeforeData) else {
        return;
    };
    let world = one_request();
    world.configure(&settings(server.port, &server.certificate(), ""));
    let told = fails(&world);
    assert!(told.contains("535 5.7.8 … is wrong"), "{told}");
}
