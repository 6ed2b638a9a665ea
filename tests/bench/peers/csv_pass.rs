//! A plain pass of the `csv` crate over a file: every cell is looked at, and nothing is done with it.
//!
//! What the imports of lists are measured against by `tests/bench/run`. Prints the numbers of rows and of bytes in cells.

use std::env;
use std::error::Error;
use std::io::{self, Write as _};

use csv::{ByteRecord, Reader};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("a file is needed")?;
    let mut reader = Reader::from_path(path)?;
    let mut record = ByteRecord::new();
    let (mut rows, mut bytes) = (0, 0);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
        bytes += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    writeln!(io::stdout(), "{rows} rows, {bytes} bytes")?;
    Ok(())
}
