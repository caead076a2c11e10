package io.allo.io.agi;

import java.net.URI;
import java.util.List;

/** Starts scripts and calls FastAGI servers: a seam, so that a test or a simulation can be the script. Any thread; never blocks. */
public interface AgiLauncher {

    /** The port of FastAGI where a URL names none. */
    int PORT = 4573;

    /**
     * Looks for a script and starts it.
     *
     * @param name as the dialplan names it, below the directory of scripts
     * @param environment its first lines, with the blank one
     * @param sound whether it wants the caller's sound (EAGI)
     * @param wake called when there is something new; any thread
     */
    Launched script(String name, List<String> arguments, String environment, boolean sound, Runnable wake);

    /** Whether there is a script of this name. */
    boolean hasScript(String name);

    /**
     * Calls a server; that it can't be reached comes as {@link AgiInput.Unreachable}.
     *
     * @param url agi://host[:port][/script] or hagi://, where the server is found by SRV records
     */
    AgiLink connect(URI url, String environment, Runnable wake);

    /** What came of starting a script. */
    sealed interface Launched {
        /** It runs. */
        record Running(AgiLink link) implements Launched {}

        /** There is none of that name. */
        record Missing(String english, String french) implements Launched {}

        /** It is there and was not started: not allowed, not executable, too many. */
        record Refused(String english, String french) implements Launched {}
    }
}
