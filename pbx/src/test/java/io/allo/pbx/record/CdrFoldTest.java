package io.allo.pbx.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.pbx.event.CallEvent;
import io.allo.pbx.settings.CdrSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Asterisk's CDR specification says of common calls. Times are seconds after 1000 s. */
final class CdrFoldTest {

    private static final CdrSettings UNANSWERED =
            new CdrSettings(true, true, false, true, false, true, CdrSettings.DEFAULT.csv());
    private static final CdrSettings CONGESTION =
            new CdrSettings(true, false, true, true, false, true, CdrSettings.DEFAULT.csv());
    private static final CdrSettings WITH_H =
            new CdrSettings(true, false, false, false, false, true, CdrSettings.DEFAULT.csv());
    private static final CdrSettings BEGUN_SECONDS =
            new CdrSettings(true, false, false, true, true, true, CdrSettings.DEFAULT.csv());

    private final List<CallEvent> events = new ArrayList<>();

    @Test
    void anAnsweredCallIsOneRecordOfTheTwo() {
        answeredCall();
        hungUp(20, "a", 16);
        ended(20);
        var record = only(CdrSettings.DEFAULT);
        assertEquals("101", record.src());
        assertEquals("\"Alice\" <101>", record.clid());
        assertEquals("102", record.dst());
        assertEquals("office", record.dcontext());
        assertEquals("PJSIP/a", record.channel());
        assertEquals("PJSIP/b", record.dstchannel());
        assertEquals("Dial", record.lastapp());
        assertEquals("PJSIP/102,20", record.lastdata());
        assertEquals(1_000_000, record.startMs());
        assertEquals(1_005_000, record.answerMs());
        assertEquals(1_020_000, record.endMs());
        assertEquals(20, record.duration());
        assertEquals(15, record.billsec());
        assertEquals(Disposition.ANSWERED, record.disposition());
        assertEquals("DOCUMENTATION", record.amaflags());
        assertEquals("a", record.uniqueid());
        assertEquals("L", record.linkedid());
        assertEquals("acc-a", record.accountcode());
        assertEquals("acc-b", record.peeraccount());
    }

    @Test
    void aBusyPhoneIsARecordOfItsOwnEvenWithoutUnanswered() {
        dial("BUSY", 17);
        assertEquals(Disposition.BUSY, only(CdrSettings.DEFAULT).disposition());
        assertEquals(0, only(CdrSettings.DEFAULT).billsec());
        assertEquals(0, only(CdrSettings.DEFAULT).answerMs());
        assertEquals(4, only(CdrSettings.DEFAULT).duration());
    }

    @Test
    void dialStatusesBecomeDispositions() {
        var expected = java.util.Map.of(
                "NOANSWER", Disposition.NO_ANSWER,
                "CANCEL", Disposition.NO_ANSWER,
                "CHANUNAVAIL", Disposition.FAILED,
                "CONGESTION", Disposition.FAILED);
        expected.forEach((status, disposition) -> {
            events.clear();
            dial(status, 16);
            assertEquals(disposition, only(CdrSettings.DEFAULT).disposition(), status);
        });
        events.clear();
        dial("CONGESTION", 34);
        assertEquals(Disposition.CONGESTION, only(CONGESTION).disposition());
    }

    @Test
    void aCallThatReachedNobodyIsRecordedOnlyIfWanted() {
        incoming(0, "a", "101");
        application(0, "a", "999", "Hangup", "");
        hungUp(1, "a", 1);
        ended(1);
        assertEquals(List.of(), CdrFold.fold(events, CdrSettings.DEFAULT));
        assertEquals(Disposition.FAILED, only(UNANSWERED).disposition());
        assertEquals("", only(UNANSWERED).dstchannel());
    }

