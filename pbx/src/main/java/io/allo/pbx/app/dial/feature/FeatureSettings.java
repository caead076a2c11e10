package io.allo.pbx.app.dial.feature;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * features.conf. Immutable.
 *
 * @param digitMs {@code featuredigittimeout}: how long the next key of a code may take, in milliseconds; 1000
 * @param transferDigitMs {@code transferdigittimeout}: the same of a number that somebody is transferred to; 3 (written in seconds)
 * @param courtesyTone {@code courtesytone}: what both hear when a recording begins or ends by a key; none
 * @param recordingFailSound {@code recordingfailsound}: what who pressed hears when it could not begin; none
 * @param transferFailSound {@code xferfailsound}: what who transfers to nowhere hears; {@code pbx-invalid}
 * @param blindTransfer {@code [featuremap] blindxfer}; {@code #}
 * @param disconnect {@code disconnect}; {@code *}
 * @param oneTouchMix {@code automixmon}; none
 * @param oneTouchMonitor {@code automon}; none
 * @param groups of {@code [applicationmap]} by name; a section of a name of its own is a group of several, with keys of its own
 */
public record FeatureSettings(
        int digitMs,
        int transferDigitMs,
        String courtesyTone,
        String recordingFailSound,
        String transferFailSound,
        String blindTransfer,
        String disconnect,
        String oneTouchMix,
        String oneTouchMonitor,
        Map<String, List<AppFeature>> groups) {

    /** As if there were no file. */
    public static final FeatureSettings DEFAULT =
            new FeatureSettings(1_000, 3_000, "", "", "pbx-invalid", "#", "*", "", "", Map.of());

    private static final String MAP = "featuremap";
    private static final String APPLICATIONS = "applicationmap";
    private static final int MOST_KEYS = 10;
    private static final int MOST_WAIT_MS = 60_000;

    private static final Text KEYS_TEXT = new Text("up to 10 keys: 0-9 * # A-D", "jusqu'à 10 touches : 0-9 * # A-D");
    private static final OptionType<String> KEYS =
            OptionType.of(KEYS_TEXT, text -> text.isEmpty() || isKeys(text) ? text.toUpperCase(Locale.ROOT) : null);
    private static final Text LINE = new Text(
            "keys,self|peer,Application(arguments)[,musicclass], and then its name in DYNAMIC_FEATURES",
            "touches,self|peer,Application(arguments)[,classe], et son nom dans DYNAMIC_FEATURES");
    private static final Text NO_ATTENDED = new Text(
            "attended transfer by keys is not built yet; phones do it by their own button (REFER)",
            "le transfert supervisé par touches manque encore ; les téléphones le font par leur bouton (REFER)");
    private static final Text NO_PARKING =
            new Text("call parking is not built yet", "le parcage d'appels manque encore");
    private static final Text NO_PICKUP =
            new Text("call pickup is not built yet", "l'interception d'appels manque encore");
    private static final Text NO_SOUND =
            new Text("a transfer by keys has no such sound here", "le transfert par touches n'a pas ce son ici");

    public FeatureSettings {
        groups = Map.copyOf(groups);
    }

    static boolean isKeys(String text) {
        return text.length() <= MOST_KEYS && text.matches("[0-9*#A-Da-d]+");
    }

    /** Reads the file; what is wrong is reported, and the default taken or the line left out. */
    public static FeatureSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var general = section(file, "general");
        var map = section(file, MAP);
        var first = new SectionReader(general, problems);
        var keys = new SectionReader(map, problems);
        var settings = new FeatureSettings(
                first.integer("featuredigittimeout", DEFAULT.digitMs, 100, MOST_WAIT_MS),
                first.integer("transferdigittimeout", DEFAULT.transferDigitMs / 1000, 1, MOST_WAIT_MS / 1000) * 1000,
                first.text("courtesytone", ""),
                first.text("recordingfailsound", ""),
                first.text("xferfailsound", DEFAULT.transferFailSound),
                keys.value("blindxfer", KEYS, DEFAULT.blindTransfer),
                keys.value("disconnect", KEYS, DEFAULT.disconnect),
                keys.value("automixmon", KEYS, ""),
                keys.value("automon", KEYS, ""),
                groups(file, problems));
        inert(first, keys);
        first.finish();
        keys.finish();
        return settings;
    }

    private static ConfSection section(ConfFile file, String name) {
        return file.section(name).orElseGet(() -> new ConfSection(name, false, List.of(), List.of(), file.name(), 0));
    }

    private static void inert(SectionReader general, SectionReader map) {
        for (var name : List.of(
                "atxfernoanswertimeout",
                "atxferdropcall",
                "atxferloopdelay",
                "atxfercallbackretries",
                "atxferabort",
                "atxfercomplete",
                "atxferthreeway",
                "atxferswap")) {
            inert(general, name, NO_ATTENDED);
        }
        for (var name : List.of("pickupexten", "pickupsound", "pickupfailsound")) {
            inert(general, name, NO_PICKUP);
        }
        for (var name : List.of(
                "xfersound",
                "transferdialattempts",
                "transferannouncesound",
                "transferretrysound",
                "transferinvalidsound")) {
            inert(general, name, NO_SOUND);
        }
        inert(map, "atxfer", NO_ATTENDED);
        inert(map, "parkcall", NO_PARKING);
    }

    private static void inert(SectionReader reader, String name, Text why) {
        if (reader.has(name)) {
            reader.inert(name, why);
        }
    }

    private static Map<String, List<AppFeature>> groups(ConfFile file, Consumer<ConfProblem> problems) {
        var groups = new LinkedHashMap<String, List<AppFeature>>();
        file.section(APPLICATIONS).ifPresent(section -> {
            for (var entry : section.entries()) {
                var feature = AppFeature.parse(entry.key(), entry.value());
                if (feature == null) {
                    wrong(section, entry, problems);
                } else {
                    groups.put(entry.key(), List.of(feature));
                }
            }
        });
        var single = Map.copyOf(groups);
        for (var section : file.sections()) {
            var name = section.name().toLowerCase(Locale.ROOT);
            if (!List.of("general", MAP, APPLICATIONS).contains(name)) {
                groups.put(section.name(), group(section, single, problems));
            }
        }
        return groups;
    }

    private static List<AppFeature> group(
            ConfSection section, Map<String, List<AppFeature>> single, Consumer<ConfProblem> problems) {
        var group = new ArrayList<AppFeature>();
        for (var entry : section.entries()) {
            var known = single.get(entry.key());
            if (known == null || !entry.value().isEmpty() && !isKeys(entry.value())) {
                wrong(section, entry, problems);
            } else {
                var feature = known.getFirst();
                group.add(entry.value().isEmpty() ? feature : feature.withKeys(entry.value()));
            }
        }
        return List.copyOf(group);
    }

    private static void wrong(ConfSection section, ConfEntry entry, Consumer<ConfProblem> problems) {
        var application = section.name().equalsIgnoreCase(APPLICATIONS);
        problems.accept(ConfProblem.error(
                entry.file(),
                entry.line(),
                "option-value",
                new Text(
                        "[" + section.name() + "] " + entry.key() + " can't be read and is left out",
                        "[" + section.name() + "] " + entry.key() + " est illisible et laissé de côté"),
                application ? LINE : KEYS_TEXT));
    }
}
