package io.allo.sip.registrar;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.TimerQueue;
import io.allo.sip.flow.Outbox;
import io.allo.sip.registrar.ContactStatus.NonQualified;
import io.allo.sip.registrar.ContactStatus.Reachable;
import io.allo.sip.registrar.ContactStatus.Unknown;
import io.allo.sip.registrar.ContactStatus.Unreachable;
import io.allo.sip.registrar.QualificationEvent.SendOptions;
import io.allo.sip.registrar.QualificationEvent.StatusChanged;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks contacts by OPTIONS whether they are there: each every {@code qualify_frequency} seconds, a tenth sooner or later so that those
 * that came together do not stay together, with {@code qualify_timeout} to answer. Any answer will do but 408 and 503, which stand for
 * none, or only a 2xx ({@code qualify_2xx_only}). Owned by the SIP loop.
 */
public final class ContactQualification {
    private enum State {
        WAITING,
        ASKED
    }

    private static final class Watched {
        AddressOfRecord aor;
        State state = State.WAITING;
        ContactStatus status = new Unknown();
        long askedNanos;

        Watched(AddressOfRecord aor) {
            this.aor = aor;
        }
    }

    private static final ContactStatus NON_QUALIFIED = new NonQualified();
    private static final ContactStatus UNREACHABLE = new Unreachable();

    private final RandomSource random;
    private final Map<ContactId, Watched> watched = new HashMap<>();
    private final TimerQueue<ContactId> timers = new TimerQueue<>();

    /** Watches nobody yet; {@code random} spreads the first questions. */
    public ContactQualification(RandomSource random) {
        this.random = random;
    }

    /**
     * Watches a contact from now on, or goes on with changed settings. One that just registered is asked at once; many that come together
     * ({@code atOnce} false: at start, after a reload) are spread over their frequency.
     */
    public void watch(ContactId contact, AddressOfRecord aor, boolean atOnce, long nowNanos) {
        if (aor.qualifyFrequencySeconds() == 0) {
            watched.remove(contact);
            timers.cancel(contact);
            return;
        }
        Watched known = watched.get(contact);
        if (known != null) {
            known.aor = aor;
            return;
        }
        watched.put(contact, new Watched(aor));
        long frequencyMs = TimeUnit.SECONDS.toMillis(aor.qualifyFrequencySeconds());
        long delayMs = atOnce ? 0 : random.nextInt((int) Math.min(Integer.MAX_VALUE, frequencyMs));
        timers.schedule(contact, nowNanos + TimeUnit.MILLISECONDS.toNanos(delayMs));
    }

    /** Watches a contact no longer. */
    public void unwatch(ContactId contact) {
        watched.remove(contact);
        timers.cancel(contact);
    }

    /** A final response to the OPTIONS came. */
    public void answered(ContactId contact, int statusCode, long nowNanos, Outbox<QualificationEvent> out) {
        Watched asked = asked(contact);
        if (asked != null) {
            boolean good = asked.aor.qualify2xxOnly()
                    ? statusCode >= 200 && statusCode < 300
                    : statusCode != REQUEST_TIMEOUT && statusCode != SERVICE_UNAVAILABLE;
            conclude(contact, asked, good ? new Reachable(nowNanos - asked.askedNanos) : UNREACHABLE, nowNanos, out);
        }
    }

    /** The OPTIONS could not be sent. */
    public void failed(ContactId contact, long nowNanos, Outbox<QualificationEvent> out) {
        Watched asked = asked(contact);
        if (asked != null) {
            conclude(contact, asked, UNREACHABLE, nowNanos, out);
        }
    }

    /** Asks those whose turn it is, and gives up on those that have not answered in time. */
    public void onDeadline(long nowNanos, Outbox<QualificationEvent> out) {
        for (ContactId due = timers.pollExpired(nowNanos); due != null; due = timers.pollExpired(nowNanos)) {
            Watched contact = watched.get(due);
            if (contact == null) {
                throw new IllegalStateException("a timer of " + due + ", which is not watched");
            }
            switch (contact.state) {
                case WAITING -> {
                    contact.state = State.ASKED;
                    contact.askedNanos = nowNanos;
                    long timeout = TimeUnit.MILLISECONDS.toNanos(contact.aor.qualifyTimeoutMs());
                    timers.schedule(due, nowNanos + timeout);
                    out.add(new SendOptions(due));
                }
                case ASKED -> conclude(due, contact, UNREACHABLE, nowNanos, out);
            }
        }
    }

    /** When {@link #onDeadline} is to be called next, Long.MAX_VALUE for never. */
    public long deadlineNanos() {
        return timers.nextDeadlineNanos();
    }

    /** What is known of a contact. */
    public ContactStatus status(ContactId contact) {
        Watched known = watched.get(contact);
        return known == null ? NON_QUALIFIED : known.status;
    }

    /** How many contacts are watched. */
    public int watchedCount() {
        return watched.size();
    }

    private @Nullable Watched asked(ContactId contact) {
        Watched known = watched.get(contact);
        return known != null && known.state == State.ASKED ? known : null;
    }

    private void conclude(
            ContactId id, Watched contact, ContactStatus status, long nowNanos, Outbox<QualificationEvent> out) {
        ContactStatus before = contact.status;
        contact.status = status;
        contact.state = State.WAITING;
        timers.schedule(id, Math.max(nowNanos, contact.askedNanos + nextNanos(contact.aor)));
        if (!before.equals(status)) {
            out.add(new StatusChanged(id, before, status));
        }
    }

    /** The frequency, between nine and eleven tenths of it. */
    private long nextNanos(AddressOfRecord aor) {
        long frequencyMs = TimeUnit.SECONDS.toMillis(aor.qualifyFrequencySeconds());
        int spreadMs = (int) Math.min(Integer.MAX_VALUE - 1, frequencyMs / 5);
        return TimeUnit.MILLISECONDS.toNanos(frequencyMs - frequencyMs / 10 + random.nextInt(spreadMs + 1));
    }

    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVICE_UNAVAILABLE = 503;
}
