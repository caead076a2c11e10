package io.allo.pbx.voicemail;

import io.allo.media.audio.SoundFormat;
import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads voicemail.conf strictly: {@code [general]}, {@code [zonemessages]}, and contexts of mailboxes. What is wrong is reported with its
 * line, and the default taken or the mailbox left out. Owned by the thread that reads the configuration.
 */
public final class VoicemailConf {

    private static final List<SoundFormat> WRITTEN = List.of(
            SoundFormat.WAV,
            SoundFormat.WAV16,
            SoundFormat.WAV49,
            SoundFormat.GSM,
            SoundFormat.ULAW,
            SoundFormat.ALAW,
            SoundFormat.SLN,
            SoundFormat.G722,
            SoundFormat.OPUS);

    private final Consumer<ConfProblem> problems;
    private final Map<String, Zone> zones = new HashMap<>();
    private final Map<MailboxName, VoicemailBox> boxes = new LinkedHashMap<>();
    private final Map<MailboxName, ConfEntry> written = new HashMap<>();
    private OptionValues general = OptionValues.DEFAULT;
    private List<SoundFormat> formats = List.of(SoundFormat.WAV);

    private record Zone(ZoneId id, String format) {}

    private VoicemailConf(Consumer<ConfProblem> problems) {
        this.problems = problems;
    }

