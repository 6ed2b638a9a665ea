//! Fuzz target: see `invariants::tables`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| indsigt::invariants::tables(data));
