package io.allo.pbx.app.play;

import io.allo.media.port.PlaySource;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Playing;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;

/**
 * ControlPlayback(file,ff,rew,stop,pause,restart,skipms,options): a sound that the listener's keys move. Sets
 * CPLAYBACKSTATUS, CPLAYBACKOFFSET (milliseconds) and CPLAYBACKSTOPKEY. Any thread.
 */
final class ControlPlayback {

    private static final long SKIP_MS = 3_000;

    private final DialplanRunner runner;
    private final Prompts prompts;

    ControlPlayback(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
    }

    /** The keys; each a set, empty for none. */
    private record Keys(String forward, String back, String stop, String pause, String restart, long skipMs) {

        static Keys of(Arguments arguments) {
            return new Keys(
                    arguments.get(1, "#"),
                    arguments.get(2, "*"),
                    arguments.get(3),
                    arguments.get(4),
                    arguments.get(5),
                    TimeLength.millis(arguments.get(6), SKIP_MS));
        }

        /** A key that has another meaning too has the other. */
        boolean goesForward(char key) {
            return forward.indexOf(key) >= 0 && !isOther(key);
        }

        boolean goesBack(char key) {
            return back.indexOf(key) >= 0 && !isOther(key);
        }

        private boolean isOther(char key) {
            return stop.indexOf(key) >= 0 || pause.indexOf(key) >= 0 || restart.indexOf(key) >= 0;
        }
    }

    void play(Call call, String data) {
        var arguments = Arguments.of(data);
        if (arguments.get(0).isBlank()) {
            throw new DialplanException("ControlPlayback needs the name of a sound");
        }
        var keys = Keys.of(arguments);
        var offsetMs = TimeLength.millis(OptionLetters.parse(arguments.get(7)).argument('o', ""), 0);
        var status = "ERROR";
        try {
            prompts.answer(call);
            var language = call.channel().language();
            var found = prompts.find(call, Arguments.split(arguments.get(0), '&', Arguments.MAX_COUNT), language);
            if (!found.sounds().isEmpty()) {
                status = serve(call, new PlaySource.Sounds(found.sounds()), keys, offsetMs);
            }
        } finally {
            runner.assign(call, "CPLAYBACKSTATUS", status);
        }
    }

    private String serve(Call call, PlaySource source, Keys keys, long offsetMs) {
        var playing = prompts.start(call, source);
        if (playing == null) {
            return "ERROR";
        }
        try (playing) {
            if (offsetMs > 0) {
                playing.seek(offsetMs);
            }
            return obey(call, playing, keys);
        }
    }

    private String obey(Call call, Playing playing, Keys keys) {
        while (true) {
            var key = playing.awaitDigit(Long.MAX_VALUE);
            if (key == null) {
                noteOffset(call, playing);
                return playing.isCompleted() ? "SUCCESS" : "REMOTESTOPPED";
            }
            if (keys.stop().indexOf(key) >= 0) {
                return stopped(call, playing, key);
            }
            if (keys.pause().indexOf(key) >= 0) {
                var stopKey = rest(playing, keys);
                if (stopKey != null) {
                    return stopped(call, playing, stopKey);
                }
            } else if (keys.restart().indexOf(key) >= 0) {
                playing.seek(-Integer.MAX_VALUE);
            } else if (keys.goesForward(key)) {
                playing.seek(keys.skipMs());
            } else if (keys.goesBack(key)) {
                playing.seek(-keys.skipMs());
            }
        }
    }

    /** Paused until the pause key comes again (null) or the stop key (which is given). */
    private static @org.jspecify.annotations.Nullable Character rest(Playing playing, Keys keys) {
        playing.pause(true);
        for (var key = playing.awaitDigit(Long.MAX_VALUE); key != null; key = playing.awaitDigit(Long.MAX_VALUE)) {
            if (keys.stop().indexOf(key) >= 0) {
                return key;
            }
            if (keys.pause().indexOf(key) >= 0) {
                break;
            }
        }
        playing.pause(false);
        return null;
    }

    private String stopped(Call call, Playing playing, char key) {
        noteOffset(call, playing);
        runner.assign(call, "CPLAYBACKSTOPKEY", String.valueOf(key));
        return "USERSTOPPED";
    }

    private void noteOffset(Call call, Playing playing) {
        runner.assign(call, "CPLAYBACKOFFSET", String.valueOf(playing.stop()));
    }
}
