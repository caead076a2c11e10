package io.allo.pbx.app.dial;

import io.allo.pbx.app.Places;
import io.allo.pbx.app.dial.feature.FeatureCodes;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.prompt.HoldMusic;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the moment somebody answered: what is done with him first, the two talking, and who goes where when it ends. Made
 * for one Dial; owned by the call.
 */
final class Talk {

    private final DialWorld world;
    private final Call call;
    private final Channel caller;
    private final Channel callee;
    private final DialRequest request;
    private final Limits limits;
    private @Nullable BlindTransfer transfer;
    private boolean handedOver;

    Talk(DialWorld world, Call call, Channel callee, DialRequest request) {
        this.world = world;
        this.call = call;
        this.caller = call.channel();
        this.callee = callee;
        this.request = request;
        this.limits = new Limits(world, call, callee, request);
    }

    /** Returns when the dialplan goes on, always true. @throws CallEnded if the caller is over, then or now */
    boolean run() {
        try {
            caller.variables().set("BRIDGEPEER", callee.name());
            callee.variables().set("BRIDGEPEER", caller.name());
            announce();
            digits(callee, part(request.argument('D'), 0));
            if (routine() && !callee.isHungUp()) {
                connect();
            }
            return true;
        } finally {
            if (!handedOver) {
                callee.hangUp(caller.isHungUp() ? caller.hangupCause() : HangupCause.NORMAL_CLEARING);
                call.letGoWhenReleased(callee);
            }
        }
    }

    // ---- before they talk

    /** A(x:y): x is played to the called side, y to the caller; they talk when the called side has heard it. */
    private void announce() {
        if (!request.has('A')) {
            return;
        }
        var toCallee = sounds(part(request.argument('A'), 0));
        var toCaller = sounds(part(request.argument('A'), 1));
        if (!toCaller.isEmpty()) {
            answerCaller();
            limits.play(caller, toCaller);
        }
        onCallee(() -> world.prompts().play(call, toCallee));
    }

    private static List<String> sounds(String names) {
        return names.isBlank() ? List.of() : Arrays.asList(names.split("&"));
    }

    private static String part(String text, int index) {
        var parts = text.split(":", -1);
        return index < parts.length ? parts[index].strip() : "";
    }

    /** Sends digits; w waits half a second, W a second. */
    private void digits(Channel to, String digits) {
        for (var piece : digits.split("(?=[wW])|(?<=[wW])")) {
            if (piece.equalsIgnoreCase("w")) {
                call.pause(piece.equals("w") ? 500 : 1_000);
            } else if (!piece.isEmpty() && !to.isHungUp()) {
                Runnable send = () -> world.prompts().sendDigits(call, piece, DIGIT_MS, DIGIT_GAP_MS);
                if (to == callee) {
                    onCallee(send);
                } else {
                    send.run();
                }
            }
        }
    }

    /** Does something with the called side as the one that runs; false if it hung up meanwhile. */
    private boolean onCallee(Runnable body) {
        try {
            call.runOn(callee, body);
        } catch (CallEnded ended) {
            if (!callee.isHungUp()) {
                throw ended;
            }
        }
        if (caller.isHungUp()) {
            throw new CallEnded(caller.hangupWhy());
        }
        return !callee.isHungUp() || leftEarly();
    }

    private boolean leftEarly() {
        calleeLeft();
        return false;
    }

    /** U and M: a subroutine on the called side, whose GOSUB_RESULT (MACRO_RESULT) decides. True if they are to talk. */
    private boolean routine() {
        for (var option : new char[] {'M', 'U'}) {
            if (!request.has(option)) {
                continue;
            }
            try {
                var routine =
                        Places.called(world.runner(), call, option == 'M' ? "macro-" : "", request.argument(option));
                if (!onCallee(() -> world.runner().subroutine(call, routine.start(), routine.arguments()))) {
                    return false;
                }
            } catch (DialplanException missing) {
                problem("option " + option + ": " + missing.getMessage());
                continue;
            }
            var result = callee.variables().value(option == 'M' ? "MACRO_RESULT" : "GOSUB_RESULT");
            if (result != null && !result.isBlank()) {
                return decide(result.strip());
            }
        }
        return true;
    }

    private boolean decide(String result) {
        switch (result.replaceFirst("[:^].*", "").toUpperCase(java.util.Locale.ROOT)) {
            case "ABORT" -> throw call.hangUp(HangupCause.NORMAL_CLEARING);
            case "BUSY" -> refuse("BUSY", HangupCause.USER_BUSY);
            case "CONGESTION" -> refuse("CONGESTION", HangupCause.CONGESTION);
            case "CONTINUE" -> {}
            case "GOTO" ->
                caller.location(
                        Places.of(world.runner(), call, result.substring(Math.min(result.length(), "GOTO:".length()))));
            default -> {
                problem("a called side's subroutine set GOSUB_RESULT to " + result + ", which means nothing");
                return true;
            }
        }
        return false;
    }

