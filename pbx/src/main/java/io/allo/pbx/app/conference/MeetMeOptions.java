package io.allo.pbx.app.conference;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceConf;
import io.allo.pbx.app.conference.profile.MenuAction;
import io.allo.pbx.app.conference.profile.MenuProfile;
import io.allo.pbx.app.conference.profile.UserProfile;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MeetMe's options as profiles of ConfBridge: a A c C d D e E F G(x) i I k l L(x) m M(class) n o p(keys) P q r s S(x) t T w(x) W(x) x X 1 act;
 * b and v are told as problems. Immutable; any thread.
 */
final class MeetMeOptions {

    private static final String ACTING = "aAcCdDeEFGiIklLmMnopPqrsStTwWxX1";

    private final ConferenceWorld world;
    private final OptionLetters options;

    MeetMeOptions(ConferenceWorld world, OptionLetters options) {
        this.world = world;
        this.options = options;
    }

    /** Those of these options that do nothing here. */
    static List<Character> inert(OptionLetters options) {
        return options.letters().stream()
                .filter(letter -> ACTING.indexOf(letter) < 0)
                .toList();
    }

    void warn(Call call) {
        for (var letter : inert(options)) {
            var why = WHY.getOrDefault(letter, "");
            call.problem(
                    "conference-option",
                    "MeetMe's option " + letter + " is not done here" + (why.isEmpty() ? "" : ": " + why),
                    "l'option " + letter + " de MeetMe n'est pas faite ici");
        }
    }

    private static final Map<Character, String> WHY = Map.of(
            'b', "it ran an AGI script beside the conference",
            'v', "it announced who comes by his voicemail greeting; use i or I");

    boolean picks() {
        return options.has('e') || options.has('E');
    }

    boolean picksPinless() {
        return options.has('E');
    }

    boolean makesRooms() {
        return options.has('d') || options.has('D');
    }

    boolean asksForNewPin() {
        return options.has('D');
    }

    boolean alwaysAsks() {
        return options.has('P');
    }

    boolean isAdmin() {
        return options.has('a');
    }

    boolean continues() {
        return options.has('C');
    }

    /** t: he talks and hears nobody. */
    boolean isDeaf() {
        return options.has('t');
    }

    /** l: he hears and never talks. */
    boolean canSpeak() {
        return !options.has('l');
    }

    BridgeProfile bridge(BridgeProfile usual) {
        var recorded = usual.recorded();
        return new BridgeProfile(
                "MeetMe",
                usual.maxMembers(),
                usual.internalRateHz(),
                usual.maximumRateHz(),
                usual.language(),
                usual.announces(),
                new BridgeProfile.Recorded(
                        options.has('r'),
                        recorded.file(),
                        recorded.appends(),
                        recorded.stamps(),
                        recorded.options(),
                        recorded.command()),
                usual.named());
    }

    UserProfile user(boolean asAdmin) {
        var usual = UserProfile.DEFAULT;
        return new UserProfile(
                "MeetMe",
                new UserProfile.Rank(asAdmin, options.has('A'), waits(), options.has('x'), false, options.has('m')),
                new UserProfile.Entry("", true, timeoutMs(), options.has('q') ? "" : options.argument('G', "")),
                new UserProfile.Told(
                        options.has('q'),
                        options.has('c'),
                        UserProfile.Told.NEVER,
                        !options.has('1'),
                        true,
                        options.has('i') || options.has('I'),
                        options.has('i'),
                        options.has('M'),
                        options.argument('M', "")),
                new UserProfile.Voice(
                        options.has('o'),
                        usual.voice().talkingThreshold(),
                        usual.voice().silenceMs(),
                        options.has('T'),
                        options.has('F')));
    }

    /** w, W: till a marked user is there he hears and says nothing. */
    private boolean waits() {
        return (options.has('w') || options.has('W')) && !options.has('A');
    }

    /** For how long at most; 0: no limit. */
    long waitMs() {
        return 1_000 * Math.max(number(options.argument('w', "")), number(options.argument('W', "")));
    }

    /** k: who is left alone by him has to go too. */
    boolean closesLast() {
        return options.has('k');
    }

    /** S: seconds, L: milliseconds, then he has to go. */
    private long timeoutMs() {
        var seconds = number(options.argument('S', ""));
        var limit = number(options.argument('L', "").replaceFirst(":.*", ""));
        return seconds > 0 && limit > 0 ? Math.min(seconds * 1_000, limit) : Math.max(seconds * 1_000, limit);
    }

    private static long number(String text) {
        return text.strip().matches("[0-9]{1,9}") ? Long.parseLong(text.strip()) : 0;
    }

    /** s: the menu that * opens; p: keys that lead out, # if none is named. */
    MenuProfile menu(ConferenceConf samples, boolean asAdmin) {
        var sequences = new HashMap<String, List<MenuAction>>();
        if (options.has('s')) {
            samples.menu(asAdmin ? "sample_admin_menu" : "sample_user_menu")
                    .orElse(MenuProfile.NONE)
                    .sequences()
                    .forEach((keys, actions) -> {
                        if (keys.startsWith("*")) {
                            sequences.put(keys, actions);
                        }
                    });
        }
        if (options.has('p')) {
            var keys = options.argument('p', "").isBlank() ? "#" : options.argument('p', "");
            for (var key : keys.toCharArray()) {
                sequences.put(String.valueOf(key), List.of(new MenuAction(MenuAction.Kind.LEAVE_CONFERENCE, "")));
            }
        }
        return new MenuProfile("MeetMe", sequences);
    }

    /** X: a key that is an extension of MEETME_EXIT_CONTEXT, or of where he is. */
    @Nullable
    DialplanLocation exit(Call call, char key) {
        if (!options.has('X')) {
            return null;
        }
        var wanted = world.runner().variable(call, "MEETME_EXIT_CONTEXT");
        var context = wanted.isBlank() ? call.channel().location().context() : wanted;
        var place = new DialplanLocation(context, String.valueOf(key), 1);
        return world.runner().exists(call, place) ? place : null;
    }
}
