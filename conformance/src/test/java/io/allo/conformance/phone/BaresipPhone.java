package io.allo.conformance.phone;

import io.allo.conformance.lab.LabException;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * baresip 1.0.0, driven through its standard input (module stdio: commands begin with "/", digits are keys) and read
 * through its output with the SIP trace (-s). It speaks a WAV file (module aufile) and module sndfile writes what it hears
 * to dump-TIME-dec.wav. sndfile writes decoded frames only: what was lost is missing there, not silent, so loss is seen
 * between the markers of {@link ToneWav} and in its own count. After a re-INVITE it writes no more of what it hears: what
 * comes after a hold is to be taken from the wire. Refused with 401, this version registers again without end.
 */
public final class BaresipPhone implements Phone {
    private static final Path MODULES = Path.of("/usr/lib/baresip/modules");

    private final PhoneAccount account;
    private final LabHost host;
    private final LoggedProcess process;
    private final int sipPort;
    private int chapter;

    private BaresipPhone(PhoneAccount account, LabHost host, int sipPort, LoggedProcess process) {
        this.account = account;
        this.host = host;
        this.sipPort = sipPort;
        this.process = process;
    }

    /** Switches the phone on; it registers at once. */
    public static BaresipPhone start(NetworkLab lab, LabHost host, PhoneAccount account) {
        Tools.need(Tools.BARESIP);
        if (account.digitsByInfo()) {
            throw new IllegalArgumentException("baresip 1.0.0 sends digits by RFC 4733 only");
        }
        int sipPort = host.freePort();
        writeFiles(host, account, sipPort);
        Path directory = host.directory();
        var process = LoggedProcess.start(
                "baresip-" + account.user(),
                directory,
                Map.of("HOME", directory.toString()),
                host.command(List.of(Tools.BARESIP.command(), "-s", "-f", directory.toString())));
        var phone = lab.running(new BaresipPhone(account, host, sipPort, process));
        process.awaitLine(Pattern.compile("baresip is ready"), 0, PATIENCE);
        return phone;
    }

    @Override
    public PhoneAccount account() {
        return account;
    }

    @Override
    public LabHost host() {
        return host;
    }

    @Override
    public LoggedProcess process() {
        return process;
    }

    /** Where this phone listens for SIP over UDP and TCP; TLS is one higher. */
    public int sipPort() {
        return sipPort;
    }

    @Override
    public void listen() {
        chapter = process.mark();
    }

    @Override
    public void awaitRegistered() {
        await("\\{0/(UDP|TCP|TLS)/v4\\} 200 .*\\[\\d+ bindings?\\]", PATIENCE);
    }

    @Override
    public void awaitRegistrationRefused() {
        process.awaitLines(Pattern.compile("^SIP/2.0 40[13] "), 2, chapter, PATIENCE);
    }

    @Override
    public void dial(String target) {
        listen();
        String uri = target.startsWith("sip:")
                ? target
                : "sip:%s@%s:%d;transport=%s".formatted(target, account.server(), account.port(), account.transport());
        process.type("/dial " + uri + "\n");
    }

    @Override
    public void awaitIncoming() {
        await("Incoming call from: ", PATIENCE);
    }

    @Override
    public void awaitRinging() {
        await("SIP Progress: 180 ", PATIENCE);
    }

    @Override
    public void answer() {
        listen();
        process.type("/accept\n");
    }

    @Override
    public void awaitEstablished() {
        await("Call established: ", PATIENCE);
    }

    @Override
    public void hangup() {
        listen();
        process.type("/hangup\n");
    }

    @Override
    public void awaitEnded(Duration patience) {
        await("session closed: |terminated \\(duration|terminate call|rejecting incoming call", patience);
    }

    @Override
    public void awaitRefused(int status) {
        await("session closed: " + status + " ", PATIENCE);
    }

    @Override
    public void hold() {
        listen();
        process.type("/hold\n");
    }

    @Override
    public void awaitOnHold() {
        await("^a=sendonly|^a=inactive", PATIENCE);
        await("stream: update 'audio'", PATIENCE);
    }

    @Override
    public void resume() {
        listen();
        process.type("/resume\n");
    }

    @Override
    public void awaitResumed() {
        await("stream: update 'audio'", PATIENCE);
    }

    /** One key at a time: the key is "released" by a timer of baresip's, and the end of the event is on the wire then. */
    @Override
    public void sendDigits(String digits) {
        for (char digit : digits.toCharArray()) {
            listen();
            process.type(String.valueOf(digit));
            await("send DTMF digit end: '" + Pattern.quote(String.valueOf(digit)) + "'", PATIENCE);
        }
    }

    @Override
    public void awaitDigit(char digit) {
        String quoted = Pattern.quote(String.valueOf(digit));
        await("received event: '" + quoted + "' \\(end=1\\)|received DTMF: '" + quoted + "'", PATIENCE);
    }

