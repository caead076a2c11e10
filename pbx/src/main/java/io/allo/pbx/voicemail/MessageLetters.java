package io.allo.pbx.voicemail;

import io.allo.io.mail.Letter;
import io.allo.media.audio.SoundFormat;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.Substitution;
import io.allo.pbx.dialplan.VariableScope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mails about a new message, in the mailbox's language: emailsubject and emailbody, or allo's own words, with Asterisk's variables
 * VM_NAME, VM_DUR, VM_MSGNUM, VM_MAILBOX, VM_CALLERID, VM_CIDNUM, VM_CIDNAME, VM_DATE, VM_CATEGORY, VM_MESSAGEFILE, and VM_TRANSCRIPTION.
 * Immutable.
 */
final class MessageLetters {

    private static final String SUBJECT_EN = "New message ${VM_MSGNUM} in mailbox ${VM_MAILBOX} from ${VM_CALLERID}";
    private static final String SUBJECT_FR =
            "Nouveau message ${VM_MSGNUM} dans la boîte ${VM_MAILBOX}, de ${VM_CALLERID}";
    private static final String BODY_EN = """
            Hello ${VM_NAME},

            ${VM_CALLERID} left you a message of ${VM_DUR} on ${VM_DATE}.
            It is message ${VM_MSGNUM} of mailbox ${VM_MAILBOX}.
            """;
    private static final String BODY_FR = """
            Bonjour ${VM_NAME},

            ${VM_CALLERID} vous a laissé un message de ${VM_DUR}, ${VM_DATE}.
            C'est le message ${VM_MSGNUM} de la boîte vocale ${VM_MAILBOX}.
            """;
    private static final String DATE_EN = "%A, %B %d, %Y at %r";
    private static final String DATE_FR = "le %A %d %B %Y à %H:%M";

    private final VoicemailSettings settings;
    private final NewMessage news;
    private final MessageInfo info;
    private final boolean french;

    /** For one message, with its text if there is one in {@code transcription}. */
    MessageLetters(VoicemailSettings settings, NewMessage news, MessageInfo info) {
        this.settings = settings;
        this.news = news;
        this.info = info;
        var own = news.box().options().text(VoicemailOption.LANGUAGE);
        this.french = (own.isEmpty() ? news.language() : own).startsWith("fr");
    }

    private String option(VoicemailOption option) {
        return option.isOfMailbox()
                ? news.box().options().text(option)
                : settings.general().text(option);
    }

    /** The mail with the message; empty if the mailbox has no address. */
    Optional<Letter> mail() {
        var box = news.box();
        if (box.emails().isEmpty()) {
            return Optional.empty();
        }
        var subject = written(VoicemailOption.EMAILSUBJECT, french ? SUBJECT_FR : SUBJECT_EN);
        var transcribed = info.field(Postman.TRANSCRIPTION);
        var body = written(VoicemailOption.EMAILBODY, french ? BODY_FR : BODY_EN);
        var scope = scope(VoicemailOption.EMAILDATEFORMAT);
        var text = Substitution.replace(body, scope);
        if (!transcribed.isEmpty() && !body.contains("VM_TRANSCRIPTION")) {
            text += "\n" + (french ? "« " + transcribed + " »" : "\"" + transcribed + "\"") + "\n";
        }
        var attached =
                box.options().yes(VoicemailOption.ATTACH) || box.options().yes(VoicemailOption.DELETE)
                        ? sound()
                        : Optional.<Path>empty();
        return Optional.of(new Letter(
                option(VoicemailOption.FROMSTRING),
                address(),
                box.emails(),
                Substitution.replace(subject, scope),
                text,
                option(VoicemailOption.CHARSET),
                attached,
                attached.map(file -> file.getFileName().toString()).orElse(""),
                attached.map(MessageLetters::type).orElse("")));
    }

