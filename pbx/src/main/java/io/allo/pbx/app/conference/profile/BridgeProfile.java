package io.allo.pbx.app.conference.profile;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A section of {@code type=bridge} of confbridge.conf. Immutable.
 *
 * @param name of the section
 * @param maxMembers {@code max_members}; 0: no limit
 * @param internalRateHz {@code internal_sample_rate}; 0: as the members need
 * @param maximumRateHz {@code maximum_sample_rate}; 0: no maximum
 * @param language {@code language}: of what everyone hears; "" for the language of who opens the conference
 * @param announces {@code announcements}: something is played to all
 * @param named sounds that the profile names itself
 */
public record BridgeProfile(
        String name,
        int maxMembers,
        int internalRateHz,
        int maximumRateHz,
        String language,
        boolean announces,
        Recorded recorded,
        Map<ConferenceSound, String> named) {

    /** Nothing special. */
    public static final BridgeProfile DEFAULT = new BridgeProfile(
            "default_bridge", 0, 0, 0, "", true, new Recorded(false, "", true, true, "", ""), Map.of());

    public BridgeProfile {
        named = Map.copyOf(named);
    }

    /**
     * How the conference is recorded.
     *
     * @param wanted {@code record_conference}
     * @param file {@code record_file}; "" for {@code confbridge-NAME-TIME.wav}
     * @param appends {@code record_file_append}
     * @param stamps {@code record_file_timestamp}: the moment of its beginning is part of the name
     * @param options {@code record_options}: MixMonitor's
     * @param command {@code record_command}: run when it is whole
     */
    public record Recorded(
            boolean wanted, String file, boolean appends, boolean stamps, String options, String command) {}

    /** What a sound is called here; alternatives separated by {@code |}. */
    public String sound(ConferenceSound which) {
        return named.getOrDefault(which, which.usual());
    }

    private static final int LEAST_RATE_HZ = 8_000;
    private static final int MOST_RATE_HZ = 192_000;
    private static final int MOST_MEMBERS = 1_000_000;

    /** Reads a section; what is wrong is reported and the default taken. */
    static BridgeProfile read(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        reader.text("type", "");
        var sounds = new EnumMap<ConferenceSound, String>(ConferenceSound.class);
        for (var sound : ConferenceSound.values()) {
            reader.optional(sound.option(), OptionType.TEXT)
                    .filter(text -> !text.isBlank())
                    .ifPresent(text -> sounds.put(sound, text));
        }
        var profile = new BridgeProfile(
                section.name(),
                reader.integer("max_members", 0, 0, MOST_MEMBERS),
                reader.value("internal_sample_rate", rate("auto"), 0),
                reader.value("maximum_sample_rate", rate("none"), 0),
                reader.text("language", ""),
                reader.yesNo("announcements", true),
                recorded(reader),
                sounds);
        inert(reader);
        reader.finish();
        return profile;
    }

    private static Recorded recorded(SectionReader reader) {
        return new Recorded(
                reader.yesNo("record_conference", false),
                reader.text("record_file", ""),
                reader.yesNo("record_file_append", true),
                reader.yesNo("record_file_timestamp", true),
                reader.text("record_options", ""),
                reader.text("record_command", ""));
    }

    private static OptionType<Integer> rate(String none) {
        return OptionType.of(
                new Text(
                        none + " or " + LEAST_RATE_HZ + " to " + MOST_RATE_HZ,
                        none + " ou de " + LEAST_RATE_HZ + " à " + MOST_RATE_HZ),
                text -> text.toLowerCase(Locale.ROOT).equals(none)
                        ? Integer.valueOf(0)
                        : OptionType.integer(LEAST_RATE_HZ, MOST_RATE_HZ).read(text));
    }

    private static void inert(SectionReader reader) {
        if (!reader.text("mixing_interval", "20").equals("20")) {
            reader.inert(
                    "mixing_interval",
                    new Text("conferences are mixed every 20 ms", "les conférences sont mélangées toutes les 20 ms"));
        }
        if (!reader.text("video_mode", "none").equalsIgnoreCase("none")) {
            reader.inert("video_mode", NO_VIDEO);
        }
        reader.inert(
                "regcontext",
                new Text(
                        "Asterisk makes an extension for each conference that is open; allo does not",
                        "Asterisk crée une extension par conférence ouverte ; allo non"));
        for (var video : List.of(
                "video_update_discard",
                "remb_send_interval",
                "remb_behavior",
                "remb_estimated_bitrate",
                "binaural_active")) {
            reader.inert(video, NO_VIDEO);
        }
        if (reader.yesNo("enable_events", false)) {
            reader.inert(
                    "enable_events",
                    new Text(
                            "Asterisk sends text messages about the conference to phones; allo does not",
                            "Asterisk envoie aux postes des messages sur la conférence ; allo non"));
        }
        var sounds = new LinkedHashMap<String, Text>();
        sounds.put("sound_binaural_on", NO_VIDEO);
        sounds.put("sound_binaural_off", NO_VIDEO);
        sounds.forEach(reader::inert);
    }

    private static final Text NO_VIDEO = new Text(
            "conferences have sound in one channel, no video", "les conférences ont du son sur une voie, pas de vidéo");
}