    @Override
    public void awaitHeard(Duration sound) {
        Awaitility.await(account.user() + " hears " + sound)
                .atMost(sound.plus(PATIENCE))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> newestRecording().map(WavSound::durationMs).orElse(0L) >= sound.toMillis());
    }

    @Override
    public ToneReport heard(int toneHz) {
        return ToneCheck.listen(sound(), toneHz);
    }

    @Override
    public WavSound sound() {
        return newestRecording().orElseThrow(() -> new AssertionError("nothing recorded\n" + process.tail()));
    }

    /** The packets that baresip says it lost in the call that just ended: {sent's, received's} by RTCP and by itself. */
    public int lostPackets() {
        var lost = process.awaitLine(Pattern.compile("^lost:\\s+(-?\\d+)\\s+(-?\\d+)"), chapter, PATIENCE);
        return Integer.parseInt(lost.group(2));
    }

    @Override
    public void close() {
        process.close();
    }

    private void await(String pattern, Duration patience) {
        process.awaitLine(Pattern.compile(pattern), chapter, patience);
    }

    private Optional<WavSound> newestRecording() {
        try (Stream<Path> files = Files.list(host.directory())) {
            return files.filter(file -> file.getFileName().toString().endsWith("-dec.wav"))
                    .filter(file -> file.toFile().length() > 44)
                    .max(Comparator.comparing(Path::getFileName))
                    .map(WavSound::read);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void writeFiles(LabHost host, PhoneAccount account, int sipPort) {
        Path directory = host.directory();
        var sound = new ToneWav(account.toneHz(), 60).sound(account.rateHz());
        Path file = directory.resolve("voice.wav");
        Path voice = channels(account) == 2 ? sound.writeStereo(file) : sound.write(file);
        try {
            Files.writeString(directory.resolve("config"), config(host, account, sipPort, voice));
            Files.writeString(directory.resolve("accounts"), accountLine(account));
            Files.writeString(directory.resolve("contacts"), "");
        } catch (IOException problem) {
            throw new LabException("the phone's files can't be written", problem);
        }
    }

    private static String config(LabHost host, PhoneAccount account, int sipPort, Path voice) {
        return """
                poll_method epoll
                sip_listen %s:%d
                call_local_timeout 120
                call_max_calls 1
                audio_player aufile,%s
                audio_source aufile,%s
                audio_alert aufile,%s
                ausrc_srate %d
                auplay_srate %d
                ausrc_channels %d
                auplay_channels %d
                audio_txmode poll
                audio_level no
                rtp_tos 184
                rtp_ports 10000-20000
                rtcp_mux no
                jitter_buffer_delay 0-0
                rtp_stats yes
                snd_path %s
                module_path %s
                module stdio.so
                module g711.so
                module g722.so
                module gsm.so
                module opus.so
                module aufile.so
                module srtp.so
                module dtls_srtp.so
                module sndfile.so
                module_tmp uuid.so
                module_tmp account.so
                module_app menu.so
                """.formatted(
                        host.address(),
                        sipPort,
                        voice,
                        voice,
                        voice,
                        account.rateHz(),
                        account.rateHz(),
                        channels(account),
                        channels(account),
                        host.directory(),
                        MODULES);
    }

    /** Its Opus takes two channels. */
    private static int channels(PhoneAccount account) {
        return account.codecs().getFirst().equals("opus") ? 2 : 1;
    }

    private static String accountLine(PhoneAccount account) {
        String codecs = String.join(
                ",",
                account.codecs().stream()
                        .map(codec -> switch (codec) {
                            case "G722" -> "G722/16000/1";
                            case "opus" -> "opus/48000/2";
                            default -> codec + "/8000/1";
                        })
                        .toList());
        String outbound = account.registers()
                ? "outbound=\"sip:%s:%d;transport=%s\";"
                        .formatted(account.server(), account.port(), account.transport())
                : "";
        return "<sip:%s@%s;transport=%s>;auth_user=%s;auth_pass=%s;%sregint=%d;audio_codecs=%s;answermode=%s%s\n"
                .formatted(
                        account.user(),
                        account.server(),
                        account.transport(),
                        account.user(),
                        account.password(),
                        outbound,
                        account.registers() ? account.refreshSeconds() : 0,
                        codecs,
                        account.answers() ? "auto" : "manual",
                        switch (account.encryption()) {
                            case NONE -> "";
                            case OPTIONAL -> ";mediaenc=srtp";
                            case REQUIRED -> ";mediaenc=srtp-mand";
                            case DTLS -> ";mediaenc=dtls_srtp";
                            case ZRTP -> throw new IllegalArgumentException("baresip has no ZRTP here");
                        });
    }
}
