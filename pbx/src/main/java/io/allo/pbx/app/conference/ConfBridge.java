package io.allo.pbx.app.conference;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;

/**
 * ConfBridge(conference,bridge profile,user profile,menu): a conference. Sets CONFBRIDGE_RESULT. Who can't come in is hung up, as in
 * Asterisk. ConfKick(conference,channel) throws out. Any thread.
 */
final class ConfBridge {

    private final ConferenceWorld world;
    private final DynamicProfiles profiles;
    private final Gate gate;

    ConfBridge(ConferenceWorld world, DynamicProfiles profiles, Gate gate) {
        this.world = world;
        this.profiles = profiles;
        this.gate = gate;
    }

    void enter(Call call, String data) {
        var arguments = Arguments.of(data, 4);
        var result = Result.FAILED;
        try {
            result = gate.enter(call, ticket(call, arguments));
        } catch (CallInterrupted interrupted) {
            result = Result.HANGUP;
            throw interrupted;
        } catch (DialplanException wrong) {
            call.problem("dialplan", "ConfBridge: " + wrong.getMessage(), "ConfBridge : " + wrong.getMessage());
        } finally {
            world.runner().assign(call, "CONFBRIDGE_RESULT", result.name());
        }
        if (result == Result.FAILED) {
            throw call.hangUp(HangupCause.NORMAL_CLEARING);
        }
    }

    private Ticket ticket(Call call, Arguments arguments) {
        var name = arguments.get(0).strip();
        if (name.isEmpty()) {
            throw new DialplanException("a conference needs a name, e.g. ConfBridge(100)");
        }
        var channel = call.channel();
        return Ticket.of(
                name,
                profiles.bridge(channel, arguments.get(1).strip()),
                profiles.user(channel, arguments.get(2).strip()),
                profiles.menu(channel, arguments.get(3).strip()));
    }

    /** ConfKick(conference[,channel]): that one; without one, or with "all", everybody; "participants": all but admins. Sets CONFKICKSTATUS. */
    void kick(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var whom = arguments.get(1).strip();
        var kicked = Rooms.kick(world.rooms(), arguments.get(0).strip(), whom.isEmpty() ? "all" : whom);
        world.runner().assign(call, "CONFKICKSTATUS", kicked ? "SUCCESS" : "FAILURE");
    }
}