    /** The short mail to the pager; empty if the mailbox has none. */
    Optional<Letter> page() {
        var box = news.box();
        if (box.pager().isEmpty() || box.pager().indexOf('@') < 0) {
            return Optional.empty();
        }
        var scope = scope(VoicemailOption.PAGERDATEFORMAT);
        return Optional.of(new Letter(
                option(VoicemailOption.PAGERFROMSTRING),
                address(),
                List.of(box.pager()),
                Substitution.replace(
                        written(VoicemailOption.PAGERSUBJECT, french ? "Nouveau message" : "New message"), scope),
                Substitution.replace(
                        written(
                                VoicemailOption.PAGERBODY,
                                french
                                        ? "Message de ${VM_CALLERID}, ${VM_DUR}, boîte ${VM_MAILBOX}, ${VM_DATE}\n"
                                        : "Message from ${VM_CALLERID}, ${VM_DUR}, mailbox ${VM_MAILBOX}, ${VM_DATE}\n"),
                        scope),
                option(VoicemailOption.CHARSET),
                Optional.empty(),
                "",
                ""));
    }

    /** What the file says, its \n \t \r made real, or our own words. */
    private String written(VoicemailOption option, String fallback) {
        var text = option(option);
        return text.isBlank()
                ? fallback
                : text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
    }

    private String address() {
        var written = option(VoicemailOption.SERVEREMAIL).strip();
        return written.indexOf('@') > 0 ? written : written + "@localhost";
    }

    /** The sound in attachfmt, else in the first format there is. */
    private Optional<Path> sound() {
        var wanted = SoundFormat.byExtension(news.box().options().text(VoicemailOption.ATTACHFMT));
        var exact = wanted.flatMap(format -> news.message().sound(format));
        if (exact.isPresent()) {
            return exact;
        }
        return settings.formats().stream()
                .map(format -> news.message().sound(format))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> VoiceCopies.of(news.message().base()).stream().findFirst());
    }

    private static String type(Path file) {
        var name = file.getFileName().toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "wav", "wav16", "WAV", "wav49" -> "audio/wav";
            case "opus", "ogg", "oga" -> "audio/ogg";
            case "gsm" -> "audio/x-gsm";
            case "ulaw" -> "audio/basic";
            default -> "application/octet-stream";
        };
    }

    private VariableScope scope(VoicemailOption dateFormat) {
        var box = news.box();
        var number = info.callerNumber().orElse("");
        var unknown = french ? "un inconnu" : "an unknown caller";
        var name = info.callerName();
        var values = new HashMap<String, String>();
        values.put("VM_NAME", box.owner());
        values.put("VM_DUR", "%d:%02d".formatted(info.durationSeconds() / 60, info.durationSeconds() % 60));
        values.put("VM_MSGNUM", String.valueOf(news.message().number() + 1));
        values.put("VM_MAILBOX", box.name().box());
        values.put("VM_CONTEXT", box.name().context());
        values.put(
                "VM_CALLERID",
                number.isEmpty() ? unknown : name.isEmpty() ? number : "\"" + name + "\" <" + number + ">");
        values.put("VM_CIDNUM", number.isEmpty() ? unknown : number);
        values.put("VM_CIDNAME", name.isEmpty() ? unknown : name);
        values.put("VM_CATEGORY", info.field("category"));
        values.put("VM_MESSAGEFILE", news.message().base().toString());
        values.put("VM_TRANSCRIPTION", info.field(Postman.TRANSCRIPTION));
        values.put("VM_DATE", date(option(dateFormat)));
        return new Values(values);
    }

    private String date(String format) {
        var wanted = format.isBlank() ? french ? DATE_FR : DATE_EN : format;
        return MailDate.format(
                Instant.ofEpochSecond(info.originSeconds()).atZone(news.box().zone()),
                wanted,
                french ? Locale.FRENCH : Locale.ENGLISH);
    }

    private record Values(Map<String, String> values) implements VariableScope {
        @Override
        public @Nullable String variable(String name) {
            return values.get(name);
        }

        @Override
        public @Nullable String function(String name, String arguments) {
            throw new DialplanException("mails know variables and expressions, not the function " + name);
        }
    }
}
