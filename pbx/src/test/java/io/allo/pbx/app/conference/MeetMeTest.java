package io.allo.pbx.app.conference;

import static io.allo.pbx.app.conference.ConferenceTown.keys;
import static io.allo.pbx.app.conference.ConferenceTown.variable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conference.RoomWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MeetMe is ConfBridge with the rooms of meetme.conf and its own options. */
class MeetMeTest {
    @TempDir
    Path directory;

    private ConferenceTown town(String... extensions) {
        var dialplan = new StringBuilder("[a]\n");
        for (var i = 0; i < extensions.length; i++) {
            dialplan.append("exten => ")
                    .append(i + 1)
                    .append(",1,")
                    .append(extensions[i])
                    .append('\n');
            dialplan.append(" same => n,Set(went=on)\n");
        }
        dialplan.append("[out]\nexten => 7,1,Set(out=yes)\n");
        return new ConferenceTown(directory, dialplan.toString())
                .rooms("[rooms]\nconf => 600,1234,9999\nconf => 601\n");
    }

    private static boolean isAdmin(ConferenceTown town, RoomWorld.Leg phone) {
        return town.world.conferences.member(phone.name()).orElseThrow().isAdmin();
    }

    @Test
    void theAdminsPinMakesAnAdmin() {
        var town = town("MeetMe(600,q)", "MeetMe(600,q)", "MeetMe(600,qa,9999)");
        var a = town.calls("a", 0, "1").hangsUp(9_000);
        keys(a, 500, "1234");
        var b = town.calls("b", 0, "2").hangsUp(9_000);
        keys(b, 500, "9999");
        var c = town.calls("c", 0, "3").hangsUp(9_000);
        town.world.time.after(5_000, () -> {
            assertFalse(isAdmin(town, a));
            assertTrue(isAdmin(town, b));
            assertTrue(isAdmin(town, c), "the PIN stands in the dialplan");
        });
        town.run();
        assertEquals(List.of(), town.heardBy("c"));
        assertEquals("9", variable(a, "MEETMESECS"));
    }

    @Test
    void aRoomIsAskedForAndAnUnknownOneIsRefused() {
        var town = town("MeetMe(,q)", "MeetMe(777,q)", "MeetMe(777,dq)");
        var a = town.calls("a", 0, "1").hangsUp(15_000);
        keys(a, 500, "55#");
        keys(a, 4_000, "601#");
        var b = town.calls("b", 0, "2");
        var c = town.calls("c", 0, "3").hangsUp(9_000);
        town.world.time.after(8_000, () -> {
            assertTrue(town.world.conferences.room("601").isPresent());
            assertEquals(1, town.world.conferences.room("777").orElseThrow().size());
        });
        town.run();
        assertEquals(List.of("0 conf-invalid"), town.heardBy("b"));
        assertEquals("on", variable(b, "went"));
        assertEquals("HANGUP", variable(c, "CONFBRIDGE_RESULT"));
    }

    @Test
    void optionsMuteDeafenAndLeadOut() {
        var town = town(
                "MeetMe(601,qls)",
                "MeetMe(601,qt)",
                "MeetMe(601,qp)",
                "Gosub(x,s,1)",
                "MeetMe(601,q)",
                "MeetMe(601,qC)");
        var a = town.calls("a", 0, "1").hangsUp(20_000);
        keys(a, 3_000, "*1"); // can't unmute himself
        var b = town.calls("b", 0, "2").hangsUp(20_000);
        var c = town.calls("c", 0, "3");
        keys(c, 3_000, "#");
        var e = town.calls("e", 0, "5");
        var f = town.calls("f", 0, "6");
        town.world.time.after(8_000, () -> {
            assertTrue(town.world.mixed.get(a.port).muted()
                    && !town.world.mixed.get(a.port).deaf());
            assertTrue(town.world.mixed.get(b.port).deaf()
                    && !town.world.mixed.get(b.port).muted());
            town.world.conferences.room("601").orElseThrow().kick(member -> member.number() > 3);
        });
        town.run();
        assertEquals("DTMF", variable(c, "CONFBRIDGE_RESULT"));
        assertEquals("on", variable(c, "went"));
        assertEquals("(not set)", variable(e, "went"));
        assertEquals("on", variable(f, "went"));
        assertEquals(List.of("3200 conf-errormenu"), town.heardBy("a"));
    }

