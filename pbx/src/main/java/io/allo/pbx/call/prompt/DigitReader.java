package io.allo.pbx.call.prompt;

import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads digits from {@link Call#channel}, while a prompt is played and after it; the first key ends the prompt. One object
 * serves all calls; each method runs on the call's thread.
 */
public final class DigitReader {

    private final Prompts prompts;

    /** Plays its prompts with these. */
    public DigitReader(Prompts prompts) {
        this.prompts = prompts;
    }

    /** Plays the sounds (none if empty) and reads digits by the rules. */
    public DigitsRead read(Call call, List<String> sounds, DigitRules rules) {
        return read(call, sounds, rules, digits -> {});
    }

    /** The same, told each time what has been read so far, so that it is known also when the caller hangs up. */
    public DigitsRead read(Call call, List<String> sounds, DigitRules rules, Consumer<String> progress) {
        Character first = null;
        if (!sounds.isEmpty()) {
            var played = prompts.play(call, sounds, Prompts.ANY_DIGIT);
            first = played.hasDigit() ? Character.valueOf(played.digit()) : null;
        }
        return collect(call, first, rules, progress);
    }

    /** The same with a tone or any other source as prompt, that goes on until the first key or the first wait's end. */
    public DigitsRead read(Call call, PlaySource source, DigitRules rules, Consumer<String> progress) {
        try (var playing = prompts.start(call, source)) {
            var first = playing == null ? null : playing.awaitDigit(call.inMillis(rules.firstWaitMs()));
            var still = playing != null && !playing.hasEnded();
            if (first == null && still) {
                return new DigitsRead("", DigitsRead.End.TIMEOUT, (char) 0);
            }
            if (playing != null) {
                playing.close();
            }
            return collect(call, first, rules, progress);
        }
    }

    private DigitsRead collect(Call call, @Nullable Character first, DigitRules rules, Consumer<String> progress) {
        var digits = new StringBuilder();
        var next = first == null ? digit(call, rules.firstWaitMs()) : first;
        while (next != null) {
            if (rules.terminators().indexOf(next) >= 0) {
                return new DigitsRead(digits.toString(), DigitsRead.End.TERMINATED, next);
            }
            digits.append(next.charValue());
            progress.accept(digits.toString());
            if (digits.length() >= rules.most()) {
                return new DigitsRead(digits.toString(), DigitsRead.End.COMPLETE, (char) 0);
            }
            next = digit(call, rules.nextWaitMs());
        }
        var end = call.channel().isHungUp() ? DigitsRead.End.HUNG_UP : DigitsRead.End.TIMEOUT;
        return new DigitsRead(digits.toString(), end, (char) 0);
    }

    /** The next key, null when none comes in time or the channel is over. */
    public @Nullable Character digit(Call call, long waitMs) {
        var deadline = call.inMillis(waitMs);
        while (!call.channel().isHungUp()) {
            var received = call.await(deadline);
            if (received == null) {
                return null;
            }
            if (received.channel() == call.channel() && received.event() instanceof ChannelEvent.Digit digit) {
                return digit.digit();
            }
        }
        return null;
    }
}
