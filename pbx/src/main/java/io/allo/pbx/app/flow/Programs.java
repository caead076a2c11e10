package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** System and TrySystem: a shell command, where the administrator has allowed it. Any thread. */
final class Programs {

    /** A command that runs longer is ended. */
    private static final long LIMIT_SECONDS = 30;

    private final DialplanRunner runner;
    private final boolean allowed;

    Programs(DialplanRunner runner, boolean allowed) {
        this.runner = runner;
        this.allowed = allowed;
    }

    /** Sets SYSTEMSTATUS: SUCCESS, APPERROR (another exit status than 0), FAILURE. */
    void run(Call call, String command) {
        if (!allowed) {
            runner.assign(call, "SYSTEMSTATUS", "FAILURE");
            throw new DialplanException(
                    "programs may not be run from the dialplan: set live_dangerously=yes in asterisk.conf [options] to allow it");
        }
        runner.assign(call, "SYSTEMSTATUS", status(command));
    }

    private static String status(String command) {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "FAILURE";
            }
            return process.exitValue() == 0 ? "SUCCESS" : "APPERROR";
        } catch (IOException missing) {
            return "FAILURE";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "FAILURE";
        }
    }
}
