package io.allo.io.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateStoreTest {

    @TempDir
    Path directory;

    private CertificateStore store;

    @BeforeEach
    void make() {
        store = storeAt(Instant.now());
    }

    private CertificateStore storeAt(Instant now) {
        return new CertificateStore(
                directory.resolve("state"),
                List.of("pbx.example.com", "192.0.2.7", "2001:db8::7"),
                new FixedClock(now));
    }

    @Test
    void withoutAnyFileACertificateIsMadeAndKept() throws Exception {
        var first = store.load(TlsSettings.DEFAULT);
        var again = storeAt(Instant.now()).load(TlsSettings.DEFAULT);
        assertEquals(first.identity().certificate(), again.identity().certificate());
        assertEquals(List.of(), first.warnings());
        assertEquals(
                List.of(directory.resolve("state/tls/allo.pem"), directory.resolve("state/tls/allo.key")),
                first.files());
    }

    @Test
    void theCertificateMadeIsForOurNamesOnP256AndLasts397Days() throws Exception {
        var certificate = store.load(TlsSettings.DEFAULT).identity().certificate();
        certificate.verify(store.authority().getPublicKey());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        assertEquals(
                256,
                ((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength());
        var names = new ArrayList<Object>();
        for (List<?> name : certificate.getSubjectAlternativeNames()) {
            names.add(name.get(1));
        }
        assertEquals(List.of("pbx.example.com", "192.0.2.7", "192.0.2.7", "2001:db8:0:0:0:0:0:7"), names);
        assertEquals("CN=pbx.example.com", certificate.getSubjectX500Principal().getName());
        assertEquals(-1, certificate.getBasicConstraints());
        certificate.checkValidity(java.util.Date.from(Instant.now().plus(Duration.ofDays(395))));
        assertThrows(
                java.security.cert.CertificateExpiredException.class,
                () -> certificate.checkValidity(
                        java.util.Date.from(Instant.now().plus(Duration.ofDays(397)))));
        certificate.checkValidity(java.util.Date.from(Instant.now().minus(Duration.ofHours(20))));
        assertTrue(SipIdentity.speaksFor(certificate, "2001:db8::7", false));
        assertTrue(SipIdentity.speaksFor(certificate, "PBX.example.com", false));
        assertFalse(SipIdentity.speaksFor(certificate, "192.0.2.8", false));
    }

    @Test
    void onlyTheOwnerReadsTheKey() throws Exception {
        store.load(TlsSettings.DEFAULT);
        assertEquals("rw-------", permissions("state/tls/allo.key"));
        assertEquals("rw-r--r--", permissions("state/tls/allo.pem"));
        assertEquals("rwx------", permissions("state/tls"));
        try (var files = Files.list(directory.resolve("state/tls"))) {
            assertEquals(4, files.count(), "two of the authority, two of the server");
        }
    }

    private String permissions(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    @Test
    void aNamedFileThatIsMissingIsReplacedWithAWarning() throws Exception {
        Path named = directory.resolve("keys/asterisk.pem");
        var loaded = store.load(TlsSettings.DEFAULT.withCertificate(named, directory.resolve("keys/asterisk.key")));
        assertEquals(1, loaded.warnings().size());
        assertTrue(loaded.warnings().getFirst().startsWith(named + " does not exist; phones get "));
        assertTrue(loaded.files().getFirst().startsWith(directory.resolve("state/tls")));
        assertTrue(loaded.files().getFirst().getFileName().toString().startsWith("asterisk-"));
        assertFalse(Files.exists(named), "nothing is written outside our own directory");
    }

    @Test
    void aMissingKeyIsAsBadAsAMissingCertificate() throws Exception {
        var settings = TlsSettings.DEFAULT.withCertificate(Fixture.file("ec-sec1.pem"), directory.resolve("no.key"));
        assertTrue(
                store.load(settings).warnings().getFirst().startsWith(directory.resolve("no.key") + " does not exist"));
    }

    @Test
    void twoMissingFilesOfOneNameGetTwoCertificates() throws Exception {
        var one = store.load(
                TlsSettings.DEFAULT.withCertificate(directory.resolve("a/x.pem"), directory.resolve("a/x.key")));
        var two = store.load(
                TlsSettings.DEFAULT.withCertificate(directory.resolve("b/x.pem"), directory.resolve("b/x.key")));
        assertNotEquals(one.identity().certificate(), two.identity().certificate());
    }

    @Test
    void ourOwnFilesThatWereSpoiltAreMadeAnewWithAWarning() throws Exception {
        var first = store.load(TlsSettings.DEFAULT).identity().certificate();
        Files.writeString(directory.resolve("state/tls/allo.key"), "half a ke");
        var second = store.load(TlsSettings.DEFAULT);
        assertNotEquals(first, second.identity().certificate());
        assertTrue(second.warnings().getFirst().contains("made a new"));
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1.pem, rsa-pkcs1.key, CN=rsa.example.com, 1",
        "ec-sec1.pem, ec-sec1.key, CN=ec.example.com, 1",
        "ec-pkcs8.pem, ec-pkcs8.key, CN=ec8.example.com, 1",
        "ed25519.pem, ed25519.key, CN=ed.example.com, 1",
        "combined.pem, combined.pem, CN=rsa.example.com, 1",
        "everything-reversed.pem, below.key, CN=below.example.com, 3"
    })
    void everyUsualKindOfPemFileIsRead(String certificate, String key, String subject, int length) throws Exception {
        var identity = store.load(Fixture.settings(certificate, key)).identity();
        assertEquals(subject, identity.certificate().getSubjectX500Principal().getName());
        assertEquals(length, identity.chain().size());
        assertFalse(identity.toString().contains("PRIVATE"));
    }

    @Test
    void theKeyMayBeInTheCertificatesFile() throws Exception {
        var named = new TlsSettings(
                Optional.of(Fixture.file("combined.pem")),
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
        assertEquals(
                "CN=rsa.example.com",
                store.load(named)
                        .identity()
                        .certificate()
                        .getSubjectX500Principal()
                        .getName());
    }

    @ParameterizedTest
    @CsvSource({
        "ec-sec1.pem, encrypted-sec1.key, is encrypted",
        "ec-sec1.pem, encrypted-pkcs8.key, is encrypted",
        "ec-sec1.pem, rsa-pkcs1.key, is not that of a certificate",
        "ec-sec1.pem, ec-pkcs8.key, is not that of a certificate",
        "ec-sec1.key, ec-sec1.key, holds no certificate",
        "ec-sec1.pem, ec-sec1.pem, holds no private key",
        "make.sh, ec-sec1.key, holds no certificate"
    })
    void filesThatCanNotBeUsedAreNamedWithTheReason(String certificate, String key, String reason) {
        var error = assertThrows(TlsException.class, () -> store.load(Fixture.settings(certificate, key)));
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }

    @Test
    void brokenAndTooLargeFilesAreNamed() throws Exception {
        Path broken = directory.resolve("broken.pem");
        Files.writeString(broken, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        var settings = TlsSettings.DEFAULT.withCertificate(broken, broken);
        assertTrue(assertThrows(TlsException.class, () -> store.load(settings))
                .getMessage()
                .contains("broken.pem is no usable PEM file"));
        Files.write(broken, new byte[PemFile.MAX_SIZE_BYTES + 1]);
        assertTrue(assertThrows(TlsException.class, () -> store.load(settings))
                .getMessage()
                .contains("larger than"));
    }

    @Test
    void anExpiredCertificateAndAKeyThatAllCanReadAreWarnedOf() throws Exception {
        Path key = directory.resolve("open.key");
        Files.copy(Fixture.file("ec-sec1.key"), key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        var settings = TlsSettings.DEFAULT.withCertificate(Fixture.file("ec-sec1.pem"), key);
        Instant end =
                store.load(settings).identity().certificate().getNotAfter().toInstant();
        var after = storeAt(end.plusSeconds(1)).load(settings).warnings();
        assertEquals(2, after.size());
        assertTrue(after.getFirst().contains("expired on"));
        assertTrue(after.getLast().contains("readable by everyone"));
        assertTrue(storeAt(end.minusSeconds(60))
                .load(settings)
                .warnings()
                .getFirst()
                .contains("expires on"));
    }

    @Test
    void theAuthorityIsMadeOnceAndMaySignServersOnly() throws Exception {
        var authority = store.authority();
        authority.verify(authority.getPublicKey());
        assertEquals(authority, storeAt(Instant.now()).authority());
        assertEquals(0, authority.getBasicConstraints(), "path length");
        assertTrue(authority.getKeyUsage()[5] && authority.getKeyUsage()[6], "keyCertSign and cRLSign");
        assertFalse(authority.getKeyUsage()[0], "no digitalSignature");
        assertTrue(authority.getCriticalExtensionOIDs().contains("2.5.29.19"));
        assertTrue(authority.getSubjectX500Principal().getName().matches("CN=allo CA pbx.example.com [0-9a-f]{4}"));
        authority.checkValidity(java.util.Date.from(Instant.now().plus(Duration.ofDays(3640))));
        assertEquals("rw-------", permissions("state/tls/ca.key"));
        var chain = store.load(TlsSettings.DEFAULT).identity().chain();
        assertEquals(authority, chain.getLast());
        chain.getFirst().verify(authority.getPublicKey());
    }

    @Test
    void aNewAddressOfTheMachineMeansANewCertificateOfTheSameAuthority() throws Exception {
        var first = store.load(TlsSettings.DEFAULT).identity().chain();
        var moved = new CertificateStore(
                directory.resolve("state"), List.of("pbx.example.com", "198.51.100.9"), FixedClock.today());
        var second = moved.load(TlsSettings.DEFAULT).identity().chain();
        assertNotEquals(first.getFirst(), second.getFirst());
        assertEquals(first.getLast(), second.getLast());
        assertTrue(SipIdentity.covers(second.getFirst(), "198.51.100.9", false));
    }

    @Test
    void anAddressThatIsGoneChangesNothing() throws Exception {
        var first = store.load(TlsSettings.DEFAULT).identity().certificate();
        var fewer = new CertificateStore(directory.resolve("state"), List.of("192.0.2.7"), FixedClock.today());
        assertEquals(first, fewer.load(TlsSettings.DEFAULT).identity().certificate());
    }

    @Test
    void ourOwnCertificateIsMadeAnewAfterTwoThirdsOfItsTime() throws Exception {
        var first = store.load(TlsSettings.DEFAULT);
        assertTrue(first.renewAt().isAfter(Instant.now().plus(Duration.ofDays(262))));
        assertTrue(first.renewAt().isBefore(Instant.now().plus(Duration.ofDays(265))));
        var before = storeAt(first.renewAt().minusSeconds(1)).load(TlsSettings.DEFAULT);
        assertEquals(first.identity().certificate(), before.identity().certificate());
        var after = storeAt(first.renewAt().plusSeconds(1)).load(TlsSettings.DEFAULT);
        assertNotEquals(first.identity().certificate(), after.identity().certificate());
        assertTrue(Files.exists(directory.resolve("state/tls/allo.pem.old")));
        assertEquals("rw-------", permissions("state/tls/allo.key.old"));
    }

    @Test
    void aCertificateNeverOutlivesTheAuthority() throws Exception {
        var end = store.authority().getNotAfter();
        var late = storeAt(end.toInstant().minus(Duration.ofDays(20))).load(TlsSettings.DEFAULT);
        assertEquals(end, late.identity().certificate().getNotAfter());
        assertTrue(late.warnings().getFirst().contains("authority"), late.warnings()::toString);
    }

    @Test
    void anAuthorityThatExpiredOrWasSpoiltIsMadeAnewWithAWarning() throws Exception {
        var first = store.authority();
        var loaded = storeAt(first.getNotAfter().toInstant().plusSeconds(1)).load(TlsSettings.DEFAULT);
        assertTrue(loaded.warnings().getFirst().contains("phones have to import"), loaded.warnings()::toString);
        assertNotEquals(first, loaded.identity().chain().getLast());
        Files.writeString(directory.resolve("state/tls/ca.key"), "spoilt");
        var again = store.load(TlsSettings.DEFAULT);
        assertTrue(again.warnings().getFirst().contains("phones have to import"), again.warnings()::toString);
        again.identity().certificate().verify(again.identity().chain().getLast().getPublicKey());
    }

    @Test
    void aSelfSignedCertificateOfAnEarlierVersionGivesWay() throws Exception {
        Files.createDirectories(directory.resolve("state/tls"));
        Files.copy(Fixture.file("ec-sec1.pem"), directory.resolve("state/tls/allo.pem"));
        Files.copy(Fixture.file("ec-sec1.key"), directory.resolve("state/tls/allo.key"));
        var chain = store.load(TlsSettings.DEFAULT).identity().chain();
        assertEquals(store.authority(), chain.getLast());
    }

    @Test
    void whatWasImportedIsUsedInPlaceOfOursAndOursStaysOffered() throws Exception {
        var imported = KeyAndChain.read(Fixture.file("rsa-pkcs1.pem"), Fixture.file("rsa-pkcs1.key"));
        store.keep(CertificateStore.IMPORTED, imported);
        var loaded = store.load(TlsSettings.DEFAULT);
        assertEquals(CertificateStore.Source.IMPORTED, loaded.source());
        assertEquals(imported.certificate(), loaded.identity().certificate());
        assertEquals(2, store.offered().all().size());
        Files.writeString(directory.resolve("state/tls/imported.key"), "spoilt");
        var without = store.load(TlsSettings.DEFAULT);
        assertEquals(CertificateStore.Source.OWN, without.source());
        assertTrue(without.warnings().getFirst().contains("another certificate is used"));
    }

    @ParameterizedTest
    @CsvSource({"encrypted-sec1.key", "encrypted-pkcs8.key"})
    void anEncryptedKeyIsOpenedByItsPassword(String key) throws Exception {
        var settings = Fixture.settings("ec-sec1.pem", key);
        var identity = store.load(settings.withPassword("secret")).identity();
        assertEquals(
                "CN=ec.example.com",
                identity.certificate().getSubjectX500Principal().getName());
        var wrong = assertThrows(TlsException.class, () -> store.load(settings.withPassword("wrong")));
        assertTrue(wrong.getMessage().contains("the password does not open"), wrong.getMessage());
        assertFalse(settings.withPassword("hidden-word").toString().contains("hidden-word"));
    }
}
