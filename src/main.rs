//! The binary: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    indsigt::cli::tell_panics();
    let ran = std::panic::catch_unwind(|| indsigt::cli::run(std::env::args_os()));
    // A panic has told itself by now; 70 is a defect in the program (sysexits.h).
    ExitCode::from(ran.unwrap_or(70))
}
