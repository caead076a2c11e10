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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * linphonec 5.1.65, driven through its standard input and read through its output with debugging on (-d 5, which prints
 * every SIP message). It speaks and records WAV files ("soundcard use files"); the recording keeps time, so what is lost
 * is silent there. It opens no port unless $HOME/.local/share/linphone exists, and it puts 127.0.0.1 into its SDP unless
 * the host has a default route.
 */
public final class LinphonePhone implements Phone {
    private static final List<String> KNOWN_CODECS = List.of(
            "opus/48000/2",
            "speex/16000/1",
            "speex/8000/1",
            "PCMU/8000/1",
            "PCMA/8000/1",
            "GSM/8000/1",
            "G722/8000/1",
            "G729/8000/1",
            "speex/32000/1");

    private final PhoneAccount account;
    private final LabHost host;
    private final int sipPort;
    private final LoggedProcess process;
    private int chapter;

    private LinphonePhone(PhoneAccount account, LabHost host, int sipPort, LoggedProcess process) {
        this.account = account;
        this.host = host;
        this.sipPort = sipPort;
        this.process = process;
    }

    /** Switches the phone on; it registers at once. */
    public static LinphonePhone start(NetworkLab lab, LabHost host, PhoneAccount account) {
        Tools.need(Tools.LINPHONE);
        Path directory = host.directory();
        int sipPort = host.freePort();
        Path voice = new ToneWav(account.toneHz(), 60).write(directory.resolve("voice.wav"), 16000);
        Path settings = directory.resolve("linphonerc");
        try {
            Files.createDirectories(directory.resolve(".local/share/linphone"));
            Files.createDirectories(directory.resolve(".config/linphone"));
            Files.writeString(settings, settings(host, account, sipPort));
        } catch (IOException problem) {
            throw new LabException("the phone's files can't be written", problem);
        }
        var process = LoggedProcess.start(
                "linphone-" + account.user(),
                directory,
                Map.of("HOME", directory.toString(), "XDG_RUNTIME_DIR", directory.toString()),
                host.command(List.of(Tools.LINPHONE.command(), "-c", settings.toString(), "-d", "5")));
        var phone = lab.running(new LinphonePhone(account, host, sipPort, process));
        phone.command("soundcard use files");
        phone.await("Using wav files", PATIENCE);
        process.type("play " + voice + "\n");
        process.type("record " + phone.recording() + "\n");
        process.type("autoanswer " + (account.answers() ? "enable" : "disable") + "\n");
        phone.await("Auto answer (en|dis)abled", PATIENCE);
        phone.chapter = 0;
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

    /** Where this phone listens for SIP over UDP and TCP. */
    public int sipPort() {
        return sipPort;
    }

    @Override
    public void listen() {
        chapter = process.mark();
    }

    @Override
    public void awaitRegistered() {
        await("to \\[LinphoneRegistrationOk\\]", PATIENCE);
    }

    @Override
    public void awaitRegistrationRefused() {
        process.awaitLines(Pattern.compile("^SIP/2.0 40[13] "), 2, chapter, PATIENCE);
        await("to \\[LinphoneRegistrationFailed\\]", PATIENCE);
    }

    @Override
    public void dial(String target) {
        command("call " + (target.startsWith("sip:") ? target : "sip:" + target + "@" + account.server()));
    }

    @Override
    public void awaitIncoming() {
        await("to LinphoneCallIncomingReceived", PATIENCE);
    }

    @Override
    public void awaitRinging() {
        await("Call \\d+ to .* ringing", PATIENCE);
    }

    @Override
    public void answer() {
        command("answer");
    }

    @Override
    public void awaitEstablished() {
        await("Media streams established with ", PATIENCE);
    }

    @Override
    public void hangup() {
        command("terminate");
    }

    @Override
    public void awaitEnded(Duration patience) {
        await("Call \\d+ with .* (ended|error)", patience);
    }

    @Override
    public void awaitRefused(int status) {
        await("SIP/2.0 " + status + " ", PATIENCE);
        await("Call \\d+ with .* (ended|error|busy)|User is busy", PATIENCE);
    }

    @Override
    public void hold() {
        command("pause");
    }

    @Override
    public void awaitOnHold() {
        await("is now paused", PATIENCE);
    }

    @Override
    public void resume() {
        command("resume");
    }

    @Override
    public void awaitResumed() {
        await("Media streams established with ", PATIENCE);
    }

    @Override
    public void sendDigits(String digits) {
        for (char digit : digits.toCharArray()) {
            command(String.valueOf(digit));
            await(account.digitsByInfo() ? "SIP/2.0 200 " : "Finished sending RFC2833 dtmf", PATIENCE);
        }
    }

    @Override
    public void awaitDigit(char digit) {
        await("Receiving tone " + Pattern.quote(String.valueOf(digit)) + " ", PATIENCE);
    }

    @Override
    public void awaitHeard(Duration sound) {
        Awaitility.await(account.user() + " hears " + sound)
                .atMost(sound.plus(PATIENCE))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> recordedMs() >= sound.toMillis());
    }

