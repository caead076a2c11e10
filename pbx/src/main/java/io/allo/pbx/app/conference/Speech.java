package io.allo.pbx.app.conference;

import io.allo.media.port.Sound;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceSound;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Say;
import io.allo.pbx.conference.Conference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is said in a room, to all in the language of its profile or of who gives the occasion. Owned by the call. */
final class Speech {

    private final Call call;
    private final Prompts prompts;
    private final Conference room;
    private final BridgeProfile profile;

    Speech(Call call, Prompts prompts, Conference room, BridgeProfile profile) {
        this.call = call;
        this.prompts = prompts;
        this.room = room;
        this.profile = profile;
    }

    /** The names in an option's value, separated by {@code &}. */
    static List<String> sounds(String option) {
        return Arrays.stream(option.split("&"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** A sound's names. */
    List<String> names(ConferenceSound which) {
        return sounds(profile.sound(which));
    }

    private String language() {
        return profile.language().isBlank() ? call.channel().language() : profile.language();
    }

    /** A sound for all. */
    List<Sound> found(ConferenceSound which) {
        return found(names(which));
    }

    /** Sounds for all. */
    List<Sound> found(List<String> names) {
        return prompts.find(call, names, language()).sounds();
    }

    /** Lets all hear a sound; nothing if the profile wants no announcements. */
    void announce(ConferenceSound which) {
        announce(found(which));
    }

    /** Lets all hear sounds. */
    void announce(List<Sound> sounds) {
        if (profile.announces() && !sounds.isEmpty() && room.size() > 0) {
            room.announce(sounds, null);
        }
    }

    /** How many others there are, in words of this language; nobody else is {@link ConferenceSound#ONLY_PERSON}. */
    List<String> count(int others, String language) {
        if (others <= 0) {
            return names(ConferenceSound.ONLY_PERSON);
        }
        if (others == 1) {
            return names(ConferenceSound.ONLY_ONE);
        }
        var words = new ArrayList<>(names(ConferenceSound.THERE_ARE));
        words.addAll(Say.in(language).number(others, Gender.MASCULINE));
        words.addAll(names(ConferenceSound.OTHER_IN_PARTY));
        return words;
    }

    /** Lets all hear how many there are. */
    void announceCount(int others) {
        announce(found(count(others, language())));
    }
}
