package io.allo.io.tls;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom we trust to vouch for others: the certificates of {@code ca_list_file} and {@code ca_list_path} or, where neither is named, the
 * authorities that the JDK trusts. Immutable.
 */
record TrustedAuthorities(List<X509Certificate> certificates, List<Path> files) {

    static TrustedAuthorities read(TlsSettings settings) throws TlsException {
        var files = new ArrayList<Path>();
        settings.caListFile().ifPresent(files::add);
        if (settings.caListPath().isPresent()) {
            files.addAll(listed(settings.caListPath().get()));
        }
        var certificates = new ArrayList<X509Certificate>();
        for (Path file : files) {
            certificates.addAll(PemFile.read(file).certificates());
        }
        boolean named =
                settings.caListFile().isPresent() || settings.caListPath().isPresent();
        if (named && certificates.isEmpty()) {
            throw new TlsException("no certificate of an authority in "
                    + settings.caListFile().or(settings::caListPath).orElseThrow());
        }
        return new TrustedAuthorities(List.copyOf(certificates), List.copyOf(files));
    }

    /** A directory as OpenSSL's rehash leaves it, or just of PEM files. */
    private static List<Path> listed(Path directory) throws TlsException {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.{pem,crt,cer,0}")) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw new TlsException("can't read the directory " + directory, e);
        }
        files.sort(null);
        return files;
    }

    X509ExtendedTrustManager trustManager() throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        if (certificates.isEmpty()) {
            factory.init((KeyStore) null);
        } else {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            factory.init(store);
        }
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new IllegalStateException("every JDK has an X.509 trust manager");
    }
}
