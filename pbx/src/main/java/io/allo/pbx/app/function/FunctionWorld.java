package io.allo.pbx.app.function;

import io.allo.core.random.RandomSource;
import io.allo.pbx.call.Calls;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import java.util.function.Supplier;

/**
 * What the functions ask; made once by the wiring. Immutable; what it names is for any thread.
 *
 * @param directory the endpoints as configured now
 * @param database where DB() keeps its values
 * @param configuration the configuration directory, for AST_CONFIG
 * @param allowPrograms {@code live_dangerously}: the dialplan may run programs and read and write files
 * @param systemName of asterisk.conf, "" for none
 * @param version of allo
 */
public record FunctionWorld(
        Supplier<EndpointDirectory> directory,
        Contacts contacts,
        Calls calls,
        DialplanDatabase database,
        ConfSource configuration,
        boolean allowPrograms,
        RandomSource random,
        String systemName,
        String version) {}
