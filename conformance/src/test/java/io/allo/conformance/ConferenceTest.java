package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conferences with real phones: who may come in, who waits, what is said to whom, what keys do. Who hears whom is ConferenceSoundTest's. */
@Tag("phones")
class ConferenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final double LOUD = 1_000;
    private static final String QUIET = """
            [default_user]
            type=user
            quiet=yes
            """;
    private static final String ROOM = """
            [phones]
            exten => _80X,1,ConfBridge(800,,user${EXTEN:2},menu${EXTEN:2})
             same => n,Log(NOTICE,ended by ${CONFBRIDGE_RESULT})
             same => n,Hangup()
            """;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start(String dialplan, String confbridge) {
        var config = lab.aliceAndBob().config();
        config.user("carol", AlloLab.PASSWORD, "").user("dave", AlloLab.PASSWORD, "");
        config.dialplan(dialplan);
        try {
            Files.writeString(config.write().resolve("confbridge.conf"), confbridge);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lab.start();
    }

    private Phone phone(String user, int toneHz) {
        return lab.phone(Kind.BARESIP, user, account -> account.withTone(toneHz));
    }

    private static void dials(Phone phone, String number) {
        phone.dial(number);
        phone.awaitEstablished();
    }

    private static void leaves(Phone phone) {
        phone.hangup();
        phone.awaitEnded(Phone.PATIENCE);
    }

    private void logged(String pattern) {
        lab.allo().awaitLog(pattern, PATIENCE);
    }

    private void logged(int times, String pattern) {
        lab.allo().process().awaitLines(Pattern.compile(pattern), times, 0, PATIENCE);
    }

    private boolean isLogged(int times, String pattern) {
        return lab.allo().process().lines().stream()
                        .filter(line -> Pattern.compile(pattern).matcher(line).find())
                        .count()
                >= times;
    }

    /** A sound of this tone for prompts; its name as confbridge.conf takes it. */
    private String tone(int hertz, int seconds) {
        var directory = lab.host("allo").directory();
        new ToneWav(hertz, seconds).write(directory.resolve("tone" + hertz + ".wav"), 8_000);
        return directory.resolve("tone" + hertz).toString();
    }

    private static WavSound recordingOf(Phone phone) {
        try (var files = Files.list(phone.host().directory())) {
            return files.filter(file -> file.getFileName().toString().endsWith("-dec.wav"))
                    .filter(file -> file.toFile().length() > 44)
                    .max(Comparator.comparing(Path::getFileName))
                    .map(WavSound::read)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long heardMs(Phone phone, int hertz) {
        return loudMs(recordingOf(phone), hertz);
    }

    /** For how long a tone is there, whatever else is: Goertzel's algorithm in windows of 100 ms. */
    private static long loudMs(WavSound sound, int hertz) {
        var size = sound.rateHz() / 10;
        var turn = 2 * Math.cos(2 * Math.PI * hertz / sound.rateHz());
        long ms = 0;
        for (var from = 0; from + size <= sound.samples().length; from += size) {
            double last = 0;
            double before = 0;
            for (var i = from; i < from + size; i++) {
                var next = sound.samples()[i] + turn * last - before;
                before = last;
                last = next;
            }
            var power = last * last + before * before - turn * last * before;
            ms += 2 * Math.sqrt(Math.max(0, power)) / size > LOUD ? 100 : 0;
        }
        return ms;
    }

    private void assertNothingWasMissing() {
        assertFalse(
                lab.allo().process().hasLine(Pattern.compile("there is no sound"), 0),
                lab.allo().process().tail());
    }

    @Test
    void twoInAConferenceHearEachOther() {
        start("[phones]\nexten => 800,1,ConfBridge(800)\n", QUIET);
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        dials(alice, "800");
        dials(bob, "800");
        logged("joined the conference 800 \\(2 in it\\)");
        AlloLab.talk(alice, bob, Duration.ofSeconds(5));
        leaves(bob);
        logged("left the conference 800 \\(1 in it\\)");
        leaves(alice);
        logged("ended the conference 800");
        AlloLab.assertHears(bob, alice, Duration.ofSeconds(3));
    }

    @Test
    void aPinIsAskedForThreeTimes() {
        start(ROOM, """
                [default_bridge]
                type=bridge
                sound_get_pin=%s
                sound_invalid_pin=%s
                [user0]
                type=user
                quiet=yes
                pin=1234
                [menu0]
                type=menu
                """.formatted(tone(440, 2), tone(620, 1)));
        Phone alice = phone("alice", 500);
        dials(alice, "800");
        alice.sendDigits("1234");
        logged("joined the conference 800");
        leaves(alice);
        Phone bob = phone("bob", 700);
        dials(bob, "800");
        Awaitility.await("three wrong PINs")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    if (!isLogged(3, "typed a wrong PIN for the conference 800")) {
                        bob.sendDigits("99");
                    }
                    return isLogged(3, "typed a wrong PIN for the conference 800");
                });
        bob.awaitEnded(PATIENCE);
        assertFalse(isLogged(2, "joined the conference 800"));
    }

    @Test
    void whoWaitsForTheMarkedHearsMusicAndLeavesWithHim() throws IOException {
        var music = lab.host("allo").directory().resolve("state/moh");
        Files.createDirectories(music);
        new ToneWav(880, 60).write(music.resolve("piece.wav"), 8_000);
        start(ROOM, """
                [user0]
                type=user
                quiet=yes
                wait_marked=yes
                end_marked=yes
                music_on_hold_when_empty=yes
                [user1]
                type=user
                quiet=yes
                marked=yes
                [menu0]
                type=menu
                [menu1]
                type=menu
                """);
        Phone alice = phone("alice", 500);
        Phone bob = phone("bob", 700);
        Phone carol = phone("carol", 1_000);
        dials(alice, "800");
        dials(carol, "800");
        alice.awaitHeard(Duration.ofSeconds(4));
        dials(bob, "801");
        logged(3, "joined the conference 800");
        bob.awaitHeard(Duration.ofSeconds(4));
        alice.listen();
        carol.listen();
        leaves(bob);
        logged(2, "ended by ENDMARKED");
        alice.awaitEnded(PATIENCE);
        carol.awaitEnded(PATIENCE);
        assertTrue(heardMs(alice, 880) >= 2_000, "music " + heardMs(alice, 880) + " ms");
        assertTrue(heardMs(alice, 700) >= 3_000, "bob " + heardMs(alice, 700) + " ms");
        assertTrue(heardMs(bob, 500) >= 3_000, "alice " + heardMs(bob, 500) + " ms");
        assertTrue(heardMs(alice, 1_000) >= 3_000, "carol, once bob is there");
        assertTrue(
                heardMs(alice, 1_000) <= heardMs(alice, 700) + 600, "but not before: " + heardMs(alice, 1_000) + " ms");
    }

    @Test
    void anAdminLocksThrowsOutAndAMemberMutesHimselfByKeys() {
        start(ROOM, """
                [user0]
                type=user
                admin=yes
                announce_only_user=no
                [user1]
                type=user
                [menu0]
                type=menu
                *2=admin_toggle_conference_lock
                *3=admin_kick_last
                [menu1]
                type=menu
                1=toggle_mute
                """);
        Phone alice = phone("alice", 500);
        Phone bob = phone("bob", 700);
        dials(alice, "800");
        dials(bob, "801");
        logged(2, "joined the conference 800");
        alice.awaitHeard(Duration.ofSeconds(4));
        bob.sendDigits("1");
        logged("is muted in the conference 800");
        alice.sendDigits("*2");
        logged("locked the conference 800");
        Phone carol = phone("carol", 1_000);
        dials(carol, "801");
        logged("may not enter: the conference is locked");
        carol.awaitEnded(PATIENCE);
        bob.listen();
        alice.sendDigits("*3");
        logged("is thrown out of the conference 800");
        logged("ended by KICKED");
        bob.awaitEnded(PATIENCE);
        leaves(alice);
        assertNothingWasMissing();
    }

    @Test
    void namesAndSoundsAreAnnouncedToAll() {
        var joined = tone(800, 1);
        start(ROOM, """
                [default_bridge]
                type=bridge
                sound_has_joined=%s
                sound_has_left=%s
                [user0]
                type=user
                announce_only_user=no
                [user1]
                type=user
                announce_join_leave=yes
                announce_user_count=yes
                [menu0]
                type=menu
                [menu1]
                type=menu
                5=leave_conference
                """.formatted(joined, tone(1_100, 1)));
        Phone alice = phone("alice", 500);
        Phone bob = phone("bob", 700);
        dials(alice, "800");
        dials(bob, "801");
        logged("is recorded: .*confbridge-name");
        awaitMore(alice, 2); // bob hears nothing while he speaks
        bob.sendDigits("#");
        logged(2, "joined the conference 800");
        awaitMore(bob, 7); // what is said to him when he comes is over
        bob.sendDigits("5");
        logged("ended by DTMF");
        bob.awaitEnded(PATIENCE);
        awaitMore(alice, 8);
        leaves(alice);
        assertTrue(heardMs(alice, 800) >= 700, "has joined: " + heardMs(alice, 800) + " ms");
        assertTrue(heardMs(alice, 1_100) >= 700, "has left: " + heardMs(alice, 1_100) + " ms");
        assertNothingWasMissing();
        assertFalse(Files.exists(lab.allo().state().resolve("spool/confbridge/confbridge-name.wav")));
    }

    private static void awaitMore(Phone phone, int seconds) {
        phone.awaitHeard(Duration.ofMillis(recordingOf(phone).durationMs()).plusSeconds(seconds));
    }

    @Test
    void theConferenceIsRecorded() {
        start("[phones]\nexten => 800,1,ConfBridge(800)\n", QUIET + """
                [default_bridge]
                type=bridge
                record_conference=yes
                record_file=board.wav
                record_file_timestamp=no
                """);
        Phone alice = phone("alice", 500);
        Phone bob = phone("bob", 700);
        dials(alice, "800");
        dials(bob, "800");
        logged(2, "joined the conference 800");
        AlloLab.talk(alice, bob, Duration.ofSeconds(5));
        leaves(bob);
        leaves(alice);
        logged("no longer recorded: .*board.wav, [0-9]+ ms");
        var sound = WavSound.read(lab.allo().state().resolve("spool/monitor/board.wav"));
        assertTrue(loudMs(sound, 500) >= 4_000, "alice " + loudMs(sound, 500) + " ms");
        assertTrue(loudMs(sound, 700) >= 4_000, "bob " + loudMs(sound, 700) + " ms");
    }

    @Test
    void aPageIsHeardByAllAndNoneOfThemIsHeard() {
        start("""
                [phones]
                exten => 900,1,Page(PJSIP/bob&Local/carol@intercom&PJSIP/dave&PJSIP/nobody,,20)
                 same => n,Hangup()
                exten => 700,1,Answer()
                 same => n,Wait(60)
                [intercom]
                exten => carol,1,SIPAddHeader(Call-Info: <sip:intercom>\\;answer-after=0)
                 same => n,Dial(PJSIP/carol)
                """, "");
        Phone alice = phone("alice", 500);
        Phone bob =
                lab.phone(Kind.BARESIP, "bob", account -> account.withTone(620).answering());
        Phone carol = lab.phone(
                Kind.BARESIP, "carol", account -> account.withTone(900).answering());
        Phone dave = lab.phone(
                Kind.BARESIP, "dave", account -> account.withTone(1_100).answering());
        dials(dave, "700"); // is busy
        bob.listen();
        carol.listen();
        dials(alice, "900");
        logged("joined the conference page-.* \\(3 in it\\)");
        logged("dial of .* ended: BUSY");
        for (var listener : new Phone[] {bob, carol}) {
            listener.awaitEstablished();
            listener.awaitHeard(Duration.ofSeconds(4));
        }
        leaves(alice);
        leaves(dave);
        for (var listener : new Phone[] {bob, carol}) {
            listener.awaitEnded(PATIENCE);
            assertTrue(heardMs(listener, 500) >= 3_000, listener.account().user() + " hears the pager");
        }
        assertEquals(0, heardMs(bob, 900) + heardMs(bob, 1_100), "bob hears carol or dave");
        assertEquals(0, heardMs(carol, 620), "carol hears bob");
        for (var hertz : new int[] {620, 900, 1_100}) { // the beep has 691 Hz
            assertEquals(0, heardMs(alice, hertz), "alice hears " + hertz + " Hz");
        }
        assertTrue(bob.process().hasLine(Pattern.compile("^Call-Info: .*answer-after=0"), 0));
        assertTrue(bob.process().hasLine(Pattern.compile("^Alert-Info: .*info=alert-autoanswer"), 0));
        assertTrue(carol.process().hasLine(Pattern.compile("^Call-Info: <sip:intercom>;answer-after=0"), 0));
        assertFalse(carol.process().hasLine(Pattern.compile("^Alert-Info: "), 0), "the dialplan's own is enough");
    }

    @Test
    void everythingIsSaidInFrench() {
        start("""
                [phones]
                exten => _80X,1,Set(CHANNEL(language)=fr)
                 same => n,ConfBridge(800,,user${EXTEN:2},sample_admin_menu)
                 same => n,Hangup()
                """, """
                [user0]
                type=user
                admin=yes
                [user1]
                type=user
                announce_user_count=yes
                announce_user_count_all=yes
                """);
        Phone alice = phone("alice", 500);
        Phone bob = phone("bob", 700);
        dials(alice, "800");
        alice.awaitHeard(Duration.ofSeconds(5));
        dials(bob, "801");
        logged(2, "joined the conference 800");
        bob.awaitHeard(Duration.ofSeconds(8));
        alice.sendDigits("*2");
        logged("locked the conference 800");
        awaitMore(alice, 3);
        alice.sendDigits("*1");
        logged("is muted in the conference 800");
        leaves(bob);
        leaves(alice);
        assertNothingWasMissing();
    }

    @Test
    void theCommandLineListsMutesRecordsLocksAndThrowsOut() {
        start(
                "[phones]\nexten => 800,1,ConfBridge(800)\n same => n,Log(NOTICE,ended by ${CONFBRIDGE_RESULT})\n",
                QUIET);
        Phone alice = phone("alice", 500);
        Phone bob = phone("bob", 700);
        dials(alice, "800");
        dials(bob, "800");
        logged(2, "joined the conference 800");
        assertTrue(lab.ask("confbridge list").getLast().matches("800 +2 +0 No +No *"), "the list");
        assertTrue(lab.ask("confbridge list 800").getLast().contains("default_user"), "the members");
        var channel = lab.ask("confbridge list 800").getLast().split(" ")[0];
        lab.ask("confbridge mute 800 " + channel);
        logged("is muted in the conference 800");
        lab.ask("confbridge record start 800 board.wav");
        logged("has begun to record the conference 800");
        awaitMore(alice, 3);
        lab.ask("confbridge record stop 800");
        logged("no longer recorded: .*board.wav");
        var sound = WavSound.read(lab.allo().state().resolve("spool/monitor/board.wav"));
        assertTrue(loudMs(sound, 500) >= 2_000, "alice " + loudMs(sound, 500) + " ms");
        assertEquals(0, loudMs(sound, 700), "bob is muted");
        lab.ask("confbridge lock 800");
        logged("locked the conference 800");
        assertTrue(lab.ask("show conferences").get(1).contains("yes"), "locked");
        bob.listen();
        lab.ask("confbridge kick 800 " + channel);
        logged("ended by KICKED");
        bob.awaitEnded(PATIENCE);
        leaves(alice);
    }
}
