//! The owner's own editor on a text of a form.
//!
//! The text lies in a folder of its own that only she can read, and which goes as soon as the editor ends, with whatever the
//! editor left beside it. The terminal is the caller's to give and to take.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Child, Command};

use rustix::process::{
    Pid, Signal, WaitOptions, WaitStatus, kill_current_process_group, kill_process, waitpid,
};

use super::terminal::has_job_control;

/// The most that is read back, in bytes: what a form takes is less.
const LIMIT_BYTES: u64 = 1_000_000;

/// Why the editor gave nothing back.
#[derive(Debug)]
pub enum EditorFault {
    /// It could not be started, or is not there.
    NotStarted(String),
    /// It ended with an error and left the text as it was.
    Failed(String),
    /// The text could not be written for it or read again.
    Io(io::Error),
    /// What it left is no text, or far too long.
    NotAText,
    /// Keys are still being read here, so that no other program may have them.
    Busy,
}

/// Lets `command` (as the shell reads it: `vim -u NONE`) change a text, and gives what it left.
///
/// # Errors
/// See [`EditorFault`]; the text in the form is as it was.
pub fn edit(command: &str, folder: &Path, text: &str) -> Result<String, EditorFault> {
    let own = tempfile::Builder::new()
        .prefix("indsigt-")
        .tempdir_in(folder)
        .map_err(EditorFault::Io)?;
    let path = own.path().join("indsigt.txt");
    let written = format!("{}\n", text.trim_end_matches('\n'));
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(written.as_bytes()))
        .map_err(EditorFault::Io)?;
    // As git does it: the setting may have options, and the name may have blanks.
    let child = Command::new("sh")
        .arg("-c")
        .arg(format!("{command} \"$1\""))
        .arg("sh")
        .arg(&path)
        .spawn()
        .map_err(|error| EditorFault::NotStarted(error.to_string()))?;
    let code = wait(&child).map_err(EditorFault::Io)?;
    let left = read(&path)?;
    if left == written && code != Some(0) {
        // The shell's own codes: not to be run, not found.
        return Err(match code {
            Some(126 | 127) => EditorFault::NotStarted(command.to_owned()),
            _ => EditorFault::Failed(command.to_owned()),
        });
    }
    Ok(left.trim_end_matches('\n').to_owned())
}

fn read(path: &Path) -> Result<String, EditorFault> {
    let size = fs::metadata(path).map_err(EditorFault::Io)?.len();
    if size > LIMIT_BYTES {
        return Err(EditorFault::NotAText);
    }
    let bytes = fs::read(path).map_err(EditorFault::Io)?;
    String::from_utf8(bytes).map_err(|_| EditorFault::NotAText)
}

/// Waits for the editor; its exit code, `None` when a signal ended it. When it is stopped (`Ctrl-z`) this program stops with
/// it, as the shell would otherwise wait for ever; without a shell to wake them, it goes on at once.
fn wait(child: &Child) -> io::Result<Option<i32>> {
    let pid = Pid::from_child(child);
    loop {
        let status = match waitpid(Some(pid), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) => status,
            Ok(None) | Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        };
        if !WaitStatus::stopped(status) {
            return Ok(status.exit_status());
        }
        if has_job_control() {
            kill_current_process_group(Signal::STOP)?;
        }
        kill_process(pid, Signal::CONT)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_changed_and_nothing_stays_behind() {
        let folder = tempfile::tempdir().unwrap();
        let command = "sed -i -e s/hej/farvel/";
        let text = edit(command, folder.path(), "hej\næøå").unwrap();
        assert_eq!(text, "farvel\næøå");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_editor_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let fault = |command: &str| edit(command, folder.path(), "hej").unwrap_err();
        assert!(matches!(fault("false"), EditorFault::Failed(_)));
        assert!(matches!(
            fault("no-such-editor-at-all 2>&-"),
            EditorFault::NotStarted(_)
        ));
        assert!(matches!(fault("printf '\\377' >"), EditorFault::NotAText));
        assert!(matches!(fault("rm"), EditorFault::Io(_)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
