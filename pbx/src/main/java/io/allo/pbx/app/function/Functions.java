package io.allo.pbx.app.function;

import io.allo.pbx.dialplan.run.DialplanRunner;

/** The functions of this room, given to a runner. */
public final class Functions {

    private Functions() {}

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, FunctionWorld world) {
        var table = new FunctionTable(runner);
        var values = new Values(runner);
        new CallerFunctions().register(table);
        new ChannelFunctions(world.calls()).register(table);
        new CdrFunctions(runner).register(table);
        new TimeoutFunctions().register(table);
        new LogicFunctions(values, world.random()).register(table);
        new VariableFunctions(values, world.calls()).register(table);
        new TextFunctions(values).register(table);
    }
}
