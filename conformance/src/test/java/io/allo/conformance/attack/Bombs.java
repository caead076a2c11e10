package io.allo.conformance.attack;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages that are grammatical, or nearly, and cost who reads them as much as possible. Pure functions. */
final class Bombs {
    /**
     * What goes into an INVITE.
     *
     * @param headers further header lines, each with its line break
     * @param body the body
     */
    record Bomb(String headers, String body) {
        byte[] bodyBytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final String SDP = "Content-Type: application/sdp\r\n";
    private static final String START = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n";
    private static final String AUDIO = "m=audio 4000 RTP/AVP 0\r\n";
    private static final String KEY = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4";

    private Bombs() {}

    /** All of them, by name. */
    static Map<String, Bomb> all() {
        var all = new LinkedHashMap<String, Bomb>();
        sdp(all, "media-2000", START + AUDIO.repeat(2_000));
        sdp(all, "media-31-and-attributes", START + (AUDIO + "a=x\r\n".repeat(50)).repeat(31));
        sdp(all, "attributes-1900", START + AUDIO + "a=x:y\r\n".repeat(1_900));
        sdp(all, "attributes-9000", START + AUDIO + "a=x\r\n".repeat(9_000));
        var keys = new StringBuilder(START + "m=audio 4000 RTP/SAVP 0\r\n");
        for (int i = 0; i < 500; i++) {
            keys.append("a=crypto:" + (i + 1) + " AES_CM_128_HMAC_SHA1_80 " + KEY + "\r\n");
        }
        sdp(all, "keys-500", keys.toString());
        sdp(
                all,
                "key-list-of-40",
                START + "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 " + (KEY + ";").repeat(40) + KEY
                        + "\r\n");
        sdp(all, "formats-5000", START + "m=audio 4000 RTP/AVP" + " 0".repeat(5_000) + "\r\n");
        var maps = new StringBuilder(START + AUDIO);
        for (int i = 0; i < 1_900; i++) {
            maps.append("a=rtpmap:" + i % 128 + " PCMU/8000\r\n");
        }
        sdp(all, "rtpmap-1900", maps.toString());
        sdp(all, "line-60000", START + AUDIO + "a=fmtp:0 " + "x".repeat(60_000) + "\r\n");
        sdp(
                all,
                "fingerprints-400",
                START + "m=audio 4000 UDP/TLS/RTP/SAVP 0\r\na=setup:active\r\n"
                        + ("a=fingerprint:sha-256 " + "AB:".repeat(31) + "CD\r\n").repeat(400));
        sdp(all, "hashes-700", START + AUDIO + ("a=zrtp-hash:1.10 " + "ab".repeat(32) + "\r\n").repeat(700));
        sdp(
                all,
                "candidates-700",
                START + AUDIO + "a=candidate:1 1 UDP 2130706431 10.0.0.1 4000 typ host\r\n".repeat(700));
        sdp(
                all,
                "numbers",
                "v=0\r\no=- 99999999999999999999 -1 IN IP4 10.0.0.1\r\ns=-\r\nt=99999999999999999999 0\r\nm=audio 99999999999/65535 RTP/AVP 999 -1\r\n");
        sdp(all, "ports-65535", START + "m=audio 4000/65535 RTP/AVP 0\r\n");
        sdp(all, "zeros", START + AUDIO + "a=ptime:0\r\na=maxptime:0\r\na=rtpmap:0 PCMU/0\r\n");
        sdp(all, "nul", START.replace("s=-", "s=\0\0\0") + AUDIO);
        sdp(all, "nothing", "");
        sdp(all, "only-media", AUDIO);
        sdp(all, "broadcast", START.replace("IN IP4 10.0.0.1\r\nt", "IN IP4 255.255.255.255\r\nt") + AUDIO);
        sdp(all, "multicast", START.replace("IN IP4 10.0.0.1\r\nt", "IN IP4 224.0.0.1/127/500\r\nt") + AUDIO);
        sdp(all, "loopback", START.replace("10.0.0.1", "127.0.0.1") + AUDIO);
        multiparts(all);
        heads(all);
        return all;
    }

    private static void sdp(Map<String, Bomb> all, String name, String body) {
        all.put(name, new Bomb(SDP, body));
    }

    private static void multiparts(Map<String, Bomb> all) {
        String type = "Content-Type: multipart/mixed;boundary=%s\r\n";
        String nested = "Content-Type: application/sdp\r\n\r\n" + START + AUDIO;
        for (int depth = 0; depth < 600; depth++) {
            String boundary = "b" + depth;
            nested = type.formatted(boundary) + "\r\n--" + boundary + "\r\n" + nested + "\r\n--" + boundary + "--\r\n";
        }
        int blank = nested.indexOf("\r\n\r\n");
        all.put("nested-600", new Bomb(nested.substring(0, blank + 2), nested.substring(blank + 4)));
        String parts = ("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n").repeat(1_000) + "--b--\r\n";
        all.put("parts-1000", new Bomb(type.formatted("b"), parts));
        String same = ("--b\r\n" + type.formatted("b") + "\r\n").repeat(500) + "--b--\r\n";
        all.put("nested-in-itself", new Bomb(type.formatted("b"), same));
        all.put("no-end", new Bomb(type.formatted("b"), "--b\r\n\r\n" + "--".repeat(10_000)));
        all.put("boundary-60000", new Bomb(type.formatted("b".repeat(8_000)), "--b\r\n"));
    }

    private static void heads(Map<String, Bomb> all) {
        String body = START + AUDIO;
        all.put("header-lines-600", new Bomb(SDP + "X-A: 1\r\n".repeat(600), body));
        all.put("vias-300", new Bomb(SDP + "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKx\r\n".repeat(300), body));
        all.put("routes-300", new Bomb(SDP + "Record-Route: <sip:10.0.0.1;lr>\r\n".repeat(300), body));
        all.put(
                "routes-in-one-line",
                new Bomb(SDP + "Record-Route: " + "<sip:10.0.0.1;lr>,".repeat(1_500) + "<sip:10.0.0.1;lr>\r\n", body));
        all.put(
                "parameters-2000",
                new Bomb(SDP + "Alert-Info: <http://10.0.0.1>" + ";a=b".repeat(2_000) + "\r\n", body));
        all.put("quotes", new Bomb(SDP + "Subject: \"" + "\\\"".repeat(15_000) + "\r\n", body));
        all.put("folded", new Bomb(SDP + "Subject: a" + "\r\n b".repeat(5_000) + "\r\n", body));
        all.put("brackets", new Bomb(SDP + "P-Asserted-Identity: " + "<".repeat(20_000) + "\r\n", body));
        all.put("comments", new Bomb(SDP + "Retry-After: 1 " + "(".repeat(20_000) + "\r\n", body));
        all.put("encrypted", new Bomb(SDP + "Content-Encoding: gzip\r\n", body));
        all.put(
                "session-expires",
                new Bomb(SDP + "Session-Expires: 99999999999999\r\nMin-SE: 99999999999\r\nSupported: timer\r\n", body));
    }
}