    /** Reads the file. */
    public static VoicemailSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var conf = new VoicemailConf(problems);
        file.sections("general").forEach(conf::general);
        file.sections("zonemessages").forEach(conf::zones);
        for (var section : file.sections()) {
            if (!section.name().equalsIgnoreCase("general") && !section.name().equalsIgnoreCase("zonemessages")) {
                section.entries().forEach(entry -> conf.box(section, entry));
            }
        }
        return new VoicemailSettings(conf.general, conf.formats, conf.boxes);
    }

    // ---- [general]

    private void general(ConfSection section) {
        var reader = new SectionReader(section, problems);
        var values = new EnumMap<VoicemailOption, Object>(VoicemailOption.class);
        for (var option : VoicemailOption.values()) {
            reader.optional(option.label(), option.type()).ifPresent(value -> values.put(option, value));
        }
        if (!values.containsKey(VoicemailOption.MAXSECS)) {
            reader.optional("maxmessage", VoicemailOption.MAXSECS.type())
                    .ifPresent(value -> values.put(VoicemailOption.MAXSECS, value));
        }
        if (!values.containsKey(VoicemailOption.MINSECS)) {
            reader.optional("minmessage", VoicemailOption.MINSECS.type())
                    .ifPresent(value -> values.put(VoicemailOption.MINSECS, value));
        }
        VoicemailOption.INERT.forEach(inert -> reader.inert(inert.name(), inert.why()));
        reader.finish();
        general = general.with(values);
        reader.entry(VoicemailOption.FORMAT.label()).ifPresent(entry -> formats = formats(reader, entry));
        reader.entry(VoicemailOption.CHARSET.label()).ifPresent(entry -> {
            if (!isCharset(entry.value())) {
                reader.wrong(
                        entry,
                        new Text("the name of a charset, e.g. UTF-8", "le nom d'un jeu de caractères, p. ex. UTF-8"));
            }
        });
    }

    private static boolean isCharset(String name) {
        try {
            return java.nio.charset.Charset.isSupported(name);
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }

    private static List<SoundFormat> formats(SectionReader reader, ConfEntry entry) {
        var found = new LinkedHashSet<SoundFormat>();
        for (var word : entry.value().split("[|,]")) {
            var name = word.strip();
            var format = SoundFormat.byExtension(name).filter(WRITTEN::contains);
            if (format.isPresent()) {
                found.add(format.get());
            } else if (!name.isEmpty()) {
                var known = WRITTEN.stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList();
                var near = Spelling.didYouMean(name, known);
                reader.wrong(
                        entry,
                        new Text(
                                String.join(", ", known)
                                        + near.map(text -> "; " + text.en()).orElse(""),
                                String.join(", ", known)
                                        + near.map(text -> " ; " + text.fr()).orElse("")));
            }
        }
        return found.isEmpty() ? List.of(SoundFormat.WAV) : List.copyOf(found);
    }

    // ---- [zonemessages]

    private void zones(ConfSection section) {
        for (var entry : section.entries()) {
            var bar = entry.value().indexOf('|');
            var name = (bar < 0 ? entry.value() : entry.value().substring(0, bar)).strip();
            try {
                zones.put(
                        entry.key(),
                        new Zone(
                                ZoneId.of(name),
                                bar < 0 ? "" : entry.value().substring(bar + 1).strip()));
            } catch (DateTimeException unknown) {
                error(
                        entry,
                        "zone-unknown",
                        new Text("\"" + name + "\" is no time zone", "« " + name + " » n'est pas un fuseau horaire"),
                        Spelling.didYouMean(name, ZoneId.getAvailableZoneIds())
                                .orElse(new Text("e.g. Europe/Paris", "p. ex. Europe/Paris")));
            }
        }
    }

    // ---- mailboxes

    private void box(ConfSection section, ConfEntry entry) {
        var name = new MailboxName(entry.key(), section.name());
        if (!name.isSafe() || entry.key().indexOf('.') >= 0) {
            error(
                    entry,
                    "mailbox-name",
                    new Text("a mailbox can't be named " + name, "une boîte vocale ne peut pas s'appeler " + name),
                    new Text("use digits", "utilisez des chiffres"));
            return;
        }
        var before = written.put(name, entry);
        if (before != null) {
            warning(
                    entry,
                    "mailbox-repeated",
                    new Text(
                            "the mailbox " + name + " is written again (before in line " + before.line()
                                    + "); the last counts",
                            "la boîte " + name + " est écrite à nouveau (avant, ligne " + before.line()
                                    + ") ; la dernière compte"),
                    null);
        }
        var parts = entry.value().split(",", 5);
        var options = general.with(options(entry, part(parts, 4)));
        var zone = zone(entry, options.text(VoicemailOption.TZ));
        var pin = part(parts, 0);
        var fixed = pin.startsWith("-");
        boxes.put(
                name,
                new VoicemailBox(
                        name,
                        pin(entry, fixed ? pin.substring(1) : pin),
                        fixed,
                        part(parts, 1),
                        emails(entry, part(parts, 2)),
                        part(parts, 3),
                        zone == null ? ZoneId.systemDefault() : zone.id(),
                        zone == null ? "" : zone.format(),
                        options));
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index].strip() : "";
    }

    private String pin(ConfEntry entry, String pin) {
        if (!pin.matches("[0-9]*")) {
            error(
                    entry,
                    "pin-digits",
                    new Text(
                            "the PIN of mailbox " + entry.key() + " can't be typed on a telephone",
                            "le code de la boîte " + entry.key() + " ne peut pas être composé sur un téléphone"),
                    new Text("use digits alone", "utilisez uniquement des chiffres"));
        } else if (pin.isEmpty()) {
            warning(
                    entry,
                    "pin-empty",
                    new Text(
                            "the mailbox " + entry.key() + " has no PIN: whoever calls it hears its messages",
                            "la boîte " + entry.key() + " n'a pas de code : quiconque l'appelle entend ses messages"),
                    new Text("write one behind =>", "écrivez-en un derrière =>"));
        }
        return pin;
    }

    private List<String> emails(ConfEntry entry, String text) {
        var found = new ArrayList<String>();
        for (var address : text.split("\\|")) {
            if (address.isBlank()) {
                continue;
            }
            if (address.strip().matches("[^@\\s]+@[^@\\s]+")) {
                found.add(address.strip());
            } else {
                warning(
                        entry,
                        "mail-address",
                        new Text(
                                "\"" + address.strip() + "\" is no mail address; nothing is mailed there",
                                "« " + address.strip() + " » n'est pas une adresse de courriel ; rien n'y est envoyé"),
                        new Text("box => pin,name,mail,pager,options", "boîte => code,nom,courriel,pager,options"));
            }
        }
        return found;
    }

    private Map<VoicemailOption, Object> options(ConfEntry entry, String text) {
        var values = new EnumMap<VoicemailOption, Object>(VoicemailOption.class);
        for (var item : text.split("[|]")) {
            if (item.isBlank()) {
                continue;
            }
            var equals = item.indexOf('=');
            var name = (equals < 0 ? item : item.substring(0, equals)).strip();
            var value = equals < 0 ? "yes" : item.substring(equals + 1).strip();
            var option = VoicemailOption.ofMailbox(name);
            if (option.isPresent()) {
                option(entry, option.get(), value, values);
            } else {
                noOption(entry, name);
            }
        }
        return values;
    }

    private void option(ConfEntry entry, VoicemailOption option, String text, Map<VoicemailOption, Object> values) {
        OptionType<?> type = option.type();
        var value = type.read(text);
        if (value != null) {
            values.put(option, value);
            return;
        }
        error(
                entry,
                "option-value",
                new Text(
                        "\"" + text + "\" is no value for " + option.label() + " of mailbox " + entry.key(),
                        "« " + text + " » n'est pas une valeur de " + option.label() + " pour la boîte " + entry.key()),
                new Text(
                        "accepted: " + type.accepted().en(),
                        "accepté : " + type.accepted().fr()));
    }

    private void noOption(ConfEntry entry, String name) {
        for (var inert : VoicemailOption.INERT) {
            if (inert.name().equalsIgnoreCase(name)) {
                warning(
                        entry,
                        "option-inert",
                        new Text(
                                "the option " + name + " has no effect: "
                                        + inert.why().en(),
                                "l'option " + name + " n'a pas d'effet : "
                                        + inert.why().fr()),
                        null);
                return;
            }
        }
        warning(
                entry,
                "unknown-option",
                new Text(
                        "a mailbox has no option " + name + "; it is ignored",
                        "une boîte n'a pas d'option " + name + " ; elle est ignorée"),
                Spelling.didYouMean(name, VoicemailOption.labelsOfMailbox()).orElse(null));
    }

    private @Nullable Zone zone(ConfEntry entry, String name) {
        if (name.isEmpty()) {
            return null;
        }
        var zone = zones.get(name);
        if (zone == null) {
            error(
                    entry,
                    "zone-missing",
                    new Text(
                            "tz=" + name + " names no line of [zonemessages]",
                            "tz=" + name + " ne désigne aucune ligne de [zonemessages]"),
                    Spelling.didYouMean(name, zones.keySet()).orElse(null));
        }
        return zone;
    }

    private void error(ConfEntry entry, String code, Text message, @Nullable Text suggestion) {
        problems.accept(ConfProblem.error(entry.file(), entry.line(), code, message, suggestion));
    }

    private void warning(ConfEntry entry, String code, Text message, @Nullable Text suggestion) {
        problems.accept(ConfProblem.warning(entry.file(), entry.line(), code, message, suggestion));
    }
}
