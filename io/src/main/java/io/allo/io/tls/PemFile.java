package io.allo.io.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * What a PEM file holds (RFC 7468): certificates, and at most one private key in PKCS#8, PKCS#1 or SEC 1 form. Immutable.
 */
record PemFile(Path path, List<X509Certificate> certificates, Optional<PrivateKey> key) {

    /** BouncyCastle's ciphers, for encrypted keys only; it is not among the JDK's providers. */
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    /** The largest file that is read, in bytes: a bundle of every public authority is about 220,000. */
    static final int MAX_SIZE_BYTES = 4 * 1024 * 1024;

    static PemFile read(Path path) throws TlsException {
        return read(path, "");
    }

    /** @param password of an encrypted key; "" where there is none */
    static PemFile read(Path path, String password) throws TlsException {
        try {
            if (Files.size(path) > MAX_SIZE_BYTES) {
                throw new TlsException(path + " is larger than " + MAX_SIZE_BYTES + " bytes");
            }
            return parse(path, Files.readString(path, StandardCharsets.ISO_8859_1), password);
        } catch (IOException e) {
            throw new TlsException("can't read " + path, e);
        }
    }

    private static PemFile parse(Path path, String text, String password) throws TlsException {
        var certificates = new ArrayList<X509Certificate>();
        Optional<PrivateKey> key = Optional.empty();
        try (Reader reader = new StringReader(text);
                var parser = new PEMParser(reader)) {
            for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
                switch (item) {
                    case X509CertificateHolder holder -> certificates.add(certificate(holder));
                    case X509TrustedCertificateBlock block ->
                        certificates.add(certificate(block.getCertificateHolder()));
                    case PrivateKeyInfo info -> key = Optional.of(privateKey(path, info));
                    case PEMKeyPair pair -> key = Optional.of(privateKey(path, pair.getPrivateKeyInfo()));
                    case PEMEncryptedKeyPair encrypted ->
                        key = Optional.of(privateKey(path, opened(path, encrypted, password)));
                    case PKCS8EncryptedPrivateKeyInfo encrypted ->
                        key = Optional.of(privateKey(path, opened(path, encrypted, password)));
                    default -> {
                        // curve parameters, requests and the like are of no use here
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new TlsException(path + " is no usable PEM file", e);
        }
        return new PemFile(path, List.copyOf(certificates), key);
    }

    private static X509Certificate certificate(X509CertificateHolder holder)
            throws IOException, GeneralSecurityException {
        var in = new ByteArrayInputStream(holder.getEncoded());
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private static PrivateKey privateKey(Path path, PrivateKeyInfo info)
            throws TlsException, IOException, GeneralSecurityException {
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm;
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            algorithm = "EC";
        } else if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            algorithm = "RSA";
        } else if (kind.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            algorithm = "RSASSA-PSS";
        } else if (kind.equals(EdECObjectIdentifiers.id_Ed25519) || kind.equals(EdECObjectIdentifiers.id_Ed448)) {
            algorithm = "EdDSA";
        } else {
            throw new TlsException(path + " holds a key of a kind that TLS does not use: " + kind);
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    /** The old form, {@code Proc-Type: 4,ENCRYPTED}. */
    private static PrivateKeyInfo opened(Path path, PEMEncryptedKeyPair sealed, String password)
            throws TlsException, IOException {
        if (password.isEmpty()) {
            throw encrypted(path);
        }
        try {
            return sealed.decryptKeyPair(
                            new JcePEMDecryptorProviderBuilder().setProvider(BC).build(password.toCharArray()))
                    .getPrivateKeyInfo();
        } catch (IOException e) {
            throw wrongPassword(path, e);
        }
    }

    /** RFC 5958. */
    private static PrivateKeyInfo opened(Path path, PKCS8EncryptedPrivateKeyInfo sealed, String password)
            throws TlsException {
        if (password.isEmpty()) {
            throw encrypted(path);
        }
        try {
            return sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(BC)
                    .build(password.toCharArray()));
        } catch (OperatorCreationException | PKCSException e) {
            throw wrongPassword(path, e);
        }
    }

    private static TlsException wrongPassword(Path path, Exception cause) {
        return new TlsException("the password does not open the key in " + path, cause);
    }

    private static TlsException encrypted(Path path) {
        return new TlsException("the key in " + path
                + " is encrypted; name its password (password=), or write it in clear, readable by its owner only: openssl pkey -in "
                + path.getFileName() + " -out clear.key");
    }
}
