package io.allo.pbx.app.agi;

import io.allo.pbx.call.prompt.Gender;
import io.allo.pbx.call.prompt.Say;
import io.allo.pbx.call.prompt.SpokenText;
import io.allo.pbx.call.prompt.UnspeakableException;
import io.allo.pbx.dialplan.DialplanException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Function;

/** The SAY commands: with recorded words in the channel's language, ended by the escape digits. */
final class SayCommands {

    private SayCommands() {}

    static List<AgiCommand> all() {
        return List.of(
                AgiCommand.live(
                        "say alpha",
                        "<text> <escape digits>",
                        "Says letters and signs one by one.",
                        (session, arguments) -> plain(session, arguments, say -> say.letters(arguments.get(0)))),
                AgiCommand.live(
                        "say digits", "<number> <escape digits>", "Says digits one by one.", SayCommands::digits),
                AgiCommand.live(
                        "say phonetic",
                        "<text> <escape digits>",
                        "Spells by the spelling alphabet.",
                        (session, arguments) -> plain(session, arguments, say -> say.phonetic(arguments.get(0)))),
                AgiCommand.live(
                        "say number",
                        "<number> <escape digits> [gender]",
                        "Says a whole number, of feminine gender with f.",
                        SayCommands::number),
                AgiCommand.live(
                        "say date",
                        "<seconds> <escape digits>",
                        "Says the day of a moment in seconds since 1970.",
                        (session, arguments) -> moment(session, arguments, Say::dateFormat)),
                AgiCommand.live(
                        "say time",
                        "<seconds> <escape digits>",
                        "Says the hour of a moment in seconds since 1970.",
                        (session, arguments) -> moment(session, arguments, Say::clockFormat)),
                AgiCommand.live(
                        "say datetime",
                        "<seconds> <escape digits> [format] [timezone]",
                        "Says a moment in seconds since 1970 by a format, as SayUnixTime does.",
                        SayCommands::datetime));
    }

    private static String plain(AgiSession session, List<String> arguments, Function<Say, List<String>> words) {
        AgiCommand.need(arguments, 2, 2);
        return say(session, arguments.get(1), words);
    }

    private static String digits(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 2, 2);
        AgiCommand.number(arguments.getFirst().matches("[0-9]{16,}") ? "0" : arguments.getFirst());
        return say(session, arguments.get(1), say -> say.digits(arguments.get(0)));
    }

    private static String number(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 2, 3);
        var number = AgiCommand.number(arguments.getFirst());
        var gender = Gender.parse(AgiCommand.optional(arguments, 2));
        return say(session, arguments.get(1), say -> say.number(number, gender));
    }

    private static String moment(AgiSession session, List<String> arguments, Function<Say, String> format) {
        AgiCommand.need(arguments, 2, 2);
        AgiCommand.number(arguments.getFirst());
        var now = session.runner().now();
        return say(
                session,
                arguments.get(1),
                say -> say.time(SpokenText.moment(arguments.get(0), now), now, format.apply(say)));
    }

    private static String datetime(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 2, 4);
        AgiCommand.number(arguments.getFirst());
        var now = in(AgiCommand.optional(arguments, 3), session.runner().now());
        var format = AgiCommand.optional(arguments, 2);
        return say(session, arguments.get(1), say -> say.time(SpokenText.moment(arguments.get(0), now), now, format));
    }

    private static ZonedDateTime in(String zone, ZonedDateTime now) {
        try {
            return zone.isBlank() ? now : now.withZoneSameInstant(ZoneId.of(zone.strip()));
        } catch (DateTimeException unknown) {
            throw new DialplanException("there is no time zone " + zone);
        }
    }

    private static String say(AgiSession session, String keys, Function<Say, List<String>> words) {
        try {
            var spoken = words.apply(Say.in(session.channel().language()));
            var played = session.prompts().play(session.call(), spoken, keys);
            return "200 result=" + (played.hasDigit() ? (int) played.digit() : 0);
        } catch (UnspeakableException unspeakable) {
            throw new DialplanException(String.valueOf(unspeakable.getMessage()));
        }
    }
}
