package io.allo.pbx.app.conference;

import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.app.conference.profile.ConferenceSound;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Asks for a conference's PIN, three times. No state; on the call's thread. */
final class PinCheck {

    private static final int TRIES = 3;
    private static final long FIRST_WAIT_MS = 7_000;
    private static final long NEXT_WAIT_MS = 5_000;

    private final ConferenceWorld world;
    private final DigitReader reader;

    PinCheck(ConferenceWorld world) {
        this.world = world;
        this.reader = new DigitReader(world.prompts());
    }

    /** The PIN that was typed, if it is one of these; what was wrong is told to who typed it and to the log. */
    Optional<String> ask(Call call, String conference, BridgeProfile bridge, List<String> pins) {
        var longest = pins.stream().mapToInt(String::length).max().orElse(1);
        var rules = DigitRules.of(longest, FIRST_WAIT_MS, NEXT_WAIT_MS);
        for (var left = TRIES; left > 0; left--) {
            var typed = reader.read(call, Speech.sounds(bridge.sound(ConferenceSound.GET_PIN)), rules)
                    .digits();
            for (var pin : pins) {
                if (isSame(pin, typed)) {
                    return Optional.of(pin);
                }
            }
            call.problem(
                    "conference-pin",
                    call.channel().name() + " has typed a wrong PIN for the conference " + conference,
                    call.channel().name() + " a composé un code faux pour la conférence " + conference);
            world.prompts().play(call, Speech.sounds(bridge.sound(ConferenceSound.INVALID_PIN)));
        }
        return Optional.empty();
    }

    private static boolean isSame(String pin, String typed) {
        return MessageDigest.isEqual(pin.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }
}
