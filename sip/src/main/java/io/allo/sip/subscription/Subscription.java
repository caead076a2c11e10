package io.allo.sip.subscription;

import io.allo.sip.dialog.Dialog;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.EventHeader;
import io.allo.sip.header.ExpiresValue;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.SubscriptionStateHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One subscription at the notifier's end: a dialog, a time it lasts, and what is to be told. RFC 6665 section 4.2. One NOTIFY is under way at a
 * time; of what comes meanwhile the newest is told. Owned by the SIP loop.
 */
public final class Subscription {
    /** What is granted where nothing is asked for, in seconds. */
    public static final long DEFAULT_SECONDS = 3_600;

    /** The least that is granted. RFC 6665 section 4.2.1.1. */
    public static final long LEAST_SECONDS = 60;

    /** The most that is granted. */
    public static final long MOST_SECONDS = 86_400;

    /** Answers to a NOTIFY that say that nobody listens any more. RFC 6665 section 4.2.2, RFC 5057. */
    private static final Set<Integer> GONE =
            Set.of(404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604);

    /** What may be told: the content of a NOTIFY. */
    public record Content(String type, byte[] body) {}

    /** RFC 6665 section 4.1.2: active until it is over; then one last NOTIFY may be left to send. */
    public enum State {
        ACTIVE,
        ENDING,
        TERMINATED
    }

    private final Dialog dialog;
    private final EventHeader event;
    private State state = State.ACTIVE;
    private long expiresNanos;
    private boolean underWay;
    private boolean due;
    private String reason = "timeout";

    @Nullable
    private Content newest;

    /** Begins with a SUBSCRIBE that was granted so many seconds; 0 asks for the state once. */
    public Subscription(Dialog dialog, EventHeader event, long grantedSeconds, long nowNanos) {
        this.dialog = dialog;
        this.event = event;
        dialog.confirm();
        grant(grantedSeconds, nowNanos);
    }

    /** How many seconds a SUBSCRIBE asks for, as they are granted; -1 if they are too few. */
    public static long granted(SipRequest subscribe) {
        String text = subscribe.headers().first(HeaderName.EXPIRES);
        long asked = text == null ? DEFAULT_SECONDS : ExpiresValue.seconds(text.strip());
        return asked != 0 && asked < LEAST_SECONDS ? -1 : Math.min(asked, MOST_SECONDS);
    }

    private void grant(long seconds, long nowNanos) {
        expiresNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        if (seconds == 0) {
            state = State.ENDING;
        }
    }

    /** The dialog it lives in. */
    public Dialog dialog() {
        return dialog;
    }

    /** What is subscribed to. */
    public EventHeader event() {
        return event;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** When {@link #onDeadline} is due; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return state == State.ACTIVE ? expiresNanos : Long.MAX_VALUE;
    }

    /** A SUBSCRIBE in the dialog, in order and granted so many seconds: longer, or 0 to end it. What it is about is told again. */
    public void onSubscribe(SipRequest subscribe, long grantedSeconds, Flow flow, long nowNanos) {
        dialog.heardOn(flow);
        dialog.refreshTarget(subscribe);
        if (state == State.ACTIVE) {
            grant(grantedSeconds, nowNanos);
            due = newest != null;
        }
    }

    /** Its time is over where nobody made it longer. */
    public void onDeadline(long nowNanos) {
        if (state == State.ACTIVE && nowNanos >= expiresNanos) {
            end("timeout");
        }
    }

    /** We end it, for this reason ("deactivated", "noresource", ...): one NOTIFY says so. RFC 6665 section 4.1.3. */
    public void end(String why) {
        if (state == State.ACTIVE) {
            state = State.ENDING;
            reason = why;
            due = true;
        }
    }

    /** There is something new to tell. */
    public void tell(Content content) {
        if (state != State.TERMINATED) {
            newest = content;
            due = true;
        }
    }

    /** The NOTIFY to be sent now, without Via and Contact; null where nothing is due or one is under way. */
    public @Nullable SipRequest next(long nowNanos) {
        if (!due || underWay || state == State.TERMINATED) {
            return null;
        }
        due = false;
        underWay = true;
        SipRequest request = dialog.request(SipMethod.NOTIFY);
        Headers.Builder headers = request.headers().toBuilder();
        headers.set(HeaderName.EVENT, event.toString());
        if (state == State.ENDING) {
            headers.set(HeaderName.SUBSCRIPTION_STATE, "terminated;reason=" + reason);
            state = State.TERMINATED;
            dialog.terminate();
        } else {
            long left = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(expiresNanos - nowNanos));
            headers.set(
                    HeaderName.SUBSCRIPTION_STATE,
                    SubscriptionStateHeader.of("active", left).toString());
        }
        Content told = newest;
        if (told == null) {
            return request.withHeaders(headers.build());
        }
        return request.withHeaders(headers.build()).withBody(told.type(), told.body());
    }

    /** Our NOTIFY was answered, finally: who listens no longer is told no more. */
    public void onAnswer(int status) {
        underWay = false;
        if (GONE.contains(status)) {
            state = State.TERMINATED;
            dialog.terminate();
        }
    }
}
