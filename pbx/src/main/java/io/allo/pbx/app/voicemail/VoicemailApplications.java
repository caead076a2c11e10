package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications and functions of this room, given to a runner. */
public final class VoicemailApplications {

    private VoicemailApplications() {}

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, VoicemailWorld world) {
        add(runner, "VoiceMail", new LeaveMessage(runner, world)::leave);
        var visit = new VisitMailbox(runner, world);
        add(runner, "VoiceMailMain", visit::main);
        add(runner, "VMAuthenticate", visit::authenticate);
        add(runner, "VoiceMailPlayMsg", visit::playOne);
        var functions = new VoicemailFunctions(world);
        add(runner, "MailboxExists", (call, data) -> mailboxExists(runner, functions, call, data));
        runner.register(functions.all());
    }

    /** MailboxExists(box[@context]): VMBOXEXISTSSTATUS is SUCCESS or FAILED. */
    private static void mailboxExists(DialplanRunner runner, VoicemailFunctions functions, Call call, String data) {
        var comma = data.indexOf(',');
        var name = comma < 0 ? data : data.substring(0, comma);
        runner.assign(call, "VMBOXEXISTSSTATUS", functions.exists(name) ? "SUCCESS" : "FAILED");
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
