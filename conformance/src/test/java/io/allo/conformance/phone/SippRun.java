package io.allo.conformance.phone;

import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.lab.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * sipp 3.6.1 (Debian's: UDP and TCP, no TLS) playing one {@link SippScenario} once. It listens on {@code port} of its host.
 * Its media port is 12000. One test thread.
 */
public final class SippRun implements AutoCloseable {
    private static final Pattern MESSAGE_HEAD =
            Pattern.compile("^(?:UDP|TCP) message (sent|received).*", Pattern.MULTILINE);

    private final LoggedProcess process;
    private final Path messageFile;
    private final Path errorFile;
    private final String name;

    private SippRun(String name, LoggedProcess process, Path messageFile, Path errorFile) {
        this.name = name;
        this.process = process;
        this.messageFile = messageFile;
        this.errorFile = errorFile;
    }

    /** Plays the calling side towards "address:port". */
    public static SippRun call(
            NetworkLab lab, LabHost host, int port, String transport, String target, SippScenario scenario) {
        return start(lab, host, port, transport, List.of(target), scenario);
    }

    /** Plays the called side, and returns when sipp listens. */
    public static SippRun wait(NetworkLab lab, LabHost host, int port, String transport, SippScenario scenario) {
        SippRun run = start(lab, host, port, transport, List.of(), scenario);
        Pattern listening = Pattern.compile(": [0-9A-F]{8}:%04X ".formatted(port));
        Awaitility.await("sipp listens")
                .atMost(Phone.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> listening
                        .matcher(
                                Files.readString(Path.of("/proc", String.valueOf(run.process.pid()), "net", transport)))
                        .find());
        return run;
    }

    /** The scenario went through to its end: exit status 0. Otherwise fails with sipp's reason and the messages. */
    public void awaitSuccess(Duration patience) {
        int status = process.awaitExit(patience);
        if (status != 0) {
            throw new AssertionError("sipp " + name + " failed (" + status + ")\n" + read(errorFile) + "\n" + log());
        }
    }

    /** Each message that was sent or received so far, in order, with its direction. */
    public List<Message> messages() {
        var found = new ArrayList<Message>();
        String text = read(messageFile);
        var heads = MESSAGE_HEAD.matcher(text);
        int from = -1;
        boolean sent = false;
        while (heads.find()) {
            if (from >= 0) {
                found.add(message(sent, text.substring(from, heads.start())));
            }
            from = heads.end();
            sent = heads.group(1).equals("sent");
        }
        if (from >= 0) {
            found.add(message(sent, text.substring(from)));
        }
        return found;
    }

    /** The received messages whose first line contains this, for example "SIP/2.0 200" or "BYE ". */
    public List<Message> received(String firstLine) {
        return messages().stream()
                .filter(message -> !message.sent() && message.firstLine().contains(firstLine))
                .toList();
    }

    /** Waits until such a message has been received. */
    public void awaitReceived(String firstLine) {
        Awaitility.await(name + " receives " + firstLine)
                .atMost(Phone.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !received(firstLine).isEmpty());
    }

    @Override
    public void close() {
        process.close();
    }

    /**
     * One SIP message on the wire.
     *
     * @param sent by sipp, or received by it
     * @param text the whole message with LF line ends
     */
    public record Message(boolean sent, String text) {
        public String firstLine() {
            return text.lines().findFirst().orElse("");
        }

        /** The value of the first header of this name, or "" (compact forms are not looked for). */
        public String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private String log() {
        var last = new StringBuilder();
        for (Message message : messages()) {
            last.append(message.sent() ? ">>> " : "<<< ").append(message.text()).append('\n');
        }
        return last.toString();
    }

    private static SippRun start(
            NetworkLab lab, LabHost host, int port, String transport, List<String> target, SippScenario scenario) {
        Tools.need(Tools.SIPP);
        Path directory = host.directory();
        String label = scenario.name() + "-" + port;
        Path messages = directory.resolve(label + ".messages");
        Path errors = directory.resolve(label + ".errors");
        var command = new ArrayList<String>(List.of(Tools.SIPP.command()));
        command.addAll(target);
        command.addAll(List.of("-sf", scenario.write(directory).toString()));
        command.addAll(List.of("-i", host.address(), "-mi", host.address(), "-p", String.valueOf(port)));
        command.addAll(List.of("-t", transport.equals("udp") ? "u1" : "t1", "-mp", "12000", "-m", "1", "-nostdin"));
        command.addAll(List.of("-trace_msg", "-message_file", messages.toString()));
        command.addAll(List.of("-trace_err", "-error_file", errors.toString()));
        command.addAll(List.of("-timeout", "60", "-timeout_error", "-recv_timeout", "45000", "-s", "sipp"));
        var process = LoggedProcess.start("sipp-" + label, directory, Map.of("TERM", "dumb"), host.command(command));
        return lab.running(new SippRun(scenario.name(), process, messages, errors));
    }

    private static Message message(boolean sent, String text) {
        int end = text.indexOf("\n-----------------------------------------------");
        String body = end >= 0 ? text.substring(0, end) : text;
        return new Message(sent, body.replace("\r", "").strip());
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
