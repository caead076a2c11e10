package io.allo.pbx.call.recording;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * recording.conf {@code [general]}, allo's own file. Immutable.
 *
 * @param sidecar {@code sidecar}: a {@code .json} beside each recording of a call says who, when, how long, and its hash; yes
 * @param keepDays {@code keep_days}: recordings of calls older than this are deleted each day; 0 keeps them. 180 with preset france
 * @param notice {@code announce}: the sound that is played before a call is recorded; empty: none. With preset france
 *     {@code this-call-may-be-monitored-or-recorded}
 * @param declineKey {@code decline_key}: the key by which the caller declines while the notice is played; empty: none. With preset france {@code 9}
 * @param pauseKey {@code pause_key}: keys by which either side of a talk leaves what is said out of its recordings, and takes it in again (*5);
 *     silence stands in its place; empty: none
 * @param seal {@code seal}: recordings are encrypted where they lie, by the keys of seal.keys; no
 * @param directories {@code allow_directory}: where absolute names of recordings may lie, beside Asterisk's directories
 */
public record RecordingSettings(
        boolean sidecar,
        int keepDays,
        String notice,
        String declineKey,
        String pauseKey,
        boolean seal,
        List<Path> directories) {

    /** As if there were no file. */
    public static final RecordingSettings DEFAULT = new RecordingSettings(true, 0, "", "", "", false, List.of());

    /** French law as the CNIL reads it: those who are recorded are told before, may object, and it is kept six months at most. */
    public static final RecordingSettings FRANCE =
            new RecordingSettings(true, 180, "this-call-may-be-monitored-or-recorded", "9", "", false, List.of());

    private static final int MOST_DAYS = 36_500;

    private static final OptionType<RecordingSettings> PRESET =
            OptionType.of(new Text("none or france", "none ou france"), text -> switch (text) {
                case "none" -> DEFAULT;
                case "france" -> FRANCE;
                default -> null;
            });

    private static final OptionType<String> KEY = OptionType.of(
            new Text("one key: 0-9 * #", "une touche : 0-9 * #"), text -> text.matches("[0-9*#]?") ? text : null);

    private static final OptionType<String> KEYS = OptionType.of(
            new Text("up to 10 keys: 0-9 * #", "jusqu'à 10 touches : 0-9 * #"),
            text -> text.matches("[0-9*#]{0,10}") ? text : null);

    private static final OptionType<Path> DIRECTORY =
            OptionType.of(new Text("an absolute directory", "un répertoire absolu"), text -> {
                try {
                    var path = Path.of(text);
                    return path.isAbsolute() ? path : null;
                } catch (InvalidPathException broken) {
                    return null;
                }
            });

    public RecordingSettings {
        directories = List.copyOf(directories);
    }

    /** Reads the file; what is wrong is reported and the default taken. */
    public static RecordingSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var section = file.section("general");
        if (section.isEmpty()) {
            return DEFAULT;
        }
        var reader = new SectionReader(section.get(), problems);
        var preset = reader.value("preset", PRESET, DEFAULT);
        var settings = new RecordingSettings(
                reader.yesNo("sidecar", preset.sidecar()),
                reader.integer("keep_days", preset.keepDays(), 0, MOST_DAYS),
                reader.text("announce", preset.notice()),
                reader.value("decline_key", KEY, preset.declineKey()),
                reader.value("pause_key", KEYS, preset.pauseKey()),
                reader.yesNo("seal", preset.seal()),
                reader.values("allow_directory", DIRECTORY));
        reader.finish();
        return settings;
    }
}
