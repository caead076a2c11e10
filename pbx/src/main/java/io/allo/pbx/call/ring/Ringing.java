package io.allo.pbx.call.ring;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.sdp.CodecName;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.event.CallEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rings several at once for a call's channel: the first to answer wins, the others are cancelled. Early media of a single
 * fork is passed to the caller; ringing is shown to him once. Owned by the call; {@link #close} cancels what still rings.
 */
public final class Ringing implements AutoCloseable {

    /** Forks one call may have, redirects included. */
    public static final int FORK_LIMIT = 100;

    /** Redirects followed one after the other. */
    public static final int REDIRECT_LIMIT = 5;

    private final Call call;
    private final Channel caller;
    private final Destinations destinations;
    private final MediaPlane media;
    private final RingOptions options;
    private final List<Fork> forks = new ArrayList<>();
    private @Nullable Channel winner;
    private @Nullable Channel heardEarly;
    private DialStatus status = DialStatus.CHANUNAVAIL;
    private boolean ended;
    private int redirects;

    private Ringing(Call call, Destinations destinations, MediaPlane media, RingOptions options) {
        this.call = call;
        this.caller = call.channel();
        this.destinations = destinations;
        this.media = media;
        this.options = options;
    }

    /** Begins to ring all of these dial strings. */
    public static Ringing start(
            Call call, Destinations destinations, MediaPlane media, List<String> dialStrings, RingOptions options) {
        var ringing = new Ringing(call, destinations, media, options);
        dialStrings.forEach(ringing::ring);
        if (options.alwaysRing() && ringing.isLive()) {
            ringing.caller.ring();
        }
        return ringing;
    }

    /** Adds one dial string. */
    private void ring(String dialString) {
        if (forks.size() >= FORK_LIMIT) {
            failed(dialString, HangupCause.SWITCH_CONGESTION, "more than " + FORK_LIMIT + " to ring");
            return;
        }
        List<Channel> made;
        try {
            made = destinations.create(dialString, caller);
        } catch (DialException none) {
            call.problem("dial", String.valueOf(none.getMessage()), none.french());
            failed(dialString, none.hangupCause(), String.valueOf(none.getMessage()));
            return;
        }
        for (var channel : made) {
            forks.add(new Fork(dialString, channel));
            call.adopt(channel);
            channel.preferCodecs(caller.codecs());
            options.beforeDial().accept(channel);
            log(new CallEvent.DialBegan(now(), linkedId(), caller.uniqueId(), channel.uniqueId(), dialString));
            channel.dial();
        }
    }

    private void failed(String dialString, HangupCause cause, String why) {
        var fork = new Fork(dialString, null);
        fork.fail(cause, 0, why);
        forks.add(fork);
    }

    /**
     * Waits until one answers, none can any more, or the time is over.
     *
     * @return the channel that answered, null if none did: {@link #status} says how it ended
     */
    public @Nullable Channel awaitAnswer() {
        while (winner == null && isLive() && !ended) {
            var received = call.await(options.deadlineNanos());
            if (received == null) {
                status = DialStatus.NOANSWER;
                ended = true;
            } else if (received.channel() == caller) {
                ofCaller(received.event());
            } else {
                var fork = fork(received.channel());
                if (fork != null && fork.isLive()) {
                    ofFork(fork, received.channel(), received.event());
                }
            }
        }
        if (winner == null && !ended) {
            status = DialStatus.ofAll(forks.stream()
                    .map(f -> f.failed() == null ? DialStatus.NOANSWER : DialStatus.of(f.failed()))
                    .toList());
        }
        close();
        return winner;
    }

    private void ofCaller(ChannelEvent event) {
        if (event instanceof ChannelEvent.Digit digit && options.callerDigit().test(digit.digit())) {
            status = DialStatus.CANCEL;
            ended = true;
        }
    }

    private void ofFork(Fork fork, Channel channel, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.Answered answered -> {
                winner = channel;
                status = DialStatus.ANSWER;
            }
            case ChannelEvent.Ringing ringing -> showRinging();
            case ChannelEvent.Progress progress -> {
                if (progress.rings()) {
                    channel.state(io.allo.pbx.call.ChannelState.RINGING);
                }
                showProgress(channel, progress);
            }
            case ChannelEvent.Redirected redirected -> redirect(redirected);
            case ChannelEvent.HungUp hungUp -> {
                fork.fail(hungUp.cause(), hungUp.protocolStatus(), hungUp.why());
                if (heardEarly == channel) {
                    heardEarly = null;
                }
                ended(channel, DialStatus.of(hungUp.cause()));
                call.letGoWhenReleased(channel);
            }
            default -> {}
        }
    }

    private void showRinging() {
        if (!options.quiet() && heardEarly == null) {
            caller.ring();
        }
    }

    /** Early media is passed on if it is the only fork's: of several nobody could tell whose it is. */
    private void showProgress(Channel channel, ChannelEvent.Progress progress) {
        if (options.quiet() || options.alwaysRing()) {
            return;
        }
        if (!progress.media() || liveCount() > 1) {
            if (progress.rings()) {
                caller.ring();
            }
            return;
        }
        if (heardEarly == null) {
            preferCodecsOf(channel);
            caller.progress();
            var callerPort = caller.media();
            var port = channel.media();
            if (callerPort != null && port != null) {
                heardEarly = channel;
                media.post(new MediaCommand.Join(callerPort, port));
            } else if (progress.rings()) {
                caller.ring();
            }
        }
    }

    /** Lets the caller's answer prefer what the called side speaks. */
    private void preferCodecsOf(Channel channel) {
        List<CodecName> spoken = channel.codecs();
        caller.preferCodecs(spoken);
    }

    private void redirect(ChannelEvent.Redirected redirected) {
        if (!options.followRedirects() || ++redirects > REDIRECT_LIMIT) {
            return;
        }
        for (var extension : new LinkedHashSet<>(redirected.extensions())) {
            ring("Local/" + extension + "@" + caller.location().context());
        }
    }

    /** How it ended, or ANSWER. */
    public DialStatus status() {
        return status;
    }

    /** All that were rung. */
    public List<Fork> forks() {
        return List.copyOf(forks);
    }

    /** The cause of the fork that says most about why none answered. */
    public HangupCause cause() {
        HangupCause cause = HangupCause.NO_ANSWER;
        for (var fork : forks) {
            var failed = fork.failed();
            if (failed != null) {
                cause = failed;
                if (DialStatus.of(failed) == status) {
                    return failed;
                }
            }
        }
        return status == DialStatus.NOANSWER ? HangupCause.NO_ANSWER : cause;
    }

    /** Cancels what still rings. */
    @Override
    public void close() {
        var answered = winner;
        for (var fork : forks) {
            var channel = fork.channel();
            if (channel == null || channel == answered || !fork.isLive()) {
                continue;
            }
            var cause = answered != null ? HangupCause.ANSWERED_ELSEWHERE : HangupCause.NO_ANSWER;
            fork.fail(cause, 0, answered != null ? "answered elsewhere" : "nobody answered in time");
            var aborted = status == DialStatus.CHANUNAVAIL && answered == null && !ended;
            ended(channel, aborted || answered != null ? DialStatus.CANCEL : status);
            channel.hangUp(cause);
            call.letGoWhenReleased(channel);
        }
        if (answered != null && fork(answered) != null) {
            log(new CallEvent.DialEnded(now(), linkedId(), caller.uniqueId(), answered.uniqueId(), "ANSWER"));
            preferCodecsOf(answered);
        }
    }

    private void ended(Channel channel, DialStatus how) {
        log(new CallEvent.DialEnded(now(), linkedId(), caller.uniqueId(), channel.uniqueId(), how.name()));
    }

    private boolean isLive() {
        return liveCount() > 0;
    }

    private long liveCount() {
        return forks.stream().filter(Fork::isLive).count();
    }

    private @Nullable Fork fork(Channel channel) {
        return forks.stream().filter(f -> f.channel() == channel).findFirst().orElse(null);
    }

    private void log(CallEvent event) {
        caller.log().add(event);
    }

    private long now() {
        return call.clock().epochMillis();
    }

    private String linkedId() {
        return caller.log().linkedId();
    }
}
