package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount.Encryption;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pair of a phone with keys in SDP, one with a handshake and a plain one, both ways, over each transport: the sound is whole, and a
 * capture at the server, where all of it passes, has no readable sound where it is encrypted and no readable description over TLS.
 * The plain phones and transports show that the same look finds what is readable.
 */
@Tag("phones")
class EncryptedPairsTest {
    private static final Duration TALK = Duration.ofMillis(2_500);
    private static final Duration HEARD = Duration.ofSeconds(2);
    private static final List<Encryption> KINDS = List.of(Encryption.REQUIRED, Encryption.DTLS, Encryption.NONE);
    private static final List<Integer> TONES = List.of(350, 440, 530, 620, 710, 800);
    private static final int PLAIN_PACKET_BYTES = 172;

    /** Two seconds of each stream are searched for tones. */
    private static final int LOOKED_AT = 100;

    /** baresip speaks in the clear until its handshake is done, half a second at most; allo takes none of it and sends none. */
    private static final int PLAIN_AT_THE_START = 25;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private final List<Phone> callers = new ArrayList<>();
    private final List<Phone> called = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void everyPairTalksAndOnlyWhatIsPlainCanBeRead(String transport) throws IOException {
        Tools.need(Tools.TSHARK, Tools.SOX);
        start(transport);
        PacketCapture capture = PacketCapture.everything(lab.network(), lab.host("allo"));
        for (int turn = 0; turn < KINDS.size(); turn++) {
            threeCalls(turn);
        }
        List<CapturedPacket> packets = capture.stop();
        assertOnlyPlainSoundIsReadable(packets);
        assertDescriptions(capture.file(), transport);
    }

    /** Two phones of each kind. Keys over readable signalling only because the file asks for them. */
    private void start(String transport) {
        for (Encryption kind : KINDS) {
            var lines = kind == Encryption.REQUIRED && !transport.equals("tls") ? "media_encryption=sdes\n" : "";
            lab.config().user(name("a", kind), AlloLab.PASSWORD, lines).user(name("b", kind), AlloLab.PASSWORD, lines);
        }
        lab.start();
        for (int i = 0; i < KINDS.size(); i++) {
            callers.add(phone("a", KINDS.get(i), TONES.get(2 * i), transport));
            called.add(phone("b", KINDS.get(i), TONES.get(2 * i + 1), transport));
        }
        callers.forEach(Phone::awaitRegistered);
        called.forEach(Phone::awaitRegistered);
    }

    private static String name(String side, Encryption kind) {
        return side + kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private Phone phone(String side, Encryption kind, int toneHz, String transport) {
        return lab.unregisteredPhone(
                Kind.BARESIP,
                name(side, kind),
                account -> account.withTone(toneHz).withTransport(transport, 0).withEncryption(kind));
    }

    /** Each caller calls one, at the same time: after three turns each has called all. */
    private void threeCalls(int turn) throws IOException {
        for (Phone phone : phones()) {
            forgetRecordings(phone);
        }
        for (int i = 0; i < callers.size(); i++) {
            AlloLab.connect(callers.get(i), partner(i, turn));
        }
        for (int i = 0; i < callers.size(); i++) {
            AlloLab.talk(callers.get(i), partner(i, turn), TALK);
        }
        for (int i = 0; i < callers.size(); i++) {
            AlloLab.end(callers.get(i), partner(i, turn));
            AlloLab.assertHears(callers.get(i), partner(i, turn), HEARD);
            AlloLab.assertHears(partner(i, turn), callers.get(i), HEARD);
        }
    }

    private Phone partner(int caller, int turn) {
        return called.get((caller + turn) % called.size());
    }

    private List<Phone> phones() {
        var all = new ArrayList<>(callers);
        all.addAll(called);
        return all;
    }

    private static void forgetRecordings(Phone phone) throws IOException {
        try (var files = Files.list(phone.host().directory())) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("-dec.wav")).toList()) {
                Files.delete(file);
            }
        }
    }

    private void assertOnlyPlainSoundIsReadable(List<CapturedPacket> packets) {
        for (Phone phone : phones()) {
            String address = phone.host().address();
            for (var streams : List.of(RtpStream.from(address, packets), RtpStream.to(address, packets))) {
                var long3 =
                        streams.stream().filter(s -> s.packets().size() > 50).toList();
                assertEquals(
                        KINDS.size(),
                        long3.size(),
                        "a stream each call of " + phone.account().user());
                long3.forEach(stream -> assertReadable(stream, phone));
            }
        }
    }

    /** Who has the packets and takes them for G.711 hears a tone if the leg is plain, and none if not. */
    private void assertReadable(RtpStream stream, Phone phone) {
        boolean fromPhone = stream.source().startsWith(phone.host().address() + ":");
        String words = phone.account().user() + (fromPhone ? " sent " : " was sent ");
        if (phone.account().encryption() == Encryption.NONE) {
            assertTrue(tones(stream, 0, "ul") > 0, words + "what can't be read: the look can't see");
            return;
        }
        var plain = stream.packets().stream()
                .takeWhile(p -> p.payload().length <= PLAIN_PACKET_BYTES)
                .count();
        var mayBePlain = fromPhone && phone.account().encryption() == Encryption.DTLS ? PLAIN_AT_THE_START : 0;
        assertTrue(plain <= mayBePlain, words + plain + " plain packets");
        for (String type : List.of("ul", "al")) {
            assertEquals(0, tones(stream, plain, type), words + "readable sound, as " + type);
        }
    }

    /** How many of the tones that were spoken are heard in the packets from number {@code skip} on, if their payload is this codec's. */
    private long tones(RtpStream stream, long skip, String soxType) {
        var bytes = new ByteArrayOutputStream();
        stream.packets().stream().skip(skip).limit(LOOKED_AT).forEach(packet -> bytes.writeBytes(packet.rtpPayload()));
        Path raw = lab.host("allo").directory().resolve("payload." + soxType);
        try {
            Files.write(raw, bytes.toByteArray());
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
        WavSound sound = ToneWav.readRaw(raw, soxType);
        return TONES.stream()
                .filter(tone -> ToneCheck.listen(sound, tone).heardMs() > 0)
                .count();
    }

    private void assertDescriptions(Path file, String transport) throws IOException {
        String everything = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean tls = transport.equals("tls");
        for (String word : List.of("m=audio", "a=crypto", "a=fingerprint", "INVITE sip:", "Digest username")) {
            assertEquals(!tls, everything.contains(word), word + " is readable over " + transport);
        }
        String port = Integer.toString(lab.config().port(transport));
        String kind = transport.equals("udp") ? "udp" : "tcp";
        String descriptions = Tools.run(
                Tools.TSHARK.command(),
                "-r",
                file.toString(),
                "-d",
                kind + ".port==" + port + "," + (tls ? "tls" : "sip"),
                "-Y",
                "sip || sdp",
                "-T",
                "fields",
                "-e",
                "sip.Method",
                "-e",
                "sdp.media");
        if (tls) {
            assertFalse(descriptions.contains("INVITE") || descriptions.contains("audio "), descriptions);
        } else {
            assertTrue(descriptions.contains("INVITE") && descriptions.contains("audio "), descriptions);
        }
    }
}