    @Test
    void aKeyLeadsToAnExtensionOfTheExitContext() {
        var town = town("Set(MEETME_EXIT_CONTEXT=out)\n same => n,MeetMe(601,qX)");
        var a = town.calls("a", 0, "1");
        keys(a, 2_000, "17");
        town.run();
        assertEquals("yes", variable(a, "out"));
        assertEquals("DTMF", variable(a, "CONFBRIDGE_RESULT"));
    }

    @Test
    void anAdministratorsCommandsFromTheDialplan() {
        var town = town(
                "MeetMe(601,q)",
                "MeetMe(601,q)",
                "MeetMeCount(601,n)\n same => n,MeetMeAdmin(601,M,1)\n same => n,MeetMeAdmin(601,L)"
                        + "\n same => n,MeetMeAdmin(601,k,2)\n same => n,Set(ok=${MEETMEADMINSTATUS})"
                        + "\n same => n,MeetMeAdmin(602,L)");
        var a = town.calls("a", 0, "1").hangsUp(9_000);
        var b = town.calls("b", 100, "2");
        var c = town.calls("c", 3_000, "3");
        town.world.time.after(5_000, () -> {
            assertTrue(town.world.mixed.get(a.port).muted());
            assertTrue(town.world.conferences.room("601").orElseThrow().isLocked());
        });
        town.run();
        assertEquals("2", variable(c, "n"));
        assertEquals("OK", variable(c, "ok"));
        assertEquals("FAILED", variable(c, "MEETMEADMINSTATUS"));
        assertEquals("KICKED", variable(b, "CONFBRIDGE_RESULT"));
    }

    @Test
    void whatIsNotDoneHereIsTold() {
        var town = town("MeetMe(601,qbnv(100))");
        town.calls("a", 0, "1").hangsUp(2_000);
        town.run();
        assertEquals(2, town.world.faults.size());
        assertTrue(
                town.world.faults.getFirst().startsWith("MeetMe's option b is not done here"),
                town.world.faults.toString());
    }

    @Test
    void whoWaitsForTheMarkedGivesUpInTimeAndTheLastIsNotLeftAlone() {
        var town = town("MeetMe(601,qw(5)C)", "MeetMe(601,qw(5))", "MeetMe(601,qAk)", "MeetMe(601,G(conf-usermenu)1)");
        var early = town.calls("early", 0, "1");
        var a = town.calls("a", 1_000, "2");
        var b = town.calls("b", 7_000, "2");
        var c = town.calls("c", 8_000, "3").hangsUp(15_000);
        town.world.time.after(
                10_000, () -> assertFalse(town.world.mixed.get(b.port).deaf()));
        town.run();
        assertEquals("TIMEOUT", variable(early, "CONFBRIDGE_RESULT"));
        assertEquals("on", variable(early, "went"));
        assertEquals("TIMEOUT", variable(a, "CONFBRIDGE_RESULT"));
        assertEquals("(not set)", variable(a, "went"));
        assertEquals("KICKED", variable(b, "CONFBRIDGE_RESULT"), "c has gone and b is the last");
        assertEquals("HANGUP", variable(c, "CONFBRIDGE_RESULT"));
        town.calls("d", 0, "4").hangsUp(5_000);
        town.run();
        assertEquals(
                List.of("conf-usermenu"),
                town.heardBy("d").stream()
                        .map(said -> said.replaceFirst("[0-9]+ ", ""))
                        .toList());
    }
}
