//! Fuzz target: see `invariants::mail`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| indsigt::invariants::mail(data));
