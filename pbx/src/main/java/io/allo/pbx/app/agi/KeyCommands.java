package io.allo.pbx.app.agi;

import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import io.allo.pbx.call.prompt.DigitsRead;
import java.util.List;

/** GET DATA, WAIT FOR DIGIT, RECEIVE CHAR and TEXT: what the caller sends. */
final class KeyCommands {

    private static final int MOST_DIGITS = 1_024;

    private KeyCommands() {}

    static List<AgiCommand> all() {
        return List.of(
                AgiCommand.live(
                        "get data",
                        "<file> [timeout] [max digits]",
                        "Plays a sound and reads digits until # or the most, timeout milliseconds for each.",
                        KeyCommands::data),
                AgiCommand.live(
                        "wait for digit",
                        "<timeout>",
                        "Waits so many milliseconds for a key, -1 for as long as it takes.",
                        KeyCommands::digit),
                AgiCommand.live(
                        "receive char",
                        "<timeout>",
                        "Waits for a character of text, which no channel of allo's sends.",
                        KeyCommands::character),
                AgiCommand.live(
                        "receive text",
                        "<timeout>",
                        "Waits for a line of text, which no channel of allo's sends.",
                        KeyCommands::text));
    }

    private static String data(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 3);
        var given = arguments.size() > 1 ? AgiCommand.number(arguments.get(1)) : 0;
        var most = arguments.size() > 2 ? AgiCommand.number(arguments.get(2)) : MOST_DIGITS;
        var channel = session.channel();
        var rules = new DigitRules(
                (int) Math.clamp(most, 1, MOST_DIGITS),
                given > 0 ? given : given < 0 ? DigitRules.UNLIMITED_MS : channel.responseTimeoutMs(),
                given > 0 ? given : given < 0 ? DigitRules.UNLIMITED_MS : channel.digitTimeoutMs(),
                "#");
        var sounds = arguments.getFirst().isBlank() ? List.<String>of() : List.of(arguments.getFirst());
        var read = new DigitReader(session.prompts()).read(session.call(), sounds, rules);
        return "200 result=" + read.digits() + (read.end() == DigitsRead.End.TIMEOUT ? " (timeout)" : "");
    }

    private static String digit(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 1);
        var waitMs = AgiCommand.number(arguments.getFirst());
        var key =
                new DigitReader(session.prompts()).digit(session.call(), waitMs < 0 ? DigitRules.UNLIMITED_MS : waitMs);
        return "200 result=" + (key == null ? 0 : (int) key);
    }

    private static String character(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 1);
        session.onHangup("200 result=-1 (hangup)");
        session.call().pause(waiting(arguments));
        return "200 result=0 (timeout)";
    }

    private static String text(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 1);
        session.call().pause(waiting(arguments));
        return "200 result=-1";
    }

    private static long waiting(List<String> arguments) {
        var ms = AgiCommand.number(arguments.getFirst());
        return ms <= 0 ? DigitRules.UNLIMITED_MS : ms;
    }
}
