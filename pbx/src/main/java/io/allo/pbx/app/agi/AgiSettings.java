package io.allo.pbx.app.agi;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.List;
import java.util.function.Consumer;

/**
 * agi.conf {@code [general]}: allo's own file, Asterisk has none. Immutable.
 *
 * @param replySeconds {@code replylimit}: how long a script may take from a result to its next command; 300
 * @param hangupSeconds {@code hanguplimit}: how long it may go on after the caller has hung up; 60
 * @param speak {@code speak}: whether allo speaks itself where googletts.agi and its kin are called and not there; yes
 */
public record AgiSettings(int replySeconds, int hangupSeconds, boolean speak) {

    /** As if there were no file. */
    public static final AgiSettings DEFAULT = new AgiSettings(300, 60, true);

    private static final int DAY = 86_400;

    /** Reads the file; what is wrong is reported and the default taken. */
    public static AgiSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = DEFAULT;
        for (var section : file.sections()) {
            if (section.name().equalsIgnoreCase("general")) {
                var reader = new SectionReader(section, problems);
                settings = new AgiSettings(
                        reader.integer("replylimit", DEFAULT.replySeconds(), 1, DAY),
                        reader.integer("hanguplimit", DEFAULT.hangupSeconds(), 0, DAY),
                        reader.yesNo("speak", DEFAULT.speak()));
                reader.finish();
            } else {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "section-unknown",
                        new Text(
                                "there is no section [" + section.name() + "] in agi.conf; it is ignored",
                                "agi.conf n'a pas de section [" + section.name() + "] ; elle est ignorée"),
                        Spelling.didYouMean(section.name(), List.of("general")).orElse(null)));
            }
        }
        return settings;
    }
}
