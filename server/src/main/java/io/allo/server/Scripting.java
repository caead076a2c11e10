package io.allo.server;

import io.allo.io.agi.SystemAgi;
import io.allo.io.dns.DnsResolver;
import io.allo.io.speech.Speech;
import io.allo.pbx.app.agi.AgiDatabase;
import io.allo.pbx.app.agi.AgiWorld;
import io.allo.pbx.app.function.DialplanDatabase;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Voice;
import io.allo.pbx.call.recording.Recorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scripts and voices, made of the configuration as it is now. Used while wiring; holds no state of its own. */
final class Scripting {

    private final Supplier<Configuration> configuration;
    private final Speech speech;
    private final Voice voice;
    private final SystemAgi launcher;

    /**
     * With what was spoken kept in the state directory.
     *
     * @param helpers run what may take long
     */
    Scripting(Supplier<Configuration> configuration, Path state, DnsResolver dns, Executor helpers) {
        this.configuration = configuration;
        speech = new Speech(
                state.resolve("speech"), () -> configuration.get().scripts().speech());
        voice = new Voice(speech, helpers);
        launcher = new SystemAgi(
                () -> configuration.get().asterisk().directories().agi(), () -> environment(configuration.get()), dns);
    }

    /** For `allo check`, which runs nothing. */
    static Scripting idle(Configuration configuration, Path state) {
        return new Scripting(
                () -> configuration, state, new DnsResolver(io.allo.io.dns.DnsSettings.DEFAULT), task -> {});
    }

    /** What speaks texts. */
    Voice voice() {
        return voice;
    }

    /** What is missing to speak texts, in English and French; empty if nothing is. */
    List<String> advice() {
        return speech.advice();
    }

    /** What AGI is made with. */
    AgiWorld world(Prompts prompts, Recorder recorder, Calls calls, DialplanDatabase database) {
        return new AgiWorld(
                launcher,
                prompts,
                recorder,
                () -> configuration.get().asterisk().directories().data().resolve("sounds"),
                calls,
                new Database(database),
                () -> configuration.get().scripts().agi(),
                Version.number());
    }

    /** The variables that Asterisk gives its scripts. */
    private static Map<String, String> environment(Configuration now) {
        var directories = now.asterisk().directories();
        return Map.of(
                "AST_CONFIG_DIR", now.directory().toString(),
                "AST_AGI_DIR", directories.agi().toString(),
                "AST_DATA_DIR", directories.data().toString(),
                "AST_KEY_DIR", directories.keys().toString(),
                "AST_LOG_DIR", directories.log().toString(),
                "AST_MONITOR_DIR", directories.spool().resolve("monitor").toString(),
                "AST_RUN_DIR", directories.run().toString(),
                "AST_SPOOL_DIR", directories.spool().toString(),
                "AST_VAR_DIR", directories.varlib().toString());
    }

    /** DATABASE GET and its kin on the values of DB(). */
    private record Database(DialplanDatabase values) implements AgiDatabase {
        @Override
        public @Nullable String value(String family, String key) {
            return values.value(family, key);
        }

        @Override
        public boolean put(String family, String key, String value) {
            return values.put(family, key, value);
        }

        @Override
        public boolean remove(String family, String key) {
            return values.remove(family, key) != null;
        }

        @Override
        public int removeTree(String family, String tree) {
            return values.removeTree(family, tree);
        }
    }
}
