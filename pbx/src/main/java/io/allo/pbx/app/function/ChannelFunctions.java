package io.allo.pbx.app.function;

import io.allo.media.port.StreamReport;
import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.app.function.text.Patterns;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.event.CallEvent;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CHANNEL and what asks about other channels. Any thread; holds nothing of a call. */
final class ChannelFunctions {

    private final Calls calls;
    private final RecordFields fields = new RecordFields();

    ChannelFunctions(Calls calls) {
        this.calls = calls;
    }

    void register(FunctionTable table) {
        table.settable("CHANNEL", this::channel, this::set);
        table.readable("CHANNELS", this::channels);
        table.readable("CHANNEL_EXISTS", (call, name) -> calls.channel(name.strip()) == null ? "0" : "1");
        table.readable("HANGUPCAUSE", this::hangupCause);
        table.readable("HANGUPCAUSE_KEYS", this::hangupCauseKeys);
    }

    private String channel(Call call, String data) {
        var channel = call.channel();
        var item = Arguments.of(data).all().stream().map(String::strip).collect(Collectors.joining(","));
        return switch (item.toLowerCase(Locale.ROOT)) {
            case "name", "channame" -> channel.name();
            case "state" -> channel.state().label();
            case "channeltype" -> channel.technology();
            case "context" -> channel.location().context();
            case "exten" -> channel.location().extension();
            case "priority" -> String.valueOf(channel.location().priority());
            case "language" -> channel.language();
            case "accountcode" -> channel.accountCode();
            case "payer" -> channel.payer();
            case "tonezone" -> channel.toneZone();
            case "musicclass" -> channel.musicClass();
            case "uniqueid" -> channel.uniqueId();
            case "linkedid" -> channel.log().linkedId();
            case "userfield" -> fields.value(channel, "userfield", "");
            case "amaflags" -> fields.value(channel, "amaflags", "DOCUMENTATION");
            case "hangupsource" -> channel.hangupSource();
            case "checkhangup" -> channel.isHungUp() ? "1" : "0";
            case "appname" -> application(channel, true);
            case "appdata" -> application(channel, false);
            case "audioreadformat", "audiowriteformat", "audionativeformat" -> codec(channel);
            case "videonativeformat", "trace", "parkinglot", "transfercapability" -> "";
            case "max_forwards" -> Integer.toString(channel.hopsLeft());
            default -> technical(call, item);
        };
    }

    private static String technical(Call call, String item) {
        var channel = call.channel();
        if (item.toLowerCase(Locale.ROOT).startsWith("rtcp,")) {
            return report(call, item.substring(5).toLowerCase(Locale.ROOT));
        }
        var value = channel.technicalItem(item);
        if (value == null) {
            throw new DialplanException(
                    "a channel of " + channel.technology() + " has no item " + item + ", or it is not known yet");
        }
        return value;
    }

    /** The codec it sends, as Asterisk names it; signed linear where it does not say. */
    private static String codec(Channel channel) {
        var codecs = channel.codecs();
        return codecs.isEmpty() ? "slin" : codecs.getFirst().asteriskName();
    }

    private static String application(Channel channel, boolean name) {
        var text = channel.application();
        var open = text.indexOf('(');
        if (open < 0) {
            return name ? text : "";
        }
        return name ? text.substring(0, open) : text.substring(open + 1, text.length() - 1);
    }

    /** The stream's totals, which are there once it has ended: in {@code h}, for instance. */
    private static String report(Call call, String item) {
        var report = report(call.channel());
        for (var waitedMs = 0; report == null && call.isAfterHangup() && waitedMs < REPORT_MS; waitedMs += STEP_MS) {
            call.pause(STEP_MS);
            report = report(call.channel());
        }
        if (report == null) {
            return "";
        }
        return switch (item) {
            case "all" ->
                "ssrc=0;themssrc=0;lp=" + report.lost()
                        + ";rxjitter=" + Numbers.fixed(report.jitterMs() / 1000, 6)
                        + ";rxcount=" + report.packetsReceived()
                        + ";txjitter=0.000000;txcount=" + report.packetsSent()
                        + ";rlp=" + Math.max(0, report.remoteLost())
                        + ";rtt=" + Numbers.fixed(Math.max(0, report.roundTripMs()) / 1000, 6);
            case "all_jitter" -> three("rxjitter", report.jitterMs() / 1000);
            case "all_loss" -> three("rxlost", report.lost());
            case "all_rtt" -> three("rtt", Math.max(0, report.roundTripMs()) / 1000);
            case "rxjitter" -> Numbers.fixed(report.jitterMs() / 1000, 6);
            case "rxploss", "lp" -> String.valueOf(report.lost());
            case "txploss", "rlp" -> String.valueOf(Math.max(0, report.remoteLost()));
            case "rtt" -> Numbers.fixed(Math.max(0, report.roundTripMs()) / 1000, 6);
            case "rxcount" -> String.valueOf(report.packetsReceived());
            case "txcount" -> String.valueOf(report.packetsSent());
            case "mos" -> Numbers.fixed(report.mos(), 2);
            default -> throw new DialplanException("knows no rtcp," + item);
        };
    }

