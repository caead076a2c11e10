package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount.Encryption;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that encrypt their sound with libsrtp, by keys in SDP over TLS, and plain ones, talk through allo. */
@Tag("phones")
class SecureCallTest {
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(4);

    /** Sound of one tone has about 6 bits in a byte, what is encrypted all 8. */
    private static final double ENCRYPTED_BITS = 7.9;

    /** Packets of a phone's, half a second, until its handshake is done. */
    private static final int PLAIN_AT_THE_START = 25;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({
        "BARESIP,REQUIRED,LINPHONE,REQUIRED", "LINPHONE,REQUIRED,BARESIP,REQUIRED",
        "BARESIP,OPTIONAL,LINPHONE,OPTIONAL", "LINPHONE,OPTIONAL,BARESIP,OPTIONAL",
        "BARESIP,REQUIRED,BARESIP,OPTIONAL"
    })
    void betweenPhonesThatEncryptNothingIsReadable(Kind caller, Encryption oneSide, Kind called, Encryption otherSide) {
        lab.aliceAndBob().start();
        Phone alice = phone(caller, "alice", 440, "tls", oneSide);
        Phone bob = phone(called, "bob", 620, "tls", otherSide);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        assertTalk(alice, bob);
        assertEncrypted(atAlice.stop());
        assertEncrypted(atBob.stop());
    }

    @ParameterizedTest
    @CsvSource({
        "BARESIP,REQUIRED,LINPHONE",
        "LINPHONE,REQUIRED,BARESIP",
        "BARESIP,OPTIONAL,BARESIP",
        "LINPHONE,OPTIONAL,LINPHONE"
    })
    void anEncryptingPhoneAndAPlainOneHearEachOther(Kind secure, Encryption encryption, Kind plain) {
        lab.aliceAndBob().start();
        Phone alice = phone(secure, "alice", 440, "tls", encryption);
        Phone bob = phone(plain, "bob", 620, "udp", Encryption.NONE);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        assertTalk(alice, bob);
        assertEncrypted(atAlice.stop());
        assertFalse(bits(atBob.stop()) > ENCRYPTED_BITS, "the plain leg is plain");
    }

    @ParameterizedTest
    @CsvSource({"BARESIP,LINPHONE,REQUIRED", "LINPHONE,BARESIP,REQUIRED"})
    void aPlainPhoneCallsOneThatInsists(Kind plain, Kind secure, Encryption encryption) {
        lab.aliceAndBob().start();
        Phone alice = phone(plain, "alice", 440, "udp", Encryption.NONE);
        Phone bob = phone(secure, "bob", 620, "tls", encryption);
        PacketCapture atBob = lab.capture("bob");
        assertTalk(alice, bob);
        assertEncrypted(atBob.stop());
    }

    @ParameterizedTest
    @CsvSource({
        "BARESIP,udp,BARESIP,udp",
        "BARESIP,tcp,LINPHONE,udp",
        "LINPHONE,udp,BARESIP,tls",
        "LINPHONE,tls,LINPHONE,tcp"
    })
    void phonesThatMakeTheirKeysByDtlsHearEachOther(Kind caller, String oneWay, Kind called, String otherWay) {
        lab.aliceAndBob().start();
        Phone alice = phone(caller, "alice", 440, oneWay, Encryption.DTLS);
        Phone bob = phone(called, "bob", 620, otherWay, Encryption.DTLS);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        assertTalk(alice, bob);
        assertEncrypted(atAlice.stop(), Encryption.DTLS);
        assertEncrypted(atBob.stop(), Encryption.DTLS);
    }

    @ParameterizedTest
    @CsvSource({
        "BARESIP,udp,DTLS,LINPHONE,tls,REQUIRED",
        "BARESIP,udp,DTLS,LINPHONE,udp,NONE",
        "LINPHONE,udp,DTLS,BARESIP,udp,NONE",
        "LINPHONE,udp,NONE,BARESIP,udp,DTLS",
        "BARESIP,udp,NONE,LINPHONE,tls,DTLS",
        "LINPHONE,tls,REQUIRED,BARESIP,tls,DTLS"
    })
    void aDtlsPhoneAndOneOfAnotherKindHearEachOther(
            Kind caller, String oneWay, Encryption one, Kind called, String otherWay, Encryption other) {
        lab.aliceAndBob().start();
        Phone alice = phone(caller, "alice", 440, oneWay, one);
        Phone bob = phone(called, "bob", 620, otherWay, other);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        assertTalk(alice, bob);
        for (var leg : List.of(Map.entry(one, atAlice), Map.entry(other, atBob))) {
            var packets = leg.getValue().stop();
            if (leg.getKey() == Encryption.NONE) {
                assertFalse(bits(packets) > ENCRYPTED_BITS, "the plain leg is plain");
            } else {
                assertEncrypted(packets, leg.getKey());
            }
        }
    }

