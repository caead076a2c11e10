package io.allo.pbx.app.records;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.record.CdrFold;

/** The applications of this room, given to a runner. */
public final class RecordApplications {

    private RecordApplications() {}

    /** Makes NoCDR and ResetCDR known to the runner. */
    public static void register(DialplanRunner runner) {
        runner.register(new Fact("NoCDR", "cdr_prop(disable)"), new Fact("ResetCDR", CdrFold.RESET));
    }

    /** Appends a field to the facts: 1 for NoCDR, the options for ResetCDR. */
    private record Fact(String name, String field) implements Application {

        @Override
        public void execute(Call call, String data) {
            var value = field.equals(CdrFold.RESET) ? data : "1";
            call.log()
                    .add(new CallEvent.RecordFieldSet(
                            call.clock().epochMillis(),
                            call.log().linkedId(),
                            call.channel().uniqueId(),
                            field,
                            value));
        }
    }
}