    @Test
    void anAnsweredCallWithoutASecondChannelIsARecord() {
        incoming(0, "a", "101");
        application(0, "a", "600", "Answer", "");
        up(1, "a");
        application(1, "a", "600", "Echo", "");
        hungUp(31, "a", 16);
        ended(31);
        var record = only(CdrSettings.DEFAULT);
        assertEquals("Echo", record.lastapp());
        assertEquals(31, record.duration());
        assertEquals(30, record.billsec());
        assertEquals(Disposition.ANSWERED, record.disposition());
    }

    @Test
    void eachOfSeveralPhonesRungHasARecord() {
        incoming(0, "a", "101");
        application(0, "a", "102", "Dial", "PJSIP/b&PJSIP/c");
        outgoing(0, "b");
        event(new CallEvent.DialBegan(at(0), "L", "a", "b", "PJSIP/b"));
        outgoing(0, "c");
        event(new CallEvent.DialBegan(at(0), "L", "a", "c", "PJSIP/c"));
        up(5, "b");
        event(new CallEvent.DialEnded(at(5), "L", "a", "c", "CANCEL"));
        hungUp(5, "c", 26);
        event(new CallEvent.DialEnded(at(5), "L", "a", "b", "ANSWER"));
        up(5, "a");
        event(new CallEvent.Bridged(at(5), "L", "a", "b"));
        event(new CallEvent.Unbridged(at(9), "L", "a", "b"));
        hungUp(9, "a", 16);
        hungUp(9, "b", 16);
        ended(9);
        var records = CdrFold.fold(events, CdrSettings.DEFAULT);
        assertEquals(
                List.of("PJSIP/c", "PJSIP/b"),
                records.stream().map(r -> r.dstchannel()).toList());
        assertEquals(
                List.of(Disposition.NO_ANSWER, Disposition.ANSWERED),
                records.stream().map(r -> r.disposition()).toList());
        assertEquals(4, records.getLast().billsec());
    }

    @Test
    void goingOnToVoicemailAfterNobodyAnsweredIsASecondRecord() {
        incoming(0, "a", "101");
        application(0, "a", "102", "Dial", "PJSIP/b,5");
        outgoing(0, "b");
        event(new CallEvent.DialBegan(at(0), "L", "a", "b", "PJSIP/b"));
        event(new CallEvent.DialEnded(at(5), "L", "a", "b", "NOANSWER"));
        hungUp(5, "b", 16);
        application(5, "a", "102", "VoiceMail", "102@default");
        up(6, "a");
        hungUp(16, "a", 16);
        ended(16);
        var records = CdrFold.fold(events, CdrSettings.DEFAULT);
        assertEquals(
                List.of("Dial", "VoiceMail"),
                records.stream().map(r -> r.lastapp()).toList());
        assertEquals(5, records.get(0).duration());
        assertEquals(11, records.get(1).duration());
        assertEquals(10, records.get(1).billsec());
        assertEquals("", records.get(1).dstchannel());
    }

    @Test
    void theHangupExtensionIsNoPartOfTheRecord() {
        answeredCall();
        hungUp(20, "a", 16);
        application(25, "a", "h", "NoOp", "bye");
        field(25, "a", "userfield", "late");
        ended(30);
        var record = only(CdrSettings.DEFAULT);
        assertEquals("102", record.dst());
        assertEquals(1_020_000, record.endMs());
        assertEquals("", record.userfield());
    }

    @Test
    void withEndBeforeHOffTheHangupExtensionCounts() {
        incoming(0, "a", "101");
        application(0, "a", "600", "Echo", "");
        up(0, "a");
        hungUp(20, "a", 16);
        application(20, "a", "h", "Set", "CDR(userfield)=late");
        field(20, "a", "userfield", "late");
        ended(22);
        var record = only(WITH_H);
        assertEquals("h", record.dst());
        assertEquals("late", record.userfield());
        assertEquals(1_022_000, record.endMs());
    }