    /** The authentication strings of both phones agree: nobody is in between, allo included. RFC 6189 1. */
    @ParameterizedTest
    @CsvSource({"udp,udp", "tls,tls", "tcp,tls"})
    void twoZrtpPhonesEncryptBetweenThemselves(String oneWay, String otherWay) {
        lab.aliceAndBob().start();
        Phone alice = phone(Kind.LINPHONE, "alice", 440, oneWay, Encryption.ZRTP);
        Phone bob = phone(Kind.LINPHONE, "bob", 620, otherWay, Encryption.ZRTP);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        AlloLab.connect(alice, bob);
        String one = authenticationString(alice);
        String other = authenticationString(bob);
        assertEquals(one, other);
        AlloLab.talk(alice, bob, TALK);
        assertBothAreShownAs("en", "Up end-to-end");
        assertBothAreShownAs("fr", "bout-en-bout");
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
        assertTheRecordSaysThatNobodyCouldListen();
        var alices = atAlice.stop();
        assertPassUnchanged(alices, atBob.stop(), lab.host("alice").address());
        assertTrue(bits(alices) > ENCRYPTED_BITS, "readable: " + bits(alices) + " bits in a byte");
    }

    private void assertBothAreShownAs(String language, String words) {
        var shown = lab.ask(language, "show channels");
        assertEquals(2, shown.stream().filter(line -> line.contains(words)).count(), String.join("\n", shown));
    }

    /** The user field of the call's record in Master.csv. */
    private void assertTheRecordSaysThatNobodyCouldListen() {
        Path records = lab.host("allo").directory().resolve("state/log/cdr-csv/Master.csv");
        Awaitility.await("the call's record is written")
                .atMost(Phone.PATIENCE)
                .ignoreExceptions()
                .until(() -> Files.readAllLines(records).stream().anyMatch(line -> line.contains("\"end-to-end\"")));
    }

    /** What one phone sent once its sound was encrypted came to the other one byte for byte. */
    private static void assertPassUnchanged(List<CapturedPacket> sent, List<CapturedPacket> came, String from) {
        var arrived = new HashSet<ByteBuffer>();
        came.forEach(packet -> arrived.add(ByteBuffer.wrap(packet.payload())));
        var encrypted = sent.stream()
                .filter(p -> p.isRtp() && p.source().startsWith(from + ":") && p.payload().length > 172)
                .toList();
        var unchanged = encrypted.stream()
                .filter(p -> arrived.contains(ByteBuffer.wrap(p.payload())))
                .count();
        assertTrue(encrypted.size() > 200, encrypted.size() + " encrypted packets");
        assertTrue(unchanged >= encrypted.size() - 2, unchanged + " of " + encrypted.size() + " came unchanged");
    }

    private static String authenticationString(Phone phone) {
        var pattern = Pattern.compile("is fully encrypted and auth token is (\\S+)\\.");
        return phone.process().awaitLine(pattern, 0, Phone.PATIENCE).group(1);
    }

    /** baresip without SRTP refuses the encrypted offer with 488, and is offered plain sound in the same breath. */
    @Test
    void aPlainPhoneOverTlsIsCalledInTheClearAfterOneRefusal() {
        lab.aliceAndBob().start();
        Phone alice = phone(Kind.LINPHONE, "alice", 440, "tls", Encryption.REQUIRED);
        Phone bob = phone(Kind.BARESIP, "bob", 620, "tls", Encryption.NONE);
        bob.listen();
        assertTalk(alice, bob);
        bob.process().awaitLine(Pattern.compile("^SIP/2.0 488 "), 0, Phone.PATIENCE);
        bob.process().awaitLine(Pattern.compile("^m=audio \\d+ RTP/AVP "), 0, Phone.PATIENCE);
    }

    private Phone phone(Kind kind, String user, int toneHz, String transport, Encryption encryption) {
        return lab.phone(
                kind,
                user,
                account -> account.withTone(toneHz).withTransport(transport, 0).withEncryption(encryption));
    }

    private static void assertTalk(Phone alice, Phone bob) {
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, TALK);
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
    }

    /** Each way one stream, whole, of 160 bytes of sound and a tag in each packet, which looks like noise. */
    private void assertEncrypted(List<CapturedPacket> packets) {
        assertEncrypted(packets, Encryption.REQUIRED);
    }

    private void assertEncrypted(List<CapturedPacket> packets, Encryption encryption) {
        var streams = RtpStream.all(packets).stream()
                .filter(s -> s.packets().size() > 100)
                .toList();
        assertEquals(2, streams.size(), "one stream each way");
        for (var stream : streams) {
            var plain = stream.packets().stream()
                    .skip(encryption == Encryption.DTLS ? plainAtTheStart(stream) : 0)
                    .filter(p -> p.payload().length <= 172)
                    .map(CapturedPacket::sequenceNumber)
                    .toList();
            assertEquals(List.of(), plain, "packets without a tag from " + stream.source());
        }
        assertTrue(bits(packets) > ENCRYPTED_BITS, "readable: " + bits(packets) + " bits in a byte");
    }

    /** baresip speaks in the clear until its handshake is done; allo takes none of it and itself sends nothing before. */
    private long plainAtTheStart(RtpStream stream) {
        var ofAllo = stream.source().startsWith(lab.host("allo").address() + ":");
        return ofAllo
                ? 0
                : Math.min(
                        PLAIN_AT_THE_START,
                        stream.packets().stream()
                                .takeWhile(p -> p.payload().length <= 172)
                                .count());
    }

    /** Entropy of the sound, in bits a byte. */
    private static double bits(List<CapturedPacket> packets) {
        var sound = new ByteArrayOutputStream();
        packets.stream().filter(CapturedPacket::isRtp).forEach(p -> sound.writeBytes(p.rtpPayload()));
        var counts = new int[256];
        for (byte b : sound.toByteArray()) {
            counts[b & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = count / (double) sound.size();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
