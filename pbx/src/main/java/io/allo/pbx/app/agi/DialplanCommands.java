package io.allo.pbx.app.agi;

import io.allo.pbx.call.Channel;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.Substitution;
import io.allo.pbx.dialplan.VariableScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** EXEC, GOSUB, variables, SET CONTEXT and its kin: the dialplan as a script uses it. */
final class DialplanCommands {

    private static final Logger LOG = LoggerFactory.getLogger("dialplan");
    private static final String NO_LABEL = "200 result=-1 Gosub label not found";

    private DialplanCommands() {}

    static List<AgiCommand> all() {
        return List.of(
                AgiCommand.always("noop", "[anything]", "Does nothing.", (session, arguments) -> "200 result=0"),
                AgiCommand.always(
                        "asyncagi break",
                        "",
                        "Ends an asynchronous script, which this is not.",
                        (session, arguments) -> "200 result=0"),
                AgiCommand.always(
                        "exec",
                        "<application> <options>",
                        "Runs an application of the dialplan.",
                        DialplanCommands::execute),
                AgiCommand.live(
                        "gosub",
                        "<context> <extension> <priority> [arguments]",
                        "Runs a subroutine of the dialplan until it returns.",
                        DialplanCommands::subroutine),
                AgiCommand.always(
                        "get variable", "<name>", "Gives a variable or function.", DialplanCommands::variable),
                AgiCommand.always(
                        "get full variable",
                        "<expression> [channel name]",
                        "Gives a text with its variables, functions and expressions put in.",
                        DialplanCommands::expression),
                AgiCommand.always(
                        "set variable", "<name> <value>", "Sets a variable or function.", (session, arguments) -> {
                            AgiCommand.need(arguments, 2, 2);
                            assign(session, arguments.get(0), arguments.get(1));
                            return "200 result=1";
                        }),
                AgiCommand.live("set context", "<context>", "The dialplan goes on there.", (session, arguments) -> {
                    AgiCommand.need(arguments, 1, 1);
                    session.course().context(arguments.getFirst());
                    return "200 result=0";
                }),
                AgiCommand.live("set extension", "<extension>", "The dialplan goes on there.", (session, arguments) -> {
                    AgiCommand.need(arguments, 1, 1);
                    session.course().extension(arguments.getFirst());
                    return "200 result=0";
                }),
                AgiCommand.live(
                        "set priority",
                        "<priority>",
                        "The dialplan goes on there: a number or a label.",
                        DialplanCommands::priority),
                AgiCommand.always("verbose", "<message> [level]", "Writes to the log.", (session, arguments) -> {
                    AgiCommand.need(arguments, 1, 2);
                    LOG.info(
                            "{}: {}",
                            session.channel().name(),
                            arguments.getFirst().replaceAll("\\p{Cntrl}", " "));
                    return "200 result=1";
                }));
    }

    /** What follows the application's name is one argument in Asterisk; more words are taken as one text with blanks. */
    private static String execute(AgiSession session, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new AgiCommand.Usage();
        }
        var name = arguments.getFirst();
        if (!session.runner().hasApplication(name)) {
            session.call()
                    .problem(
                            "agi",
                            "EXEC: there is no application " + name,
                            "EXEC : il n'y a pas d'application " + name);
            return "200 result=-2";
        }
        session.runner().execute(session.call(), name, String.join(" ", arguments.subList(1, arguments.size())));
        return "200 result=0";
    }

    private static String subroutine(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 3, AgiLine.MOST_WORDS);
        var context = arguments.get(0);
        var extension = arguments.get(1);
        var number = number(session, context, extension, arguments.get(2));
        var start = new DialplanLocation(context, extension, Math.max(1, number));
        if (number < 1 || !session.runner().exists(session.call(), start)) {
            return session.failure(NO_LABEL);
        }
        var rest = Arguments.of(String.join(" ", arguments.subList(3, arguments.size())))
                .all();
        session.tell("100 result=0 Trying...");
        session.runner().subroutine(session.call(), start, rest);
        return "200 result=0 Gosub complete";
    }

    /** A priority by number or label; 0 if there is none. */
    private static int number(AgiSession session, String context, String extension, String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Integer.parseInt(text);
        }
        var caller = session.channel().callerId().number();
        return session.runner()
                .dialplan()
                .findLabel(context, extension, text, caller, session.runner().now())
                .map(found -> found.priority().number())
                .orElse(0);
    }

    private static String priority(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 1);
        var here = session.channel().location();
        var number = number(session, here.context(), here.extension(), arguments.getFirst());
        if (number < 1) {
            throw new AgiCommand.Usage();
        }
        session.course().priority(number);
        return "200 result=0";
    }

    private static String variable(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 1);
        var name = arguments.getFirst();
        if (name.endsWith(")") && name.indexOf('(') > 0) {
            return found(session.runner().substitute(session.call(), "${" + name + "}"));
        }
        return session.runner()
                .find(session.call(), name)
                .map(value -> "200 result=1 (" + value + ")")
                .orElse("200 result=0");
    }

    private static String expression(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 2);
        var other = AgiCommand.optional(arguments, 1);
        if (other.isEmpty() || other.equals(session.channel().name())) {
            return found(session.runner().substitute(session.call(), arguments.getFirst()));
        }
        var channel = session.otherChannel(other);
        return channel == null ? "200 result=0" : found(Substitution.replace(arguments.getFirst(), scope(channel)));
    }

    /** Of another call's channel its variables can be read; its functions are for its own call. */
    private static VariableScope scope(Channel channel) {
        return new VariableScope() {
            @Override
            public @Nullable String variable(String name) {
                return switch (name) {
                    case "CHANNEL" -> channel.name();
                    case "UNIQUEID" -> channel.uniqueId();
                    case "CONTEXT" -> channel.location().context();
                    case "EXTEN" -> channel.location().extension();
                    case "PRIORITY" -> String.valueOf(channel.location().priority());
                    default -> channel.variables().value(name);
                };
            }

            @Override
            public String function(String name, String arguments) {
                throw new DialplanException("functions of another channel can't be read");
            }
        };
    }

    private static String found(String value) {
        return value.isEmpty() ? "200 result=0" : "200 result=1 (" + value + ")";
    }

    private static void assign(AgiSession session, String name, String value) {
        if (name.indexOf('(') < 0) {
            session.runner().assign(session.call(), name, value);
        } else {
            session.runner().assign(session.call(), name + "=" + value);
        }
    }
}
