package io.allo.pbx.call.ring;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.ring.RingOptions.Heard;
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
    private final Ringback ringback;
    private final List<Fork> forks = new ArrayList<>();
    private long deadlineNanos;
    private @Nullable Channel winner;
    private @Nullable Channel heardEarly;
    private DialStatus status = DialStatus.CHANUNAVAIL;
    private HangupCause cancelCause = HangupCause.NO_ANSWER;
    private boolean ended;
    private boolean forbidden;
    private boolean answerTold;
    private int redirects;
    private long rangMillis;
    private long progressMillis;

    private Ringing(Call call, Destinations destinations, MediaPlane media, RingOptions options) {
        this.call = call;
        this.caller = call.channel();
        this.destinations = destinations;
        this.media = media;
        this.options = options;
        this.deadlineNanos = options.deadlineNanos();
        this.ringback = new Ringback(caller, media, options.tone(), options.sound());
    }

    /** Begins to ring all of these dial strings: first all channels are made and prepared, then all are dialed. */
    public static Ringing start(
            Call call, Destinations destinations, MediaPlane media, List<String> dialStrings, RingOptions options) {
        var ringing = new Ringing(call, destinations, media, options);
        try {
            ringing.ring(dialStrings, ringing.caller.payer());
        } catch (RuntimeException leaving) {
            ringing.cancelled();
            throw leaving;
        }
        if (ringing.isLive()) {
            switch (options.heard()) {
                case RINGING, RINGING_UNTIL_MEDIA -> ringing.ringback.ring();
                case MUSIC -> ringing.ringback.sound();
                case AS_IT_IS -> {}
            }
        }
        return ringing;
    }

    private void ring(List<String> dialStrings, String payer) {
        var made = new ArrayList<Fork>();
        dialStrings.forEach(dialString -> made.addAll(make(dialString, payer)));
        for (var fork : made) {
            var channel = fork.channel();
            if (channel != null && fork.isLive()) {
                options.beforeDial().accept(channel);
            }
        }
        for (var fork : made) {
            var channel = fork.channel();
            if (channel == null || !fork.isLive()) {
                continue;
            }
            var name = fork.dialString();
            log(new CallEvent.DialBegan(now(), linkedId(), caller.uniqueId(), channel.uniqueId(), name));
            if (channel.isHungUp()) {
                over(fork, channel, channel.hangupCause(), 0, channel.hangupWhy());
            } else {
                channel.dial();
            }
        }
    }

    /** The forks of one dial string; one that has failed already where nothing could be made. */
    private List<Fork> make(String dialString, String payer) {
        List<Channel> channels;
        try {
            channels = destinations.create(dialString, caller, payer);
        } catch (DialException none) {
            return List.of(failed(dialString, none));
        }
        var made = new ArrayList<Fork>();
        for (var channel : channels) {
            call.adopt(channel);
            channel.preferCodecs(caller.codecs());
            channel.passOn(caller.passedOn());
            var fork = new Fork(dialString, channel);
            made.add(fork);
            forks.add(fork);
            if (forks.size() > FORK_LIMIT) {
                var why = "more than " + FORK_LIMIT + " phones to ring at once";
                call.problem("dial", why, "plus de " + FORK_LIMIT + " postes à faire sonner à la fois");
                channel.hangUp(HangupCause.SWITCH_CONGESTION, why);
                fork.fail(HangupCause.SWITCH_CONGESTION, 0, why);
                call.letGoWhenReleased(channel);
            }
        }
        return made;
    }

    private Fork failed(String dialString, DialException none) {
        var why = String.valueOf(none.getMessage());
        call.problem(none.code(), dialString + ": " + why, dialString + " : " + none.french());
        forbidden |= none.isForbidden();
        var fork = new Fork(dialString, null);
        fork.fail(none.hangupCause(), none.protocolStatus(), why);
        forks.add(fork);
        return fork;
    }

    /**
     * Waits until one answers, none can any more, or the time is over.
     *
     * @return the channel that answered, null if none did: {@link #status} says how it ended
     * @throws CallInterrupted if the caller left; all are cancelled then and {@link #status} is CANCEL
     */
    public @Nullable Channel awaitAnswer() {
        try {
            while (winner == null && isLive() && !ended) {
                var received = call.await(deadlineNanos);
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
        } catch (CallInterrupted interrupted) {
            cancelled();
            throw interrupted;
        }
        if (winner == null && !ended) {
            status = DialStatus.ofAll(forks.stream()
                    .filter(f -> !f.isForwarded())
                    .map(Fork::status)
                    .toList());
        }
        close();
        return winner;
    }

    private void cancelled() {
        status = DialStatus.CANCEL;
        cancelCause = caller.isHungUp() && caller.hangupCause() == HangupCause.ANSWERED_ELSEWHERE
                ? HangupCause.ANSWERED_ELSEWHERE
                : HangupCause.NORMAL_CLEARING;
        ended = true;
        close();
    }

    private void ofCaller(ChannelEvent event) {
        if (event instanceof ChannelEvent.Digit digit && options.callerDigit().test(digit.digit())) {
            status = DialStatus.CANCEL;
            cancelCause = HangupCause.NORMAL_CLEARING;
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
                    channel.state(ChannelState.RINGING);
                }
                showProgress(channel, progress);
            }
            case ChannelEvent.Redirected redirected -> redirect(fork, redirected);
            case ChannelEvent.HungUp hungUp ->
                over(fork, channel, hungUp.cause(), hungUp.protocolStatus(), hungUp.why());
            default -> {}
        }
    }

    private void over(Fork fork, Channel channel, HangupCause cause, int protocolStatus, String why) {
        fork.fail(cause, protocolStatus, why);
        if (heardEarly == channel) {
            heardEarly = null;
        }
        ended(channel, fork.status());
        if (!fork.isForwarded()) {
            var who = fork.dialString() + ": ";
            call.problem("dial-failed", who + why, who + (protocolStatus > 0 ? why : cause.french()));
        }
        call.letGoWhenReleased(channel);
    }

    private void showRinging() {
        if (rangMillis == 0) {
            rangMillis = now();
        }
        if (options.heard() != Heard.MUSIC && heardEarly == null) {
            ringback.ring();
        }
    }

    /** Early media is passed on if it is the only fork's: of several nobody could tell whose it is. */
    private void showProgress(Channel channel, ChannelEvent.Progress progress) {
        if (progressMillis == 0) {
            progressMillis = now();
        }
        var shown = options.heard() == Heard.AS_IT_IS || options.heard() == Heard.RINGING_UNTIL_MEDIA;
        if (shown && progress.media() && liveCount() == 1 && (heardEarly != null || passOn(channel))) {
            return;
        }
        if (progress.rings()) {
            showRinging();
        }
    }

    private boolean passOn(Channel channel) {
        caller.preferCodecs(channel.codecs());
        caller.passOn(channel.passedOn());
        caller.progress();
        var callerPort = caller.media();
        var port = channel.media();
        if (callerPort == null || port == null) {
            return false;
        }
        ringback.stop();
        heardEarly = channel;
        media.post(new MediaCommand.Join(callerPort, port));
        return true;
    }

    private void redirect(Fork fork, ChannelEvent.Redirected redirected) {
        var follow = options.followRedirects() && ++redirects <= REDIRECT_LIMIT;
        fork.redirected(follow);
        if (!follow) {
            var why = options.followRedirects() ? "more than " + REDIRECT_LIMIT + " redirects" : "Dial's option i";
            call.problem(
                    "redirect",
                    fork.dialString() + " asked to be called at " + redirected.extensions() + ", refused: " + why,
                    fork.dialString() + " a demandé un renvoi vers " + redirected.extensions() + ", refusé : " + why);
            return;
        }
        if (options.patientAfterRedirect()) {
            deadlineNanos = Long.MAX_VALUE;
        }
        var context = caller.variables().value("FORWARD_CONTEXT");
        var where = context == null || context.isEmpty() ? caller.location().context() : context;
        var forwarder = fork.channel();
        ring(
                new LinkedHashSet<>(redirected.extensions())
                        .stream()
                                .map(extension -> "Local/" + extension + "@" + where)
                                .toList(),
                forwarder == null ? caller.payer() : forwarder.payer());
    }

    /** How it ended, or ANSWER. */
    public DialStatus status() {
        return status;
    }

    /** Whether nobody was rung at all because a rule of ours forbids it. */
    public boolean isForbidden() {
        return forbidden && forks.stream().allMatch(fork -> fork.channel() == null);
    }

    /** All that were rung. */
    public List<Fork> forks() {
        return List.copyOf(forks);
    }

    /** When the first phone rang, milliseconds since 1970; 0 if none did. */
    public long rangMillis() {
        return rangMillis;
    }

    /** When the first progress came, milliseconds since 1970; 0 if none did. */
    public long progressMillis() {
        return progressMillis;
    }

    /** What was dialed to reach this channel; "" if it is none of ours. */
    public String dialString(Channel channel) {
        var fork = fork(channel);
        return fork == null ? "" : fork.dialString();
    }

    /** The cause of the fork that says most about why none answered. */
    public HangupCause cause() {
        if (status == DialStatus.NOANSWER || status == DialStatus.CANCEL) {
            return ended ? cancelCause : lastCause();
        }
        return lastCause();
    }

    private HangupCause lastCause() {
        HangupCause cause = HangupCause.NO_ANSWER;
        for (var fork : forks) {
            var failed = fork.failed();
            if (failed != null && !fork.isForwarded()) {
                cause = failed;
                if (fork.status() == status) {
                    return failed;
                }
            }
        }
        return cause;
    }

    /** Cancels what still rings. */
    @Override
    public void close() {
        ringback.stop();
        var answered = winner;
        for (var fork : forks) {
            var channel = fork.channel();
            if (channel == null || channel == answered || !fork.isLive()) {
                continue;
            }
            var wanted = options.cancelCause();
            var cause = answered != null ? HangupCause.ANSWERED_ELSEWHERE : cancelCause;
            fork.fail(cause, 0, answered != null ? "answered elsewhere" : cancelCause.english());
            ended(channel, answered != null || status == DialStatus.CHANUNAVAIL ? DialStatus.CANCEL : status);
            channel.hangUp(wanted == null ? cause : wanted, fork.why());
            call.letGoWhenReleased(channel);
        }
        if (answered != null && !answerTold) {
            answerTold = true;
            log(new CallEvent.DialEnded(now(), linkedId(), caller.uniqueId(), answered.uniqueId(), "ANSWER"));
            caller.preferCodecs(answered.codecs());
            caller.passOn(answered.passedOn());
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
