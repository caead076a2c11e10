package io.allo.pbx.voicemail;

import io.allo.io.mail.SmtpSettings;
import io.allo.io.speech.CommandTranscription;
import io.allo.io.speech.HttpTranscription;
import io.allo.io.speech.Transcription;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * mail.conf, a file of allo's own: {@code [smtp]} says which server takes mails, {@code [transcription]} who turns messages into text.
 * Immutable.
 *
 * @param smtp host=localhost, port=25, security=optional (required, implicit, none), user=, password=, ca_file=
 * @param transcription {@code url} and {@code token} of a server, or {@code command} of a program here, and {@code timelimit} in seconds
 */
public record MailSettings(SmtpSettings smtp, Optional<Transcription> transcription) {

    /** As if there were no file. */
    public static final MailSettings DEFAULT = new MailSettings(SmtpSettings.DEFAULT, Optional.empty());

    private static final int TRANSCRIPTION_SECONDS = 60;

    private static final OptionType<String> URL = OptionType.of(
            new Text("an address http://... or https://...", "une adresse http://... ou https://..."), text -> {
                try {
                    return text.isEmpty()
                                    || text.matches("(?i)https?://.+")
                                            && URI.create(text).getHost() != null
                            ? text
                            : null;
                } catch (IllegalArgumentException wrong) {
                    return null;
                }
            });

    /** Reads the file; what is wrong is reported and the default taken. */
    public static MailSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = DEFAULT;
        for (var section : file.sections()) {
            switch (section.name().toLowerCase(Locale.ROOT)) {
                case "smtp" -> settings = new MailSettings(smtp(section, problems), settings.transcription());
                case "transcription" -> settings = new MailSettings(settings.smtp(), transcription(section, problems));
                default ->
                    problems.accept(ConfProblem.warning(
                            section.file(),
                            section.line(),
                            "section-unknown",
                            new Text(
                                    "there is no section [" + section.name() + "] in this file; it is ignored",
                                    "ce fichier n'a pas de section [" + section.name() + "] ; elle est ignorée"),
                            Spelling.didYouMean(section.name(), List.of("smtp", "transcription"))
                                    .orElse(null)));
            }
        }
        return settings;
    }

    private static Optional<Transcription> transcription(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var url = reader.value("url", URL, "");
        var token = reader.text("token", "");
        var command = reader.value("command", OptionType.COMMAND, List.of());
        var limit = reader.integer("timelimit", TRANSCRIPTION_SECONDS, 1, 3_600);
        reader.finish();
        if (!command.isEmpty() && command.stream().noneMatch(word -> word.contains("{wav}"))) {
            problems.accept(ConfProblem.error(
                    section.file(),
                    section.line(),
                    "transcription-command",
                    new Text(
                            "the command does not say what to read: put {wav} where the sound file's name belongs",
                            "la commande ne dit pas quoi lire : mettez {wav} à la place du nom du fichier son"),
                    null));
            command = List.of();
        }
        if (!command.isEmpty() && !url.isEmpty()) {
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "transcription-twice",
                    new Text(
                            "both url and command are set: url counts",
                            "url et command sont tous deux donnés : url compte"),
                    null));
        }
        if (!url.isEmpty()) {
            return Optional.of(new HttpTranscription(URI.create(url), token, limit));
        }
        return command.isEmpty() ? Optional.empty() : Optional.of(new CommandTranscription(command, limit));
    }

    private static SmtpSettings smtp(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var security = reader.value(
                "security",
                OptionType.oneOf(Map.of(
                        "optional", SmtpSettings.Security.OPTIONAL,
                        "required", SmtpSettings.Security.REQUIRED,
                        "implicit", SmtpSettings.Security.IMPLICIT,
                        "none", SmtpSettings.Security.NONE)),
                SmtpSettings.Security.OPTIONAL);
        var user = reader.text("user", "");
        var port = reader.integer("port", defaultPort(security, user), 1, 65_535);
        var settings = new SmtpSettings(
                reader.text("host", "localhost"),
                port,
                security,
                user,
                reader.text("password", ""),
                reader.text("ca_file", ""));
        reader.finish();
        if (!user.isEmpty() && (security == SmtpSettings.Security.NONE || security == SmtpSettings.Security.OPTIONAL)) {
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "password-in-the-clear",
                    new Text(
                            "the password may go over the network in the clear",
                            "le mot de passe peut circuler en clair sur le réseau"),
                    Text.same("security=required")));
        }
        return settings;
    }

    private static int defaultPort(SmtpSettings.Security security, String user) {
        return security == SmtpSettings.Security.IMPLICIT ? 465 : user.isEmpty() ? 25 : 587;
    }
}
