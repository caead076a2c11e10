package io.allo.gate.cli;

import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.HangupCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is said about channels and calls, and done to them. Any thread. */
final class ChannelCommands {

    private final CliDesk desk;

    ChannelCommands(CliDesk desk) {
        this.desk = desk;
    }

    void channels(List<String> arguments, Reply reply) {
        var table = new Table(
                reply.say("CHANNEL", "CANAL"),
                reply.say("STATE", "ÉTAT"),
                reply.say("CALLER", "APPELANT"),
                reply.say("EXTENSION", "EXTENSION"),
                reply.say("SINCE", "DEPUIS"),
                reply.say("APPLICATION", "APPLICATION"));
        for (var channel : desk.calls().channels()) {
            table.row(
                    channel.name(),
                    channel.state().label() + (channel.isEndToEnd() ? reply.say(" end-to-end", " bout-en-bout") : ""),
                    channel.callerId().number(),
                    place(channel),
                    since(channel.createdMillis()),
                    channel.application());
        }
        reply.table(table);
        reply.line(
                counted(table.size(), "channel", "channels") + ", "
                        + counted(desk.calls().callCount(), "call", "calls"),
                counted(table.size(), "canal", "canaux") + ", "
                        + counted(desk.calls().callCount(), "appel", "appels"));
    }

    /** A call is what shares a linked id. */
    void calls(List<String> arguments, Reply reply) {
        var byCall = new LinkedHashMap<String, List<Channel>>();
        for (var channel : desk.calls().channels()) {
            byCall.computeIfAbsent(channel.log().linkedId(), key -> new ArrayList<>())
                    .add(channel);
        }
        var table = new Table(
                reply.say("CALL", "APPEL"),
                reply.say("CALLER", "APPELANT"),
                "EXTENSION",
                reply.say("SINCE", "DEPUIS"),
                reply.say("CHANNELS", "CANAUX"));
        byCall.forEach((linkedId, channels) -> {
            var first = channels.getFirst();
            table.row(
                    linkedId,
                    first.callerId().number(),
                    place(first),
                    since(first.createdMillis()),
                    String.join(" ", channels.stream().map(Channel::name).toList()));
        });
        reply.table(table);
        reply.line(counted(table.size(), "call", "calls"), counted(table.size(), "appel", "appels"));
    }

    /** As Asterisk prints them; {@code concise} in fields between exclamation marks, for programs; {@code count}. */
    void asteriskChannels(List<String> arguments, Reply reply) {
        var kind = arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(Locale.ROOT);
        if (kind.equals("concise")) {
            desk.calls().channels().forEach(channel -> reply.line(concise(channel)));
            return;
        }
        if (!kind.equals("count")) {
            reply.line("Channel              Location             State   Application(Data)             ");
            for (var channel : desk.calls().channels()) {
                reply.line("%-20s %-20s %-7s %s"
                        .formatted(
                                channel.name(),
                                Table.clean(place(channel)),
                                channel.state().label(),
                                Table.clean(application(channel))));
            }
        }
        counts(arguments, reply);
    }

    private static String application(Channel channel) {
        return channel.application().isEmpty() ? "(None)" : channel.application();
    }

    /** Channel!Context!Exten!Priority!State!Application!Data!CallerID!Accountcode!Peeraccount!AMAflags!Duration!Bridge!Uniqueid. */
    private String concise(Channel channel) {
        var location = channel.location();
        var application = channel.application();
        var open = application.indexOf('(');
        var name = open < 0 ? application : application.substring(0, open);
        var data = open < 0 ? "" : application.substring(open + 1, Math.max(open + 1, application.length() - 1));
        return Table.clean(String.join(
                "!",
                channel.name(),
                location.context(),
                location.extension(),
                String.valueOf(location.priority()),
                channel.state().label(),
                name,
                data,
                channel.callerId().number(),
                "",
                "",
                "3",
                String.valueOf((desk.nowMillis() - channel.createdMillis()) / 1000),
                "",
                channel.uniqueId()));
    }

    void counts(List<String> arguments, Reply reply) {
        var channels = desk.calls().channels().size();
        reply.line(channels + " active channel" + (channels == 1 ? "" : "s"));
        var calls = desk.calls().callCount();
        reply.line(calls + " active call" + (calls == 1 ? "" : "s"));
        var total = desk.calls().startedTotal();
        reply.line(total + " call" + (total == 1 ? "" : "s") + " processed");
    }

    void channel(List<String> arguments, Reply reply) {
        var channel = named(arguments, reply);
        if (channel == null) {
            return;
        }
        var table = new Table(reply.say("FACT", "FAIT"), reply.say("VALUE", "VALEUR"));
        table.row("Name", channel.name())
                .row("UniqueID", channel.uniqueId())
                .row("LinkedID", channel.log().linkedId())
                .row("Type", channel.technology())
                .row("State", channel.state().label())
                .row("Caller ID", channel.callerId().number())
                .row("Caller ID Name", channel.callerId().name())
                .row("Connected Line ID", channel.connectedLine().number())
                .row("Context", channel.location().context())
                .row("Extension", channel.location().extension())
                .row("Priority", channel.location().priority())
                .row("Application", channel.application())
                .row("Elapsed Time", since(channel.createdMillis()));
        reply.table(table);
    }

    /** One channel by its name or unique id, or {@code all}. */
    void hangUp(List<String> arguments, Reply reply) {
        if (!arguments.isEmpty() && arguments.getFirst().equalsIgnoreCase("all")) {
            var count = desk.calls().channels().size();
            desk.calls().hangUpAll(HangupCause.NORMAL_CLEARING, WHY);
            reply.line(
                    "Requested Hangup on " + counted(count, "channel", "channels"),
                    "raccrochage demandé à " + counted(count, "canal", "canaux"));
            return;
        }
        var channel = named(arguments, reply);
        if (channel != null) {
            channel.post(new ChannelEvent.HangupRequested(HangupCause.NORMAL_CLEARING, WHY));
            reply.line(
                    "Requested Hangup on channel '" + channel.name() + "'",
                    "raccrochage demandé au canal « " + channel.name() + " »");
        }
    }

    private @Nullable Channel named(List<String> arguments, Reply reply) {
        if (arguments.isEmpty()) {
            reply.fail("which channel? (show channels lists them)", "quel canal ? (show channels les énumère)");
            return null;
        }
        var channel = desk.calls().channel(arguments.getFirst());
        if (channel == null) {
            var name = Table.clean(arguments.getFirst());
            reply.fail(name + " is not a known channel", "le canal " + name + " n'existe pas");
        }
        return channel;
    }

    private static String place(Channel channel) {
        var location = channel.location();
        return location.extension() + "@" + location.context() + ":" + location.priority();
    }

    private String since(long millis) {
        return Spans.clock(desk.nowMillis() - millis);
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static final String WHY = "hung up by an operator";
}
