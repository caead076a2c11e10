package io.allo.pbx.app.conference;

import static io.allo.pbx.app.conference.ConferenceTown.keys;
import static io.allo.pbx.app.conference.ConferenceTown.variable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ConfBridge says and does, in virtual time. */
class ConfBridgeTest {
    private static final String DIALPLAN = """
            [a]
            exten => 1,1,ConfBridge(800,,one,keys)
             same => n,Set(went=on)
            exten => 2,1,ConfBridge(800,,two,keys)
             same => n,Set(went=on)
            exten => 3,1,ConfBridge(800,,three,keys)
             same => n,Set(went=on)
            [help]
            exten => s,1,Set(helped=yes)
             same => n,Wait(2)
            """;
    private static final String MENUS = """
            [keys]
            type=menu
            1=toggle_mute
            2=admin_toggle_conference_lock
            3=admin_kick_last
            4=admin_toggle_mute_participants
            5=leave_conference
            6=dialplan_exec(help,s,1)
            7=increase_talking_volume,decrease_listening_volume
            8=participant_count
            """;

    @TempDir
    Path directory;

    private ConferenceTown town(String users) {
        return new ConferenceTown(directory, DIALPLAN).profiles(MENUS + users);
    }

    private static final String USERS = """
            [one]
            type=user
            admin=yes
            [two]
            type=user
            announce_user_count=yes
            [three](two)
            """;

    @Test
    void whoComesIsToldHowManyThereAreAndAllHearThatHeComes() {
        var town = town(USERS);
        town.calls("a", 0, "1").hangsUp(20_000);
        town.calls("b", 5_000, "2").hangsUp(19_000);
        town.calls("c", 10_000, "3").hangsUp(18_000);
        town.run();
        assertEquals(List.of("0 conf-onlyperson"), town.heardBy("a"));
        assertEquals(List.of("5000 conf-onlyone"), town.heardBy("b"));
        assertEquals(List.of("10000 conf-thereare digits/2 conf-otherinparty"), town.heardBy("c"));
        assertEquals(
                List.of(
                        "1000 confbridge-join",
                        "6000 confbridge-join",
                        "13000 confbridge-join",
                        "18000 confbridge-leave",
                        "19000 confbridge-leave"),
                town.heardBy("all"));
    }

    @Test
    void threeWrongPinsAreTheEndAndTheRightOneLetsIn() {
        var town = town("[one]\ntype=user\npin=12\nquiet=yes\n[two](one)\n");
        var a = town.calls("a", 0, "1");
        keys(a, 1_500, "13");
        keys(a, 5_500, "99");
        keys(a, 9_500, "00");
        var b = town.calls("b", 0, "2").hangsUp(10_000);
        keys(b, 500, "12");
        town.run();
        assertEquals("FAILED", variable(a, "CONFBRIDGE_RESULT"));
        assertEquals("(not set)", variable(a, "went"));
        assertTrue(a.isHungUp());
        assertEquals(3, town.world.faults.size());
        assertEquals("HANGUP", variable(b, "CONFBRIDGE_RESULT"));
        assertEquals(List.of("700 b BEGAN 1", "700 b JOINED 1", "10000 b LEFT 0", "10000 b ENDED 0"), town.world.facts);
    }

    @Test
    void whoWaitsForAMarkedOneIsLetInByHimAndLeavesWithHim() {
        var town = town("""
                [one]
                type=user
                wait_marked=yes
                end_marked=yes
                [two]
                type=user
                marked=yes
                [three]
                type=user
                wait_marked=yes
                """);
        var a = town.calls("a", 0, "1");
        var b = town.calls("b", 5_000, "2").hangsUp(15_000);
        var c = town.calls("c", 1_000, "3").hangsUp(30_000);
        town.world.time.after(
                4_000, () -> assertTrue(town.world.mixed.get(a.port).deaf()));
        town.world.time.after(10_000, () -> {
            assertFalse(town.world.mixed.get(a.port).deaf());
            assertFalse(town.world.mixed.get(c.port).deaf());
        });
        town.world.time.after(
                20_000, () -> assertTrue(town.world.mixed.get(c.port).deaf()));
        town.run();
        assertEquals(List.of(), town.heardBy("b"), "two wait for him: he is not alone");
        assertEquals(List.of("0 conf-waitforleader", "15000 conf-leaderhasleft"), town.heardBy("a"));
        assertEquals(List.of("1000 conf-waitforleader", "15000 conf-leaderhasleft"), town.heardBy("c"));
        assertEquals("ENDMARKED", variable(a, "CONFBRIDGE_RESULT"));
        assertEquals("on", variable(a, "went"));
        assertEquals("HANGUP", variable(c, "CONFBRIDGE_RESULT"));
        assertTrue(
                town.heardBy("all").stream().anyMatch(line -> line.contains("confbridge-conf-begin")),
                town.world.heard.toString());
    }

