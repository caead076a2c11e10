package io.allo.server;

import io.allo.gate.metrics.MetricsSettings;
import io.allo.io.speech.SpeechSettings;
import io.allo.media.codec.OpusSettings;
import io.allo.pbx.app.agi.AgiSettings;
import io.allo.pbx.app.calendar.CalendarSettings;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.MeetMeConf;
import io.allo.pbx.app.dial.feature.FeatureSettings;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanParser;
import io.allo.pbx.endpoint.NamedAcls;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.fraud.FraudSettings;
import io.allo.pbx.settings.AlloSettings;
import io.allo.pbx.settings.AsteriskSettings;
import io.allo.pbx.settings.CdrSettings;
import io.allo.pbx.settings.DoorConf;
import io.allo.pbx.settings.LoggerSettings;
import io.allo.pbx.settings.MusicConf;
import io.allo.pbx.settings.OpusConf;
import io.allo.pbx.settings.RtpSettings;
import io.allo.pbx.settings.SpeechConf;
import io.allo.pbx.voicemail.MailSettings;
import io.allo.pbx.voicemail.VoicemailConf;
import io.allo.pbx.voicemail.VoicemailSettings;
import io.allo.server.certificates.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A configuration directory as read at one moment, and all that is wrong in it, each thing once. Immutable. pjsip.conf and extensions.conf must
 * be there; the other files may be missing, and then count as empty.
 */
