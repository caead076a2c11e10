package io.allo.pbx.app.agi;

import io.allo.io.recording.RecordingException;
import io.allo.io.recording.SoundRecording;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingHappened;
import io.allo.pbx.call.recording.RecordingRequest;
import io.allo.pbx.dialplan.DialplanException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** RECORD FILE: what the caller says, until a key, a silence or a time. */
final class RecordCommands {

    private static final int SAMPLES_PER_MS = 8;

    private RecordCommands() {}

    static List<AgiCommand> all(AgiWorld world) {
        return List.of(AgiCommand.live(
                "record file",
                "<filename> <format> <escape digits> <timeout> [offset samples] [BEEP] [s=silence]",
                "Records until one of the escape digits, timeout milliseconds (-1: no limit), or so many seconds of silence.",
                (session, arguments) -> record(session, arguments, world)));
    }

    /** What is asked; an offset is not: a recording begins anew. */
    private record Wish(Path path, String keys, long timeoutMs, boolean beep, long silenceMs) {

        static Wish of(List<String> arguments, Path sounds) {
            AgiCommand.need(arguments, 4, 7);
            var beep = false;
            var silenceMs = 0L;
            for (var option : arguments.subList(4, arguments.size())) {
                if (option.equalsIgnoreCase("beep")) {
                    beep = true;
                } else if (option.toLowerCase(Locale.ROOT).startsWith("s=")) {
                    silenceMs = Math.max(0, AgiCommand.number(option.substring(2))) * 1_000;
                } else {
                    AgiCommand.number(option);
                }
            }
            try {
                var path =
                        sounds.resolve(arguments.get(0) + "." + arguments.get(1).toLowerCase(Locale.ROOT));
                return new Wish(
                        path.toAbsolutePath().normalize(),
                        arguments.get(2),
                        AgiCommand.number(arguments.get(3)),
                        beep,
                        silenceMs);
            } catch (InvalidPathException noName) {
                throw new AgiCommand.Usage();
            }
        }
    }

    private static String record(AgiSession session, List<String> arguments, AgiWorld world) {
        var wish = Wish.of(arguments, world.sounds().get());
        if (wish.beep()) {
            session.prompts().play(session.call(), List.of("beep"));
        }
        try {
            var recording = world.recorder()
                    .start(
                            session.channel(),
                            RecordingRequest.of(wish.path(), "agi")
                                    .limits(Math.max(0, wish.timeoutMs()), wish.silenceMs(), 0));
            return listen(session, wish, recording);
        } catch (RecordingException unwritable) {
            session.failure("");
            throw new DialplanException(String.valueOf(unwritable.getMessage()));
        }
    }

    private static String listen(AgiSession session, Wish wish, Recording recording) {
        var call = session.call();
        var deadline = wish.timeoutMs() > 0 ? call.inMillis(wish.timeoutMs()) : Long.MAX_VALUE;
        try {
            while (true) {
                var received = call.await(deadline);
                if (session.channel().isHungUp()) {
                    session.onHangup(ended(recording, -1, "hangup"));
                    return "";
                }
                if (received == null) {
                    return ended(recording, 0, "timeout");
                }
                if (received.event() instanceof ChannelEvent.Digit digit
                        && wish.keys().indexOf(digit.digit()) >= 0) {
                    return ended(recording, digit.digit(), "dtmf");
                }
                if (received.event() instanceof RecordingHappened happened
                        && happened.recording().equals(recording.id())) {
                    return happened.what() == SoundRecording.Signal.FAILED
                            ? session.failure(ended(recording, -1, "writefile"))
                            : ended(recording, 0, "timeout");
                }
            }
        } catch (CallEnded hungUp) {
            session.onHangup(ended(recording, -1, "hangup"));
            throw hungUp;
        }
    }

    private static String ended(Recording recording, int result, String how) {
        var lengthMs = recording.lengthMs();
        var finished = recording.stop();
        var ms = finished == null ? lengthMs : finished.lengthMs();
        return "200 result=" + result + " (" + how + ") endpos=" + ms * SAMPLES_PER_MS;
    }
}
