package io.allo.pbx.app.say;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Say.LetterCase;
import io.allo.pbx.call.prompt.SpokenText;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;

/** SayDigits, SayNumber, SayOrdinal, SayAlpha, SayAlphaCase, SayPhonetic. Any thread. */
final class SayWords {

    private final Speaking speaking;

    SayWords(Speaking speaking) {
        this.speaking = speaking;
    }

    void digits(Call call, String data) {
        speaking.say(call, say -> say.digits(data));
    }

    /** SayNumber(number,gender): f for feminine. */
    void number(Call call, String data) {
        var arguments = Arguments.of(data);
        var gender = Gender.parse(arguments.get(1));
        speaking.say(call, say -> say.number(SpokenText.number(arguments.get(0)), gender));
    }

    /** SayOrdinal(number,gender). */
    void ordinal(Call call, String data) {
        var arguments = Arguments.of(data);
        var gender = Gender.parse(arguments.get(1));
        speaking.say(call, say -> say.ordinal(SpokenText.number(arguments.get(0)), gender));
    }

    void letters(Call call, String data) {
        speaking.say(call, say -> say.letters(data));
    }

    /** SayAlphaCase(which,text): a for all letters, l for small ones, u for capitals, n for none. */
    void lettersWithCase(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var said = switch (arguments.get(0).strip()) {
            case "a" -> LetterCase.ALL;
            case "l" -> LetterCase.LOWER;
            case "u" -> LetterCase.UPPER;
            case "n" -> LetterCase.NONE;
            default -> throw new DialplanException("SayAlphaCase needs a, l, n or u, not: " + arguments.get(0));
        };
        speaking.say(call, say -> say.letters(arguments.get(1), said));
    }

    void phonetic(Call call, String data) {
        speaking.say(call, say -> say.phonetic(data));
    }
}
