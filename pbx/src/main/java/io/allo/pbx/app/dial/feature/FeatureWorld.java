package io.allo.pbx.app.dial.feature;

import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What keys in a talk are joined to. Immutable, any thread.
 *
 * @param settings features.conf as it is now
 * @param pauseKey recording.conf's {@code pause_key}; empty: none
 * @param recordings those of a channel that are under way
 */
public record FeatureWorld(
        DialplanRunner runner,
        Prompts prompts,
        Supplier<FeatureSettings> settings,
        Supplier<String> pauseKey,
        Function<Channel, List<Recording>> recordings) {

    /** As without features.conf, where nothing is recorded. */
    public static FeatureWorld usual(DialplanRunner runner, Prompts prompts) {
        return new FeatureWorld(runner, prompts, () -> FeatureSettings.DEFAULT, () -> "", channel -> List.of());
    }

    /** The codes that both sides have without an option of Dial: those that their DYNAMIC_FEATURES name, and the pause of recordings. */
    public FeatureCodes codes(Call call, Channel first, Channel second) {
        var now = settings.get();
        var codes = new FeatureCodes(now.digitMs());
        for (var side : List.of(first, second)) {
            dynamic(call, side, codes, now);
        }
        var pause = new PauseKey(this);
        for (var side : List.of(first, second)) {
            codes.add(pauseKey.get(), side, () -> pause.isRecorded(first) || pause.isRecorded(second), pause);
        }
        return codes;
    }

    private void dynamic(Call call, Channel side, FeatureCodes codes, FeatureSettings now) {
        var names = side.variables().value("DYNAMIC_FEATURES");
        if (names == null) {
            return;
        }
        for (var name : names.split("#")) {
            var group = now.groups().get(name.strip());
            if (group != null) {
                group.forEach(feature -> codes.add(feature.keys(), side, new ApplicationKey(this, feature)));
            } else if (!name.isBlank()) {
                problem(
                        call,
                        "DYNAMIC_FEATURES names " + name.strip() + ", which features.conf [applicationmap] has not",
                        "DYNAMIC_FEATURES nomme " + name.strip() + ", absent de features.conf [applicationmap]");
            }
        }
    }

    /** One-touch recording by MixMonitor (automixmon), or by Monitor (automon); a problem if features.conf gives it no keys. */
    public void oneTouch(Call call, Channel side, boolean mixed, FeatureCodes codes) {
        var now = settings.get();
        var keys = mixed ? now.oneTouchMix() : now.oneTouchMonitor();
        var name = mixed ? "automixmon" : "automon";
        if (keys.isEmpty()) {
            problem(
                    call,
                    "one-touch recording needs keys: " + name + " => *3 in features.conf [featuremap]",
                    "l'enregistrement par touche demande des touches : " + name
                            + " => *3 dans features.conf [featuremap]");
        }
        codes.add(keys, side, new OneTouchRecording(this, mixed));
    }

    /** Runs something on a side of the bridge; a side that hangs up meanwhile ends the bridge as it always does. */
    void on(Bridge bridge, Channel side, Runnable body) {
        try {
            bridge.call().runOn(side, body);
        } catch (CallEnded ended) {
            if (bridge.first() == side) {
                throw ended;
            }
        } catch (DialplanException wrong) {
            problem(bridge.call(), String.valueOf(wrong.getMessage()), String.valueOf(wrong.getMessage()));
        }
    }

    /** Plays sounds ({@code &} between them) to one side, while the two do not hear each other. */
    void play(Bridge bridge, Channel side, String sounds) {
        if (!sounds.isBlank() && !side.isHungUp()) {
            on(bridge, side, () -> prompts.play(bridge.call(), Arrays.asList(sounds.split("&"))));
        }
    }

    void problem(Call call, String english, String french) {
        call.problem("feature", english, french);
    }
}
