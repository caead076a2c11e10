package io.allo.pbx.app.function;

import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.settings.AsteriskSettings;
import java.util.Map;

/** The functions of this room and the applications that go with them, given to a runner. */
public final class Functions {

    private Functions() {}

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, FunctionWorld world) {
        runner.constants(constants(world.asterisk().get()));
        var table = new FunctionTable(runner);
        var values = new Values(runner);
        new CallerFunctions().register(table);
        new ChannelFunctions(world.calls()).register(table);
        new CdrFunctions(runner).register(table);
        new RecordApplications().register(table);
        new TimeoutFunctions().register(table);
        new LogicFunctions(values, world.random()).register(table);
        new VariableFunctions(values, world.calls()).register(table);
        new TextFunctions(values).register(table);
        new ListFunctions(values).register(table);
        new HashFunctions(values).register(table);
        new CodeFunctions(world.random()).register(table);
        new TimeFunctions(values).register(table);
        new DatabaseFunctions(world.database()).register(table);
        new GroupFunctions().register(table);
        new LookupFunctions(values, new DeviceStates(world)).register(table);
        new PjsipHeaders().register(table);
        new PjsipFunctions(values, world).register(table);
        new HostFunctions(world).register(table);
        new CurlFunctions(world.helpers(), world.version()).register(table);
    }

    /** The variables by which Asterisk names itself and its directories. */
    private static Map<String, String> constants(AsteriskSettings asterisk) {
        var directories = asterisk.directories();
        return Map.of(
                "SYSTEMNAME", asterisk.systemName(),
                "ASTVARLIBDIR", directories.varlib().toString(),
                "ASTDBDIR", directories.database().toString(),
                "ASTDATADIR", directories.data().toString(),
                "ASTKEYDIR", directories.keys().toString(),
                "ASTAGIDIR", directories.agi().toString(),
                "ASTSPOOLDIR", directories.spool().toString(),
                "ASTRUNDIR", directories.run().toString(),
                "ASTLOGDIR", directories.log().toString());
    }
}
