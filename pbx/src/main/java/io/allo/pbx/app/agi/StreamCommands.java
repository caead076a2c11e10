package io.allo.pbx.app.agi;

import io.allo.media.port.PlaySource;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.Playing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** STREAM FILE, CONTROL STREAM FILE, GET OPTION: sounds that keys end. Positions are samples at 8000 Hz, as Asterisk counts them. */
final class StreamCommands {

    private static final long SKIP_MS = 3_000;
    private static final int SAMPLES_PER_MS = 8;

    private StreamCommands() {}

    static List<AgiCommand> all() {
        return List.of(
                AgiCommand.live(
                        "stream file",
                        "<filename> <escape digits> [sample offset]",
                        "Plays a sound, which any of the escape digits ends; \"\" for none.",
                        StreamCommands::stream),
                AgiCommand.live(
                        "get option",
                        "<filename> <escape digits> [timeout]",
                        "Plays a sound and waits for one of the escape digits, timeout milliseconds after it.",
                        StreamCommands::option),
                AgiCommand.live(
                        "control stream file",
                        "<filename> <escape digits> [skipms] [ffchar] [rewchr] [pausechr] [offsetms]",
                        "Plays a sound that the caller's keys move.",
                        StreamCommands::control));
    }

    /** What playing came to: the key that ended it or 0, how far it was, and whether there was a sound at all. */
    record Heard(char key, long positionMs, boolean found) {

        String reply() {
            return "200 result=" + (int) key + " endpos=" + positionMs * SAMPLES_PER_MS;
        }
    }

    /** Plays until one of these keys comes; told of a hangup, the reply says how far it was. */
    static Heard play(AgiSession session, String file, String keys, long offsetMs) {
        var call = session.call();
        var found =
                session.prompts().find(call, List.of(file), session.channel().language());
        var playing =
                found.sounds().isEmpty() ? null : session.prompts().start(call, new PlaySource.Sounds(found.sounds()));
        if (playing == null) {
            return new Heard((char) 0, offsetMs, false);
        }
        var began = call.clock().nanoTime();
        try (playing) {
            if (offsetMs > 0) {
                playing.seek(offsetMs);
            }
            var key = key(playing, keys);
            noteHangup(session, offsetMs, began);
            return new Heard(key == null ? (char) 0 : key, playing.stop(), true);
        } catch (CallEnded ended) {
            noteHangup(session, offsetMs, began);
            throw ended;
        }
    }

    private static void noteHangup(AgiSession session, long offsetMs, long beganNanos) {
        var heardMs = offsetMs + (session.call().clock().nanoTime() - beganNanos) / 1_000_000;
        session.onHangup("200 result=-1 endpos=" + heardMs * SAMPLES_PER_MS);
    }

    private static @Nullable Character key(Playing playing, String keys) {
        for (var key = playing.awaitDigit(Long.MAX_VALUE); key != null; key = playing.awaitDigit(Long.MAX_VALUE)) {
            if (keys.indexOf(key) >= 0) {
                return key;
            }
        }
        return null;
    }

    private static String stream(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 2, 3);
        var offset = arguments.size() > 2 ? Math.max(0, AgiCommand.number(arguments.get(2))) : 0;
        var heard = play(session, arguments.get(0), arguments.get(1), offset / SAMPLES_PER_MS);
        session.runner().assign(session.call(), "PLAYBACKSTATUS", heard.found() ? "SUCCESS" : "FAILED");
        return heard.found() ? heard.reply() : "200 result=0 endpos=" + offset;
    }

    private static String option(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 2, 3);
        var keys = arguments.get(1);
        var given = arguments.size() > 2 ? AgiCommand.number(arguments.get(2)) : 0;
        var waitMs = given > 0 ? given : session.channel().digitTimeoutMs();
        var heard = play(session, arguments.get(0), keys, 0);
        if (heard.key() != 0 || !heard.found()) {
            return heard.reply();
        }
        session.onHangup("200 result=-1 endpos=" + heard.positionMs() * SAMPLES_PER_MS);
        var key = new DigitReader(session.prompts()).digit(session.call(), waitMs);
        var chosen = key != null && keys.indexOf(key) >= 0 ? key : (char) 0;
        return new Heard(chosen, heard.positionMs(), true).reply();
    }

    /** The keys of CONTROL STREAM FILE. */
    private record Controls(String stop, String forward, String back, String pause, long skipMs) {}

    private static String control(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 2, 7);
        var skip = AgiCommand.optional(arguments, 2);
        var forward = AgiCommand.optional(arguments, 3);
        var back = AgiCommand.optional(arguments, 4);
        var offset = AgiCommand.optional(arguments, 6);
        var controls = new Controls(
                arguments.get(1),
                forward.isEmpty() ? "#" : forward,
                back.isEmpty() ? "*" : back,
                AgiCommand.optional(arguments, 5),
                skip.isEmpty() ? SKIP_MS : AgiCommand.number(skip));
        var offsetMs = offset.isEmpty() ? 0 : AgiCommand.number(offset);
        var call = session.call();
        var found = session.prompts()
                .find(call, List.of(arguments.getFirst()), session.channel().language());
        var playing =
                found.sounds().isEmpty() ? null : session.prompts().start(call, new PlaySource.Sounds(found.sounds()));
        if (playing == null) {
            session.runner().assign(call, "CPLAYBACKSTATUS", "ERROR");
            return session.failure("200 result=-1 endpos=" + offsetMs);
        }
        try (playing) {
            if (offsetMs > 0) {
                playing.seek(offsetMs);
            }
            return controlled(session, playing, controls);
        }
    }

    private static String controlled(AgiSession session, Playing playing, Controls controls) {
        var key = obey(playing, controls);
        var call = session.call();
        var positionMs = playing.stop();
        session.runner().assign(call, "CPLAYBACKOFFSET", String.valueOf(positionMs));
        if (key == null) {
            session.runner().assign(call, "CPLAYBACKSTATUS", playing.isCompleted() ? "SUCCESS" : "REMOTESTOPPED");
            return "200 result=0 endpos=" + positionMs;
        }
        session.runner().assign(call, "CPLAYBACKSTATUS", "USERSTOPPED");
        session.runner().assign(call, "CPLAYBACKSTOPKEY", String.valueOf(key));
        return "200 result=" + (int) key + " endpos=" + positionMs;
    }

    /** Moves the sound as the keys say; the key that stops it, null at its end. */
    private static @Nullable Character obey(Playing playing, Controls controls) {
        var paused = false;
        for (var key = playing.awaitDigit(Long.MAX_VALUE); key != null; key = playing.awaitDigit(Long.MAX_VALUE)) {
            if (controls.stop().indexOf(key) >= 0) {
                return key;
            }
            if (controls.pause().indexOf(key) >= 0) {
                paused = !paused;
                playing.pause(paused);
            } else if (controls.forward().indexOf(key) >= 0) {
                playing.seek(controls.skipMs());
            } else if (controls.back().indexOf(key) >= 0) {
                playing.seek(-controls.skipMs());
            }
        }
        return null;
    }
}
