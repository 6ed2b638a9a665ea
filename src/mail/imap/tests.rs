//! What no well-behaved server does: silence, nonsense, and answers nobody asked for. The real one is in `tests/it`.

use std::cell::RefCell;
use std::io::Cursor;
use std::net::TcpListener;
use std::rc::Rc;

use super::*;

/// A server that says what it was told to, whatever it hears.
struct Script {
    says: Box<dyn Read>,
    heard: Rc<RefCell<Vec<u8>>>,
}

impl Script {
    fn wire(says: impl Read + 'static) -> Wire<Self> {
        Self::overheard(says).0
    }

    /// The same, and what is said to it.
    fn overheard(says: impl Read + 'static) -> (Wire<Self>, Rc<RefCell<Vec<u8>>>) {
        let heard = Rc::new(RefCell::new(Vec::new()));
        let script = Self {
            says: Box::new(says),
            heard: Rc::clone(&heard),
        };
        (Wire::new(script), heard)
    }
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.says.read(buffer)
    }
}

impl Write for Script {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.heard.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn noop(says: &'static str) -> Result<(), ImapError> {
    Script::wire(Cursor::new(says)).run(CommandBody::Noop, |_| {})
}

fn account(port: u16, encryption: Encryption) -> Account {
    Account {
        host: "localhost".to_owned(),
        port,
        user: "kontakt".to_owned(),
        encryption,
        ca_file: None,
    }
}

const SHORT: Patience = Patience {
    connect: Duration::from_millis(500),
    read: Duration::from_millis(50),
};

/// What comes of connecting to a server that says `says` and then waits.
fn connected(says: &'static str, encryption: Encryption) -> ImapError {
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(says.as_bytes()).unwrap();
        // Until the other side goes away.
        drop(stream.read_to_end(&mut Vec::new()));
    });
    let error = tls::connect(&account(port, encryption), SHORT).unwrap_err();
    server.join().unwrap();
    error
}

#[test]
fn a_server_may_say_more_than_was_asked() {
    noop("* 3 EXISTS\r\n* OK [X-ODD \"}\"] hello\r\n* X-NEWS (a b\r\ni1 OK done\r\n").unwrap();
}

#[test]
fn any_letters_make_a_password_with_every_kind_of_server() {
    let password = password::from_command("printf 'pæ\"ss'").unwrap();
    let signed_in = |says: &'static str, can: &[Capability<'_>]| {
        let (mut wire, heard) = Script::overheard(Cursor::new(says));
        let result = sign_in(&mut wire, can, "kontakt", &password);
        let heard = String::from_utf8(heard.borrow().clone()).unwrap();
        (result.map_err(|error| error.word()), heard)
    };
    // What is not ASCII goes as a literal, which waits for the server's word.
    let (result, heard) = signed_in("+ go on\r\ni1 OK welcome\r\n", &[]);
    assert_eq!(result, Ok(()));
    assert_eq!(heard, "i1 LOGIN kontakt {6}\r\npæ\"ss\r\n");
    let (result, heard) = signed_in("i1 NO never\r\n", &[]);
    assert_eq!((result, heard.contains("ss")), (Err("login"), false));
    let plain = [Capability::Auth(AuthMechanism::Plain)];
    let (result, heard) = signed_in("+ \r\ni1 OK welcome\r\n", &plain);
    assert_eq!(result, Ok(()));
    assert_eq!(heard, "i1 AUTHENTICATE PLAIN\r\nAGtvbnRha3QAcMOmInNz\r\n");
    let (result, heard) = signed_in("", &[Capability::LoginDisabled]);
    assert_eq!((result, heard.as_str()), (Err("login"), ""));
}

#[test]
fn what_a_server_says_is_told_without_its_escapes() {
    let refused = noop("i1 NO quota\u{1b}[31m exceeded\r\n").unwrap_err();
    assert!(matches!(
        refused,
        ImapError::NotUnderstood | ImapError::Refused { .. }
    ));
    assert!(!refused.why().contains('\u{1b}'));
    let gone = noop("* BYE going down\r\n").unwrap_err();
    assert_eq!((gone.word(), gone.why()), ("gone", "going down"));
    assert_eq!(noop("").unwrap_err().word(), "gone");
    assert_eq!(noop("i1 OK do").unwrap_err().word(), "gone");
}

