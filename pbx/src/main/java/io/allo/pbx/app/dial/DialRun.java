package io.allo.pbx.app.dial;

import io.allo.pbx.app.Places;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.ring.DialStatus;
import io.allo.pbx.call.ring.Ringing;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.record.CdrFold;
import java.util.List;

/** One execution of Dial: the time while it rings, and what the caller is told of how it ended. Owned by the call. */
final class DialRun {

    private final DialWorld world;
    private final Call call;
    private final Channel caller;
    private final DialRequest request;

    DialRun(DialWorld world, Call call, DialRequest request) {
        this.world = world;
        this.call = call;
        this.caller = call.channel();
        this.request = request;
    }

    /**
     * Rings and lets them talk.
     *
     * @return true if it is over: somebody answered, or the caller went elsewhere; false if nobody answered
     * @throws CallInterrupted if the caller is over or the dialplan goes on elsewhere
     */
    boolean run() {
        status(DialStatus.INVALIDARGS);
        set("DIALEDPEERNAME", "");
        set("DIALEDPEERNUMBER", "");
        if (request.targets().isEmpty()) {
            problem("Dial needs somebody to call, e.g. Dial(PJSIP/alice,20)", "Dial doit savoir qui appeler");
            throw call.hangUp(HangupCause.NORMAL_CLEARING);
        }
        var times = new DialTimes(caller, call.clock());
        if (call.isAfterHangup()) {
            status(DialStatus.CANCEL);
            problem("the caller is gone: nobody is called for him", "l'appelant est parti : personne n'est appelé");
            return true;
        }
        before();
        try {
            return ring(times);
        } finally {
            times.ended();
        }
    }

    /** B: a subroutine on the caller's channel; a: he is answered first; C: his record begins anew. */
    private void before() {
        if (request.has('B')) {
            try {
                var routine = Places.routine(world.runner(), call, request.argument('B'));
                world.runner().subroutine(call, routine.start(), routine.arguments());
            } catch (DialplanException missing) {
                problem("option B: " + missing.getMessage(), "option B : " + missing.getMessage());
            }
        }
        if (request.has('a')) {
            caller.answer();
        }
        if (request.has('C')) {
            caller.log()
                    .add(new CallEvent.RecordFieldSet(
                            call.clock().epochMillis(), caller.log().linkedId(), caller.uniqueId(), CdrFold.RESET, ""));
        }
    }

    private boolean ring(DialTimes times) {
        var plan = new RingPlan(world, call, request);
        status(DialStatus.CANCEL);
        try (var ringing =
                Ringing.start(call, world.destinations(), world.media(), request.targets(), plan.options())) {
            var callee = ringing.awaitAnswer();
            times.rang(ringing);
            status(ringing.status());
            if (callee == null) {
                return unanswered(ringing, plan);
            }
            times.answered();
            set("DIALEDPEERNAME", callee.name());
            set("DIALEDPEERNUMBER", resource(ringing.dialString(callee)));
            return new Talk(world, call, callee, request).run();
        }
    }

    private boolean unanswered(Ringing ringing, RingPlan plan) {
        caller.noteCause(ringing.cause());
        if (ringing.isForbidden()) {
            tellForbidden();
        }
        var exit = plan.exit();
        if (exit == null) {
            return false;
        }
        caller.location(exit);
        return true;
    }

    /** Says once for each extension that the call can't be made, before an answer and without one. */
    private void tellForbidden() {
        var told = caller.variables().value(TOLD);
        var extension = caller.location().extension();
        if (extension.equals(told) || caller.isHungUp()) {
            return;
        }
        set(TOLD, extension);
        var found = world.prompts().find(call, FORBIDDEN_PROMPT, caller.language());
        if (!found.sounds().isEmpty() && world.prompts().isAudible(call)) {
            world.prompts().play(call, FORBIDDEN_PROMPT);
        }
    }

    private static String resource(String dialString) {
        return dialString.substring(dialString.indexOf('/') + 1);
    }

    private void status(DialStatus status) {
        set("DIALSTATUS", status.name());
    }

    private void set(String name, String value) {
        caller.variables().set(name, value);
    }

    private void problem(String english, String french) {
        call.problem("dial", english, french);
    }

    private static final String TOLD = "ALLO_REFUSAL_TOLD";

    /** "Your call can't be completed as dialed", "the number is not in service": both are in Asterisk's sets. */
    private static final List<String> FORBIDDEN_PROMPT = List.of("cannot-complete-as-dialed|ss-noservice");
}
