package io.allo.pbx.call.recording;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shell command run when a recording is whole. On a helper thread. */
public final class FinishingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(FinishingCommand.class);

    /** A command that runs longer is ended: converting hours of sound takes minutes. */
    private static final long LIMIT_MINUTES = 30;

    private FinishingCommand() {}

    /** Runs it to its end; what goes wrong is logged. */
    public static void run(String command) {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                LOG.warn("a recording's command took more than {} minutes and was ended", LIMIT_MINUTES);
            } else if (process.exitValue() != 0) {
                LOG.warn("a recording's command ended with {}", process.exitValue());
            }
        } catch (IOException missing) {
            LOG.error("a recording's command could not be run: {}", missing.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
