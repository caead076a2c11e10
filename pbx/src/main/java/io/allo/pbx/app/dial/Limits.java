package io.allo.pbx.app.dial;

import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.BridgeFeature;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Say;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.List;

/** How long Dial lets two talk: L(limit:warning:repeat) in milliseconds, S(seconds). Made for one Dial; owned by the call. */
final class Limits {

    private static final ToneSequence BEEP = ToneSequence.parse("!1400/300");

    private final DialWorld world;
    private final Call call;
    private final Channel caller;
    private final Channel callee;
    private final DialRequest request;
    private final List<TalkLimit> limits = new ArrayList<>();

    Limits(DialWorld world, Call call, Channel callee, DialRequest request) {
        this.world = world;
        this.call = call;
        this.caller = call.channel();
        this.callee = callee;
        this.request = request;
    }

    List<? extends BridgeFeature> features() {
        var now = call.clock().nanoTime();
        if (request.has('L')) {
            var parts = request.argument('L').split(":", -1);
            var limitMs = millis(parts, 0);
            if (limitMs > 0) {
                limits.add(new TalkLimit(now, limitMs, millis(parts, 1), millis(parts, 2), this::warn));
                playIfNamed("LIMIT_CONNECT_FILE");
            }
        }
        if (request.has('S')) {
            try {
                limits.add(new TalkLimit(now, TimeLength.seconds(request.argument('S'), 0), 0, 0, left -> {}));
            } catch (DialplanException unreadable) {
                problem("option S: " + unreadable.getMessage());
            }
        }
        return limits;
    }

    private long millis(String[] parts, int index) {
        var text = index < parts.length ? parts[index].strip() : "";
        if (text.matches("[0-9]{0,12}")) {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        }
        problem("option L takes milliseconds, not " + text);
        return 0;
    }

    /** After the bridge: if the time was over, the sound for that. */
    void timeOver() {
        if (limits.stream().anyMatch(TalkLimit::isOver)) {
            var file = variable("LIMIT_TIMEOUT_FILE");
            if (!file.isEmpty() && hears("LIMIT_PLAYAUDIO_CALLER", true)) {
                world.prompts().play(call, List.of(file));
            }
        }
    }

    private void warn(long leftMs) {
        var file = variable("LIMIT_WARNING_FILE");
        for (var side : listeners()) {
            play(side, file.isEmpty() || file.equals("timeleft") ? timeLeft(side, leftMs) : List.of(file));
        }
    }

    private void playIfNamed(String variable) {
        var file = variable(variable);
        if (!file.isEmpty()) {
            listeners().forEach(side -> play(side, List.of(file)));
        }
    }

    private List<Channel> listeners() {
        var sides = new ArrayList<Channel>();
        if (hears("LIMIT_PLAYAUDIO_CALLER", true)) {
            sides.add(caller);
        }
        if (hears("LIMIT_PLAYAUDIO_CALLEE", false)) {
            sides.add(callee);
        }
        return sides;
    }

    private static List<String> timeLeft(Channel side, long leftMs) {
        var say = Say.in(side.language());
        var words = new ArrayList<String>();
        words.add("vm-youhave");
        var seconds = leftMs / 1000;
        if (seconds >= 60) {
            words.addAll(say.number(seconds / 60, Gender.FEMININE));
            words.add("queue-minutes");
        }
        if (seconds % 60 > 0) {
            words.addAll(say.number(seconds % 60, Gender.FEMININE));
            words.add("queue-seconds");
        }
        return words;
    }

    /** Begins to play in place of what the side hears, and goes on at once; a beep where nothing is recorded. */
    void play(Channel side, List<String> names) {
        call.runOn(side, () -> {
            var found = world.prompts().find(call, names, side.language()).sounds();
            world.prompts().start(call, found.isEmpty() ? new PlaySource.Tones(BEEP) : new PlaySource.Sounds(found));
        });
    }

    private boolean hears(String variable, boolean otherwise) {
        var text = variable(variable);
        return text.isEmpty() ? otherwise : text.matches("(?i)yes|true|on|1|y|t");
    }

    private String variable(String name) {
        return world.runner().variable(call, name);
    }

    private void problem(String english) {
        call.problem("dial-option", "Dial: " + english, "Dial : " + english);
    }
}
