package io.allo.io.dtls;

import io.allo.media.dtls.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * The certificate that we prove ourselves with in handshakes, and its key. Signalling vouches for it by its fingerprint, so it need
 * be signed by nobody. Immutable; never shows its key in text.
 */
public final class DtlsIdentity {

    private static final Duration CLOCK_SLACK = Duration.ofDays(1);
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final int SERIAL_BITS = 127;
    private static final long MAX_FILE_BYTES = 1024 * 1024;

    private final AsymmetricKeyParameter key;
    private final List<byte[]> chain;
    private final Fingerprint fingerprint;

    private DtlsIdentity(AsymmetricKeyParameter key, List<byte[]> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
        this.fingerprint = Fingerprint.of("sha-256", chain.getFirst());
    }

    /** A new key on P-256 and a certificate for it that says nothing about us, valid from a day ago for a year. */
    public static DtlsIdentity generate(Instant now, SecureRandom random) {
        var curve = ECNamedCurveTable.getByOID(X9ObjectIdentifiers.prime256v1);
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(X9ObjectIdentifiers.prime256v1, curve), random));
        var pair = generator.generateKeyPair();
        var name = new X500Name("CN=sound");
        try {
            X509v3CertificateBuilder builder = new BcX509v3CertificateBuilder(
                    name,
                    new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                    Date.from(now.minus(CLOCK_SLACK)),
                    Date.from(now.plus(VALIDITY)),
                    name,
                    pair.getPublic());
            var signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
            var signer = new BcECContentSignerBuilder(signature, digest)
                    .setSecureRandom(random)
                    .build(pair.getPrivate());
            return new DtlsIdentity(
                    pair.getPrivate(), List.of(builder.build(signer).getEncoded()));
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("no ECDSA", impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * From PEM files ({@code dtls_cert_file}, {@code dtls_private_key}); they may be one.
     *
     * @throws IOException if a file can't be read, or certificate or key is missing in them or encrypted
     */
    public static DtlsIdentity load(Path certificates, Path key) throws IOException {
        var chain = new ArrayList<byte[]>();
        for (var item : items(certificates)) {
            if (item instanceof X509CertificateHolder certificate) {
                chain.add(certificate.getEncoded());
            }
        }
        PrivateKeyInfo found = null;
        for (var item : items(key)) {
            switch (item) {
                case PrivateKeyInfo info -> found = info;
                case PEMKeyPair pair -> found = pair.getPrivateKeyInfo();
                default -> {
                    // curve parameters, certificates
                }
            }
        }
        if (chain.isEmpty() || found == null) {
            throw new IOException(chain.isEmpty() ? "no certificate in " + certificates : "no readable key in " + key);
        }
        return new DtlsIdentity(PrivateKeyFactory.createKey(found), chain);
    }

    private static List<Object> items(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
        }
        var items = new ArrayList<Object>();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                var parser = new PEMParser(reader)) {
            for (var item = parser.readObject(); item != null; item = parser.readObject()) {
                items.add(item);
            }
        }
        return items;
    }

    /** What our descriptions say of it. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    AsymmetricKeyParameter key() {
        return key;
    }

    boolean isRsa() {
        return key instanceof RSAKeyParameters;
    }

    /** In DER, ours first. */
    List<byte[]> chain() {
        return chain;
    }

    /** The fingerprint alone. */
    @Override
    public String toString() {
        return "DtlsIdentity[" + fingerprint + "]";
    }
}
