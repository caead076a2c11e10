package io.allo.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code allo version}: prints the version of allo and of the Java it runs on. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        for (var line : new Version().getVersion()) {
            out.println(line);
        }
    }
}
