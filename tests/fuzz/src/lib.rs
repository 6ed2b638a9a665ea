//! The readers of the program without the program: what is fuzzed is compiled in a minute, without its screens and its
//! store. Beside them, what holds true of any input; the program's own tests hold the stored corpus against the same.

// The modules are those of the program, by symbolic links; not all of what they hold is used here.
#![allow(dead_code, unreachable_pub, unused_imports)]

// The checks name the library as everybody does.
extern crate self as indsigt;

pub mod catalogue;
pub mod domain;
pub mod mail;
pub mod tables;

#[path = "../../it/invariants.rs"]
pub mod invariants;
