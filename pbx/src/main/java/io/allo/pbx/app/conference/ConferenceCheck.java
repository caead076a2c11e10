package io.allo.pbx.app.conference;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.ConferenceConf.Kind;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Profiles that the dialplan's ConfBridge names and confbridge.conf does not have, and options of MeetMe and Page that are not done here.
 * Pure; any thread.
 */
public final class ConferenceCheck {

    private static final List<Kind> ARGUMENTS = List.of(Kind.BRIDGE, Kind.USER, Kind.MENU);

    private final ConferenceConf conf;
    private final List<ConfProblem> problems = new ArrayList<>();

    private ConferenceCheck(ConferenceConf conf) {
        this.conf = conf;
    }

    /** What is wrong. */
    public static List<ConfProblem> check(ConferenceConf conf, Dialplan dialplan) {
        var check = new ConferenceCheck(conf);
        for (var context : dialplan.contexts()) {
            for (var extension : context.extensions()) {
                extension.priorities().values().forEach(check::priority);
            }
        }
        return check.problems;
    }

    private void priority(Priority priority) {
        switch (priority.application().toLowerCase(Locale.ROOT)) {
            case "confbridge" -> profiles(priority);
            case "meetme" ->
                letters(priority)
                        .ifPresent(found -> MeetMeOptions.inert(found).forEach(letter -> inert(priority, letter)));
            case "page" ->
                letters(priority)
                        .ifPresent(found -> found.letters().stream()
                                .filter(letter -> Page.OPTIONS.indexOf(letter) < 0)
                                .forEach(letter -> inert(priority, letter)));
            default -> {}
        }
    }

    /** The options, if they are written out. */
    private static Optional<OptionLetters> letters(Priority priority) {
        return Optional.of(Arguments.of(priority.data(), 3).get(1))
                .filter(text -> text.indexOf('$') < 0)
                .map(OptionLetters::parse);
    }

    private void inert(Priority priority, char letter) {
        problems.add(ConfProblem.warning(
                priority.file(),
                priority.line(),
                "option-inert",
                new Text(
                        priority.application() + "'s option " + letter + " does nothing here",
                        "l'option " + letter + " de " + priority.application() + " ne fait rien ici"),
                null));
    }

    private void profiles(Priority priority) {
        var arguments = Arguments.of(priority.data(), 4);
        for (var index = 0; index < ARGUMENTS.size(); index++) {
            var name = arguments.get(index + 1).strip();
            var kind = ARGUMENTS.get(index);
            var names = conf.names(kind);
            if (!name.isEmpty() && name.indexOf('$') < 0 && !names.contains(name)) {
                problems.add(ConfProblem.warning(
                        priority.file(),
                        priority.line(),
                        "profile-missing",
                        new Text(
                                "confbridge.conf has no " + kind.label() + " profile " + name,
                                "confbridge.conf n'a pas de profil " + kind.label() + " " + name),
                        Spelling.didYouMean(name, names).orElse(null)));
            }
        }
    }
}
