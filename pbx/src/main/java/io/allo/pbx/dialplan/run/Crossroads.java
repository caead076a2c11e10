package io.allo.pbx.dialplan.run;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes when its priorities do not say: by the digits that come, to {@code t} when none do, to {@code i} for a
 * wrong number, to {@code e} in place of either, or to its end. Holds nothing; used by each call's own thread.
 */
public final class Crossroads {
    private final DialplanRunner runner;

    Crossroads(DialplanRunner runner) {
        this.runner = runner;
    }

    /**
     * Waits for the digits that still belong to an extension of the channel's context, and goes there, or to {@code i}, or
     * with no digit at all to {@code t}.
     *
     * @param digits those that came already
     * @param firstWaitMs how long to wait for the next one; from then on the channel's digit timeout
     */
    public void dial(Call call, String digits, long firstWaitMs) {
        Channel channel = call.channel();
        String context = channel.location().context();
        String caller = channel.callerId().number();
        var number = new StringBuilder(digits);
        long waitMs = firstWaitMs;
        while (number.length() < MAX_DIGITS
                && runner.dialplan().matchMore(context, number.toString(), caller, runner.now())) {
            Character digit = digit(call, waitMs);
            if (digit == null) break;
            number.append(digit.charValue());
            waitMs = channel.digitTimeoutMs();
        }
        if (number.isEmpty()) {
            nothingDialed(call);
        } else if (runner.exists(call, new DialplanLocation(context, number.toString(), 1))) {
            go(call, number.toString());
        } else {
            wrongNumber(call, number.toString());
        }
    }

    /** The next digit of the channel that runs, null when none comes in time. Other events are passed over. */
    public @Nullable Character digit(Call call, long waitMs) {
        long deadline = call.inMillis(waitMs);
        while (true) {
            ChannelEvent.Received received = call.await(deadline);
            if (received == null) return null;
            if (received.channel() == call.channel() && received.event() instanceof ChannelEvent.Digit digit) {
                return digit.digit();
            }
        }
    }

    /** Nothing was dialed in time: {@code t}, else {@code e}, else the call ends. */
    public void nothingDialed(Call call) {
        if (tryGo(call, "t") || exception(call)) return;
        call.problem(
                "no-timeout-extension",
                "nothing was dialed, and " + call.channel().location().context() + " has neither t nor e",
                "rien n'a été composé, et " + call.channel().location().context() + " n'a ni t ni e");
        throw call.hangUp(HangupCause.NORMAL_CLEARING);
    }

    /** What was dialed is no extension: {@code i} with INVALID_EXTEN, else {@code e}, else the call ends. */
    public void wrongNumber(Call call, String dialed) {
        if (runner.exists(call, place(call, "i"))) call.channel().variables().set("INVALID_EXTEN", dialed);
        if (tryGo(call, "i") || exception(call)) return;
        String context = call.channel().location().context();
        call.problem(
                "no-invalid-extension",
                dialed + " is no extension of " + context + ", which has neither i nor e",
                dialed + " n'est pas une extension de " + context + ", qui n'a ni i ni e");
        throw call.hangUp(HangupCause.UNALLOCATED);
    }

    /** Goes to {@code e} if it is there and the call is not in it already. */
    boolean exception(Call call) {
        return tryGo(call, "e");
    }

    /** No priority is left. True if the call goes on elsewhere, false if it ends here. */
    boolean outOfPriorities(Call call) {
        DialplanLocation location = call.channel().location();
        if (!runner.exists(call, location.withPriority(1))) {
            if (location.extension().equals("T")) return exception(call);
            wrongNumber(call, location.extension());
            return true;
        }
        if (runner.dialplan().settings().autoFallthrough()) return false;
        dial(call, "", call.channel().responseTimeoutMs());
        return true;
    }

    /** For which cause a call ends that has no priority left: by its DIALSTATUS, as Asterisk's automatic fall-through. */
    HangupCause fallthroughCause(Call call) {
        return switch (runner.variable(call, "DIALSTATUS").toUpperCase(Locale.ROOT)) {
            case "BUSY" -> HangupCause.USER_BUSY;
            case "CONGESTION", "CHANUNAVAIL" -> HangupCause.CONGESTION;
            case "NOANSWER" -> HangupCause.NO_ANSWER;
            default -> HangupCause.NORMAL_CLEARING;
        };
    }

    private boolean tryGo(Call call, String extension) {
        boolean inIt = call.channel().location().extension().equals(extension);
        if (inIt || !runner.exists(call, place(call, extension))) return false;
        go(call, extension);
        return true;
    }

    private static DialplanLocation place(Call call, String extension) {
        return new DialplanLocation(call.channel().location().context(), extension, 1);
    }

    private static void go(Call call, String extension) {
        call.channel().location(place(call, extension));
    }

    /** The longest number that is collected; Asterisk's limit for an extension is 80. */
    public static final int MAX_DIGITS = 80;
}
