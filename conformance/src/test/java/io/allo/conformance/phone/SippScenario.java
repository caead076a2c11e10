package io.allo.conformance.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What sipp sends and expects, in order, for one call; written as sipp's XML. The messages' texts are in
 * {@link SippMessages}. An unexpected message fails the run; attributes ("optional", "true") go to sipp as they are.
 */
public final class SippScenario {
    private final String name;
    private final StringBuilder steps = new StringBuilder();
    private final Set<String> variables = new LinkedHashSet<>();

    private SippScenario(String name) {
        this.name = name;
    }

    /** An empty scenario; the name is also its file's. */
    public static SippScenario named(String name) {
        return new SippScenario(name);
    }

    /** Sends this text; over UDP sipp does not repeat it by itself. */
    public SippScenario send(String message, String... attributes) {
        steps.append("<send").append(attributes(attributes)).append("><![CDATA[\n");
        steps.append(message.stripTrailing()).append("\n");
        steps.append(message.stripTrailing().endsWith("Content-Length: 0") ? "\n" : "");
        steps.append("]]></send>\n");
        return this;
    }

    /** Waits for a response. It becomes the one that [last_*] and [next_url] speak of. */
    public SippScenario receive(int status, String... attributes) {
        steps.append("<recv response=\"" + status + "\" rrs=\"true\"" + attributes(attributes) + "/>\n");
        return this;
    }

    /** A provisional response that may come or not. */
    public SippScenario maybe(int status) {
        return receive(status, "optional", "true");
    }

    /** Waits for a request. */
    public SippScenario receive(String method, String... attributes) {
        steps.append("<recv request=\"" + method + "\"" + attributes(attributes) + "/>\n");
        return this;
    }

    /** Waits for a response in which this header's line matches (fails if not), and remembers the match. */
    public SippScenario receiveWith(int status, String header, String pattern, String variable) {
        steps.append(
                "<recv response=\"" + status + "\" rrs=\"true\">" + matching(header, pattern, variable) + "</recv>\n");
        return this;
    }

    /** Waits for the response to a CANCEL; the call's own dialog stays the one that [next_url] speaks of. */
    public SippScenario receiveForCancel(int status) {
        steps.append(
                "<recv response=\"" + status + "\">" + matching("CSeq", "[0-9]+ CANCEL", "cancelled") + "</recv>\n");
        return this;
    }

    /** Waits for a request in which this header's line matches (fails if not), and remembers the match. */
    public SippScenario receiveWith(String method, String header, String pattern, String variable) {
        steps.append("<recv request=\"" + method + "\">" + matching(header, pattern, variable) + "</recv>\n");
        return this;
    }

    /** Waits for the first INVITE and remembers what {@code callee...} messages need. */
    public SippScenario receiveInvite() {
        steps.append("<recv request=\"INVITE\"><action>\n");
        steps.append(remember("From:", "[^ ].*", "from"));
        steps.append(remember("To:", "[^ ].*", "to"));
        steps.append(remember("Via:", "[^ ].*", "via"));
        steps.append(remember("CSeq:", "[0-9]+", "cseq"));
        steps.append(remember("Contact:", "sip:[^>]*", "contact"));
        steps.append("</action></recv>\n");
        return this;
    }

    public SippScenario pause(int ms) {
        steps.append("<pause milliseconds=\"" + ms + "\"/>\n");
        return this;
    }

    /** Where a step's "next" goes. */
    public SippScenario label(int number) {
        steps.append("<label id=\"" + number + "\"/>\n");
        return this;
    }

    /** Sends this headerless u-law file as RTP from now on. */
    public SippScenario play(Path ulaw) {
        steps.append("<nop><action><exec rtp_stream=\"" + ulaw + ",1,0\"/></action></nop>\n");
        return this;
    }

    /** Writes the scenario below this directory. */
    public Path write(Path directory) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"" + name + "\">\n" + steps
                + (variables.isEmpty() ? "" : "<Reference variables=\"" + String.join(",", variables) + "\"/>\n")
                + "</scenario>\n";
        try {
            return Files.writeString(directory.resolve(name + ".xml"), xml);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    String name() {
        return name;
    }

    private String matching(String header, String pattern, String variable) {
        return "<action>" + remember(header + ":", pattern, variable).replace("<ereg", "<ereg check_it=\"true\"")
                + "</action>";
    }

    private String remember(String header, String pattern, String variable) {
        variables.add(variable);
        String escaped = pattern.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        return "<ereg regexp=\"" + escaped + "\" search_in=\"hdr\" header=\"" + header + "\" assign_to=\"" + variable
                + "\"/>\n";
    }

    private static String attributes(String... pairs) {
        var text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(' ').append(pairs[i]).append("=\"").append(pairs[i + 1]).append('"');
        }
        return text.toString();
    }
}
