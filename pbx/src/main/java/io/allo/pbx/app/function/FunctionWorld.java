package io.allo.pbx.app.function;

import io.allo.core.random.RandomSource;
import io.allo.pbx.call.Calls;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.settings.AsteriskSettings;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the functions ask; made once by the wiring. Immutable; what it names is for any thread.
 *
 * @param directory the endpoints as configured now
 * @param database where DB() keeps its values
 * @param configuration the configuration directory, for AST_CONFIG
 * @param asterisk with {@code live_dangerously} the dialplan may run programs and read and write files
 * @param helpers runs what may take long (CURL, SHELL), each on a thread of its own
 * @param version of allo
 */
public record FunctionWorld(
        Supplier<EndpointDirectory> directory,
        Contacts contacts,
        Calls calls,
        DialplanDatabase database,
        ConfSource configuration,
        Supplier<AsteriskSettings> asterisk,
        Executor helpers,
        RandomSource random,
        String version) {

    /** Whether the dialplan may run programs and read files. */
    public boolean allowPrograms() {
        return asterisk.get().liveDangerously();
    }
}
