package io.allo.pbx.app.play;

import io.allo.media.audio.Tone;
import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.DialplanException;
import java.util.List;

/** Milliwatt, PlayTones, Echo: sounds that are not recorded. Any thread. */
final class Tones {

    private static final int MILLIWATT_ON_MS = 9_000;
    private static final int MILLIWATT_OFF_MS = 1_000;
    private static final int DIGIT_MS = 100;

    private final Prompts prompts;

    Tones(Prompts prompts) {
        this.prompts = prompts;
    }

    /** Milliwatt(options): 1004 Hz at 0 dBm0 until the caller hangs up; o: 1000 Hz; m: a second of silence in ten. */
    void milliwatt(Call call, String data) {
        var options = OptionLetters.parse(data);
        var tone = options.has('o') ? Tone.single(1000, 0) : Tone.MILLIWATT;
        var parts = options.has('m')
                ? List.of(
                        new ToneSequence.Part(tone, MILLIWATT_ON_MS, false),
                        new ToneSequence.Part(Tone.SILENCE, MILLIWATT_OFF_MS, false))
                : List.of(new ToneSequence.Part(tone, ToneSequence.ENDLESS, false));
        if (prompts.answer(call)) {
            prompts.play(call, new PlaySource.Tones(new ToneSequence(parts)), "");
        }
    }

    /** PlayTones(name or list): sounds while the dialplan goes on. */
    void play(Call call, String data) {
        var text = data.strip();
        try {
            prompts.startTones(call, prompts.tone(call, text).orElseGet(() -> ToneSequence.parse(text)));
        } catch (IllegalArgumentException notTones) {
            throw new DialplanException(
                    text + " is neither a tone of the country nor a list of tones: " + notTones.getMessage());
        }
    }

    /** Echo(): the caller hears himself until he presses #; other keys come back too. */
    void echo(Call call) {
        prompts.echo(call, true);
        try {
            while (!call.channel().isHungUp()) {
                var received = call.await(Long.MAX_VALUE);
                if (received != null
                        && received.channel() == call.channel()
                        && received.event() instanceof ChannelEvent.Digit digit) {
                    if (digit.digit() == '#') {
                        return;
                    }
                    call.channel().sendDigits(String.valueOf(digit.digit()), DIGIT_MS, DIGIT_MS);
                }
            }
        } finally {
            prompts.echo(call, false);
        }
    }
}