    @Test
    void thatTheServerCouldNotListenIsSaidOnceBehindWhatTheDialplanHasWritten() {
        incoming(0, "a", "101");
        field(0, "a", "userfield", "ticket 7");
        application(0, "a", "102", "Dial", "PJSIP/102,20");
        outgoing(0, "b");
        event(new CallEvent.DialBegan(at(0), "L", "a", "b", "PJSIP/102"));
        up(5, "b");
        event(new CallEvent.DialEnded(at(5), "L", "a", "b", "ANSWER"));
        up(5, "a");
        event(new CallEvent.Bridged(at(5), "L", "a", "b"));
        event(new CallEvent.EndToEnd(at(6), "L", "a"));
        event(new CallEvent.EndToEnd(at(6), "L", "b"));
        event(new CallEvent.Unbridged(at(20), "L", "a", "b"));
        hungUp(20, "b", 16);
        hungUp(20, "a", 16);
        ended(20);
        assertEquals("ticket 7;end-to-end", only(CdrSettings.DEFAULT).userfield());
    }

    @Test
    void fieldsSetByTheDialplanStandInTheRecord() {
        incoming(0, "a", "101");
        field(0, "a", "userfield", "ticket 7");
        field(0, "a", "accountcode", "sales");
        field(0, "a", "amaflags", "BILLING");
        field(0, "a", "callerid(all)", "\"Front desk\" <100>");
        up(1, "a");
        hungUp(2, "a", 16);
        ended(2);
        var record = only(CdrSettings.DEFAULT);
        assertEquals("ticket 7", record.userfield());
        assertEquals("sales", record.accountcode());
        assertEquals("BILLING", record.amaflags());
        assertEquals("100", record.src());
        assertEquals("\"Front desk\" <100>", record.clid());
    }

    @Test
    void aDisabledRecordIsNotMade() {
        incoming(0, "a", "101");
        up(0, "a");
        field(8, "a", "cdr_prop(disable)", "1");
        hungUp(20, "a", 16);
        ended(20);
        assertEquals(List.of(), CdrFold.fold(events, CdrSettings.DEFAULT));
    }

    @Test
    void aResetStartsTheRecordAnew() {
        incoming(0, "a", "101");
        up(1, "a");
        field(1, "a", "userfield", "x");
        field(10, "a", CdrFold.RESET, "");
        hungUp(15, "a", 16);
        ended(15);
        var record = only(CdrSettings.DEFAULT);
        assertEquals(5, record.duration());
        assertEquals(5, record.billsec());
        assertEquals("", record.userfield());
    }

    @Test
    void begunSecondsCountIfConfigured() {
        incoming(0, "a", "101");
        up(0, "a");
        events.add(new CallEvent.HungUp(at(2) + 1, "L", "a", "PJSIP/a", 16, "", 0));
        ended(3);
        assertEquals(2, only(CdrSettings.DEFAULT).billsec());
        assertEquals(3, only(BEGUN_SECONDS).billsec());
    }

    @Test
    void twoThatWereNotDialedAreARecordOfTheFirst() {
        incoming(0, "a", "101");
        up(0, "a");
        incoming(5, "b", "102");
        up(5, "b");
        event(new CallEvent.Bridged(at(6), "L", "b", "a"));
        event(new CallEvent.Unbridged(at(10), "L", "b", "a"));
        hungUp(10, "a", 16);
        hungUp(10, "b", 16);
        ended(10);
        var first = CdrFold.fold(events, CdrSettings.DEFAULT).getFirst();
        assertEquals("PJSIP/a", first.channel());
        assertEquals("PJSIP/b", first.dstchannel());
    }

    @Test
    void aDialplanThatDialsForEverFillsNoMemory() {
        incoming(0, "a", "101");
        outgoing(0, "b");
        for (var i = 0; i < 3 * CdrFold.RECORDS_LIMIT; i++) {
            event(new CallEvent.DialBegan(at(i), "L", "a", "b", "PJSIP/b"));
            event(new CallEvent.DialEnded(at(i), "L", "a", "b", "BUSY"));
            application(i, "a", "102", "Goto", "1");
        }
        ended(3_000_000);
        assertEquals(true, CdrFold.fold(events, CdrSettings.DEFAULT).size() <= CdrFold.RECORDS_LIMIT);
    }