    private void refuse(String status, HangupCause cause) {
        caller.variables().set("DIALSTATUS", status);
        caller.noteCause(cause);
    }

    // ---- talking

    private void connect() {
        if (request.has('G')) {
            partWays(Places.of(world.runner(), call, request.argument('G')));
            return;
        }
        introduce();
        answerCaller();
        digits(caller, part(request.argument('D'), 1));
        var bridge = new Bridge(call, world.media(), caller, callee, features());
        if (request.has('I')) {
            bridge.ignoreConnectedLine();
        }
        try {
            bridge.run();
        } catch (CallEnded ended) {
            callerLeft();
            throw ended;
        }
        ended();
    }

    /** G: the caller goes to one place, the called side to the priority behind it. */
    private void partWays(DialplanLocation place) {
        handOver(place.withPriority(place.priority() + 1));
        caller.location(place);
    }

    private void introduce() {
        if (!request.has('I')) {
            caller.connectedLine(callee.callerId());
            if (caller.isUp()) {
                caller.updateConnectedLine(callee.callerId());
            }
        }
    }

    private void answerCaller() {
        caller.answer();
        if (caller.isHungUp()) {
            throw new CallEnded(caller.hangupWhy());
        }
    }

    private List<BridgeFeature> features() {
        var features = new ArrayList<BridgeFeature>();
        features.add(codes());
        features.addAll(limits.features());
        features.add(new HoldMusic(world.prompts().music()));
        return features;
    }

    /** The keys that mean something: those of the options, then what both sides have in any case. */
    private FeatureCodes codes() {
        var settings = world.features().settings().get();
        var codes = world.features().codes(call, caller, callee);
        for (var side : List.of(caller, callee)) {
            var mine = side == caller;
            if (request.has(mine ? 'H' : 'h')) {
                codes.add(settings.disconnect(), side, (bridge, from) -> BridgeFeature.Outcome.END);
            }
            if (request.has(mine ? 'T' : 't')) {
                transfer = transfer == null ? new BlindTransfer(world) : transfer;
                codes.add(settings.blindTransfer(), side, transfer);
            }
            if (request.has(mine ? 'X' : 'x')) {
                world.features().oneTouch(call, side, true, codes);
            }
            if (request.has(mine ? 'W' : 'w')) {
                world.features().oneTouch(call, side, false, codes);
            }
        }
        return codes;
    }

    // ---- the end

    /** The bridge ended but not by the caller. */
    private void ended() {
        limits.timeOver();
        var target = transfer == null ? null : transfer.target();
        if (transfer != null && target != null) {
            if (transfer.by() == callee) {
                caller.variables().set("BLINDTRANSFER", callee.name());
                caller.payer(callee.payer());
                caller.location(target);
                return;
            }
            callee.variables().set("BLINDTRANSFER", caller.name());
            callee.payer(caller.payer());
            handOver(target);
        }
        calleeLeft();
    }

    /** Without g the caller's call is over with the called side's. */
    private void calleeLeft() {
        var cause = callee.isHungUp() ? callee.hangupCause() : HangupCause.NORMAL_CLEARING;
        caller.noteCause(cause);
        peersEnd();
        if (!request.has('g')) {
            throw call.hangUp(cause);
        }
    }

    /** F: the called side goes on in the dialplan alone; e: or only to h. */
    private void callerLeft() {
        if (callee.isHungUp() || !request.has('F')) {
            peersEnd();
            return;
        }
        var here = caller.location();
        try {
            handOver(
                    request.argument('F').isEmpty()
                            ? here.withPriority(here.priority() + 1)
                            : Places.of(world.runner(), call, request.argument('F')));
        } catch (DialplanException missing) {
            problem("option F: " + missing.getMessage());
        }
    }

    /** e: h runs for the called side too. */
    private void peersEnd() {
        var h = new DialplanLocation(caller.location().context(), "h", 1);
        if (request.has('e') && !handedOver && world.runner().exists(call, h)) {
            callee.hangUp(HangupCause.NORMAL_CLEARING);
            handOver(h);
        }
    }

    /** From now on the called side is a call of its own. */
    private void handOver(DialplanLocation place) {
        call.letGo(callee);
        handedOver = world.calls().start(callee, world.runner().script(place));
        if (!handedOver) {
            call.adopt(callee);
            problem("no more calls are taken now: " + callee.name() + " can't go on");
        }
    }

    private void problem(String english) {
        call.problem("dial-option", "Dial: " + english, "Dial : " + english);
    }

    private static final int DIGIT_MS = 100;
    private static final int DIGIT_GAP_MS = 250;
}
