package io.allo.server;

import io.allo.media.port.StreamReport;
import io.allo.pbx.event.CallEvent;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each fact of a call, the call's identifier in front; never a digit, which may be a PIN. Any thread. */
final class CallEventLogger {

    private static final Logger LOG = LoggerFactory.getLogger("call");

    private CallEventLogger() {}

    static void log(CallEvent event) {
        if (event instanceof CallEvent.Problem problem) {
            LOG.warn("{} {} problem {}: {}", problem.linkedId(), problem.channel(), problem.code(), problem.english());
        } else if (isDetail(event)) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("{} {} {}", event.linkedId(), event.channel(), words(event));
            }
        } else if (LOG.isInfoEnabled()) {
            LOG.info("{} {} {}", event.linkedId(), event.channel(), words(event));
        }
    }

    private static boolean isDetail(CallEvent event) {
        return event instanceof CallEvent.ApplicationStarted
                || event instanceof CallEvent.StateChanged
                || event instanceof CallEvent.RecordFieldSet
                || event instanceof CallEvent.DigitReceived;
    }

    private static String words(CallEvent event) {
        return switch (event) {
            case CallEvent.ChannelCreated e ->
                (e.incoming() ? "call from " : "call to ") + e.channelName() + ", caller "
                        + line(e.callerName() + " <" + e.callerNumber() + ">") + ", extension " + line(e.extension())
                        + "@" + e.context()
                        + (e.protocolCallId().isEmpty() ? "" : ", Call-ID " + line(e.protocolCallId()));
            case CallEvent.StateChanged e -> "is " + e.state();
            case CallEvent.ApplicationStarted e ->
                line(e.context() + "," + e.extension() + "," + e.priority() + ": " + e.application() + "("
                        + secretless(e) + ")");
            case CallEvent.RecordFieldSet e -> e.field() + " set";
            case CallEvent.DialBegan e -> "dials " + line(e.dialString());
            case CallEvent.DialEnded e -> "dial of " + e.destination() + " ended: " + e.status();
            case CallEvent.Bridged e -> "talks with " + e.other();
            case CallEvent.Unbridged e -> "no longer talks with " + e.other();
            case CallEvent.Held e -> "holds";
            case CallEvent.Resumed e -> "resumes";
            case CallEvent.DigitReceived e -> "sent a digit";
            case CallEvent.MediaEnded e -> sound(e.report());
            case CallEvent.PublicCallJudged e ->
                (e.kind().equals("EMERGENCY") ? "EMERGENCY CALL: " : "") + e.payer()
                        + (e.allowed() ? " calls " : " may not call ")
                        + line(e.number()) + (e.region().isEmpty() ? "" : " (" + e.region() + ")") + " by " + e.trunk()
                        + ", rule " + e.rule();
            case CallEvent.RecordingStarted e -> "is recorded: " + line(e.path());
            case CallEvent.RecordingStopped e ->
                "no longer recorded: " + line(e.path())
                        + (e.lengthMs() < 0 ? ", nothing kept" : ", " + e.lengthMs() + " ms");
            case CallEvent.ConferenceHappened e ->
                e.what().english() + " the conference " + line(e.conference()) + " (" + e.members() + " in it)";
            case CallEvent.EndToEnd e -> "is encrypted end to end: allo can't listen";
            case CallEvent.Problem e -> e.english();
            case CallEvent.HungUp e ->
                "hung up, cause " + e.cause() + ": " + line(e.why())
                        + (e.protocolStatus() == 0 ? "" : " (SIP " + e.protocolStatus() + ")");
            case CallEvent.CallEnded e -> "call over";
        };
    }

    /** What is known of a stream; what was never measured or never happened is left out. */
    private static String sound(StreamReport report) {
        var words = new StringJoiner(", ", "sound: ", "");
        words.add(report.codec().isEmpty() ? "none came" : report.codec());
        words.add("sent " + report.packetsSent() + " packets");
        words.add("received " + report.packetsReceived());
        if (report.packetsReceived() > 0) {
            words.add("lost " + report.lost());
            words.add("jitter " + tenths(report.jitterMs()) + " ms");
            words.add("quality " + tenths(report.mos()) + " of 4.5");
        }
        if (report.roundTripMs() >= 0) words.add("round trip " + tenths(report.roundTripMs()) + " ms");
        if (report.remoteLost() >= 0) words.add("the other side lost " + report.remoteLost());
        if (report.refused() > 0) words.add("refused " + report.refused());
        if (report.unauthenticated() > 0) words.add("not authentic " + report.unauthenticated());
        return words.toString();
    }

    private static double tenths(double figure) {
        return Math.round(figure * 10) / 10.0;
    }

    /** Arguments may hold PINs and passwords where the application asks for them. */
    private static String secretless(CallEvent.ApplicationStarted e) {
        var application = e.application().toLowerCase(java.util.Locale.ROOT);
        return application.startsWith("auth")
                        || application.startsWith("vm")
                        || application.equals("disa")
                        || application.equals("meetme")
                        || application.equals("set") && e.data().matches("(?is)\\s*CONFBRIDGE\\(\\s*user\\s*,\\s*pin.*")
                ? "..."
                : e.data();
    }

    /** What a stranger wrote must not begin a line of its own. */
    private static String line(String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
                ? text.codePoints()
                        .map(c -> Character.isISOControl(c) ? '?' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }
}
