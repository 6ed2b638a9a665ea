//! The password of a mailbox: printed by a command of the owner's, as aerc and himalaya do it, so that it stands in no
//! file of this program. It is held for one session and never shown.

use std::fmt;
use std::process::{Command, Stdio};

use super::ImapError;
use crate::mail::clean;

/// Characters of a failed command's complaint that are told.
const TOLD: usize = 300;

/// A password. Shows itself to nobody.
pub struct Password(String);

impl Password {
    /// The password itself.
    pub(in crate::mail) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The first line that `command` prints, run by the shell.
///
/// # Errors
/// [`ImapError::Password`] with what the command complained of; nothing of what it printed.
pub fn from_command(command: &str) -> Result<Password, ImapError> {
    let refused = |why: &str| ImapError::Password {
        why: why.to_owned(),
    };
    let output = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| refused(&error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said: String = clean::line(said.trim()).chars().take(TOLD).collect();
        let ended = output.status.to_string();
        return Err(refused(if said.is_empty() { &ended } else { &said }));
    }
    let printed = String::from_utf8(output.stdout).map_err(|_| refused("UTF-8"))?;
    match printed.lines().next() {
        Some(line) if !line.is_empty() => Ok(Password(line.to_owned())),
        _ => Err(refused("–")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_password_and_is_never_shown() {
        let password = from_command("printf 'hemmelig kode\\nuser: x\\n'").unwrap();
        assert_eq!(password.reveal(), "hemmelig kode");
        assert_eq!(format!("{password:?}"), "Password(…)");
    }

    #[test]
    fn a_failing_command_is_told_with_its_complaint_and_without_its_output() {
        let why = |command| from_command(command).unwrap_err().why().to_owned();
        assert_eq!(
            why("echo secret; printf 'no \\033key' >&2; exit 3"),
            "no key"
        );
        assert!(why("exit 3").contains('3'));
        assert_eq!(why("true"), "–");
    }
}
