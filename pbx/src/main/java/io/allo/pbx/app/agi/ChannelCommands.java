package io.allo.pbx.app.agi;

import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.endpoint.CallerIdText;
import java.util.List;

/** ANSWER, HANGUP, CHANNEL STATUS, SET CALLERID and what else concerns the channel itself. */
final class ChannelCommands {

    private ChannelCommands() {}

    static List<AgiCommand> all(AgiWorld world) {
        return List.of(
                AgiCommand.live("answer", "", "Answers, if need be.", (session, arguments) -> {
                    AgiCommand.need(arguments, 0, 0);
                    session.prompts().answer(session.call());
                    return "200 result=0";
                }),
                AgiCommand.live(
                        "hangup",
                        "[channel name]",
                        "Hangs up this channel, or the one named.",
                        (session, arguments) -> hangUp(session, arguments, world.calls())),
                AgiCommand.live(
                        "channel status",
                        "[channel name]",
                        "Gives the state of this channel, or of the one named: 0 down, 4 ring, 5 ringing, 6 up.",
                        (session, arguments) -> status(session, arguments, world.calls())),
                AgiCommand.live("set callerid", "<number>", "Names the caller anew.", (session, arguments) -> {
                    AgiCommand.need(arguments, 1, 1);
                    var given = CallerIdText.parse(arguments.getFirst());
                    var caller = session.channel().callerId().withNumber(given.number());
                    session.channel().callerId(given.name().isEmpty() ? caller : caller.withName(given.name()));
                    return "200 result=1";
                }),
                AgiCommand.live(
                        "set autohangup",
                        "<seconds>",
                        "Ends the call after so many seconds, 0 for never.",
                        ChannelCommands::autoHangup),
                AgiCommand.live("set music", "on|off [class]", "Plays music to the caller.", ChannelCommands::music),
                AgiCommand.live("send text", "<text>", "Sends a line of text.", (session, arguments) -> {
                    AgiCommand.need(arguments, 1, 1);
                    return execute(session, "SendText", arguments.getFirst());
                }),
                AgiCommand.live(
                        "send image", "<image>", "Sends a picture, where a channel can.", (session, arguments) -> {
                            AgiCommand.need(arguments, 1, 1);
                            return "200 result=0";
                        }),
                AgiCommand.live(
                        "tdd mode", "on|off|mate", "Text telephony, where a channel has it.", (session, arguments) -> {
                            AgiCommand.need(arguments, 1, 1);
                            return "200 result=0";
                        }));
    }

    private static String hangUp(AgiSession session, List<String> arguments, Calls calls) {
        AgiCommand.need(arguments, 0, 1);
        if (arguments.isEmpty()
                || arguments.getFirst().equalsIgnoreCase(session.channel().name())) {
            session.channel().hangUp(HangupCause.NORMAL_CLEARING, "an AGI script hung up");
            return "200 result=1";
        }
        var other = calls.channel(arguments.getFirst());
        if (other == null) {
            return "200 result=-1";
        }
        other.post(new ChannelEvent.HangupRequested(HangupCause.NORMAL_CLEARING, "an AGI script hung up"));
        return "200 result=1";
    }

    private static String status(AgiSession session, List<String> arguments, Calls calls) {
        AgiCommand.need(arguments, 0, 1);
        Channel channel = arguments.isEmpty() || arguments.getFirst().isEmpty()
                ? session.channel()
                : calls.channel(arguments.getFirst());
        if (channel == null) {
            return "200 result=-1";
        }
        var state = switch (channel.state()) {
            case DOWN, HUNG_UP -> 0;
            case RING -> 4;
            case RINGING -> 5;
            case UP -> 6;
        };
        return "200 result=" + state;
    }

    private static String autoHangup(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 1);
        if (!arguments.getFirst().matches("[0-9]{1,9}(\\.[0-9]{0,6})?")) {
            throw new AgiCommand.Usage();
        }
        var seconds = Double.parseDouble(arguments.getFirst());
        session.channel()
                .absoluteDeadlineNanos(
                        seconds == 0 ? Long.MAX_VALUE : session.call().inMillis(Math.round(seconds * 1_000)));
        return "200 result=0";
    }

    private static String music(AgiSession session, List<String> arguments) {
        AgiCommand.need(arguments, 1, 2);
        return switch (arguments.getFirst().toLowerCase(java.util.Locale.ROOT)) {
            case "on" -> execute(session, "StartMusicOnHold", AgiCommand.optional(arguments, 1));
            case "off" -> execute(session, "StopMusicOnHold", "");
            default -> throw new AgiCommand.Usage();
        };
    }

    /** Leaves it to an application, where it is there. */
    private static String execute(AgiSession session, String application, String data) {
        if (session.runner().hasApplication(application)) {
            session.runner().execute(session.call(), application, data);
        } else {
            session.call()
                    .problem("not-built", application + " is not there yet", application + " n'est pas encore là");
        }
        return "200 result=0";
    }
}