    @Override
    public ToneReport heard(int toneHz) {
        return ToneCheck.listen(sound(), toneHz);
    }

    @Override
    public WavSound sound() {
        return WavSound.read(recording());
    }

    /** linphonec writes a second at a time, and the header, zeros until then, when the call ends. */
    private long recordedMs() {
        return (recording().toFile().length() - 44) * 1000 / (2L * account.rateHz());
    }

    @Override
    public void close() {
        process.close();
    }

    private Path recording() {
        return host.directory().resolve("heard.wav");
    }

    private void command(String line) {
        listen();
        process.type(line + "\n");
    }

    private void await(String pattern, Duration patience) {
        process.awaitLine(Pattern.compile(pattern), chapter, patience);
    }

    private static String settings(LabHost host, PhoneAccount account, int sipPort) {
        boolean verifies = Files.exists(Phone.authority(host));
        var text = new StringBuilder("""
                [sip]
                sip_port=%d
                sip_tcp_port=%d
                sip_tls_port=-2
                contact=<sip:%s@%s>
                use_ipv6=0
                guess_hostname=1
                register_only_when_network_is_up=0
                use_info=%d
                use_rfc2833=%d
                verify_server_certs=%d
                verify_server_cn=%d
                root_ca=%s
                inc_timeout=120
                media_encryption=%s
                media_encryption_mandatory=%d
                [rtp]
                audio_rtp_port=%d
                [sound]
                echocancellation=0
                agc=0
                [misc]
                log_collection_uploading_enabled=0
                """.formatted(
                        sipPort,
                        sipPort,
                        account.user(),
                        host.address(),
                        account.digitsByInfo() ? 1 : 0,
                        account.digitsByInfo() ? 0 : 1,
                        verifies ? 1 : 0,
                        verifies ? 1 : 0,
                        verifies ? Phone.authority(host) : "",
                        switch (account.encryption()) {
                            case NONE -> "none";
                            case OPTIONAL, REQUIRED -> "srtp";
                            case DTLS -> "dtls";
                            case ZRTP -> "zrtp";
                        },
                        switch (account.encryption()) {
                            case REQUIRED, DTLS -> 1;
                            case NONE, OPTIONAL, ZRTP -> 0;
                        },
                        host.freePort()));
        appendCodecs(text, account);
        if (account.registers()) {
            text.append("""
                    [proxy_0]
                    reg_proxy=<sip:%s:%d;transport=%s>
                    reg_identity=<sip:%s@%s>
                    reg_expires=600
                    reg_sendregister=1
                    publish=0
                    [auth_info_0]
                    username=%s
                    passwd=%s
                    """.formatted(
                            account.server(),
                            account.port(),
                            account.transport(),
                            account.user(),
                            account.server(),
                            account.user(),
                            account.password()));
        }
        return text.toString();
    }

    private static void appendCodecs(StringBuilder text, PhoneAccount account) {
        var ordered = new java.util.ArrayList<String>();
        account.codecs().forEach(codec -> ordered.add(codec.equals("opus") ? "opus/48000/2" : codec + "/8000/1"));
        KNOWN_CODECS.stream().filter(codec -> !ordered.contains(codec)).forEach(ordered::add);
        for (int i = 0; i < ordered.size(); i++) {
            String[] parts = ordered.get(i).split("/");
            text.append("[audio_codec_%d]\nmime=%s\nrate=%s\nchannels=%s\nenabled=%d\n"
                    .formatted(
                            i,
                            parts[0],
                            parts[1],
                            parts[2],
                            i < account.codecs().size() ? 1 : 0));
        }
    }
}