    private static String three(String what, double value) {
        var text = Numbers.fixed(value, 6);
        return "min" + what + "=" + text + ";max" + what + "=" + text + ";avg" + what + "=" + text + ";";
    }

    private static @Nullable StreamReport report(Channel channel) {
        for (var event : channel.log().events()) {
            if (event instanceof CallEvent.MediaEnded ended && ended.channel().equals(channel.uniqueId())) {
                return ended.report();
            }
        }
        return null;
    }

    private void set(Call call, String item, String value) {
        var channel = call.channel();
        switch (item.strip().toLowerCase(Locale.ROOT)) {
            case "language" -> channel.language(value.strip());
            case "payer" -> channel.payer(value.strip());
            case "tonezone" -> channel.toneZone(value.strip());
            case "musicclass" -> channel.musicClass(value.strip());
            case "accountcode" -> {
                channel.accountCode(value.strip());
                fields.set(call, "accountcode", value.strip());
            }
            case "userfield" -> fields.set(call, "userfield", value);
            case "amaflags" -> fields.set(call, "amaflags", RecordFields.amaFlags(value));
            default -> throw new DialplanException("CHANNEL(" + item + ") can't be set");
        }
    }

    /** CHANNELS([expression]): the names of the channels that are up, by spaces. */
    private String channels(Call call, String expression) {
        var pattern = expression.isBlank() ? null : Patterns.compile(expression, true);
        return calls.channels().stream()
                .map(Channel::name)
                .filter(name -> pattern == null || Patterns.finds(pattern, name))
                .collect(Collectors.joining(" "));
    }

    // ---- HANGUPCAUSE

    /** HANGUPCAUSE(channel,type): why a channel of this call ended; {@code ast} in words, {@code tech} as SIP says it. */
    private String hangupCause(Call call, String data) {
        var arguments = Arguments.of(data);
        var type = arguments.get(1, "ast").strip().toLowerCase(Locale.ROOT);
        var wanted = arguments.get(0).strip();
        CallEvent.HungUp last = null;
        for (var event : call.log().events()) {
            if (event instanceof CallEvent.HungUp hungUp
                    && (hungUp.channelName().equals(wanted) || hungUp.channel().equals(wanted))) {
                last = hungUp;
            }
        }
        if (last == null) {
            throw new DialplanException("knows no end of a channel " + wanted);
        }
        return switch (type) {
            case "ast" -> io.allo.pbx.call.HangupCause.of(last.cause()).english();
            case "tech" -> tech(last);
            default -> throw new DialplanException("gives ast or tech, not " + type);
        };
    }

    private static String tech(CallEvent.HungUp ended) {
        var status = ended.protocolStatus();
        if (status == 0) {
            return ended.why();
        }
        return STATUS_FIRST.matcher(ended.why()).lookingAt()
                ? "SIP " + ended.why()
                : "SIP " + status + " " + ended.why();
    }

    private String hangupCauseKeys(Call call, String data) {
        return call.log().events().stream()
                .filter(CallEvent.HungUp.class::isInstance)
                .map(event -> ((CallEvent.HungUp) event).channelName())
                .filter(name -> !name.equals(call.channel().name()))
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** How long {@code h} waits for the totals of a stream that is being closed. */
    private static final int REPORT_MS = 500;

    private static final int STEP_MS = 10;

    private static final Pattern STATUS_FIRST = Pattern.compile("[1-6][0-9][0-9] ");
}
