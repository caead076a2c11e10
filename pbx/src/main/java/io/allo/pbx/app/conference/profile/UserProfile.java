package io.allo.pbx.app.conference.profile;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.function.Consumer;

/**
 * A section of {@code type=user} of confbridge.conf. Immutable.
 *
 * @param name of the section
 */
public record UserProfile(String name, Rank rank, Entry entry, Told told, Voice voice) {

    /** Nothing special. */
    public static final UserProfile DEFAULT = new UserProfile(
            "default_user",
            new Rank(false, false, false, false, false, false),
            new Entry("", true, 0, ""),
            new Told(false, false, Told.NEVER, true, true, false, false, false, ""),
            new Voice(false, Voice.USUAL_THRESHOLD, Voice.USUAL_SILENCE_MS, false, false));

    /**
     * What he is.
     *
     * @param admin {@code admin}
     * @param marked {@code marked}: the conference begins and ends with him for those who wait for him
     * @param waitMarked {@code wait_marked}: hears nobody until a marked user is there
     * @param endMarked {@code end_marked}: leaves with the last marked user
     * @param endMarkedAny {@code end_marked_any}: leaves with any marked user
     * @param startMuted {@code startmuted}
     */
    public record Rank(
            boolean admin,
            boolean marked,
            boolean waitMarked,
            boolean endMarked,
            boolean endMarkedAny,
            boolean startMuted) {}

    /**
     * How he comes and when he has to go.
     *
     * @param pin {@code pin}; "" for none
     * @param answers {@code answer_channel}
     * @param timeoutMs {@code timeout}; 0: never
     * @param announcement {@code announcement}: played to him first; "" for nothing
     */
    public record Entry(String pin, boolean answers, long timeoutMs, String announcement) {}

    /**
     * What is said to him and about him.
     *
     * @param quiet {@code quiet}: nothing that need not be
     * @param userCount {@code announce_user_count}
     * @param userCountAll {@code announce_user_count_all}: told to everyone when there are more than this many; {@link #NEVER}
     * @param onlyUser {@code announce_only_user}
     * @param ownJoinSound {@code hear_own_join_sound}
     * @param name {@code announce_join_leave}: he says his name, which is announced
     * @param review {@code announce_join_leave_review}: he may hear it and say it again
     * @param music {@code music_on_hold_when_empty}
     * @param musicClass {@code music_on_hold_class}; "" for the channel's
     */
    public record Told(
            boolean quiet,
            boolean userCount,
            int userCountAll,
            boolean onlyUser,
            boolean ownJoinSound,
            boolean name,
            boolean review,
            boolean music,
            String musicClass) {

        /** The number of users is never told to everyone. */
        public static final int NEVER = Integer.MAX_VALUE;
    }

    /**
     * How he is heard.
     *
     * @param dropsSilence {@code dsp_drop_silence}
     * @param talkingThreshold {@code dsp_talking_threshold}: the least mean magnitude of talk
     * @param silenceMs {@code dsp_silence_threshold}: after which he no longer talks
     * @param talkEvents {@code talk_detection_events}
     * @param digitsPass {@code dtmf_passthrough}
     */
    public record Voice(
            boolean dropsSilence, int talkingThreshold, int silenceMs, boolean talkEvents, boolean digitsPass) {

        static final int USUAL_THRESHOLD = 160;
        static final int USUAL_SILENCE_MS = 2_500;
    }

    private static final int MOST_SECONDS = 30 * 86_400;

    private static final OptionType<Integer> COUNT_ALL =
            OptionType.of(new Text("yes, no or a number", "yes, no ou un nombre"), text -> {
                var number = OptionType.integer(0, 100_000).read(text);
                if (number != null && number > 0) {
                    return number;
                }
                var wanted = OptionType.YES_NO.read(text);
                return wanted == null ? null : wanted ? 0 : Told.NEVER;
            });

    private static final OptionType<String> PIN =
            OptionType.of(new Text("digits", "des chiffres"), text -> text.matches("[0-9*]{0,80}") ? text : null);

    /** Reads a section; what is wrong is reported and the default taken. */
    static UserProfile read(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        reader.text("type", "");
        var profile = new UserProfile(section.name(), rank(reader), entry(reader), told(reader), voice(reader));
        reader.inert("text_messaging", NO_MESSAGES);
        reader.inert("send_events", NO_MESSAGES);
        reader.inert("echo_events", NO_MESSAGES);
        if (reader.yesNo("denoise", false)) {
            reader.inert(
                    "denoise",
                    new Text(
                            "Asterisk takes noise out of the user's sound; allo mixes it as it is",
                            "Asterisk ôte le bruit du son de l'usager ; allo le mélange tel quel"));
        }
        if (reader.has("jitterbuffer") && !reader.yesNo("jitterbuffer", true)) {
            reader.inert(
                    "jitterbuffer",
                    new Text(
                            "every member's sound goes through an adaptive jitter buffer before it is mixed",
                            "le son de chacun passe par un tampon adaptatif avant le mélange"));
        }
        reader.finish();
        return profile;
    }

    private static Rank rank(SectionReader reader) {
        return new Rank(
                reader.yesNo("admin", false),
                reader.yesNo("marked", false),
                reader.yesNo("wait_marked", false),
                reader.yesNo("end_marked", false),
                reader.yesNo("end_marked_any", false),
                reader.yesNo("startmuted", false));
    }

    private static Entry entry(SectionReader reader) {
        return new Entry(
                reader.value("pin", PIN, ""),
                reader.yesNo("answer_channel", true),
                reader.integer("timeout", 0, 0, MOST_SECONDS) * 1_000L,
                reader.text("announcement", ""));
    }

    private static Told told(SectionReader reader) {
        var review = reader.yesNo("announce_join_leave_review", false);
        return new Told(
                reader.yesNo("quiet", false),
                reader.yesNo("announce_user_count", false),
                reader.value("announce_user_count_all", COUNT_ALL, Told.NEVER),
                reader.yesNo("announce_only_user", true),
                reader.yesNo("hear_own_join_sound", true),
                reader.yesNo("announce_join_leave", false) || review,
                review,
                reader.yesNo("music_on_hold_when_empty", false),
                reader.text("music_on_hold_class", ""));
    }

    private static Voice voice(SectionReader reader) {
        return new Voice(
                reader.yesNo("dsp_drop_silence", false),
                reader.integer("dsp_talking_threshold", Voice.USUAL_THRESHOLD, 1, 32_768),
                reader.integer("dsp_silence_threshold", Voice.USUAL_SILENCE_MS, 1, Integer.MAX_VALUE),
                reader.yesNo("talk_detection_events", false),
                reader.yesNo("dtmf_passthrough", false));
    }

    private static final Text NO_MESSAGES = new Text(
            "Asterisk sends text messages about the conference to phones; allo does not",
            "Asterisk envoie aux postes des messages sur la conférence ; allo non");
}
