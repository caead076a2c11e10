package io.allo.io.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.Fingerprint;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.SrtpProfile;
import io.allo.media.sdes.StreamKeys;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes with openssl, which exports the keys by itself: both sides must have the same. */
class OpensslHandshakeTest {

    private static final Fingerprint OTHER =
            Fingerprint.parse("sha-256 " + "AB:".repeat(31) + "CD").orElseThrow();

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentities identities = new DtlsIdentities(Instant.now(), random);
    private final DtlsHandshakes handshakes = new DtlsHandshakes(identities, random, 8_000, 10);
    private boolean begun;

    @TempDir
    Path directory;

    @BeforeEach
    void opensslIsThere() {
        assumeTrue(OpensslPeer.isThere(), "no openssl");
    }

    @ParameterizedTest
    @CsvSource({
        "ec,  SRTP_AES128_CM_SHA1_80, AES128_CM_HMAC_SHA1_80",
        "rsa, SRTP_AES128_CM_SHA1_80, AES128_CM_HMAC_SHA1_80",
        "ec,  SRTP_AES128_CM_SHA1_32, AES128_CM_HMAC_SHA1_32",
        "ec,  SRTP_AES128_CM_SHA1_32:SRTP_AES128_CM_SHA1_80, AES128_CM_HMAC_SHA1_80",
        "ec,  SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80, AEAD_AES_128_GCM",
    })
    void weWaitAndOpensslBegins(String kind, String offered, SrtpProfile expected) throws Exception {
        try (var port = new OpensslPeer.Port();
                var peer = OpensslPeer.start(directory, kind, false, port.socket.getLocalPort(), offered)) {
            var outcome = run(port, null, DtlsSetup.PASSIVE, peer.fingerprint());
            assertSameKeys(peer, outcome, expected, false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ec,  SRTP_AES128_CM_SHA1_80, AES128_CM_HMAC_SHA1_80",
        "rsa, SRTP_AES128_CM_SHA1_80, AES128_CM_HMAC_SHA1_80",
        "ec,  SRTP_AES128_CM_SHA1_32, AES128_CM_HMAC_SHA1_32",
        "ec,  SRTP_AEAD_AES_256_GCM, AEAD_AES_256_GCM",
    })
    void weBeginAndOpensslWaits(String kind, String offered, SrtpProfile expected) throws Exception {
        var there = freePort();
        try (var port = new OpensslPeer.Port();
                var peer = OpensslPeer.start(directory, kind, true, there, offered)) {
            var outcome = run(
                    port,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), there),
                    DtlsSetup.ACTIVE,
                    peer.fingerprint());
            assertSameKeys(peer, outcome, expected, true);
        }
    }

    @Test
    void aPeerWithoutExtendedMasterSecretHasTheSameKeysToo() throws Exception {
        try (var port = new OpensslPeer.Port();
                var peer = OpensslPeer.start(
                        directory, "ec", false, port.socket.getLocalPort(), "SRTP_AES128_CM_SHA1_80", false)) {
            var outcome = run(port, null, DtlsSetup.PASSIVE, peer.fingerprint());
            assertTrue(peer.profile().contains("SHA1_80"));
            assertTrue(peer.output().contains("Extended master secret: no"), peer.output());
            assertSameKeys(peer, outcome, SrtpProfile.AES128_CM_HMAC_SHA1_80, false);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anotherCertificateThanTheAnnouncedOneGivesNoKeys(boolean weBegin) throws Exception {
        var there = freePort();
        try (var port = new OpensslPeer.Port();
                var peer = OpensslPeer.start(
                        directory,
                        "ec",
                        weBegin,
                        weBegin ? there : port.socket.getLocalPort(),
                        "SRTP_AES128_CM_SHA1_80")) {
            var outcome = run(
                    port,
                    weBegin ? new InetSocketAddress(InetAddress.getLoopbackAddress(), there) : null,
                    weBegin ? DtlsSetup.ACTIVE : DtlsSetup.PASSIVE,
                    OTHER);
            var failed = assertInstanceOf(HandshakeOutcome.Failed.class, outcome);
            assertEquals(HandshakeOutcome.Reason.WRONG_FINGERPRINT, failed.reason());
            assertEquals(1, handshakes.failed());
        }
    }

    /** Runs a handshake; the peer's address is that of its first packet if none is named. */
    private HandshakeOutcome run(OpensslPeer.Port port, InetSocketAddress named, DtlsSetup role, Fingerprint theirs)
            throws Exception {
        var ended = new CompletableFuture<HandshakeOutcome>();
        var exchange = handshakes.exchange(port::send, ended::complete);
        var agreement = new DtlsAgreement(role, identities.own().fingerprint(), List.of(theirs), "");
        if (named != null) {
            exchange.begin(agreement, named);
        }
        port.onPacket((packet, from) -> {
            synchronized (exchange) {
                if (named == null && !begun) {
                    begun = true;
                    exchange.begin(agreement, from);
                }
                exchange.received(ByteBuffer.wrap(packet), from);
            }
        });
        return ended.get(15, TimeUnit.SECONDS);
    }

    private void assertSameKeys(OpensslPeer peer, HandshakeOutcome outcome, SrtpProfile expected, boolean active)
            throws Exception {
        var keyed = assertInstanceOf(HandshakeOutcome.Keyed.class, outcome, peer.output());
        assertEquals(expected.suite(), keyed.keys().send().suite());
        assertEquals(1, handshakes.completed());
        // openssl exports 60 bytes whatever the profile; the exporter's first bytes do not depend on how many are asked
        // for
        var theirs = HexFormat.of().parseHex(peer.keyingMaterial());
        var ours = exported(keyed.keys(), active);
        var length = Math.min(theirs.length, ours.length);
        assertEquals(HexFormat.of().formatHex(theirs, 0, length), HexFormat.of().formatHex(ours, 0, length));
    }

    /** Client's key, server's key, client's salt, server's salt. */
    private static byte[] exported(StreamKeys keys, boolean active) {
        var client = Base64.getDecoder().decode((active ? keys.send() : keys.receive()).base64());
        var server = Base64.getDecoder().decode((active ? keys.receive() : keys.send()).base64());
        var key = keys.send().suite().keyBytes();
        return ByteBuffer.allocate(client.length + server.length)
                .put(client, 0, key)
                .put(server, 0, key)
                .put(client, key, client.length - key)
                .put(server, key, server.length - key)
                .array();
    }

    private static int freePort() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