    @Test
    void theRecorderGivesRecordsAwayWhenTheCallIsOver() {
        answeredCall();
        hungUp(20, "a", 16);
        ended(20);
        var rows = new ArrayList<io.allo.io.store.CdrRow>();
        var recorder = new CdrRecorder(() -> CdrSettings.DEFAULT, 40, rows::add);
        events.subList(0, events.size() - 1).forEach(recorder);
        assertEquals(1, recorder.following());
        assertEquals(List.of(), rows);
        recorder.accept(events.getLast());
        assertEquals(0, recorder.following());
        assertEquals(40, rows.getFirst().sequence());
        assertEquals("ANSWERED", rows.getFirst().disposition());
        assertEquals(15, rows.getFirst().billsec());
    }

    @Test
    void theRecorderWaitsForAChannelThatOutlivesTheScript() {
        var rows = new ArrayList<io.allo.io.store.CdrRow>();
        var recorder = new CdrRecorder(() -> CdrSettings.DEFAULT, 0, rows::add);
        incoming(0, "a", "101");
        up(0, "a");
        ended(5);
        events.forEach(recorder);
        assertEquals(List.of(), rows);
        recorder.accept(new CallEvent.HungUp(at(9), "L", "a", "PJSIP/a", 16, "", 0));
        assertEquals(9, rows.getFirst().billsec());
    }

    private void answeredCall() {
        incoming(0, "a", "101");
        application(0, "a", "102", "Dial", "PJSIP/102,20");
        outgoing(0, "b");
        event(new CallEvent.DialBegan(at(0), "L", "a", "b", "PJSIP/102"));
        up(5, "b");
        event(new CallEvent.DialEnded(at(5), "L", "a", "b", "ANSWER"));
        up(5, "a");
        event(new CallEvent.Bridged(at(5), "L", "a", "b"));
        event(new CallEvent.Unbridged(at(20), "L", "a", "b"));
        hungUp(20, "b", 16);
    }

    private void dial(String status, int cause) {
        incoming(0, "a", "101");
        application(0, "a", "102", "Dial", "PJSIP/b");
        outgoing(0, "b");
        event(new CallEvent.DialBegan(at(0), "L", "a", "b", "PJSIP/b"));
        event(new CallEvent.DialEnded(at(4), "L", "a", "b", status));
        hungUp(4, "b", cause);
        application(4, "a", "102", "Hangup", "");
        hungUp(4, "a", cause);
        ended(4);
    }

    private CallDetailRecord only(CdrSettings settings) {
        var records = CdrFold.fold(events, settings);
        assertEquals(1, records.size(), records.toString());
        return records.getFirst();
    }

    private static long at(long second) {
        return (1000 + second) * 1000;
    }

    private void event(CallEvent event) {
        events.add(event);
    }

    private void incoming(long second, String id, String number) {
        event(new CallEvent.ChannelCreated(
                at(second), "L", id, "PJSIP/" + id, id, true, number, "Alice", "office", "102", "acc-" + id, ""));
    }

    private void outgoing(long second, String id) {
        event(new CallEvent.ChannelCreated(
                at(second), "L", id, "PJSIP/" + id, id, false, "101", "Alice", "office", "102", "acc-" + id, ""));
    }

    private void application(long second, String id, String extension, String name, String data) {
        event(new CallEvent.ApplicationStarted(at(second), "L", id, "office", extension, 1, name, data));
    }

    private void field(long second, String id, String field, String value) {
        event(new CallEvent.RecordFieldSet(at(second), "L", id, field, value));
    }

    private void up(long second, String id) {
        event(new CallEvent.StateChanged(at(second), "L", id, "UP"));
    }

    private void hungUp(long second, String id, int cause) {
        event(new CallEvent.HungUp(at(second), "L", id, "PJSIP/" + id, cause, "", 0));
    }

    private void ended(long second) {
        event(new CallEvent.CallEnded(at(second), "L", "a", null));
    }
}
