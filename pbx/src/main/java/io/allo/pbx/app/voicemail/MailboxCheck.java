package io.allo.pbx.app.voicemail;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.Priority;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.voicemail.MailboxName;
import io.allo.pbx.voicemail.VoicemailSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Mailboxes that are named and not there: in the dialplan, where they are written out, and in {@code mailboxes} of pjsip.conf. Pure; any thread.
 */
public final class MailboxCheck {

    private static final Set<String> APPLICATIONS = Set.of("voicemail", "voicemailmain", "vmauthenticate");

    private final VoicemailSettings settings;
    private final List<ConfProblem> problems = new ArrayList<>();

    private MailboxCheck(VoicemailSettings settings) {
        this.settings = settings;
    }

    /** What is wrong. */
    public static List<ConfProblem> check(VoicemailSettings settings, Dialplan dialplan, EndpointDirectory directory) {
        var check = new MailboxCheck(settings);
        for (var context : dialplan.contexts()) {
            for (var extension : context.extensions()) {
                extension.priorities().values().forEach(check::priority);
            }
        }
        for (var endpoint : directory.conf().endpoints().values()) {
            check.lamp(endpoint.name(), endpoint.behaviour().mailboxes());
        }
        directory.conf().aors().forEach((name, aor) -> check.lamp(name, aor.mailboxes()));
        return check.problems;
    }

    private void priority(Priority priority) {
        if (!APPLICATIONS.contains(priority.application().toLowerCase(Locale.ROOT))) {
            return;
        }
        for (var written : Arguments.split(Arguments.of(priority.data()).get(0), '&', Arguments.MAX_COUNT)) {
            var plain = written.strip();
            if (!plain.isEmpty() && plain.indexOf('$') < 0 && !plain.startsWith("@") && isMissing(plain)) {
                missing(priority.file(), priority.line(), plain);
            }
        }
    }

    private void lamp(String section, List<String> mailboxes) {
        for (var written : mailboxes) {
            if (isMissing(written)) {
                missing("pjsip.conf", 0, written + " (" + section + ")");
            }
        }
    }

    private boolean isMissing(String written) {
        return settings.box(MailboxName.parse(written)).isEmpty();
    }

    private void missing(String file, int line, String written) {
        var names =
                settings.boxes().keySet().stream().map(MailboxName::toString).toList();
        problems.add(ConfProblem.warning(
                file,
                line,
                "mailbox-missing",
                new Text(
                        "there is no mailbox " + written + " in voicemail.conf",
                        "il n'y a pas de boîte " + written + " dans voicemail.conf"),
                Spelling.didYouMean(MailboxName.parse(written).toString(), names)
                        .orElse(null)));
    }
}
