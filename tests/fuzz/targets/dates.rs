//! Fuzz target: see `invariants::dates`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| indsigt::invariants::dates(data));
