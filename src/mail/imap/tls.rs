//! The connection: found within a bounded time, encrypted before anything of the owner's is said, and only with a
//! server whose certificate is good.

use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use imap_codec::imap_types::command::CommandBody;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore, SignatureScheme,
    StreamOwned,
};

use super::wire::Wire;
use super::{Account, Encryption, ImapError, Patience, addresses};
use crate::mail::clean;

/// An encrypted connection.
pub(in crate::mail) type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Connects and encrypts; the server has greeted then.
pub(super) fn connect(account: &Account, patience: Patience) -> Result<Wire<Stream>, ImapError> {
    // What is wrong with the own settings is told before anybody is called.
    let config = config(account.ca_file.as_deref())?;
    let stream = reach(account, patience)?;
    match account.encryption {
        Encryption::Implicit => {
            let mut wire = Wire::new(encrypted(account, config, stream)?);
            wire.greeting()?;
            Ok(wire)
        }
        Encryption::StartTls => {
            let mut wire = Wire::new(stream);
            wire.greeting()?;
            wire.run(CommandBody::StartTLS, |_| {})
                .map_err(|error| match error {
                    ImapError::Refused { why } => ImapError::NoEncryption { why },
                    other => other,
                })?;
            Ok(Wire::new(encrypted(account, config, wire.into_stream()?)?))
        }
    }
}

fn unreachable(error: &io::Error) -> ImapError {
    ImapError::Unreachable {
        why: clean::line(&error.to_string()),
    }
}

/// The first of the server's addresses that answers; all of them together have the time of one.
pub(in crate::mail) fn reach(
    account: &Account,
    patience: Patience,
) -> Result<TcpStream, ImapError> {
    let begun = Instant::now();
    let addresses =
        addresses::of(&account.host, account.port).map_err(|error| unreachable(&error))?;
    let mut last = ImapError::Unreachable { why: String::new() };
    for address in addresses {
        let left = patience.connect.saturating_sub(begun.elapsed());
        if left.is_zero() {
            break;
        }
        match TcpStream::connect_timeout(&address, left) {
            Ok(stream) => {
                stream
                    .set_read_timeout(Some(patience.read))
                    .and_then(|()| stream.set_write_timeout(Some(patience.read)))
                    .map_err(|error| unreachable(&error))?;
                return Ok(stream);
            }
            Err(error) => last = unreachable(&error),
        }
    }
    Err(last)
}

pub(in crate::mail) fn encrypted(
    account: &Account,
    config: ClientConfig,
    mut stream: TcpStream,
) -> Result<Stream, ImapError> {
    let name =
        ServerName::try_from(account.host.clone()).map_err(|error| ImapError::Unreachable {
            why: error.to_string(),
        })?;
    let mut connection =
        ClientConnection::new(Arc::new(config), name).map_err(|error| no_encryption(&error))?;
    while connection.is_handshaking() {
        let (read, written) = connection
            .complete_io(&mut stream)
            .map_err(|error| of_handshake(&error))?;
        if (read, written) == (0, 0) {
            return Err(ImapError::Gone { why: String::new() });
        }
    }
    Ok(StreamOwned::new(connection, stream))
}

fn no_encryption(error: &rustls::Error) -> ImapError {
    let why = clean::line(&error.to_string());
    match error {
        rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => {
            ImapError::Certificate { why }
        }
        _ => ImapError::NoEncryption { why },
    }
}

fn of_handshake(error: &io::Error) -> ImapError {
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
    {
        Some(inner) => no_encryption(inner),
        None => ImapError::of_io(error),
    }
}

/// The system's roots, and the owner's own beside them.
pub(in crate::mail) fn config(ca_file: Option<&Path>) -> Result<ClientConfig, ImapError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    // A root nobody can read is as good as none: what it vouches for is refused.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| no_encryption(&error))?;
    let Some(path) = ca_file else {
        return Ok(builder.with_root_certificates(roots).with_no_client_auth());
    };
    let own = certificates(path)?;
    roots.add_parsable_certificates(own.iter().cloned());
    let unusable = |why: String| ImapError::CaFile {
        path: path.to_owned(),
        why,
    };
    let by_roots =
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(|error| unusable(error.to_string()))?;
    let verifier = Verifier {
        by_roots,
        own,
        provider,
    };
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// The certificates of a PEM file.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, ImapError> {
    let unusable = |why: String| ImapError::CaFile {
        path: path.to_owned(),
        why: clean::line(&why),
    };
    let bytes = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    let found = found.map_err(|error| unusable(error.to_string()))?;
    if found.is_empty() {
        return Err(unusable("PEM: 0".to_owned()));
    }
    Ok(found)
}

/// Trusts what the roots vouch for, and besides the very certificates that the owner has put into her file: those of
/// small servers vouch for themselves, which no root may, and hardly ever carry a name that is checked.
#[derive(Debug)]
struct Verifier {
    by_roots: Arc<WebPkiServerVerifier>,
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let vouched = self.by_roots.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        match vouched {
            // The handshake proves that the server has its key.
            Err(_) if self.own.iter().any(|own| own == end_entity) => {
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.by_roots.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.by_roots.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
