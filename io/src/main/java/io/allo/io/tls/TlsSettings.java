package io.allo.io.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The TLS part of a transport in pjsip.conf. Immutable.
 *
 * @param certFile {@code cert_file}: PEM, our certificate first, then those that lead to its authority
 * @param privKeyFile {@code priv_key_file}: PEM, PKCS#8, PKCS#1 or SEC 1; without it the key is in {@code certFile}
 * @param caListFile {@code ca_list_file}: PEM, whom we trust; without it the authorities that the JDK trusts
 * @param caListPath {@code ca_list_path}: a directory of such files
 * @param method {@code method}
 * @param verifyClient {@code verify_client}: ask phones for a certificate and refuse a wrong one, but allow none
 * @param requireClientCert {@code require_client_cert}: refuse phones without a right certificate
 * @param verifyServer {@code verify_server}: as a client, refuse a server whose certificate or name is wrong
 * @param allowWildcardCerts {@code allow_wildcard_certs}: {@code *.example.com} counts as a name of sip.example.com (RFC 5922 7.2
 *     forbids it)
 * @param ciphers {@code cipher}: JSSE's names of the suites that are spoken, best first
 * @param password {@code password}: of an encrypted key; "" if it is in clear
 */
public record TlsSettings(
        Optional<Path> certFile,
        Optional<Path> privKeyFile,
        Optional<Path> caListFile,
        Optional<Path> caListPath,
        TlsMethod method,
        boolean verifyClient,
        boolean requireClientCert,
        boolean verifyServer,
        boolean allowWildcardCerts,
        List<String> ciphers,
        String password) {

    public TlsSettings {
        ciphers = List.copyOf(ciphers);
    }

    /** A certificate of our own making, nobody verified: Asterisk's defaults. */
    public static final TlsSettings DEFAULT = new TlsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TlsMethod.DEFAULT,
            false,
            false,
            false,
            false,
            CipherSuites.DEFAULT,
            "");

    /** {@code cert_file} and {@code priv_key_file}: PEM, the chain beginning with our own certificate. */
    public TlsSettings withCertificate(Path newCertFile, Path newPrivKeyFile) {
        return with(d -> {
            d.certFile = Optional.of(newCertFile);
            d.privKeyFile = Optional.of(newPrivKeyFile);
        });
    }

    /** {@code ca_list_file}: PEM, the authorities that a peer is verified by. */
    public TlsSettings withCaListFile(Path newCaListFile) {
        return with(d -> d.caListFile = Optional.of(newCaListFile));
    }

    /** {@code method}: the versions of TLS that are spoken. */
    public TlsSettings withMethod(TlsMethod newMethod) {
        return with(d -> d.method = newMethod);
    }

    /** {@code verify_client}, {@code require_client_cert} and {@code verify_server}: whose certificate must be good. */
    public TlsSettings withVerification(boolean client, boolean clientRequired, boolean server) {
        return with(d -> {
            d.verifyClient = client;
            d.requireClientCert = clientRequired;
            d.verifyServer = server;
        });
    }

    /** {@code cipher}: the suites by JSSE's names, best first. */
    public TlsSettings withCiphers(List<String> newCiphers) {
        return with(d -> d.ciphers = newCiphers);
    }

    /** {@code password}: of an encrypted key. */
    public TlsSettings withPassword(String newPassword) {
        return with(d -> d.password = newPassword);
    }

    /** Never says the password. */
    @Override
    public String toString() {
        return "TlsSettings[" + certFile + ", " + method + ", " + ciphers + "]";
    }

    private TlsSettings with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same settings while one thing of them changes. */
    private static final class Draft {
        private Optional<Path> certFile;
        private Optional<Path> privKeyFile;
        private Optional<Path> caListFile;
        private Optional<Path> caListPath;
        private TlsMethod method;
        private boolean verifyClient;
        private boolean requireClientCert;
        private boolean verifyServer;
        private boolean allowWildcardCerts;
        private List<String> ciphers;
        private String password;

        Draft(TlsSettings from) {
            certFile = from.certFile;
            privKeyFile = from.privKeyFile;
            caListFile = from.caListFile;
            caListPath = from.caListPath;
            method = from.method;
            verifyClient = from.verifyClient;
            requireClientCert = from.requireClientCert;
            verifyServer = from.verifyServer;
            allowWildcardCerts = from.allowWildcardCerts;
            ciphers = from.ciphers;
            password = from.password;
        }

        TlsSettings done() {
            return new TlsSettings(
                    certFile,
                    privKeyFile,
                    caListFile,
                    caListPath,
                    method,
                    verifyClient,
                    requireClientCert,
                    verifyServer,
                    allowWildcardCerts,
                    ciphers,
                    password);
        }
    }
}
