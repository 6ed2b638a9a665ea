//! Fuzz target: see `invariants::mbox`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| indsigt::invariants::mbox(data));