    @Test
    void anyMarkedOnesEndEndsItForThoseWhoSaySo() {
        var town = town("""
                [one]
                type=user
                marked=yes
                end_marked_any=yes
                quiet=yes
                [two]
                type=user
                marked=yes
                quiet=yes
                [three](two)
                """);
        var a = town.calls("a", 0, "1");
        town.calls("b", 100, "2").hangsUp(5_000);
        town.calls("c", 100, "3").hangsUp(9_000);
        town.run();
        assertEquals("ENDMARKED", variable(a, "CONFBRIDGE_RESULT"));
    }

    @Test
    void anAdminLocksMutesAndThrowsOut() {
        var town = town(USERS.replace("type=user", "type=user\nquiet=yes"));
        var a = town.calls("a", 0, "1").hangsUp(30_000);
        var b = town.calls("b", 1_000, "2");
        keys(a, 5_000, "4"); // all but admins are muted
        var c = town.calls("c", 8_000, "3");
        town.world.time.after(9_000, () -> {
            assertTrue(town.world.mixed.get(b.port).muted());
            assertTrue(town.world.mixed.get(c.port).muted(), "who comes later too");
            assertFalse(town.world.mixed.get(a.port).muted());
            assertTrue(town.control.isMuted(town.world.conferences.room("800").orElseThrow()));
        });
        keys(a, 10_000, "2"); // locked
        var d = town.calls("d", 12_000, "2");
        keys(a, 15_000, "3"); // the last is c
        keys(b, 18_000, "2"); // no admin
        keys(b, 20_000, "5");
        town.run();
        assertEquals("KICKED", variable(c, "CONFBRIDGE_RESULT"));
        assertEquals("FAILED", variable(d, "CONFBRIDGE_RESULT"));
        assertEquals(List.of("12000 conf-locked"), town.heardBy("d"));
        assertEquals(List.of("18000 conf-errormenu"), town.heardBy("b"));
        assertEquals("DTMF", variable(b, "CONFBRIDGE_RESULT"));
        assertEquals("on", variable(b, "went"));
        assertEquals(List.of("5000 conf-now-muted"), town.heardBy("all"));
    }

    @Test
    void keysMuteChangeVolumesCountAndLeadElsewhereForAWhile() {
        var town = town(USERS);
        var a = town.calls("a", 0, "1").hangsUp(30_000);
        keys(a, 5_000, "1");
        keys(a, 8_000, "7");
        keys(a, 10_000, "8");
        keys(a, 15_000, "6");
        town.world.time.after(9_000, () -> {
            var leg = town.world.mixed.get(a.port);
            assertTrue(leg.muted());
            assertTrue(leg.talkGain() > 1 && leg.listenGain() < 1, leg.toString());
        });
        town.world.time.after(
                16_000, () -> assertTrue(town.world.mixed.get(a.port).deaf(), "he is elsewhere"));
        town.world.time.after(
                18_000, () -> assertFalse(town.world.mixed.get(a.port).deaf()));
        town.run();
        assertEquals(List.of("0 conf-onlyperson", "5000 conf-muted", "10000 conf-onlyperson"), town.heardBy("a"));
        assertEquals("yes", variable(a, "helped"));
    }

    @Test
    void aTimeLimitEndsHisPartAndAFullConferenceTakesOnlyAdmins() {
        var town = town("""
                [default_bridge]
                type=bridge
                max_members=1
                [one]
                type=user
                quiet=yes
                timeout=10
                [two]
                type=user
                [three]
                type=user
                admin=yes
                quiet=yes
                """);
        var a = town.calls("a", 0, "1");
        var b = town.calls("b", 1_000, "2");
        var c = town.calls("c", 2_000, "3").hangsUp(4_000);
        town.run();
        assertEquals("TIMEOUT", variable(a, "CONFBRIDGE_RESULT"));
        assertTrue(town.world.facts.contains("10000 a LEFT 0"), town.world.facts.toString());
        assertEquals(List.of("1000 conf-full"), town.heardBy("b"));
        assertEquals("FAILED", variable(b, "CONFBRIDGE_RESULT"));
        assertEquals("HANGUP", variable(c, "CONFBRIDGE_RESULT"));
    }

