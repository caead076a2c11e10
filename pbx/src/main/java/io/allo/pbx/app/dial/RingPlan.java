package io.allo.pbx.app.dial;

import io.allo.media.audio.ToneSequence;
import io.allo.media.audio.ToneZone;
import io.allo.media.port.PlaySource;
import io.allo.pbx.app.Places;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.call.ring.RingOptions;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.endpoint.CallerIdText;
import org.jspecify.annotations.Nullable;

/** What Dial's options say about the time while it rings. Made for one Dial; owned by the call. */
final class RingPlan {

    private final DialWorld world;
    private final Call call;
    private final Channel caller;
    private final DialRequest request;
    private final StringBuilder pressed = new StringBuilder();
    private @Nullable DialplanLocation exit;

    RingPlan(DialWorld world, Call call, DialRequest request) {
        this.world = world;
        this.call = call;
        this.caller = call.channel();
        this.request = request;
    }

    /** Where a digit of the caller has sent him (d); null if none has. */
    @Nullable
    DialplanLocation exit() {
        return exit;
    }

    RingOptions options() {
        var heard = request.has('m')
                ? RingOptions.Heard.MUSIC
                : request.has('r')
                        ? RingOptions.Heard.RINGING
                        : request.has('R') ? RingOptions.Heard.RINGING_UNTIL_MEDIA : RingOptions.Heard.AS_IT_IS;
        var ring = world.prompts().tone(call, ToneZone.RING).orElse(RingOptions.RING);
        return new RingOptions(
                request.timeoutMs() == Long.MAX_VALUE ? Long.MAX_VALUE : call.inMillis(request.timeoutMs()),
                heard,
                ring,
                sound(),
                !request.has('i'),
                request.has('z'),
                cancelCause(),
                this::prepare,
                this::digit);
    }

    /** r(tone): its name in the caller's country, or written out; m(class): music. */
    private @Nullable PlaySource sound() {
        if (request.has('m')) {
            return world.prompts().music().source(call, request.argument('m'));
        }
        var wanted = request.argument('r');
        if (!request.has('r') || wanted.isEmpty()) {
            return null;
        }
        var known = world.prompts().tone(call, wanted);
        if (known.isPresent()) {
            return new PlaySource.Tones(known.get());
        }
        try {
            return new PlaySource.Tones(ToneSequence.parse(wanted));
        } catch (IllegalArgumentException unreadable) {
            problem("there is no tone " + wanted + " for option r: it rings as usual");
            return null;
        }
    }

    private @Nullable HangupCause cancelCause() {
        if (request.has('c')) {
            return HangupCause.ANSWERED_ELSEWHERE;
        }
        if (!request.has('Q') || request.argument('Q').equalsIgnoreCase("NONE")) {
            return null;
        }
        var cause = HangupCause.parse(request.argument('Q'));
        if (cause == null) {
            problem(request.argument('Q') + " is no hangup cause for option Q");
        }
        return cause;
    }

    private void prepare(Channel channel) {
        if (!request.argument('f').isEmpty()) {
            channel.connectedLine(CallerIdText.parse(request.argument('f')));
        }
        if (request.has('u')) {
            channel.connectedLine(channel.connectedLine().withPresentation(presentation(request.argument('u'))));
        }
        if (request.has('o')) {
            var wanted = request.argument('o');
            channel.callerId(wanted.isEmpty() ? caller.callerId() : CallerIdText.parse(wanted));
        }
        if (request.has('b')) {
            before(channel);
        }
    }

    private PartyId.Presentation presentation(String label) {
        for (var presentation : PartyId.Presentation.values()) {
            if (presentation.label().equalsIgnoreCase(label)) {
                return presentation;
            }
        }
        if (!label.isEmpty()) {
            problem(label + " is no presentation for option u: the number is hidden");
        }
        return PartyId.Presentation.PROHIBITED;
    }

    /** b: a subroutine on the channel that is about to be dialed. */
    private void before(Channel channel) {
        try {
            var routine = Places.routine(world.runner(), call, request.argument('b'));
            call.runOn(channel, () -> world.runner().subroutine(call, routine.start(), routine.arguments()));
        } catch (DialplanException missing) {
            problem("option b: " + missing.getMessage());
        } catch (CallEnded ended) {
            if (!channel.isHungUp()) {
                throw ended;
            }
        }
    }

    private boolean digit(int digit) {
        pressed.append((char) digit);
        var disconnect = world.features().settings().get().disconnect();
        if (request.has('H') && !disconnect.isEmpty() && pressed.toString().endsWith(disconnect)) {
            return true;
        }
        if (!request.has('d')) {
            return false;
        }
        var wanted = caller.variables().value("EXITCONTEXT");
        var context = wanted == null || wanted.isEmpty() ? caller.location().context() : wanted;
        var place = new DialplanLocation(context, String.valueOf((char) digit), 1);
        if (!world.runner().exists(call, place)) {
            return false;
        }
        exit = place;
        return true;
    }

    private void problem(String english) {
        call.problem("dial-option", "Dial: " + english, "Dial : " + english);
    }
}
