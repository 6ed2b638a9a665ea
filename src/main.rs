//! The binary: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // A panic of the store's library over a damaged page is caught and told as damage.
        if !indsigt::store::is_guarded() {
            print(info);
        }
    }));
    let ran = std::panic::catch_unwind(|| indsigt::cli::run(std::env::args_os()));
    // A panic has told itself by now; 70 is a defect in the program (sysexits.h).
    ExitCode::from(ran.unwrap_or(70))
}
