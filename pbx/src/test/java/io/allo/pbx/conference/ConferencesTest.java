package io.allo.pbx.conference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.recording.RecordingException;
import io.allo.media.mix.MixSettings;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.Sound;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallScript;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.recording.RecordingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConferencesTest {

    @TempDir
    Path directory;

    private RoomWorld world;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void open() {
        world = new RoomWorld(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, world.openPorts(), "ports not given back");
        assertEquals(List.of(), world.conferences.rooms());
        assertEquals(Map.of(), world.mixed);
    }

    private void say(String what) {
        said.add(world.time.elapsedMs() + " " + what);
    }

    private void at(long ms, Runnable action) {
        world.time.after(ms, action);
    }

    /** Joins the room "800", says what comes, and leaves when it is to. */
    private CallScript joins(MemberSettings who, RoomSettings room) {
        return call -> {
            Member member;
            try {
                member = world.conferences.join(call, "800", room, who);
            } catch (ConferenceRefused refused) {
                say(call.channel().endpoint() + " refused: " + refused.reason());
                return;
            }
            members.put(call.channel().endpoint(), member);
            try {
                serve(call, member);
            } finally {
                member.leave();
            }
        };
    }

    private void serve(Call call, Member member) {
        while (member.isIn()) {
            var received = member.await(Long.MAX_VALUE);
            if (received == null) {
                continue;
            }
            switch (received.event()) {
                case ChannelEvent.Digit digit -> {
                    say(call.channel().endpoint() + " pressed " + digit.digit());
                    member.conference().passDigit(member, digit.digit(), digit.durationMs());
                }
                case AnnouncementEnded ended -> say(call.channel().endpoint() + " announced " + ended.announcement());
                default -> {}
            }
        }
        say(call.channel().endpoint() + " " + member.departure());
    }

    private RoomWorld.Leg phone(String name, long afterMs, MemberSettings who) {
        return world.phone(name, afterMs, joins(who, RoomSettings.USUAL));
    }

    private static Sound sound(int ms) {
        return new Sound("there-are", 8_000, new short[8 * ms]);
    }

    @Test
    void aRoomBeginsWithItsFirstMemberAndEndsWithItsLast() {
        phone("a", 0, MemberSettings.USUAL).hangsUp(300);
        phone("b", 100, MemberSettings.USUAL).hangsUp(200);
        at(150, () -> {
            assertEquals(2, world.conferences.room("800").orElseThrow().size());
            assertEquals(2, world.mixed.size());
            assertEquals(
                    "b",
                    world.conferences.member("Phone/b").orElseThrow().channel().endpoint());
            assertTrue(members.get("a").channel().isBridged());
        });
        at(250, () -> assertEquals(1, world.mixed.size()));
        world.run();
        assertEquals(
                List.of(
                        "0 a BEGAN 1",
                        "0 a JOINED 1",
                        "100 b JOINED 2",
                        "200 b LEFT 1",
                        "300 a LEFT 0",
                        "300 a ENDED 0"),
                world.facts);
        assertEquals(Departure.LEFT, members.get("a").departure());
    }

    @Test
    void whoIsAloneOrWaitsHearsMusicAndNothingElse() {
        var a = phone("a", 0, MemberSettings.USUAL.withMusic("")).hangsUp(500);
        var b = phone("b", 100, MemberSettings.USUAL.withMusic("jazz").withWaiting(true))
                .hangsUp(400);
        at(50, () -> assertTrue(world.playing.containsKey(a.port)));
        at(150, () -> {
            assertFalse(world.playing.containsKey(a.port));
            assertTrue(world.playing.containsKey(b.port));
            assertTrue(world.mixed.get(b.port).deaf() && world.mixed.get(b.port).muted());
            members.get("b").waiting(false);
        });
        at(200, () -> {
            assertFalse(world.playing.containsKey(b.port));
            assertFalse(
                    world.mixed.get(b.port).deaf() || world.mixed.get(b.port).muted());
        });
        at(450, () -> assertTrue(world.playing.containsKey(a.port)));
        world.run();
    }

    @Test
    void musicGoesOnAfterAnAside() {
        var heard = new ArrayList<Boolean>();
        var leg = new RoomWorld.Leg[1];
        leg[0] = world.phone("a", 0, call -> {
            try {
                var member =
                        world.conferences.join(call, "800", RoomSettings.USUAL, MemberSettings.USUAL.withMusic(""));
                member.await(call.inMillis(100));
                heard.add(world.playing.containsKey(leg[0].port));
                member.aside(() -> heard.add(world.playing.containsKey(leg[0].port)));
                heard.add(world.playing.containsKey(leg[0].port));
                member.leave();
                heard.add(world.playing.containsKey(leg[0].port));
            } catch (ConferenceRefused refused) {
                throw new AssertionError(refused);
            }
        });
        world.run();
        assertEquals(List.of(true, false, true, false), heard);
    }

    @Test
    void aLockedOrFullRoomTakesOnlyAdmins() {
        var two = new RoomSettings(2, MixSettings.AUTO);
        world.phone("a", 0, joins(MemberSettings.USUAL, two)).hangsUp(1_000);
        at(50, () -> members.get("a").conference().lock(true, members.get("a")));
        world.phone("b", 100, joins(MemberSettings.USUAL, two)).hangsUp(900);
        at(150, () -> members.get("a").conference().lock(false, null));
        world.phone("c", 200, joins(MemberSettings.USUAL, two)).hangsUp(900);
        world.phone("d", 300, joins(MemberSettings.USUAL, two)).hangsUp(900);
        world.phone("e", 400, joins(MemberSettings.USUAL.withRole(true, false), two))
                .hangsUp(900);
        at(500, () -> assertEquals(3, members.get("a").conference().size()));
        world.run();
        assertEquals(List.of("100 b refused: LOCKED", "300 d refused: FULL"), said);
        assertTrue(world.facts.contains("50 a LOCKED 1"), world.facts.toString());
        assertTrue(world.facts.contains("150 a UNLOCKED 1"));
    }

    @Test
    void whoIsKickedIsToldAndTheOthersStay() {
        phone("a", 0, MemberSettings.USUAL.withRole(true, true)).hangsUp(500);
        phone("b", 10, MemberSettings.USUAL);
        phone("c", 20, MemberSettings.USUAL);
        at(100, () -> members.get("b").kick());
        at(200, () -> members.get("a").conference().end());
        world.run();
        assertEquals(
                List.of("100 b KICKED", "200 a ENDED", "200 c ENDED"),
                said.stream().sorted().toList());
        assertTrue(world.facts.contains("100 b KICKED 3"), world.facts.toString());
    }

    @Test
    void muteVolumeAndHoldChangeHowOneIsMixed() {
        var a = phone("a", 0, MemberSettings.USUAL.withMuted(true)).hangsUp(1_000);
        var b = phone("b", 10, MemberSettings.USUAL.withRole(true, false)).hangsUp(1_000);
        a.does(300, new ChannelEvent.Hold(true)).does(500, new ChannelEvent.Hold(false));
        at(50, () -> {
            assertTrue(world.mixed.get(a.port).muted());
            assertFalse(world.mixed.get(b.port).muted());
            members.get("a").muted(false);
            members.get("a").talkVolume(2);
            members.get("a").listenVolume(-99);
        });
        at(100, () -> {
            assertFalse(world.mixed.get(a.port).muted());
            assertEquals(1.995, world.mixed.get(a.port).talkGain(), 0.001);
            assertEquals(-Member.MOST_STEPS, members.get("a").listenVolume());
            members.get("a").conference().muteAll(true);
        });
        at(150, () -> {
            assertTrue(world.mixed.get(a.port).muted());
            assertFalse(world.mixed.get(b.port).muted());
            members.get("a").conference().muteAll(false);
        });
        at(400, () -> {
            assertTrue(world.mixed.get(a.port).muted(), "what it sends while it holds is its own music");
            assertFalse(members.get("a").isMuted());
        });
        at(600, () -> assertFalse(world.mixed.get(a.port).muted()));
        world.run();
        assertEquals(
                List.of("50 a UNMUTED 2", "100 a MUTED 2", "150 a UNMUTED 2"),
                world.facts.stream().filter(f -> f.contains("MUTED")).toList());
    }

    @Test
    void talkIsAFact() {
        var a = phone("a", 0, MemberSettings.USUAL.withTalk(true, 0, 0, true)).hangsUp(1_000);
        phone("b", 0, MemberSettings.USUAL).hangsUp(1_000);
        at(100, () -> world.tell(a.port, new MediaEvent.TalkChanged(a.port, true)));
        at(150, () -> assertTrue(members.get("a").isTalking()));
        world.run();
        assertEquals(
                List.of("100 a TALKING 2", "1000 a SILENT 2"),
                world.facts.stream()
                        .filter(f -> f.contains("TALKING") || f.contains("SILENT"))
                        .toList());
        assertTrue(members.get("a").settings().leg().dropSilence());
        assertEquals(2_500, members.get("a").settings().leg().silenceMs());
    }

    @Test
    void keysGoToTheApplicationAndOnToThoseWhoTakeThem() {
        var a = phone("a", 0, MemberSettings.USUAL).hangsUp(500);
        var b = phone("b", 0, MemberSettings.USUAL.withPassDigits(true)).hangsUp(500);
        phone("c", 0, MemberSettings.USUAL).hangsUp(500);
        a.does(100, new ChannelEvent.Digit('7', 80, false));
        world.run();
        assertEquals(List.of("100 a pressed 7"), said);
        assertEquals(List.of(b.port.value() + " 7"), world.digits);
    }

    @Test
    void anAnnouncementsEndIsToldToWhoWantsToKnow() {
        phone("a", 0, MemberSettings.USUAL).hangsUp(2_000);
        at(
                100,
                () -> members.get("a")
                        .conference()
                        .announce(
                                List.of(sound(300), sound(200)),
                                members.get("a").channel()));
        at(1_900, () -> members.get("a").conference().announce(List.of(sound(900)), null));
        world.run();
        assertEquals(List.of("600 a announced 1"), said);
    }

    @Test
    void aRecordingGoesOnWhenWhoBeganItLeavesAndEndsWithTheRoom() {
        var file = directory.resolve("room.wav");
        phone("a", 0, MemberSettings.USUAL).hangsUp(500);
        phone("b", 0, MemberSettings.USUAL).hangsUp(1_000);
        at(100, () -> {
            var member = members.get("a");
            var request = RecordingRequest.of(file, "conference");
            assertTrue(record(member, request));
            assertFalse(record(member, request), "it is being recorded");
            assertTrue(world.taps.containsValue(1));
        });
        at(700, () -> assertTrue(members.get("b").conference().isRecorded()));
        world.run();
        assertTrue(Files.exists(file));
        assertFalse(world.taps.containsValue(1));
        assertTrue(world.facts.contains("100 a RECORDED 2"), world.facts.toString());
        assertTrue(world.facts.contains("1000 b NOT_RECORDED 0"), world.facts.toString());
    }

    private static boolean record(Member by, RecordingRequest request) {
        try {
            return by.conference().record(by, request);
        } catch (RecordingException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void aRecordingThatCannotBeMadeIsSaidAndTheRoomGoesOn() {
        phone("a", 0, MemberSettings.USUAL).hangsUp(500);
        at(100, () -> {
            var member = members.get("a");
            var request = RecordingRequest.of(directory.resolve("room.nonsense"), "conference");
            assertThrows(RecordingException.class, () -> member.conference().record(member, request));
            assertFalse(member.conference().isRecorded());
        });
        world.run();
    }

    @Test
    void whatIsSaidToAMemberThatHasLeftChangesNothing() {
        phone("a", 0, MemberSettings.USUAL).hangsUp(500);
        phone("b", 0, MemberSettings.USUAL).hangsUp(100);
        Consumer<Member> all = member -> {
            member.muted(true);
            member.talkVolume(1);
            member.waiting(true);
            member.kick();
            member.leave();
        };
        at(200, () -> {
            all.accept(members.get("b"));
            assertEquals(1, world.mixed.size());
            assertEquals(Departure.LEFT, members.get("b").departure());
        });
        world.run();
    }
}
