package io.allo.server;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanParser;
import io.allo.pbx.endpoint.PjsipConf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration directory as read at one moment, and all that is wrong in it. Immutable. */
record Configuration(Path directory, PjsipConf pjsip, Dialplan dialplan, List<ConfProblem> problems) {

    Configuration {
        problems = List.copyOf(problems);
    }

    static Configuration read(Path directory) {
        var problems = new ArrayList<ConfProblem>();
        var parser = new ConfParser(ConfSource.directory(directory));
        var pjsipFile = parser.parse("pjsip.conf");
        problems.addAll(pjsipFile.problems());
        var pjsip = PjsipConf.read(pjsipFile, problems::add);
        var parsed = DialplanParser.parse(parser.parse("extensions.conf"));
        problems.addAll(parsed.problems());
        return new Configuration(directory, pjsip, parsed.dialplan(), problems);
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(ConfProblem::isError);
    }
}
