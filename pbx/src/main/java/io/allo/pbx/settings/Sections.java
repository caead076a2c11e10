package io.allo.pbx.settings;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.List;

/** What is said about sections that nobody reads. */
final class Sections {

    private Sections() {}

    static ConfProblem unknown(ConfSection section, List<String> known) {
        return ConfProblem.warning(
                section.file(),
                section.line(),
                "section-unknown",
                new Text(
                        "there is no section [" + section.name() + "] in this file; it is ignored",
                        "ce fichier n'a pas de section [" + section.name() + "] ; elle est ignorée"),
                Spelling.didYouMean(section.name(), known).orElse(null));
    }

    static ConfProblem inert(ConfSection section, Text why) {
        return ConfProblem.warning(
                section.file(),
                section.line(),
                "section-inert",
                new Text(
                        "[" + section.name() + "] has no effect: " + why.en(),
                        "[" + section.name() + "] n'a pas d'effet : " + why.fr()),
                null);
    }
}
