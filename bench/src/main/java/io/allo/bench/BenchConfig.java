package io.allo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Asterisk configuration that is measured: {@value #USERS} phones with passwords, and four peers at a fixed contact, one
 * for each codec, that the dialplan calls. Immutable; made by the main thread.
 *
 * @param directory where pjsip.conf, extensions.conf and rtp.conf were written
 * @param port allo's SIP port over UDP
 * @param tlsPort allo's SIP port over TLS
 * @param calleePort where the three peers listen
 * @param secure whether the sound is SRTP with keys in the SDP, over UDP too
 */
record BenchConfig(Path directory, int port, int tlsPort, int calleePort, boolean secure) {

    static final int USERS = 1_000;
    static final String HOST = "127.0.0.1";
    static final String PASSWORD = "a-bench-password";

    /** Extension that is answered by a peer with µ-law, like the caller. */
    static final String RELAYED = "100";

    /** Extension that is answered by a peer with A-law only. */
    static final String TO_ALAW = "101";

    /** Extension that is answered by a peer with G.722 only. */
    static final String TO_G722 = "102";

    /** Extension that is answered by a peer with Opus only. */
    static final String TO_OPUS = "107";

    /** Extension of a room. */
    static final String ROOM = "200";

    /** Extension whose call to a peer with µ-law is recorded. */
    static final String RECORDED = "103";

    /** Extension that answers, plays {@link #PROMPT_MS} of sound and hangs up. */
    static final String PLAYED = "104";

    /** Extension that answers with music. */
    static final String MUSIC = "105";

    /** Extension that speaks a text that nobody has spoken before. */
    static final String SPOKEN = "106";

    /** How long the prompt is. */
    static final int PROMPT_MS = 1_000;

    /** Writes the files. */
    static BenchConfig write(Path directory, int port, int tlsPort, int calleePort, boolean secure) {
        var config = new BenchConfig(directory, port, tlsPort, calleePort, secure);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("pjsip.conf"), config.pjsip());
            Files.writeString(
                    directory.resolve("extensions.conf"),
                    DIALPLAN.replace("PROMPT", directory.resolve("prompt").toString()));
            Files.write(directory.resolve("prompt.sln"), prompt());
            Files.writeString(directory.resolve("rtp.conf"), RTP);
            Files.writeString(directory.resolve("confbridge.conf"), CONFBRIDGE);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return config;
    }

    /** A tone of 440 Hz, 16-bit samples, least significant byte first, 8 kHz. */
    private static byte[] prompt() {
        var bytes = ByteBuffer.allocate(16 * PROMPT_MS).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; bytes.hasRemaining(); i++) {
            bytes.putShort((short) (8_000 * Math.sin(2 * Math.PI * 440 * i / 8_000)));
        }
        return bytes.array();
    }

    /** Name of phone number {@code index}. */
    static String user(int index) {
        return "u%04d".formatted(index % USERS);
    }

    private String pjsip() {
        var text = new StringBuilder("""
                [udp]
                type=transport
                protocol=udp
                bind=%s:%d

                [tls]
                type=transport
                protocol=tls
                bind=%s:%d

                """.formatted(HOST, port, HOST, tlsPort));
        for (var i = 0; i < USERS; i++) {
            text.append(PHONE.replace("NAME", user(i)).replace("MEDIA", media()));
        }
        text.append(peer("peer-ulaw", "ulaw")).append(peer("peer-alaw", "alaw")).append(peer("peer-g722", "g722"));
        text.append(peer("peer-opus", "opus"));
        return text.toString();
    }

    private String media() {
        return secure ? "media_encryption=sdes" : "";
    }

    private String peer(String name, String codec) {
        return PEER.replace("NAME", name)
                .replace("MEDIA", media())
                .replace("CODEC", codec)
                .replace("CONTACT", name + "@" + HOST + ":" + calleePort);
    }

    private static final String PHONE = """
            [NAME]
            type=endpoint
            context=bench
            auth=NAME
            aors=NAME
            disallow=all
            allow=ulaw
            direct_media=no
            rtp_symmetric=yes
            MEDIA

            [NAME]
            type=auth
            auth_type=userpass
            username=NAME
            password=%s

            [NAME]
            type=aor
            max_contacts=1
            remove_existing=yes

            """.formatted(PASSWORD);

    private static final String PEER = """
            [NAME]
            type=endpoint
            context=bench
            aors=NAME
            disallow=all
            allow=CODEC
            direct_media=no
            rtp_symmetric=yes
            MEDIA

            [NAME]
            type=aor
            contact=sip:CONTACT

            """;

    private static final String DIALPLAN = """
            [bench]
            exten => 100,1,Dial(PJSIP/peer-ulaw,30)
             same => n,Hangup()
            exten => 101,1,Dial(PJSIP/peer-alaw,30)
             same => n,Hangup()
            exten => 102,1,Dial(PJSIP/peer-g722,30)
             same => n,Hangup()
            exten => 107,1,Dial(PJSIP/peer-opus,30)
             same => n,Hangup()
            exten => 200,1,Answer()
             same => n,ConfBridge(bench,,quiet_user)
             same => n,Hangup()
            exten => 103,1,MixMonitor(bench/${UNIQUEID}.wav)
             same => n,Dial(PJSIP/peer-ulaw,30)
             same => n,Hangup()
            exten => 104,1,Answer()
             same => n,Playback(PROMPT)
             same => n,Hangup()
            exten => 105,1,Answer()
             same => n,MusicOnHold()
            exten => 106,1,Answer()
             same => n,Playback(tts:You have reached extension ${UNIQUEID}. All our agents are busy at the moment.)
             same => n,Hangup()
            """;

    private static final String CONFBRIDGE = """
            [general]

            [quiet_user]
            type=user
            quiet=yes
            announce_only_user=no
            """;

    private static final String RTP = """
            [general]
            rtpstart=16384
            rtpend=32000
            """;
}
