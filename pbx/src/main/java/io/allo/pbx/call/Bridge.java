package io.allo.pbx.call;

import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaPlane;
import io.allo.media.port.PortId;
import io.allo.pbx.event.CallEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two channels of a call that hear each other, until a side leaves or a feature ends it. Owned by the call. */
public final class Bridge {

    /** The playback of tones that sound until something takes their place; never that of a prompt. */
    public static final long TONES = 0;

    private final Call call;
    private final MediaPlane media;
    private final Channel first;
    private final Channel second;
    private final List<BridgeFeature> features;
    private boolean joined;
    private boolean ignoresConnectedLine;

    /** The first is the one that runs the script. */
    public Bridge(Call call, MediaPlane media, Channel first, Channel second, List<BridgeFeature> features) {
        this.call = call;
        this.media = media;
        this.first = first;
        this.second = second;
        this.features = List.copyOf(features);
    }

    /** The side that runs the script. */
    public Channel first() {
        return first;
    }

    /** The other side. */
    public Channel second() {
        return second;
    }

    /** The side across from this one. */
    public Channel across(Channel side) {
        return side == first ? second : first;
    }

    /** The call it belongs to. */
    public Call call() {
        return call;
    }

    /**
     * Joins the two until a side hangs up or a feature ends it.
     *
     * @return the side that hung up; null if a feature ended it
     * @throws CallEnded if the first side hung up
     */
    public @Nullable Channel run() {
        log(new CallEvent.Bridged(now(), linkedId(), first.uniqueId(), second.uniqueId()));
        try {
            join();
            first.bridged(true);
            second.bridged(true);
            return serve();
        } finally {
            first.bridged(false);
            second.bridged(false);
            features.forEach(feature -> feature.onEnd(this));
            part();
            log(new CallEvent.Unbridged(now(), linkedId(), first.uniqueId(), second.uniqueId()));
        }
    }

    /** From now on neither is told when the other turns out to be somebody else. */
    public void ignoreConnectedLine() {
        ignoresConnectedLine = true;
    }

    /** Lets neither hear the other while a feature speaks with one; {@link #join} ends it. */
    public void separate() {
        var one = first.media();
        if (one != null) {
            media.post(new MediaCommand.Leave(one));
        }
    }

    /** Lets the two hear each other again after a feature has played to a side. */
    public void join() {
        var one = first.media();
        var other = second.media();
        if (one != null && other != null) {
            media.post(new MediaCommand.StopPlay(one, TONES));
            media.post(new MediaCommand.StopPlay(other, TONES));
            media.post(new MediaCommand.Join(one, other));
            joined = true;
            passDigits(one, first, false);
            passDigits(other, second, false);
        }
    }

    /** Digits that a feature of ours may mean go through {@link #onDigit}; the media plane must not pass them on. */
    private void passDigits(PortId port, Channel side, boolean again) {
        if (features.stream().anyMatch(feature -> feature.listensTo(side))) {
            media.post(new MediaCommand.PassDigits(port, again));
        }
    }

    private void part() {
        var one = first.media();
        var other = second.media();
        if (joined && one != null) {
            media.post(new MediaCommand.Leave(one));
            passDigits(one, first, true);
        }
        if (joined && other != null) {
            passDigits(other, second, true);
        }
    }

    private @Nullable Channel serve() {
        while (true) {
            if (first.isHungUp()) {
                throw new CallEnded(first.hangupWhy());
            }
            if (second.isHungUp()) {
                return second;
            }
            var deadline = Long.MAX_VALUE;
            for (var feature : features) {
                deadline = Math.min(deadline, feature.deadlineNanos());
            }
            var received = call.await(deadline);
            if (received == null) {
                if (onDeadline()) {
                    return null;
                }
            } else if (received.channel() == first || received.channel() == second) {
                if (handle(received.channel(), received.event())) {
                    return null;
                }
            }
        }
    }

    private boolean onDeadline() {
        var now = call.clock().nanoTime();
        for (var feature : features) {
            if (feature.deadlineNanos() <= now && feature.onDeadline(this) == BridgeFeature.Outcome.END) {
                return true;
            }
        }
        return false;
    }

    /** True if the bridge is over. */
    private boolean handle(Channel from, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.Digit digit -> {
                return onDigit(from, digit);
            }
            case ChannelEvent.MediaReady ready -> join();
            case ChannelEvent.Hold hold -> {
                across(from).indicateHold(hold.held());
                features.forEach(feature -> feature.onHold(this, from, hold.held()));
            }
            case ChannelEvent.ConnectedLineChanged changed -> {
                if (!ignoresConnectedLine) {
                    across(from).connectedLine(changed.party());
                    across(from).updateConnectedLine(changed.party());
                }
            }
            default -> {}
        }
        return false;
    }

    private boolean onDigit(Channel from, ChannelEvent.Digit digit) {
        for (var feature : features) {
            if (!feature.listensTo(from)) {
                continue;
            }
            switch (feature.onDigit(this, from, digit.digit())) {
                case END -> {
                    return true;
                }
                case CONSUMED -> {
                    return false;
                }
                case CONTINUE -> {}
            }
        }
        if (!digit.passed()) {
            across(from).sendDigits(String.valueOf(digit.digit()), digit.durationMs(), 0);
        }
        return false;
    }

    private void log(CallEvent event) {
        first.log().add(event);
    }

    private long now() {
        return call.clock().epochMillis();
    }

    private String linkedId() {
        return first.log().linkedId();
    }
}
