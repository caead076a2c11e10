package io.allo.server;

import io.allo.io.loop.SystemClock;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import io.allo.server.ask.LanguageOption;
import io.allo.server.ask.StateOption;
import io.allo.server.certificates.TlsOptions;
import io.allo.server.secret.SealCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code allo check}: says everything that is wrong in a configuration directory, and changes nothing. Exit status 0:
 * nothing is wrong; 1: allo would not start with it; 2: there is no such directory; 3: allo would start, but not all works as
 * written. Main thread.
 */
@Command(
        name = "check",
        description = "Say everything that is wrong in a configuration directory.",
        footer = {
            "",
            "Exit status: 0 nothing is wrong; 1 errors: allo would not start; 2 there is no such directory;",
            "3 warnings only: allo would start, but something is not as written."
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "The directory; /etc/asterisk if not given.")
    private @Nullable Path given;

    @Option(
            names = "-C",
            paramLabel = "FILE",
            description = "An asterisk.conf elsewhere; without DIR, its astetcdir is the directory.")
    private @Nullable Path asteriskConf;

    @Mixin
    private LanguageOption language;

    @Mixin
    private StateOption state;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var spoken = language.spoken();
        var directory = given != null ? given : Configuration.directoryOf(asteriskConf);
        if (!Files.isDirectory(directory)) {
            spec.commandLine()
                    .getErr()
                    .println(new Text(
                                    directory + " is no directory: name the one with pjsip.conf and extensions.conf",
                                    directory
                                            + " n'est pas un répertoire : indiquez celui de pjsip.conf et extensions.conf")
                            .in(spoken));
            return 2;
        }
        var configuration = Configuration.read(directory, asteriskConf, Path.of("state"));
        var problems = new ArrayList<>(configuration.problems());
        problems.addAll(Applications.check(configuration, new SystemClock()));
        problems.addAll(TlsOptions.fileProblems(configuration.pjsip(), directory, Instant.now()));
        if (Sealing.isAskedFor(configuration)) {
            SealCheck.problem(state.directory(), Sealing.keys(state.directory()))
                    .ifPresent(problems::add);
        }
        sorted(problems)
                .forEach(problem -> out.println(located(problem, directory).inWords(spoken)));
        out.println(summary(problems).in(spoken));
        out.flush();
        return status(problems);
    }

    private static int status(List<ConfProblem> problems) {
        if (count(problems, ConfProblem.Severity.ERROR) > 0) {
            return 1;
        }
        return count(problems, ConfProblem.Severity.WARNING) > 0 ? 3 : 0;
    }

    /** By file and line; each once. */
    private static List<ConfProblem> sorted(List<ConfProblem> problems) {
        return new LinkedHashSet<>(problems)
                .stream()
                        .sorted(Comparator.comparing(ConfProblem::file).thenComparing(ConfProblem::line))
                        .toList();
    }

    /** With a path that an editor can open from here. */
    private static ConfProblem located(ConfProblem problem, Path directory) {
        return new ConfProblem(
                problem.severity(),
                directory.resolve(problem.file()).toString(),
                problem.line(),
                problem.code(),
                problem.message(),
                problem.suggestion());
    }

    private static Text summary(List<ConfProblem> problems) {
        var errors = count(problems, ConfProblem.Severity.ERROR);
        var warnings = count(problems, ConfProblem.Severity.WARNING);
        if (errors + warnings == 0) {
            return new Text("no problems", "aucun problème");
        }
        return new Text(
                counted(errors, "error") + ", " + counted(warnings, "warning")
                        + (errors == 0 ? "; allo starts with it" : "; allo does not start with it"),
                counted(errors, "erreur") + ", " + counted(warnings, "avertissement")
                        + (errors == 0 ? " ; allo démarre ainsi" : " ; allo ne démarre pas ainsi"));
    }

    private static long count(List<ConfProblem> problems, ConfProblem.Severity severity) {
        return new LinkedHashSet<>(problems)
                .stream().filter(problem -> problem.severity() == severity).count();
    }

    private static String counted(long number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
