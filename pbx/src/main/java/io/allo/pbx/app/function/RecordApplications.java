package io.allo.pbx.app.function;

import io.allo.pbx.dialplan.DialplanException;

/** SetAMAFlags and ForkCDR, the older ways to do what CDR() does. Stateless. */
final class RecordApplications {

    private final RecordFields fields = new RecordFields();

    void register(FunctionTable table) {
        table.application("SetAMAFlags", (call, flag) -> fields.set(call, "amaflags", RecordFields.amaFlags(flag)));
        table.application("ForkCDR", (call, data) -> {
            throw new DialplanException("ForkCDR is passed over: each leg has a record of its own already");
        });
    }
}
