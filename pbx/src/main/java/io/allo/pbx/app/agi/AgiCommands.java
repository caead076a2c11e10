package io.allo.pbx.app.agi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The 47 commands of Asterisk 22, by their names. Immutable; any thread. */
final class AgiCommands {

    private static final int LONGEST_NAME = 3;

    private final Map<String, AgiCommand> commands;

    AgiCommands(AgiWorld world) {
        commands = Stream.of(
                        ChannelCommands.all(world),
                        DatabaseCommands.all(world),
                        DialplanCommands.all(),
                        KeyCommands.all(),
                        RecordCommands.all(world),
                        SayCommands.all(),
                        SpeechCommands.all(),
                        StreamCommands.all())
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableMap(AgiCommand::name, Function.identity()));
    }

    /** All of them. */
    Map<String, AgiCommand> all() {
        return commands;
    }

    /** A command and what follows its name. */
    record Meant(AgiCommand command, List<String> arguments) {}

    /** The command that a line begins with, the longest name first; null if none. */
    @Nullable
    Meant find(List<String> words) {
        for (var length = Math.min(LONGEST_NAME, words.size()); length > 0; length--) {
            var command =
                    commands.get(String.join(" ", words.subList(0, length)).toLowerCase(Locale.ROOT));
            if (command != null) {
                return new Meant(command, words.subList(length, words.size()));
            }
        }
        return null;
    }
}
