package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.RtpStream;
import io.allo.conformance.sound.ToneLevel;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real phones in a room, each with its own tone: each hears exactly the others, by frequency. */
@Tag("phones")
class ConferenceSoundTest {

    /** Far enough from one another and from the marker, and no two add up to a third. */
    private static final int[] TONES = {310, 430, 570, 690, 830, 970, 1_130, 1_270, 1_690, 1_870};

    private static final String[] CODECS = {"PCMU", "PCMA", "G722"};

    /** What is listened to: the last seconds of what each has recorded. */
    private static final long LISTENED_MS = 3_000;

    /** From a change until it is heard by all: packets on their way, and what a phone has not yet written. */
    private static final long SETTLED_MS = 1_500;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private final List<Phone> phones = new ArrayList<>();

    /** A quiet room: whom it tells how many there are is heard seconds later. */
    private void room(int members, String endpointLines) {
        for (int i = 0; i < members; i++) {
            lab.config().user("user" + i, AlloLab.PASSWORD, endpointLines);
        }
        lab.config().dialplan("""
                [phones]
                exten => 800,1,Answer()
                 same => n,Set(CONFBRIDGE(user,quiet)=yes)
                 same => n,ConfBridge(800)
                 same => n,Hangup()
                """);
        lab.start();
        for (int i = 0; i < members; i++) {
            int number = i;
            phones.add(lab.phone(
                    Kind.BARESIP,
                    "user" + i,
                    account -> account.withTone(TONES[number]).withCodecs(CODECS[number % 3])));
        }
        for (Phone phone : phones) {
            phone.dial("800");
            phone.awaitEstablished();
        }
    }

    /** Lets the room talk for as long as it takes to listen to it. */
    private static void talk(List<Phone> some) {
        some.forEach(phone -> phone.awaitHeard(Duration.ofMillis(100)));
        var until = some.stream()
                .map(phone -> phone.sound().durationMs() + LISTENED_MS + SETTLED_MS)
                .toList();
        for (int i = 0; i < some.size(); i++) {
            some.get(i).awaitHeard(Duration.ofMillis(until.get(i)));
        }
    }

    /** Asserts that a phone hears each of these about as loud as the others, and of all other tones nothing. */
    private void assertHearsExactly(Phone phone, List<Phone> others) {
        assertHearsExactly(phone, others, phone.sound());
    }

    private void assertHearsExactly(Phone phone, List<Phone> others, WavSound sound) {
        var words = new StringBuilder(phone.account().user() + " hears");
        double weakest = Double.MAX_VALUE;
        double strongest = 0;
        double foreign = 0;
        for (Phone speaker : phones) {
            int hz = speaker.account().toneHz();
            double level = ToneLevel.of(sound, hz, LISTENED_MS);
            words.append(" %d Hz: %.0f%s".formatted(hz, level, others.contains(speaker) ? "" : " (not expected)"));
            if (others.contains(speaker)) {
                weakest = Math.min(weakest, level);
                strongest = Math.max(strongest, level);
            } else {
                foreign = Math.max(foreign, level);
            }
        }
        assertTrue(weakest > 700, words.toString());
        assertTrue(strongest < 1.6 * weakest, words.toString());
        assertTrue(foreign < 0.05 * weakest, words.toString());
    }

    private void assertEachHearsTheOthers(List<Phone> members) {
        talk(members);
        for (Phone phone : members) {
            assertHearsExactly(
                    phone, members.stream().filter(other -> other != phone).toList());
        }
    }

    @Test
    void threePhonesWithThreeCodecsHearExactlyTheOthers() {
        room(3, "");
        assertEachHearsTheOthers(phones);
    }

    @Test
    void tenPhonesHearExactlyTheOthersAndNobodyClips() {
        room(10, "");
        assertEachHearsTheOthers(phones);
        for (Phone phone : phones) {
            var sound = phone.sound();
            int listened = (int) (LISTENED_MS * sound.rateHz() / 1000);
            for (int i = sound.samples().length - listened; i < sound.samples().length; i++) {
                assertTrue(
                        Math.abs(sound.samples()[i]) < 32_700,
                        "full scale at " + phone.account().user());
            }
        }
    }

    @Test
    void aPhoneThatHoldsIsNotHeardUntilItResumes() throws IOException {
        room(3, "");
        Phone holder = phones.get(1);
        var capture = lab.capture(holder.account().user());
        talk(phones);
        holder.hold();
        holder.awaitOnHold();
        var others = List.of(phones.get(0), phones.get(2));
        assertEachHearsTheOthers(others);
        holder.resume();
        holder.awaitResumed();
        talk(others);
        for (Phone phone : others) {
            assertHearsExactly(phone, phones.stream().filter(p -> p != phone).toList());
        }
        // baresip records nothing after a resume: what came on the wire counts
        var stream = RtpStream.to(holder.host().address(), capture.stop()).getLast();
        Path raw = Files.write(holder.host().directory().resolve("later.al"), stream.sound(8));
        assertHearsExactly(holder, others, ToneWav.readRaw(raw, "al"));
    }

    @Test
    void aPhoneThatLosesItsPowerLeavesTheRoomAndTheOthersTalkOn() {
        room(4, "rtp_timeout=3\n");
        talk(phones);
        Phone gone = phones.get(3);
        gone.kill();
        Awaitility.await("it is taken for gone")
                .atMost(Phone.PATIENCE)
                .until(() -> lab.ask("core show channels").stream().noneMatch(line -> line.contains("user3")));
        assertEachHearsTheOthers(List.of(phones.get(0), phones.get(1), phones.get(2)));
    }
}
