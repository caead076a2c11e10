package io.allo.pbx.app.voicemail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.voicemail.Folder;
import io.allo.pbx.voicemail.Greeting;
import io.allo.pbx.voicemail.MailboxCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitMailboxTest {
    private static final String CONF = """
            [general]
            maxlogins = 3
            envelope = no
            minpassword = 4
            tz = paris
            [zonemessages]
            paris = Europe/Paris
            [default]
            101 => 4242,Alice,,,sendvoicemail=yes|callback=a|dialout=out
            102 => 4343,Bob
            103 => 103,Carol,,,forcename=yes
            """;

    @TempDir
    Path directory;

    private MailboxTown town;

    @BeforeEach
    void openTown() {
        town = new MailboxTown(directory, CONF);
    }

    private void leave(String number, long ms) {
        leave("101", number, ms, "s");
    }

    private void leave(String box, String number, long ms, String options) {
        town.silentAfter(ms);
        town.caller().callerId("", number).run("VoiceMail(" + box + "," + options + ")");
    }

    private CallerWorld owner() {
        return town.caller().callerId("Alice", "101");
    }

    private static String sentence(CallerWorld world, String first) {
        return world.heard().stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(line -> line.startsWith(first))
                .findFirst()
                .orElse("never said");
    }

    @Test
    void numberAndPinOpenTheMailboxAndMessagesAreHeard() throws IOException {
        leave("0611111111", 3_000);
        leave("0622222222", 4_000);
        var world = owner().hears("vm-login", "101#")
                .hears("vm-password", "4242#")
                .hears("vm-youhave", "1")
                .hears("vm-first", "")
                .hears("vm-next", "6")
                .hears("vm-last", "")
                .hears("vm-prev", "#")
                .run("VoiceMailMain()\nNoOp(on)");
        assertEquals(List.of(), world.missed());
        assertEquals("NoOp(on)", world.ran().getLast());
        assertEquals("vm-youhave digits/2 vm-INBOX vm-messages", sentence(world, "vm-youhave"));
        assertEquals(new MailboxCounts(0, 2, 0), town.mailbox("101").counts());
        assertEquals(List.of(), world.problems());
    }

    @Test
    void countsAreWholeSentencesInBothLanguages() {
        leave("1", 3_000);
        leave("2", 3_000);
        leave("3", 3_000);
        owner().hears("vm-youhave", "1")
                .hears("vm-prev", "#")
                .hears("vm-advopts", "#")
                .run("VoiceMailMain(101,s)");
        // the first was heard and is old now
        var english = owner().hears("vm-helpexit", "#").run("VoiceMailMain(101,s)");
        assertEquals("vm-youhave digits/2 vm-INBOX vm-and digits/1 vm-Old vm-message", sentence(english, "vm-youhave"));
        assertTrue(sentence(english, "vm-onefor").startsWith("vm-onefor vm-INBOX vm-messages vm-opts"));
        var french = owner().language("fr").hears("vm-helpexit", "#").run("VoiceMailMain(101,s)");
        assertEquals("vm-youhave digits/2 vm-INBOX vm-and digits/1 vm-message vm-Old", sentence(french, "vm-youhave"));
        assertTrue(sentence(french, "vm-onefor").startsWith("vm-onefor-full vm-INBOX vm-messages vm-opts"));
    }

    @Test
    void anEmptyMailboxSaysSo() {
        var world = owner().hears("vm-opts", "1").hears("vm-nomore", "#").run("VoiceMailMain(101,s)");
        assertEquals("vm-youhave vm-no vm-messages", sentence(world, "vm-youhave"));
        assertEquals(List.of(), world.missed());
    }

    @Test
    void wrongPinsAreToldHeldBackAndThreeAreEnough() {
        var world = owner().hears("vm-password", "1#")
                .hears("vm-incorrect", "2#")
                .hears("vm-incorrect", "3#")
                .run("VoiceMailMain(101)\nNoOp(on)");
        assertEquals("NoOp(on)", world.ran().getLast());
        assertEquals(3, world.problems().size());
        assertTrue(world.problems().getFirst().startsWith("voicemail-pin: "));
        assertTrue(world.lengthMs() > 3_000, "1 s before the second answer, 2 s before the third");
        assertTrue(world.heard().getLast().endsWith("vm-goodbye"));
    }

    @Test
    void anUnknownMailboxSoundsAsAWrongPinDoes() {
        var world = owner().hears("vm-login", "999#")
                .hears("vm-password", "1#")
                .hears("vm-incorrect-mailbox", "101#")
                .hears("vm-password", "4242#")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain()");
        assertEquals(List.of(), world.missed());
        assertEquals(1, world.problems().size());
    }

    @Test
    void aDeletedMessageCanBeCalledBackUntilTheOwnerLeaves() throws IOException {
        leave("1", 3_000);
        leave("2", 4_000);
        owner().hears("vm-youhave", "1")
                .hears("vm-next", "7")
                .hears("vm-deleted", "7")
                .hears("vm-undeleted", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(new MailboxCounts(1, 1, 0), town.mailbox("101").counts());
        owner().hears("vm-youhave", "1")
                .hears("vm-helpexit", "7")
                .hears("vm-deleted", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(new MailboxCounts(0, 1, 0), town.mailbox("101").counts());
        assertEquals(0, town.mailbox("101").messages(Folder.OLD).getFirst().number());
    }

    @Test
    void aHangUpDoesWhatWasDecided() throws IOException {
        leave("1", 3_000);
        leave("2", 4_000);
        owner().hears("vm-youhave", "1")
                .hears("vm-next", "7")
                .hearsAndLeaves("vm-deleted")
                .run("VoiceMailMain(101,s)");
        var left = town.mailbox("101").messages(Folder.INBOX);
        assertEquals(1, left.size());
        assertEquals("2", left.getFirst().info().callerNumber().orElseThrow());
        assertEquals(0, left.getFirst().number());
    }

    @Test
    void aMessageIsSavedIntoAFolderAndHeardThere() throws IOException {
        leave("1", 3_000);
        var world = owner().hears("vm-youhave", "1")
                .hears("vm-savemessage", "9")
                .hears("vm-savefolder", "3")
                .hears("vm-savedto", "")
                .hears("vm-helpexit", "2")
                .hears("vm-changeto", "3")
                .hears("vm-Family", "1")
                .hears("vm-first", "")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(List.of(), world.missed());
        assertEquals(1, town.mailbox("101").count(Folder.FAMILY));
        assertEquals("vm-message digits/1 vm-savedto vm-Family vm-messages", sentence(world, "vm-message digits/1"));
    }

    @Test
    void keysMoveInTheMessage() {
        leave("1", 20_000);
        var world = owner().hears("vm-youhave", "1").run("VoiceMailMain(101,s)\n");
        var played = world.heard().stream()
                .filter(line -> line.contains("msg0000"))
                .findFirst()
                .orElseThrow();
        long at = Long.parseLong(played.split(" ")[0]);
        world = town.caller();
        leave("2", 20_000);
        world = owner().hears("vm-youhave", "1")
                .keys(at + 4_000, "#")
                .keys(at + 5_000, "*")
                .keys(at + 6_000, "2")
                .keys(at + 7_000, "0")
                .keys(at + 8_000, "0")
                .keys(at + 9_000, "#")
                .run("VoiceMailMain(101,s)");
        var moves = world.heard().stream()
                .filter(line -> line.matches("\\d+ (seek|pause|resume).*"))
                .map(line -> line.replaceAll("^\\d+ ", ""))
                .toList();
        assertEquals(6, moves.size(), world.heard().toString());
        assertEquals("seek to 0", moves.get(2));
        assertEquals(List.of("pause", "resume"), moves.subList(3, 5));
    }

    @Test
    void aMessageIsForwardedAsItIsAndBehindSomeWords() throws IOException {
        leave("0611111111", 5_000);
        var world = owner().hears("vm-youhave", "1")
                .hears("vm-toforward", "8")
                .hears("vm-extension", "102#")
                .hears("vm-forward-multiple", "1")
                .hears("vm-forwardoptions", "2")
                .hears("vm-msgforwarded", "")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(List.of(), world.missed());
        var copy = town.mailbox("102").messages(Folder.INBOX).getFirst();
        assertEquals("0611111111", copy.info().callerNumber().orElseThrow());
        assertEquals(5, copy.info().durationSeconds());
        town.silentAfter(3_000);
        world = owner().hears("vm-first", "")
                .hears("vm-toforward", "8")
                .hears("vm-extension", "102#")
                .hears("vm-forward-multiple", "1")
                .hears("vm-forwardoptions", "1")
                .hears("vm-review", "1")
                .hears("vm-msgforwarded", "")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,sa(1))");
        assertEquals(List.of(), world.missed(), world.heard().toString());
        assertEquals(
                8, town.mailbox("102").messages(Folder.INBOX).getLast().info().durationSeconds());
    }

    @Test
    void aReplyGoesToTheSendersMailbox() throws IOException {
        leave("102", 3_000);
        town.silentAfter(4_000);
        var world = owner().hears("vm-youhave", "1")
                .hears("vm-advopts", "3")
                .hears("vm-toreply", "1")
                .hears("vm-review", "1")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(List.of(), world.missed(), world.heard().toString());
        assertEquals(
                "101",
                town.mailbox("102")
                        .messages(Folder.INBOX)
                        .getFirst()
                        .info()
                        .callerNumber()
                        .orElseThrow());
    }

    @Test
    void theCallerIsCalledBackInTheMailboxesContext() {
        leave("555", 3_000);
        var world = owner().hears("vm-youhave", "1")
                .hears("vm-advopts", "3")
                .hears("vm-tocallback", "2")
                .hears("vm-tocallnum", "1")
                .run("VoiceMailMain(101,s)\nexten => 555,1,NoOp(called ${EXTEN})");
        assertEquals("NoOp(called 555)", world.ran().getLast());
    }

    @Test
    void theOwnerCallsOutOfTheMailbox() {
        var world = owner().hears("vm-advopts", "3").hears("vm-opts", "3").run("VoiceMailMain(101,s)");
        assertFalse(world.heard().isEmpty());
        world = owner().hears("vm-opts", "3")
                .hears("vm-tomakecall", "4")
                .hears("vm-enter-num-to-call", "77#")
                .run("""
                VoiceMailMain(101,s)
                [out]
                exten => 77,1,NoOp(out ${EXTEN})
                """);
        assertEquals("NoOp(out 77)", world.ran().getLast());
    }

    @Test
    void theEnvelopeSaysWhenFromWhomAndHowLong() {
        leave("0611", 61_000);
        var world = owner().hears("vm-youhave", "1")
                .hears("vm-advopts", "3")
                .hears("vm-tohearenv", "3")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(
                "vm-received digits/today digits/at digits/12 digits/p-m vm-from-phonenumber digits/0 digits/6 digits/1 digits/1"
                        + " vm-duration digits/2 vm-minutes",
                sentence(world, "vm-received").replace(" digits/oclock", ""));
    }

    @Test
    void thePinIsChangedAndTheFileKeptAsItIs() {
        var world = owner().hears("vm-opts", "0")
                .hears("vm-options", "5")
                .hears("vm-newpassword", "12#")
                .hears("vm-invalid-password", "")
                .hears("vm-newpassword", "1793#")
                .hears("vm-reenterpassword", "1794#")
                .hears("vm-mismatch", "")
                .hears("vm-newpassword", "1793#")
                .hears("vm-reenterpassword", "1793#")
                .hears("vm-passchanged", "")
                .hears("vm-options", "*")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(List.of(), world.missed(), world.heard().toString());
        world = owner().hears("vm-password", "4242#")
                .hears("vm-incorrect", "1793#")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101)");
        assertEquals(List.of(), world.missed());
        // a new PIN in the file counts again
        town.configure(CONF.replace("4242", "9876"));
        world = owner().hears("vm-password", "9876#").hears("vm-helpexit", "#").run("VoiceMailMain(101)");
        assertEquals(List.of(), world.missed());
    }

    @Test
    void greetingsAreRecordedReviewedAndTheTemporaryOneTakenAway() {
        town.silentAfter(3_000).silentAfter(2_000);
        var world = owner().hears("vm-opts", "0")
                .hears("vm-options", "1")
                .hears("vm-review", "1")
                .hears("vm-options", "4")
                .hears("vm-review", "1")
                .hears("vm-tmpexists", "4")
                .hears("vm-tempgreeting2", "2")
                .hears("vm-tempremoved", "")
                .hears("vm-options", "*")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(List.of(), world.missed(), world.heard().toString());
        assertTrue(town.mailbox("101").greeting(Greeting.UNAVAILABLE).isPresent());
        assertTrue(town.mailbox("101").greeting(Greeting.TEMPORARY).isEmpty());
    }

    @Test
    void aHangUpBeforeAGreetingIsAcceptedKeepsTheOldOne() {
        town.silentAfter(3_000);
        var world = owner().hears("vm-opts", "0")
                .hears("vm-options", "1")
                .hearsAndLeaves("vm-review")
                .run("VoiceMailMain(101,s)");
        assertTrue(
                town.mailbox("101").greeting(Greeting.UNAVAILABLE).isEmpty(),
                world.heard().toString());
    }

    @Test
    void aNewOwnerIsLedThroughPinAndName() {
        town.silentAfter(3_000);
        var world = town.caller()
                .hears("vm-password", "103#")
                .hears("vm-newpassword", "103#")
                .hears("vm-invalid-password", "")
                .hears("vm-newpassword", "8642#")
                .hears("vm-reenterpassword", "8642#")
                .hears("vm-rec-name", "")
                .hears("vm-review", "1")
                .hears("vm-helpexit", "#")
                .run("VoiceMailMain(103)");
        assertEquals(List.of(), world.missed(), world.heard().toString());
        assertTrue(town.mailbox("103").greeting(Greeting.NAME).isPresent());
    }

    @Test
    void urgentMessagesComeFirst() throws IOException {
        leave("1", 3_000);
        leave("101", "2", 4_000, "sU");
        var world = owner().hears("vm-youhave", "1")
                .hears("vm-Urgent", "")
                .hears("vm-next", "#")
                .run("VoiceMailMain(101,s)");
        assertEquals(List.of(), world.missed());
        assertEquals(
                "vm-youhave digits/1 vm-Urgent vm-and digits/1 vm-INBOX vm-message", sentence(world, "vm-youhave"));
        assertEquals(new MailboxCounts(1, 1, 0), town.mailbox("101").counts());
    }

    @Test
    void anotherSessionDoesNotMeetTheWrongMessage() throws IOException {
        leave("1", 3_000);
        leave("2", 4_000);
        var seen = town.mailbox("101").messages(Folder.INBOX);
        var world = owner().hears("vm-youhave", "1").cue("vm-next", () -> {
            try {
                town.mailbox("101").delete(Folder.INBOX, seen.getFirst().info().identity(), 0);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        world.keys(8_000, "7").keys(12_000, "#").run("VoiceMailMain(101,s)");
        var left = town.mailbox("101").messages(Folder.INBOX);
        assertEquals(
                List.of("2"),
                left.stream()
                        .map(each -> each.info().callerNumber().orElseThrow())
                        .toList());
    }

    @Test
    void authenticateSetsWhoItWasAndPlayMsgPlaysOne() throws IOException {
        leave("1", 3_000);
        String id = town.mailbox("101").messages(Folder.INBOX).getFirst().info().field("msg_id");
        var world = owner().hears("vm-password", "4242#").run("""
                VMAuthenticate(101)
                NoOp(${AUTH_MAILBOX}@${AUTH_CONTEXT})
                VoiceMailPlayMsg(101,%s)
                NoOp(${VOICEMAIL_PLAYBACKSTATUS} ${VM_INFO(101,count)} ${MAILBOX_EXISTS(101)} ${MAILBOX_EXISTS(9)})
                NoOp(${VMCOUNT(101&102)} ${VM_INFO(102,fullname)})
                """.formatted(id));
        assertTrue(world.ran().contains("NoOp(101@default)"));
        assertTrue(world.ran().contains("NoOp(SUCCESS 1 1 0)"), world.ran().toString());
        assertTrue(world.ran().contains("NoOp(1 Bob)"));
    }

    @Test
    void readOnlyVisitsChangeNothing() throws IOException {
        leave("1", 3_000);
        owner().hears("vm-youhave", "1")
                .hears("vm-helpexit", "7")
                .hears("vm-sorry", "#")
                .run("VoiceMailMain(101,sr)");
        assertEquals(new MailboxCounts(1, 0, 0), town.mailbox("101").counts());
    }
}
