//! From the name of a server to its addresses.
//!
//! A program that has the C library linked in (`assets/packaging/build`) must not ask that library where the system's
//! `/etc/nsswitch.conf` names more than files and DNS: it would load the system's own modules, which fit another library, and
//! be stopped in the middle (`_dl_call_libc_early_init`, seen with `mdns4_minimal` and `resolve`). So it asks `getent`, the
//! system's own program for this, and the library only where there is no such program, and so no such modules.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::process::{Command, Stdio};

/// Whether the C library is linked in.
const IS_STATIC: bool = cfg!(target_feature = "crt-static");

/// The addresses of a server, in the order in which they are to be tried.
///
/// # Errors
/// What the system says where it knows none.
pub(super) fn of(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    if IS_STATIC && let Some(said) = asked("getent", host)? {
        return listed(&said, port);
    }
    Ok((host, port).to_socket_addrs()?.collect())
}

/// What the system's program prints; `None` where there is no such program.
fn asked(program: &str, host: &str) -> io::Result<Option<String>> {
    let output = Command::new(program)
        .args(["ahosts", "--", host])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    match output {
        Ok(output) => Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// An address stands at the beginning of each line, once for every kind of connection.
fn listed(said: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    let lines = said.lines().filter(|line| line.contains("STREAM"));
    let first = lines.filter_map(|line| line.split_whitespace().next());
    let found: Vec<SocketAddr> = first
        .filter_map(|address| address.parse::<IpAddr>().ok())
        .map(|address| SocketAddr::new(address, port))
        .collect();
    if found.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "failed to lookup address information: Name or service not known",
        ));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_getent_lists_is_read_in_its_order() {
        let said = "2001:db8::1     STREAM mail.example.dk\n2001:db8::1     DGRAM  \n2001:db8::1     RAW    \n\
                    192.0.2.7       STREAM \n192.0.2.7       DGRAM  \nfe80::1%eth0    STREAM \n";
        let found = listed(said, 993).unwrap();
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["[2001:db8::1]:993", "192.0.2.7:993"]);
        let error = listed("", 993).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_system_without_the_program_is_told_from_one_without_the_name() {
        assert_eq!(asked("no-such-program", "localhost").unwrap(), None);
        assert_eq!(asked("false", "localhost").unwrap(), Some(String::new()));
        let found = of("192.0.2.7", 25).unwrap();
        assert_eq!(found, ["192.0.2.7:25".parse().unwrap()]);
        assert!(!of("localhost", 25).unwrap().is_empty());
    }
}
