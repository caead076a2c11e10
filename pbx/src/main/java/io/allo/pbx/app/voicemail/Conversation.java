package io.allo.pbx.app.voicemail;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import io.allo.pbx.call.prompt.DigitsRead;
import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Say;
import java.util.List;

/** What is said to one caller and the keys that come back; {@link #NO_KEY} where none came. Owned by the call. */
final class Conversation {

    /** No key was pressed. */
    static final char NO_KEY = 0;

    /** How long a menu waits for a key. */
    static final long KEY_MS = 6_000;

    private static final long FIRST_DIGIT_MS = 10_000;
    private static final long NEXT_DIGIT_MS = 5_000;

    private final Call call;
    private final Prompts prompts;
    private final DigitReader reader;

    Conversation(Call call, Prompts prompts) {
        this.call = call;
        this.prompts = prompts;
        this.reader = new DigitReader(prompts);
    }

    Call call() {
        return call;
    }

    Prompts prompts() {
        return prompts;
    }

    boolean isFrench() {
        return call.channel().language().startsWith("fr");
    }

    Say words() {
        return Say.in(call.channel().language());
    }

    List<String> number(long n) {
        return words().number(n, Gender.MASCULINE);
    }

    /** Says sounds; any key ends it and is the result. */
    char say(String... names) {
        return say(List.of(names));
    }

    char say(List<String> names) {
        return sayUntil(Prompts.ANY_DIGIT, names);
    }

    /** Says sounds; only these keys end it. */
    char sayUntil(String keys, List<String> names) {
        var key = names.isEmpty() ? NO_KEY : prompts.play(call, names, keys).digit();
        endIfHungUp();
        return key;
    }

    /** Says sounds and waits for a key. */
    char ask(List<String> names) {
        var key = say(names);
        return key == NO_KEY ? await(KEY_MS) : key;
    }

    char await(long ms) {
        var key = reader.digit(call, ms);
        endIfHungUp();
        return key == null ? NO_KEY : key;
    }

    /** Asks for digits, ended by # or a pause; a star alone or first is the result "*". */
    String digits(int most, String... names) {
        return digits(most, FIRST_DIGIT_MS, names);
    }

    String digits(int most, long firstMs, String... names) {
        var rules = new DigitRules(most, firstMs, NEXT_DIGIT_MS, "#*");
        DigitsRead read = reader.read(call, List.of(names), rules);
        endIfHungUp();
        return read.terminator() == '*' ? "*" : read.digits();
    }

    /** A prompt that a hang-up cuts short only ends; the next wait is what throws. No answer must be made of that silence. */
    void endIfHungUp() {
        if (call.channel().isHungUp()) {
            call.await(0);
        }
    }
}
