package io.allo.pbx.app.dial;

import io.allo.media.audio.ToneZone;
import io.allo.pbx.app.dial.feature.FeatureCodes;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature.Outcome;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.run.Crossroads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A side that presses its code (# if features.conf says nothing else) and a number sends the other there (t for the called side, T for the caller). Numbers are looked up
 * in TRANSFER_CONTEXT, else in the caller's context; TRANSFER_EXTEN is a number that is not asked for. Owned by the call.
 */
final class BlindTransfer implements FeatureCodes.Action {

    /** Ends the number. */
    private static final char END_KEY = '#';

    private final DialWorld world;
    private @Nullable Channel by;
    private @Nullable DialplanLocation target;

    BlindTransfer(DialWorld world) {
        this.world = world;
    }

    /** Where the other side is sent; null if nobody has sent it. */
    @Nullable
    DialplanLocation target() {
        return target;
    }

    /** Who sent it. */
    @Nullable
    Channel by() {
        return by;
    }

    @Override
    public Outcome run(Bridge bridge, Channel from) {
        bridge.separate();
        var call = bridge.call();
        var context = context(bridge, from);
        try {
            call.runOn(from, () -> ask(call, context));
        } catch (CallEnded ended) {
            if (bridge.first() == from) {
                throw ended;
            }
        }
        if (target != null) {
            by = from;
            return Outcome.END;
        }
        bridge.join();
        return Outcome.CONSUMED;
    }

    private static String context(Bridge bridge, Channel from) {
        var own = from.variables().value("TRANSFER_CONTEXT");
        var callers = own == null ? bridge.first().variables().value("TRANSFER_CONTEXT") : own;
        return callers == null || callers.isEmpty() ? bridge.first().location().context() : callers;
    }

    private void ask(Call call, String context) {
        var settings = world.features().settings().get();
        var runner = world.runner();
        var prompts = world.prompts();
        var fixed = call.channel().variables().value("TRANSFER_EXTEN");
        if (fixed != null && !fixed.isBlank()) {
            go(call, context, fixed.strip());
            return;
        }
        prompts.tone(call, ToneZone.DIAL).ifPresent(tone -> prompts.startTones(call, tone));
        var number = new StringBuilder();
        while (number.length() < Crossroads.MAX_DIGITS) {
            var digit = runner.crossroads().digit(call, settings.transferDigitMs());
            prompts.stopTones(call);
            if (digit == null || digit == END_KEY) {
                break;
            }
            number.append(digit.charValue());
            if (!runner.dialplan()
                    .matchMore(
                            context,
                            number.toString(),
                            call.channel().callerId().number(),
                            runner.now())) {
                break;
            }
        }
        go(call, context, number.toString());
    }

    private void go(Call call, String context, String number) {
        var place = new DialplanLocation(context, number, 1);
        if (!number.isEmpty() && world.runner().exists(call, place)) {
            target = place;
            return;
        }
        call.problem(
                "transfer",
                "a transfer to \"" + number + "\" failed: it is no extension of " + context,
                "un transfert vers « " + number + " » a échoué : pas d'extension de ce nom dans " + context);
        world.prompts()
                .play(
                        call,
                        List.of(world.features()
                                .settings()
                                .get()
                                .transferFailSound()
                                .split("&")));
    }
}
