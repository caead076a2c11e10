package io.allo.io.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * allo's own authority (RFC 5280): made once, for phones to import, so that the server's certificate can be renewed without touching a
 * phone again. EC P-256, ten years; it may sign servers' certificates and nothing below them. It has no name constraints: the addresses
 * that it vouches for change with the machine's, and phones that do not know the extension would refuse it whole. Immutable.
 */
final class CertificateAuthority {

    /** Its files in the directory of certificates. */
    static final String NAME = "ca";

    private final KeyAndChain identity;

    private CertificateAuthority(KeyAndChain identity) {
        this.identity = identity;
    }

    X509Certificate certificate() {
        return identity.certificate();
    }

    /** The authority kept in the directory; a new one where there is none. */
    static CertificateAuthority open(OwnFiles files, String host, Instant now, List<String> warnings)
            throws TlsException {
        if (files.has(NAME)) {
            try {
                var kept = KeyAndChain.read(files.certificate(NAME), files.key(NAME));
                if (kept.certificate().getNotAfter().toInstant().isAfter(now)) {
                    return new CertificateAuthority(kept);
                }
                warnings.add("allo's own authority " + files.certificate(NAME)
                        + " expired; a new one was made, which phones have to import");
            } catch (TlsException e) {
                warnings.add("allo's own authority can't be used, so a new one was made, which phones have to import: "
                        + e.getMessage());
            }
        }
        return make(files, host, now);
    }

    /** The certificate of the authority that is kept, if there is one; makes nothing. */
    static Optional<X509Certificate> kept(OwnFiles files) throws TlsException {
        Path file = files.certificate(NAME);
        return Files.exists(file) ? PemFile.read(file).certificates().stream().findFirst() : Optional.empty();
    }

    /** A new authority in place of any earlier one, which is kept as a backup. */
    static CertificateAuthority make(OwnFiles files, String host, Instant now) throws TlsException {
        try {
            KeyPair pair = OwnKeys.make();
            byte[] tag = new byte[2];
            new SecureRandom().nextBytes(tag);
            // The tag tells two authorities of one machine apart: a phone that has both must not try one's key on the
            // other's work.
            X500Name subject =
                    name("allo CA " + shortened(host) + " " + HexFormat.of().formatHex(tag));
            Instant start = now.minus(CLOCK_SLACK);
            var builder = builder(subject, subject, start, now.plus(AUTHORITY_LIFETIME), pair.getPublic());
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            var signer = new JcaContentSignerBuilder(ALGORITHM).build(pair.getPrivate());
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            var identity = new KeyAndChain(pair.getPrivate(), List.of(certificate));
            files.write(NAME, identity);
            return new CertificateAuthority(identity);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new TlsException("can't make an authority", e);
        }
    }

    /**
     * A new key with its certificate, valid from a day ago (clocks of phones are wrong) for 397 days, the longest that current software
     * accepts, but never longer than the authority itself.
     *
     * @param names host names and literal addresses that it is for; the first becomes the subject
     */
    KeyAndChain issue(List<String> names, Instant now) throws TlsException {
        try {
            KeyPair pair = OwnKeys.make();
            String first = names.isEmpty() ? "allo" : names.getFirst();
            X500Name subject = name(first.length() <= MAX_COMMON_NAME ? first : "allo");
            Instant start = now.minus(CLOCK_SLACK);
            Instant end = start.plus(SERVER_LIFETIME);
            Instant last = certificate().getNotAfter().toInstant();
            X500Name issuer = new JcaX509CertificateHolder(certificate()).getSubject();
            var builder = builder(issuer, subject, start, end.isBefore(last) ? end : last, pair.getPublic());
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names, first));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate().getPublicKey()));
            var signer = new JcaContentSignerBuilder(ALGORITHM).build(identity.key());
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new KeyAndChain(pair.getPrivate(), List.of(certificate, certificate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new TlsException("can't make a certificate", e);
        }
    }

    /** Whether it signed that certificate. */
    boolean issued(X509Certificate other) {
        try {
            other.verify(certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, Instant start, Instant end, PublicKey key) {
        var serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(start), Date.from(end), subject, key);
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static String shortened(String host) {
        return host.length() <= MAX_HOST ? host : host.substring(0, MAX_HOST);
    }

    /** An IPv4 address stands there as a DNS name too: mbedTLS 2 (linphone, and phones' firmware) reads no addresses. */
    private static GeneralNames alternativeNames(List<String> names, String first) {
        var general = new LinkedHashSet<GeneralName>();
        for (String name : names.isEmpty() ? List.of(first) : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean ipv4 = IPAddress.isValidIPv4(name);
            if (ipv4 || IPAddress.isValidIPv6(name)) {
                general.add(new GeneralName(GeneralName.iPAddress, lower));
            }
            if (ipv4 || !IPAddress.isValidIPv6(name)) {
                general.add(new GeneralName(GeneralName.dNSName, lower));
            }
        }
        return new GeneralNames(general.toArray(GeneralName[]::new));
    }

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final Duration CLOCK_SLACK = Duration.ofDays(1);
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    private static final Duration SERVER_LIFETIME = Duration.ofDays(397);
    private static final int SERIAL_BITS = 127;
    private static final int MAX_COMMON_NAME = 64;
    /** What "allo CA ", a blank and the tag leave of the common name's 64 characters. */
    private static final int MAX_HOST = 51;
}
