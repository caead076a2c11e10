package io.allo.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Outbox;
import io.allo.sip.registrar.ContactStatus.NonQualified;
import io.allo.sip.registrar.ContactStatus.Reachable;
import io.allo.sip.registrar.ContactStatus.Unknown;
import io.allo.sip.registrar.ContactStatus.Unreachable;
import io.allo.sip.registrar.QualificationEvent.SendOptions;
import io.allo.sip.registrar.QualificationEvent.StatusChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContactQualificationTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final AddressOfRecord EVERY_60 = AddressOfRecord.of("alice").withQualify(60, 3_000, false);
    private static final ContactId PHONE = new ContactId("alice", SipUri.parse("sip:alice@10.0.0.5"));

    private final ContactQualification qualification = new ContactQualification(RandomSource.seeded(1));
    private final Outbox<QualificationEvent> out = new Outbox<>();

    private List<QualificationEvent> drain() {
        var events = new ArrayList<QualificationEvent>();
        out.drain(events::add);
        return events;
    }

    private void ask(long now) {
        qualification.onDeadline(now, out);
        assertEquals(List.of(new SendOptions(PHONE)), drain());
    }

    @Test
    void whoIsNotWatchedIsNotQualified() {
        assertEquals(new NonQualified(), qualification.status(PHONE));
        qualification.watch(PHONE, AddressOfRecord.of("alice"), true, 0);
        assertEquals(new NonQualified(), qualification.status(PHONE));
        assertEquals(0, qualification.watchedCount());
        assertEquals(Long.MAX_VALUE, qualification.deadlineNanos());
    }

    @Test
    void newContactIsAskedAtOnceAndUnknownUntilItAnswers() {
        qualification.watch(PHONE, EVERY_60, true, 5 * SECOND);
        assertEquals(5 * SECOND, qualification.deadlineNanos());
        ask(5 * SECOND);
        assertEquals(new Unknown(), qualification.status(PHONE));
        qualification.answered(PHONE, 200, 5 * SECOND + 12 * MS, out);
        assertEquals(List.of(new StatusChanged(PHONE, new Unknown(), new Reachable(12 * MS))), drain());
        assertEquals(new Reachable(12 * MS), qualification.status(PHONE));
    }

    @Test
    void itIsAskedAgainAboutEveryFrequency() {
        qualification.watch(PHONE, EVERY_60, true, 0);
        long now = 0;
        for (int i = 0; i < 200; i++) {
            ask(now);
            qualification.answered(PHONE, 200, now + MS, out);
            out.clear();
            long next = qualification.deadlineNanos();
            assertTrue(next - now >= 54 * SECOND && next - now <= 66 * SECOND, () -> "after " + next);
            now = next;
        }
        assertTrue(now > 200 * 58 * SECOND && now < 200 * 62 * SECOND, "60 s on average, not " + now / 200);
    }

    @Test
    void silenceMeansUnreachable() {
        qualification.watch(PHONE, EVERY_60, true, 0);
        ask(0);
        assertEquals(3 * SECOND, qualification.deadlineNanos());
        qualification.onDeadline(3 * SECOND, out);
        assertEquals(List.of(new StatusChanged(PHONE, new Unknown(), new Unreachable())), drain());
        qualification.answered(PHONE, 200, 4 * SECOND, out);
        assertEquals(List.of(), drain(), "too late");
        ask(qualification.deadlineNanos());
        qualification.onDeadline(qualification.deadlineNanos(), out);
        assertEquals(List.of(), drain(), "still unreachable: nothing new");
    }

    @Test
    void answerBringsItBack() {
        qualification.watch(PHONE, EVERY_60, true, 0);
        ask(0);
        qualification.failed(PHONE, MS, out);
        assertEquals(new Unreachable(), qualification.status(PHONE));
        out.clear();
        long now = qualification.deadlineNanos();
        ask(now);
        qualification.answered(PHONE, 200, now + 2 * MS, out);
        assertEquals(List.of(new StatusChanged(PHONE, new Unreachable(), new Reachable(2 * MS))), drain());
    }

    @Test
    void anyAnswerWillDoUnlessOnly2xxDoes() {
        AddressOfRecord strict = EVERY_60.withQualify(60, 3_000, true);
        assertEquals(new Reachable(MS), statusAfter(EVERY_60, 401));
        assertEquals(new Reachable(MS), statusAfter(EVERY_60, 404));
        assertEquals(new Unreachable(), statusAfter(EVERY_60, 408));
        assertEquals(new Unreachable(), statusAfter(EVERY_60, 503));
        assertEquals(new Unreachable(), statusAfter(strict, 404));
        assertEquals(new Reachable(MS), statusAfter(strict, 200));
    }

    private ContactStatus statusAfter(AddressOfRecord aor, int status) {
        qualification.unwatch(PHONE);
        qualification.watch(PHONE, aor, true, 0);
        qualification.onDeadline(0, out);
        qualification.answered(PHONE, status, MS, out);
        out.clear();
        return qualification.status(PHONE);
    }

    @Test
    void manyThatComeTogetherAreSpreadOverTheirFrequency() {
        for (int i = 0; i < 600; i++) {
            qualification.watch(
                    new ContactId("alice", SipUri.parse("sip:a@10.0.0.1:" + (1000 + i))), EVERY_60, false, 0);
        }
        for (int second = 10; second <= 60; second += 10) {
            qualification.onDeadline(second * SECOND, out);
            long asked = drain().stream().filter(SendOptions.class::isInstance).count();
            assertTrue(asked > 60 && asked < 140, asked + " in the ten seconds before " + second);
        }
    }

    @Test
    void watchingAgainChangesTheSettingsAndNothingElse() {
        qualification.watch(PHONE, EVERY_60, true, 0);
        ask(0);
        qualification.answered(PHONE, 200, MS, out);
        out.clear();
        long next = qualification.deadlineNanos();
        qualification.watch(PHONE, EVERY_60.withQualify(10, 1_000, false), true, SECOND);
        assertEquals(next, qualification.deadlineNanos());
        ask(next);
        assertEquals(next + SECOND, qualification.deadlineNanos(), "with the new timeout");
        qualification.onDeadline(next + SECOND, out);
        assertTrue(qualification.deadlineNanos() <= next + 11 * SECOND, "and the new frequency");
    }

    @Test
    void whoIsNoLongerWatchedIsNoLongerAsked() {
        qualification.watch(PHONE, EVERY_60, true, 0);
        ask(0);
        qualification.unwatch(PHONE);
        qualification.answered(PHONE, 200, MS, out);
        qualification.failed(PHONE, MS, out);
        assertEquals(List.of(), drain());
        assertEquals(Long.MAX_VALUE, qualification.deadlineNanos());
        qualification.watch(PHONE, EVERY_60, true, 0);
        qualification.watch(PHONE, AddressOfRecord.of("alice"), true, 0);
        assertEquals(new NonQualified(), qualification.status(PHONE), "its frequency became 0");
        assertEquals(Long.MAX_VALUE, qualification.deadlineNanos());
    }
}