    @Test
    void theDialplanMakesProfilesAndAsksAboutConferences() {
        var town = new ConferenceTown(directory, """
                [a]
                exten => 1,1,Set(CONFBRIDGE(user,template)=staff)
                 same => n,Set(CONFBRIDGE(user,admin)=yes)
                 same => n,Set(CONFBRIDGE(menu,9)=leave_conference)
                 same => n,ConfBridge(800)
                exten => 2,1,Set(count=${CONFBRIDGE_INFO(parties,800)}/${CONFBRIDGE_INFO(admins,800)}/${CONFBRIDGE_INFO(locked,800)})
                 same => n,Set(who=${CONFBRIDGE_CHANNELS(admins,800)})
                 same => n,Set(none=${CONFBRIDGE_INFO(parties,801)}.)
                 same => n,ConfKick(800,Phone/a)
                exten => 3,1,ConfBridge(800,,nobody)
                 same => n,Set(went=on)
                exten => 4,1,Set(CONFBRIDGE(user,admin)=perhaps)
                 same => n,Set(went=on)
                """).profiles("[staff]\ntype=user\nquiet=yes\nmarked=yes\n");
        var a = town.calls("a", 0, "1");
        var b = town.calls("b", 3_000, "2");
        var c = town.calls("c", 0, "3");
        var d = town.calls("d", 0, "4");
        town.run();
        assertEquals("1/1/0", variable(b, "count"));
        assertEquals("Phone/a", variable(b, "who"));
        assertEquals(".", variable(b, "none"));
        assertEquals("SUCCESS", variable(b, "CONFKICKSTATUS"));
        assertEquals("KICKED", variable(a, "CONFBRIDGE_RESULT"));
        assertEquals("FAILED", variable(c, "CONFBRIDGE_RESULT"));
        assertEquals("(not set)", variable(c, "went"));
        assertEquals("on", variable(d, "went"));
        assertEquals(2, town.world.faults.size(), town.world.faults.toString());
    }

    @Test
    void whoDoesNotWantToHearHisOwnJoinSoundIsHeardAfterIt() {
        var town = town("[one]\ntype=user\n[two]\ntype=user\nhear_own_join_sound=no\n");
        town.calls("a", 0, "1").hangsUp(20_000);
        var b = town.calls("b", 5_000, "2").hangsUp(15_000);
        town.world.time.after(
                5_500, () -> assertTrue(town.world.mixed.get(b.port).deaf()));
        town.world.time.after(
                6_500, () -> assertFalse(town.world.mixed.get(b.port).deaf()));
        town.run();
        assertEquals("5000 confbridge-join", town.heardBy("all").get(1));
    }

    @Test
    void keysEndWhatIsSaidToHimAloneAndActButNotAPlayback() {
        var town = town(USERS);
        var a = town.calls("a", 0, "1").hangsUp(30_000);
        keys(a, 500, "1"); // while he is told that he is alone
        keys(a, 5_000, "111"); // "muted" is cut short by the next, and that one too
        keys(a, 10_000, "88"); // the count, twice
        keys(a, 15_000, "9"); // nothing
        town.run();
        assertEquals(
                List.of(
                        "0 conf-onlyperson",
                        "500 conf-muted",
                        "5000 conf-unmuted",
                        "5200 conf-muted",
                        "5400 conf-unmuted",
                        "10000 conf-onlyperson",
                        "10200 conf-onlyperson",
                        "15000 conf-errormenu"),
                town.heardBy("a"));
    }

    @Test
    void aPlaybackIsHeardToItsEndAndKeysActThen() {
        var town = new ConferenceTown(directory, "[a]\nexten => 1,1,ConfBridge(800,,one,keys)\n")
                .profiles("[one]\ntype=user\nquiet=yes\n[keys]\ntype=menu\n0=playback(conf-usermenu)\n"
                        + "1=toggle_mute\n23=leave_conference\n2=participant_count\n");
        var a = town.calls("a", 0, "1");
        keys(a, 5_000, "01");
        keys(a, 10_000, "21"); // 2 is meant: 1 can't follow
        keys(a, 15_000, "023");
        town.run();
        assertEquals(
                List.of(
                        "5000 conf-usermenu",
                        "6000 conf-muted",
                        "10200 conf-onlyperson",
                        "11200 conf-unmuted",
                        "15000 conf-usermenu"),
                town.heardBy("a"));
        assertEquals("DTMF", variable(a, "CONFBRIDGE_RESULT"));
        assertTrue(town.world.facts.contains("16000 a LEFT 0"), town.world.facts.toString());
    }

    @Test
    void whoDeclinesToBeRecordedTakesPartAndIsLeftOutOfTheRecording() {
        var town = town("[default_bridge]\ntype=bridge\nrecord_conference=yes\n"
                        + "[one]\ntype=user\nquiet=yes\nannounce_join_leave=yes\n[two](one)\n[three]\ntype=user\nquiet=yes\n")
                .inFrance();
        var a = town.calls("a", 0, "1").hangsUp(9_000);
        keys(a, 500, "9");
        var c = town.calls("c", 0, "3").hangsUp(9_000);
        town.world.time.after(5_000, () -> {
            assertTrue(town.world.mixed.get(a.port).unrecorded());
            assertFalse(town.world.mixed.get(a.port).muted());
            assertFalse(town.world.mixed.get(c.port).unrecorded());
        });
        town.run();
        assertEquals("yes", variable(a, "RECORDING_DECLINED"));
        assertEquals("no", variable(c, "RECORDING_DECLINED"));
        assertEquals(
                List.of("0 this-call-may-be-monitored-or-recorded"), town.heardBy("a"), "nor is he asked for his name");
        assertTrue(town.world.facts.contains("500 a LEFT_OUT 1"), town.world.facts.toString());
    }
}
