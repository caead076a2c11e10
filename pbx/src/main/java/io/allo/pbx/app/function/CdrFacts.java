package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.event.CallEvent;

/**
 * What a channel's record says by now, folded from the call's log. Times in milliseconds since 1970, 0 for never;
 * durations in milliseconds. The hangup extension's own steps do not count, as with Asterisk's endbeforehexten.
 */
record CdrFacts(
        Channel caller,
        String destination,
        String context,
        String destinationChannel,
        String lastApplication,
        String lastData,
        long answerMillis,
        long endMillis,
        long nowMillis,
        String disposition) {

    static CdrFacts of(Call call) {
        var channel = call.channel();
        var fold = new Fold(channel);
        call.log().events().forEach(fold::add);
        return new CdrFacts(
                channel,
                fold.destination,
                fold.context,
                fold.otherName(),
                fold.application,
                fold.data,
                channel.answeredMillis(),
                fold.endMillis,
                call.clock().epochMillis(),
                channel.answeredMillis() > 0 ? "ANSWERED" : fold.disposition);
    }

    String clid() {
        return "\"" + caller.callerId().name() + "\" <" + caller.callerId().number() + ">";
    }

    String source() {
        return caller.callerId().number();
    }

    long startMillis() {
        return caller.createdMillis();
    }

    long durationMillis() {
        return Math.max(0, untilMillis() - startMillis());
    }

    long billedMillis() {
        return answerMillis == 0 ? 0 : Math.max(0, untilMillis() - answerMillis);
    }

    private long untilMillis() {
        return endMillis == 0 ? nowMillis : endMillis;
    }

    /** As CDR(disposition,u) counts them. */
    String dispositionNumber() {
        return switch (disposition) {
            case "FAILED" -> "2";
            case "BUSY" -> "4";
            case "ANSWERED" -> "8";
            case "CONGESTION" -> "16";
            default -> "0";
        };
    }

    private static final class Fold {
        private final Channel channel;
        private String destination;
        private String context;
        private String application = "";
        private String data = "";
        private String other = "";
        private String otherName = "";
        private String disposition = "NO ANSWER";
        private long endMillis;

        Fold(Channel channel) {
            this.channel = channel;
            destination = channel.location().extension();
            context = channel.location().context();
        }

        void add(CallEvent event) {
            switch (event) {
                case CallEvent.ChannelCreated created
                when created.channel().equals(other) -> otherName = created.channelName();
                case CallEvent.HungUp ended
                when ended.channel().equals(other) && otherName.isEmpty() -> otherName = ended.channelName();
                default -> {}
            }
            if (event.channel().equals(channel.uniqueId())) {
                addOwn(event);
            }
        }

        private void addOwn(CallEvent event) {
            switch (event) {
                case CallEvent.ApplicationStarted started -> {
                    if (!started.extension().equals("h")) {
                        destination = started.extension();
                        context = started.context();
                        application = started.application();
                        data = started.data();
                    }
                }
                case CallEvent.DialBegan began -> other(began.destination());
                case CallEvent.Bridged bridged -> other(bridged.other());
                case CallEvent.DialEnded ended -> disposition = ended(ended.status());
                case CallEvent.HungUp ended -> endMillis = ended.atMillis();
                default -> {}
            }
        }

        private void other(String uniqueId) {
            if (!other.equals(uniqueId)) {
                other = uniqueId;
                otherName = "";
            }
        }

        private String otherName() {
            if (!otherName.isEmpty() || other.isEmpty()) {
                return otherName;
            }
            for (var event : channel.log().events()) {
                if (event instanceof CallEvent.ChannelCreated created
                        && created.channel().equals(other)) {
                    return created.channelName();
                }
            }
            return "";
        }

        private static String ended(String status) {
            return switch (status) {
                case "BUSY" -> "BUSY";
                case "CONGESTION" -> "CONGESTION";
                case "CHANUNAVAIL" -> "FAILED";
                default -> "NO ANSWER";
            };
        }
    }
}
