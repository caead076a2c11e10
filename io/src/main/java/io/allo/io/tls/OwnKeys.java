package io.allo.io.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Key pairs (EC P-256) of allo's own without a certificate, kept in a directory, readable by their owner only. One writer at a time. */
public final class OwnKeys {

    private final OwnFiles files;

    /** Keeps them in this directory, which is made when it is needed. */
    public OwnKeys(Path directory) {
        this.files = new OwnFiles(directory);
    }

    /** The pair of that name; made at the first time. */
    public synchronized KeyPair keep(String name) throws TlsException {
        Path file = files.key(name);
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file);
                    var parser = new PEMParser(reader)) {
                if (parser.readObject() instanceof PrivateKeyInfo own
                        && parser.readObject() instanceof SubjectPublicKeyInfo shown) {
                    var converter = new JcaPEMKeyConverter();
                    return new KeyPair(converter.getPublicKey(shown), converter.getPrivateKey(own));
                }
                throw new TlsException(file + " holds no key pair; take it away, and another one is made");
            } catch (IOException e) {
                throw new TlsException("can't read " + file, e);
            }
        }
        KeyPair made = make();
        files.writeKeyPair(name, made);
        return made;
    }

    /** A new pair. */
    public static KeyPair make() throws TlsException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new TlsException("can't make a key", e);
        }
    }

    /** For a client that trusts the authorities in that PEM file and no others. */
    public static SSLContext trusting(Path caFile) throws TlsException {
        try {
            var authorities = TrustedAuthorities.read(TlsSettings.DEFAULT.withCaListFile(caFile));
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {authorities.trustManager()}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("can't use the authorities in " + caFile, e);
        }
    }
}