record Configuration(
        Path directory,
        PjsipConf pjsip,
        Dialplan dialplan,
        RtpSettings rtp,
        CdrSettings cdr,
        AsteriskSettings asterisk,
        FraudSettings fraud,
        Security security,
        AlloSettings allo,
        RecordingSettings recording,
        FeatureSettings features,
        Voicemail voicemail,
        Conferences conferences,
        Scripts scripts,
        MusicConf music,
        OpusSettings opus,
        String toneZone,
        List<ConfProblem> problems) {

    Configuration {
        problems = List.copyOf(new LinkedHashSet<>(problems));
    }

    /**
     * Reads all files.
     *
     * @param state where everything lies that asterisk.conf gives no other place
     */
    static Configuration read(Path directory, Path state) {
        return read(directory, null, state);
    }

    /** Reads all files, asterisk.conf from elsewhere if that is named. */
    static Configuration read(Path directory, @Nullable Path asteriskConf, Path state) {
        var asteriskName = asteriskConf == null
                ? "asterisk.conf"
                : asteriskConf.toAbsolutePath().toString();
        var problems = new ArrayList<ConfProblem>();
        var source = ConfSource.directory(directory);
        var parser = new ConfParser(source);
        var pjsipFile = parser.parse("pjsip.conf");
        problems.addAll(pjsipFile.problems());
        var acls = read("acl.conf", source, problems, NamedAcls::read, NamedAcls.NONE);
        var pjsip = PjsipConf.read(pjsipFile, acls, problems::add);
        problems.addAll(TlsOptions.problems(pjsip));
        var parsed = DialplanParser.parse(parser.parse("extensions.conf"));
        problems.addAll(parsed.problems());
        var rtp = read("rtp.conf", source, problems, RtpSettings::read, RtpSettings.DEFAULT);
        var cdr = read("cdr.conf", source, problems, CdrSettings::read, CdrSettings.DEFAULT);
        var asterisk = optional(asteriskName, source, problems)
                .map(file -> AsteriskSettings.read(file, state, problems::add))
                .orElseGet(() -> AsteriskSettings.withoutFile(state));
        var fraud = optional("fraud.conf", source, problems)
                .map(file -> fraud(file, pjsip, problems))
                .orElse(FraudSettings.DEFAULT);
        var security = security(source, problems);
        var allo = optional("allo.conf", source, problems)
                .map(file -> AlloSettings.read(file, directory, problems::add))
                .orElse(AlloSettings.DEFAULT);
        var recording = read("recording.conf", source, problems, RecordingSettings::read, RecordingSettings.DEFAULT);
        var scripts = scripts(source, problems);
        var data = asterisk.directories().data();
        var music = optional("musiconhold.conf", source, problems)
                .map(file -> MusicConf.read(file, data, problems::add))
                .orElseGet(() -> MusicConf.withoutFile(data));
        var opus = read("codecs.conf", source, problems, OpusConf::read, OpusSettings.DEFAULT);
        var toneZone = toneZone(source);
        return new Configuration(
                directory,
                pjsip,
                parsed.dialplan(),
                rtp,
                cdr,
                asterisk,
                fraud,
                security,
                allo,
                recording,
                read("features.conf", source, problems, FeatureSettings::read, FeatureSettings.DEFAULT),
                voicemail(source, problems),
                conferences(source, problems),
                scripts,
                music,
                opus,
                toneZone,
                problems);
    }

    /** What scripts may, how texts are spoken, and where calendars are. */
    record Scripts(AgiSettings agi, SpeechSettings speech, CalendarSettings calendars) {}

    private static Scripts scripts(ConfSource source, List<ConfProblem> problems) {
        return new Scripts(
                read("agi.conf", source, problems, AgiSettings::read, AgiSettings.DEFAULT),
                read("speech.conf", source, problems, SpeechConf::read, SpeechSettings.DEFAULT),
                read("calendar.conf", source, problems, CalendarSettings::read, CalendarSettings.NONE));
    }

    /** The log of security events, where figures are shown, and whom the door lets in how often. */
    record Security(LoggerSettings logger, MetricsSettings metrics, DoorConf door) {}

    private static Security security(ConfSource source, List<ConfProblem> problems) {
        return new Security(
                optional("logger.conf", source, problems)
                        .map(LoggerSettings::read)
                        .orElse(LoggerSettings.DEFAULT),
                MetricsSettings.read(
                        optional("http.conf", source, problems),
                        optional("prometheus.conf", source, problems),
                        problems::add),
                read("door.conf", source, problems, DoorConf::read, DoorConf.DEFAULT));
    }

    /** Mailboxes, and how mails about their messages are sent. */
    record Voicemail(VoicemailSettings boxes, MailSettings mail) {}

    private static Voicemail voicemail(ConfSource source, List<ConfProblem> problems) {
        return new Voicemail(
                read("voicemail.conf", source, problems, VoicemailConf::read, VoicemailSettings.DEFAULT),
                read("mail.conf", source, problems, MailSettings::read, MailSettings.DEFAULT));
    }

    /** The profiles of conferences, and MeetMe's rooms. */
    record Conferences(ConferenceConf profiles, MeetMeConf meetMe) {}

    private static Conferences conferences(ConfSource source, List<ConfProblem> problems) {
        return new Conferences(
                read("confbridge.conf", source, problems, ConferenceConf::read, ConferenceConf.DEFAULT),
                read("meetme.conf", source, problems, MeetMeConf::read, MeetMeConf.NONE));
    }

    private static FraudSettings fraud(ConfFile file, PjsipConf pjsip, List<ConfProblem> problems) {
        FraudSettings.checkNames(file, pjsip.endpoints().keySet(), problems::add);
        return FraudSettings.read(file, problems::add);
    }

    /** {@code country} of indications.conf, of which nothing else is read yet; "" if there is none. */
    private static String toneZone(ConfSource source) {
        var unheard = new ArrayList<ConfProblem>();
        return optional("indications.conf", source, unheard)
                .flatMap(file -> file.section("general"))
                .flatMap(section -> section.value("country"))
                .orElse("");
    }

    /** The directory that an asterisk.conf names by {@code astetcdir}; /etc/asterisk if it does not, or is not given. */
    static Path directoryOf(@Nullable Path asteriskConf) {
        if (asteriskConf == null) {
            return DEFAULT_DIRECTORY;
        }
        var absolute = asteriskConf.toAbsolutePath();
        var parent = absolute.getParent();
        return new ConfParser(ConfSource.directory(parent == null ? absolute : parent))
                .parse(absolute.toString())
                .section("directories")
                .flatMap(section -> section.value("astetcdir"))
                .map(Path::of)
                .orElse(DEFAULT_DIRECTORY);
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(ConfProblem::isError);
    }

    /** What a file that may be missing becomes, with what is wrong in it; this where it is missing. */
    private static <T> T read(
            String name,
            ConfSource source,
            List<ConfProblem> problems,
            BiFunction<ConfFile, Consumer<ConfProblem>, T> reader,
            T missing) {
        return optional(name, source, problems)
                .map(file -> reader.apply(file, problems::add))
                .orElse(missing);
    }

    private static Optional<ConfFile> optional(String name, ConfSource source, List<ConfProblem> problems) {
        try {
            if (source.find(name).isEmpty()) {
                return Optional.empty();
            }
        } catch (IOException e) {
            problems.add(ConfProblem.error(
                    name,
                    0,
                    "file-unreadable",
                    new Text(name + " can't be read: " + e.getMessage(), name + " est illisible : " + e.getMessage()),
                    null));
            return Optional.empty();
        }
        var file = new ConfParser(source).parse(name);
        problems.addAll(file.problems());
        return Optional.of(file);
    }

    private static final Path DEFAULT_DIRECTORY = Path.of("/etc/asterisk");
}
