package io.allo.pbx.app.dial;

import io.allo.media.audio.ToneZone;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.run.Crossroads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A side that presses # and a number sends the other there (t for the called side, T for the caller). Numbers are looked up
 * in TRANSFER_CONTEXT, else in the caller's context. Owned by the call.
 */
final class BlindTransfer implements BridgeFeature {

    /** The key, as features.conf has it when nothing is set. */
    static final char KEY = '#';

    /** How long a digit may take (features.conf: transferdigittimeout). */
    private static final long DIGIT_MS = 3_000;

    private final DialWorld world;
    private final @Nullable Channel caller;
    private final @Nullable Channel callee;
    private @Nullable Channel by;
    private @Nullable DialplanLocation target;

    BlindTransfer(DialWorld world, @Nullable Channel caller, @Nullable Channel callee) {
        this.world = world;
        this.caller = caller;
        this.callee = callee;
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
    public boolean listensTo(Channel side) {
        return side == caller || side == callee;
    }

    @Override
    public Outcome onDigit(Bridge bridge, Channel from, char digit) {
        if (digit != KEY) {
            return Outcome.CONTINUE;
        }
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
        var runner = world.runner();
        var prompts = world.prompts();
        prompts.tone(call, ToneZone.DIAL).ifPresent(tone -> prompts.startTones(call, tone));
        var number = new StringBuilder();
        while (number.length() < Crossroads.MAX_DIGITS) {
            var digit = runner.crossroads().digit(call, DIGIT_MS);
            prompts.stopTones(call);
            if (digit == null || digit == KEY) {
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
        var place = new DialplanLocation(context, number.toString(), 1);
        if (!number.isEmpty() && runner.exists(call, place)) {
            target = place;
            return;
        }
        call.problem(
                "transfer",
                "a transfer to \"" + number + "\" failed: it is no extension of " + context,
                "un transfert vers « " + number + " » a échoué : pas d'extension de ce nom dans " + context);
        prompts.play(call, List.of("pbx-invalid"));
    }
}