#[test]
fn nonsense_is_an_error_and_nothing_is_believed() {
    for says in [
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "i2 OK done\r\n",
        "* 1 FETCH (BODY[] {99999999999999999999999}\r\n",
        "* 1 FETCH (BODY[] {4294967295}\r\n",
    ] {
        assert_eq!(noop(says).unwrap_err().word(), "not-understood", "{says}");
    }
    let endless = Script::wire(io::repeat(b'a')).run(CommandBody::Noop, |_| {});
    assert_eq!(endless.unwrap_err().word(), "not-understood");
    assert_eq!(
        noop("* 1 FETCH (BODY[] {100}\r\nshort").unwrap_err().word(),
        "gone"
    );
}

#[test]
fn a_mail_may_hold_any_byte_and_what_cannot_be_read_is_noticed() {
    let mut wire = Script::wire(Cursor::new(
        "* 1 FETCH (UID 7 BODY[]<0> {6}\r\na\0{9}\n INTERNALDATE \"22-Oct-2026 23:30:00 +0200\")\r\n\
         * 2 FETCH (UID 8 BODY[]<0> NIL)\r\n* 3 FETCH (UID nine)\r\ni1 OK done\r\n",
    ));
    let (mut mails, mut garbled) = (Vec::new(), 0);
    wire.run(CommandBody::Noop, |heard| match heard {
        Heard::Data(Data::Fetch { items, .. }) => {
            mails.extend(mail_of(
                items.as_ref(),
                "imap://h/INBOX",
                &Limits::default(),
            ));
        }
        Heard::Garbled => garbled += 1,
        _ => {}
    })
    .unwrap();
    assert_eq!((mails.len(), garbled), (1, 1));
    let (uid, mail) = &mails[0];
    assert_eq!((*uid, mail.place.as_str()), (7, "imap://h/INBOX;UID=7"));
    assert_eq!(mail.bytes, b"a\x80{9}\n");
    assert_eq!(
        mail.envelope_time.unwrap().to_rfc3339(),
        "2026-10-22T21:30:00+00:00"
    );
}

#[test]
fn a_long_mail_is_cut() {
    let limits = Limits {
        mail_bytes: 4,
        ..Limits::default()
    };
    let mut wire = Script::wire(Cursor::new(
        "* 1 FETCH (UID 7 BODY[]<0> {5}\r\nabcde)\r\n* 2 FETCH (UID 8 BODY[]<0> {4}\r\nabcd)\r\ni1 OK done\r\n",
    ));
    let mut mails = Vec::new();
    wire.run(CommandBody::Noop, |heard| {
        if let Heard::Data(Data::Fetch { items, .. }) = heard {
            mails.extend(mail_of(items.as_ref(), "p", &limits));
        }
    })
    .unwrap();
    let cut: Vec<_> = mails
        .iter()
        .map(|(_, mail)| (mail.bytes.len(), mail.truncated))
        .collect();
    assert_eq!(cut, [(4, true), (4, false)]);
}

#[test]
fn a_server_that_does_not_answer_is_not_waited_for_long() {
    assert_eq!(connected("", Encryption::Implicit).word(), "silent");
    assert_eq!(connected("", Encryption::StartTls).word(), "silent");
    let nobody = {
        let listener = TcpListener::bind("localhost:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let error = tls::connect(&account(nobody, Encryption::Implicit), SHORT).unwrap_err();
    assert_eq!(error.word(), "unreachable");
}

#[test]
fn nothing_is_said_in_the_clear() {
    let plain = "* OK ready\r\n";
    assert_eq!(
        connected(plain, Encryption::Implicit).word(),
        "no-encryption"
    );
    let refused = connected("* OK ready\r\ni1 BAD what\r\n", Encryption::StartTls);
    assert_eq!(refused.word(), "no-encryption");
    // Somebody on the way has put words behind the server's yes.
    let injected = "* OK ready\r\ni1 OK go on\r\n* CAPABILITY IMAP4rev1\r\n";
    assert_eq!(
        connected(injected, Encryption::StartTls).word(),
        "not-understood"
    );
}

#[test]
fn a_certificate_file_is_looked_at_before_anybody_is_called() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ca.pem");
    let mut account = account(1, Encryption::Implicit);
    account.ca_file = Some(path.clone());
    let word = || tls::connect(&account, SHORT).unwrap_err().word();
    assert_eq!(word(), "ca-file");
    std::fs::write(&path, "not a certificate").unwrap();
    assert_eq!(word(), "ca-file");
}
