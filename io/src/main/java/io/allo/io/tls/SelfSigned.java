package io.allo.io.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Makes a key and a certificate that signs itself (RFC 5280), for phones that trust it by hand or not at all. Pure but for chance. */
final class SelfSigned {

    /** What kind of key; old phones know RSA only. */
    enum KeyKind {
        EC_P256,
        RSA_2048
    }

    private SelfSigned() {}

    /**
     * A new key with its certificate, valid from a day ago (clocks of phones are wrong) for ten years.
     *
     * @param names host names and literal addresses that it is for; the first becomes the subject
     */
    static KeyAndChain make(List<String> names, KeyKind kind, Instant now) throws TlsException {
        try {
            KeyPair pair = keyPair(kind);
            String first = names.isEmpty() ? "allo" : names.getFirst();
            var subject = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, first.length() <= MAX_COMMON_NAME ? first : "allo")
                    .build();
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                    Date.from(now.minus(CLOCK_SLACK)),
                    Date.from(now.plus(VALIDITY)),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, keyUsage(kind));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names, first));
            String algorithm = kind == KeyKind.EC_P256 ? "SHA256withECDSA" : "SHA256withRSA";
            var signer = new JcaContentSignerBuilder(algorithm).build(pair.getPrivate());
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new KeyAndChain(pair.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new TlsException("can't make a certificate", e);
        }
    }

    private static KeyPair keyPair(KeyKind kind) throws GeneralSecurityException {
        if (kind == KeyKind.EC_P256) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        }
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** RSA keys may also be used for the key exchange that old phones ask for. */
    private static KeyUsage keyUsage(KeyKind kind) {
        return kind == KeyKind.EC_P256
                ? new KeyUsage(KeyUsage.digitalSignature)
                : new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment);
    }

    private static GeneralNames alternativeNames(List<String> names, String first) {
        var general = new LinkedHashSet<GeneralName>();
        for (String name : names.isEmpty() ? List.of(first) : names) {
            boolean address = IPAddress.isValidIPv4(name) || IPAddress.isValidIPv6(name);
            general.add(new GeneralName(
                    address ? GeneralName.iPAddress : GeneralName.dNSName, name.toLowerCase(Locale.ROOT)));
        }
        return new GeneralNames(general.toArray(GeneralName[]::new));
    }

    private static final Duration CLOCK_SLACK = Duration.ofDays(1);
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 127;
    private static final int MAX_COMMON_NAME = 64;
}
