package io.allo.pbx.call;

import io.allo.core.timer.Clock;
import io.allo.io.loop.Parker;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.CallLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call: a script on a thread of its own and the channels it owns. Every wait of every script is {@link #await}. Owned by
 * its own thread; only {@link #wake} is for any.
 */
public final class Call {

    private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Clock clock;
    private final Parker parker;
    private final List<Channel> channels = new ArrayList<>();
    private final List<Channel> leaving = new ArrayList<>();
    private Channel channel;
    private boolean afterHangup;
    private int nextPoll;

    Call(Channel first, Parker parker, Clock clock) {
        this.channel = first;
        this.parker = parker;
        this.clock = clock;
        adopt(first);
    }

    /** The channel that runs the script: the caller, but in {@link #runOn}. */
    public Channel channel() {
        return channel;
    }

    /** The facts of this call. */
    public CallLog log() {
        return channel.log();
    }

    /** The time. */
    public Clock clock() {
        return clock;
    }

    /** The moment {@code ms} milliseconds from now, as a deadline for {@link #await}. */
    public long inMillis(long ms) {
        return clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Takes a channel: from now on its events come out of {@link #await}. */
    public void adopt(Channel newChannel) {
        channels.add(newChannel);
        newChannel.owner(this);
    }

    /** Lets go of a channel that is over or that another call has taken. */
    public void letGo(Channel former) {
        channels.remove(former);
        if (former.owner() == this) {
            former.owner(null);
        }
    }

    /** Lets go of a channel that is over as soon as its last words were heard (its media totals). */
    public void letGoWhenReleased(Channel ended) {
        if (ended.isReleased()) {
            letGo(ended);
        } else {
            leaving.add(ended);
        }
    }

    /** The channels it owns, the caller first; a copy. */
    public List<Channel> channels() {
        return List.copyOf(channels);
    }

    /** Lets {@link #await} look again. Any thread. */
    public void wake() {
        parker.unpark();
    }

    /**
     * Waits for the next event of any of the call's channels. What no script need see (a session refreshed, a re-INVITE
     * answered) is done here.
     *
     * @param deadlineNanos on the clock's nanoseconds; Long.MAX_VALUE for none
     * @return the event, or null when the deadline has come
     * @throws CallEnded if the channel that runs the script is over
     * @throws CallMoved if it is to go on elsewhere in the dialplan
     */
    public ChannelEvent.@Nullable Received await(long deadlineNanos) {
        while (true) {
            throwIfEnded();
            var received = next();
            if (received != null) {
                return received;
            }
            throwIfEnded();
            var now = clock.nanoTime();
            if (now >= deadlineNanos) {
                return null;
            }
            if (!afterHangup && now >= channel.absoluteDeadlineNanos()) {
                channel.absoluteDeadlineNanos(Long.MAX_VALUE);
                throw new CallMoved(new DialplanLocation(channel.location().context(), "T", 1));
            }
            var until = afterHangup ? deadlineNanos : Math.min(deadlineNanos, channel.absoluteDeadlineNanos());
            parker.park(until);
        }
    }

    /** Waits this long; what comes meanwhile but a hangup is dropped. */
    public void pause(long ms) {
        var deadline = inMillis(ms);
        while (await(deadline) != null) {
            // only time counts
        }
    }

    /** Hangs up the channel that runs the script and leaves it. */
    public CallEnded hangUp(HangupCause cause) {
        channel.hangUp(cause);
        throw new CallEnded(cause.english());
    }

    /** Runs {@code body} with another of the call's channels as {@link #channel}, e.g. a subroutine on the called side. */
    public void runOn(Channel other, Runnable body) {
        var before = channel;
        channel = other;
        try {
            body.run();
        } finally {
            channel = before;
        }
    }

    /** From now on {@link #await} no longer throws because the channel is over: {@code h} runs. */
    public void afterHangup() {
        afterHangup = true;
    }

    /** Whether {@code h} runs. */
    public boolean isAfterHangup() {
        return afterHangup;
    }

    /**
     * Runs {@code body}, in which {@link #await} does not throw because the channel is over: for what may go on for a while
     * after a hangup, as an AGI script does.
     */
    public void pastHangup(Runnable body) {
        var before = afterHangup;
        afterHangup = true;
        try {
            body.run();
        } finally {
            afterHangup = before;
        }
    }

    /** Reports something that went wrong, in both languages. */
    public void problem(String code, String english, String french) {
        log().add(new CallEvent.Problem(
                clock.epochMillis(), log().linkedId(), channel.uniqueId(), code, english, french));
    }

    /** Ends what is left and waits until it is given back, so that the call's last fact really is the last. */
    void finish() {
        afterHangup = true;
        for (var left : channels) {
            left.hangUp(HangupCause.NORMAL_CLEARING);
        }
        var deadline = clock.nanoTime() + RELEASE_NANOS;
        while (!allReleased() && clock.nanoTime() < deadline) {
            if (next() == null && !allReleased()) {
                parker.park(deadline);
            }
        }
        for (var gone : List.copyOf(channels)) {
            letGo(gone);
        }
    }

    private boolean allReleased() {
        return channels.stream().allMatch(Channel::isReleased);
    }

    private void throwIfEnded() {
        if (!afterHangup && channel.isHungUp()) {
            throw new CallEnded(channel.hangupWhy());
        }
    }

    private ChannelEvent.@Nullable Received next() {
        var waiting = true;
        while (waiting) {
            waiting = false;
            var count = channels.size();
            for (var i = 0; i < count && !waiting; i++) {
                var candidate = channels.get((nextPoll + i) % count);
                var seen = nextOf(candidate);
                if (seen != null) {
                    nextPoll = (nextPoll + i + 1) % count;
                    return new ChannelEvent.Received(candidate, seen);
                }
                waiting = count != channels.size(); // one was let go: the others have still to be asked
            }
        }
        return null;
    }

    private @Nullable ChannelEvent nextOf(Channel candidate) {
        for (var event = candidate.poll(); event != null; event = candidate.poll()) {
            var seen = take(candidate, event);
            if (seen != null) {
                return seen;
            }
        }
        return null;
    }

    /** Brings the channel up to date with an event; null if the script need not see it. */
    private @Nullable ChannelEvent take(Channel from, ChannelEvent event) {
        var seen = from.absorb(event);
        if (leaving.contains(from)) {
            if (from.isReleased()) {
                leaving.remove(from);
                letGo(from);
            }
            return null;
        }
        switch (seen) {
            case null -> {
                return null;
            }
            case ChannelEvent.HungUp hungUp -> from.farSideEnded(hungUp);
            case ChannelEvent.HangupRequested request -> {
                from.hangUp(request.cause(), request.why());
                return new ChannelEvent.HungUp(request.cause(), 0, request.why());
            }
            case ChannelEvent.RedirectRequested request -> {
                if (from == channel && !afterHangup) {
                    throw new CallMoved(request.location());
                }
            }
            case ChannelEvent.Aside aside -> {
                runOn(from, () -> aside.work().accept(this));
                return null;
            }
            case ChannelEvent.Answered answered -> from.state(ChannelState.UP);
            case ChannelEvent.Ringing ringing -> {
                if (!from.isUp()) {
                    from.state(ChannelState.RINGING);
                }
            }
            case ChannelEvent.Hold hold -> from.held(hold.held());
            case ChannelEvent.ConnectedLineChanged changed -> from.connectedLine(changed.party());
            case ChannelEvent.Talking talking -> from.talking(talking.on());
            case ChannelEvent.Digit digit ->
                from.log()
                        .add(new CallEvent.DigitReceived(
                                clock.epochMillis(),
                                from.log().linkedId(),
                                from.uniqueId(),
                                digit.digit(),
                                digit.durationMs()));
            default -> {}
        }
        return seen;
    }
}
