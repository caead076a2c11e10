package io.allo.media.graph;

import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtcpPacket;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.rtp.TelephoneEvent;
import io.allo.media.rtp.TelephoneEventReceiver;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedMedia;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A side that speaks RTP. The path of a packet, in order: from where it may come, authentic, valid, counted; a digit, or sound; to
 * whoever hears it, relayed if he has the codec, else into the jitter buffer from which his next tick decodes. RFC 3550 5,
 * 6; RFC 4733; RFC 5761 for RTCP on the same port. Owned by the media loop.
 */
public final class RtpPort extends MediaPort {

    static final CodecName[] CODECS = CodecName.values();
    private static final byte UNKNOWN = -1;
    private static final byte EVENT = -2;
    private static final int PAYLOAD_TYPES = 128;
    private static final long SLOW_NANOS = 500_000_000L;
    private static final long SOUNDING_NANOS = 100_000_000L;

    private final PacketSender rtp;
    private final Runnable whenClosed;
    final SourceLatch latch = new SourceLatch();
    final StreamEncryption encryption;
    private final PortSecurity security;
    final EndToEnd endToEnd = new EndToEnd(this);
    final byte[] kindOf = new byte[PAYLOAD_TYPES];
    private final byte[] sendTypeOf = new byte[CODECS.length];
    private final byte[] sentKindOf = new byte[PAYLOAD_TYPES];
    final OutgoingStream out;
    final Reception reception;
    private final TelephoneEventReceiver eventReceiver = new TelephoneEventReceiver(new Events());

    @Nullable
    NegotiatedMedia media;

    @Nullable
    SpokenFrames spoken;

    @Nullable
    HeardFrames heard;

    private StreamSettings settings = StreamSettings.DEFAULT;
    private @Nullable InbandDigits inband;
    private @Nullable HeardTalk talk;
    private int eventType = UNKNOWN;
    private int eventClock;
    private int receivedEventClock = 8_000;
    private int sendClock = 8_000;
    private boolean eventPassed;
    boolean maySend;
    boolean mayReceive;
    private final PassedEvents passedEvents = new PassedEvents();
    long mutedUntilNanos;
    private long lastReceivedNanos;
    private long lastSentNanos;
    private boolean started;
    private boolean timeoutTold;
    private long packetsSent;
    private long bytesSent;
    long refused;

    /** The real port whose received stream this one hears. */
    @Nullable
    RtpPort source;

    /** The real port that hears this one's received stream. */
    @Nullable
    RtpPort hearer;

    /** The seat in a room from which its phone is heard, and hears. */
    @Nullable
    MixedLeg seatInRoom;

    RtpPort(
            PortId id,
            MediaGraph graph,
            Consumer<MediaEvent> listener,
            PacketSender rtp,
            PacketSender rtcp,
            PortKeys exchanges,
            Runnable whenClosed,
            long nowNanos) {
        super(id, graph, listener);
        this.rtp = rtp;
        this.encryption = new StreamEncryption(graph.scratch());
        this.security = new PortSecurity(encryption, latch, exchanges.sound(), exchanges.control());
        this.whenClosed = whenClosed;
        this.out = new OutgoingStream(graph.random());
        this.reception = new Reception(graph, rtp, rtcp, encryption, nowNanos);
        Arrays.fill(kindOf, UNKNOWN);
        Arrays.fill(sendTypeOf, UNKNOWN);
        Arrays.fill(sentKindOf, UNKNOWN);
        lastReceivedNanos = nowNanos;
        lastSentNanos = nowNanos;
    }

    // ---- what was negotiated

    void configure(NegotiatedMedia newMedia, StreamSettings newSettings, long nowNanos) {
        settings = newSettings;
        if (!newMedia.equals(media)) {
            media = newMedia;
            Arrays.fill(kindOf, UNKNOWN);
            Arrays.fill(sendTypeOf, UNKNOWN);
            Arrays.fill(sentKindOf, UNKNOWN);
            for (var codec : newMedia.codecs()) {
                kindOf[codec.receivePayloadType()] = (byte) codec.codec().ordinal();
                sendTypeOf[codec.codec().ordinal()] = (byte) codec.sendPayloadType();
                sentKindOf[codec.sendPayloadType()] = (byte) codec.codec().ordinal();
            }
            for (var events : newMedia.events()) {
                kindOf[events.receivePayloadType()] = EVENT;
            }
            var direction = newMedia.direction();
            maySend =
                    newMedia.remotePort() != 0 && (direction == Direction.SENDRECV || direction == Direction.SENDONLY);
            mayReceive = direction == Direction.SENDRECV || direction == Direction.RECVONLY;
            configureSending(newMedia);
        }
        var named =
                newMedia.remotePort() == 0 ? null : SourceLatch.literal(newMedia.remoteHost(), newMedia.remotePort());
        var shown = newSettings.shownHost().isEmpty() ? null : InetAddress.ofLiteral(newSettings.shownHost());
        latch.name(named, shown, newMedia.symmetric());
        var rtcpTo = newMedia.rtcpPort() == 0 ? null : SourceLatch.literal(newMedia.rtcpHost(), newMedia.rtcpPort());
        reception.configure(rtcpTo, newMedia.rtcpMux());
        security.configure(newMedia, named, rtcpTo);
        lastReceivedNanos = nowNanos;
        timeoutTold = false;
        graph.slow().schedule(this, slowTick(nowNanos));
    }

    private void configureSending(NegotiatedMedia newMedia) {
        eventType = UNKNOWN;
        var send = newMedia.sendCodec().orElse(null);
        if (send == null) {
            speak(null);
            return;
        }
        newMedia.events(send.codec())
                .filter(e -> newMedia.dtmf() == DtmfMode.RFC4733)
                .ifPresent(e -> {
                    eventType = e.sendPayloadType();
                    eventClock = e.clockRate();
                });
        sendClock = send.codec().clockRate();
        if (spoken == null || !spoken.isFor(send, newMedia.ptimeMs())) {
            speak(send.codec().transcodable() ? new SpokenFrames(send, newMedia.ptimeMs()) : null);
        }
        if (newMedia.dtmf() != DtmfMode.INBAND) {
            listenForDigits(null);
        } else if (inband == null) {
            listenForDigits(new InbandDigits());
        }
    }

    private void speak(@Nullable SpokenFrames frames) {
        if (spoken != null) {
            spoken.close();
        }
        spoken = frames;
    }

    // ---- packets in

    /** A packet came to the RTP port; it may be rewritten in place. */
    public void rtpReceived(ByteBuffer packet, InetSocketAddress from, long nowNanos) {
        var b = packet.array();
        var off = packet.arrayOffset() + packet.position();
        if (closed || media == null || !latch.isTrusted(from)) {
            refused++;
            security.early(packet, from, false);
            return;
        }
        if (PortSecurity.isHandshake(packet)) {
            security.handshake(packet, from);
            return;
        }
        if (EndToEnd.isZrtp(b, off, packet.remaining())) {
            endToEnd.zrtp(packet, nowNanos);
            return;
        }
        if (endToEnd.isOn()) {
            endToEnd.pass(packet, b, off, from, nowNanos);
            return;
        }
        if (RtcpPacket.isRtcp(b, off, packet.remaining())) {
            reception.rtcpReceived(b, off, packet.remaining(), from, latch, out.ssrc(), nowNanos);
            return;
        }
        var length = encryption.unprotect(b, off, packet.remaining());
        if (length < 0 || !RtpPacket.isValid(b, off, length)) {
            refused++;
            return;
        }
        packet.limit(packet.position() + length);
        var kind = kindOf[RtpPacket.payloadType(b, off)];
        if (kind == UNKNOWN || !latch.accepts(from, RtpPacket.ssrc(b, off), nowNanos)) {
            refused++;
            return;
        }
        accepted(from, nowNanos);
        if (kind == EVENT) {
            receivedEventClock = media.eventClock(RtpPacket.payloadType(b, off));
            reception.count(b, off, receivedEventClock, nowNanos);
            eventReceived(b, off, length, nowNanos);
            return;
        }
        var codec = CODECS[kind];
        reception.codec = codec;
        reception.count(b, off, codec.clockRate(), nowNanos);
        if (inband != null) {
            inband.heard(b, off, length, codec, this);
        }
        if (talk != null) {
            talk.heard(b, off, length, codec, this);
        }
        if (taps != null && mayReceive) {
            taps.heard(codec, b, off, length, nowNanos);
        }
        goOn(packet, length, kind, nowNanos);
    }

    /** To whoever hears it: the room, or the other leg, relayed or to be decoded. */
    private void goOn(ByteBuffer packet, int length, int kind, long nowNanos) {
        var b = packet.array();
        var off = packet.arrayOffset() + packet.position();
        var codec = CODECS[kind];
        if (seatInRoom != null) {
            if (mayReceive && seatInRoom.listensTo(codec)) {
                hold(codec).put(b, off, length, nowNanos);
            }
            return;
        }
        var to = hearer;
        if (to == null || !mayReceive || !to.maySend) {
            return;
        }
        var type = to.sendTypeOf[kind];
        if (type >= 0 && !to.isSendingDigits()) {
            graph.passedOn(nowNanos);
            to.relay(packet, b, off, type, codec.clockRate(), nowNanos);
        } else if (type < 0) {
            hold(codec).put(b, off, length, nowNanos);
            to.startTicking(nowNanos);
        }
    }

    void accepted(InetSocketAddress from, long nowNanos) {
        lastReceivedNanos = nowNanos;
        timeoutTold = false;
        if (!started) {
            started = true;
            tell(new MediaEvent.Started(id, from.getAddress().getHostAddress(), from.getPort()));
        }
    }

    /** Sends a packet as it is to wherever the stream goes. */
    void sendUnchanged(ByteBuffer packet, long nowNanos) {
        var target = latch.target();
        if (target != null && rtp.send(packet, target)) {
            packetsSent++;
            bytesSent += Math.max(0, packet.limit() - RtpPacket.HEADER_BYTES);
            lastSentNanos = nowNanos;
        }
    }

    /** A packet came to the RTCP port. */
    public void rtcpReceived(ByteBuffer packet, InetSocketAddress from, long nowNanos) {
        var b = packet.array();
        var off = packet.arrayOffset() + packet.position();
        if (closed) {
            return;
        }
        if (PortSecurity.isHandshake(packet)) {
            if (latch.isTrusted(from)) {
                security.controlHandshake(packet, from);
            } else {
                security.early(packet, from, true);
            }
            return;
        }
        if (!endToEnd.isOn()) {
            reception.rtcpReceived(b, off, packet.remaining(), from, latch, out.ssrc(), nowNanos);
        } else if (latch.isTrusted(from)) {
            endToEnd.passControl(packet, from);
        }
    }

    /** A handshake of this port has ended. */
    void handshakeEnded(HandshakeOutcome outcome, boolean onControl) {
        var event = security.ended(outcome, onControl, id);
        if (event != null) {
            tell(event);
        }
    }

    private HeardFrames hold(CodecName codec) {
        var before = heard;
        if (before == null || before.codec() != codec) {
            if (before != null) {
                before.close();
            }
            heard = before = new HeardFrames(codec);
        }
        return before;
    }

    private void relay(ByteBuffer packet, byte[] b, int off, int type, int clockRate, long nowNanos) {
        var target = latch.target();
        if (target == null || nowNanos < mutedUntilNanos && type != eventType) {
            return;
        }
        var sequence = RtpPacket.sequence(b, off);
        var timestamp = RtpPacket.timestamp(b, off);
        var marker = RtpPacket.marker(b, off);
        var key = (long) RtpPacket.ssrc(b, off) << 32 ^ clockRate;
        marker |= out.follow(key, sequence, timestamp, clockRate, nowNanos);
        var mappedSequence = out.relayedSequence(sequence);
        var mappedTimestamp = out.relayedTimestamp(timestamp);
        // contributing sources and extensions mean nothing to the other side: the header moves up to the payload
        var skip = RtpPacket.headerLength(b, off) - RtpPacket.HEADER_BYTES;
        var padding = RtpPacket.hasPadding(b, off);
        var at = off + skip;
        RtpPacket.writeHeader(b, at, marker, type, mappedSequence, mappedTimestamp, out.ssrc());
        if (padding) {
            b[at] |= 0x20;
        }
        packet.position(packet.position() + skip);
        out.relayed(mappedSequence, mappedTimestamp, nowNanos);
        send(packet, target, nowNanos);
    }

    private void send(ByteBuffer packet, InetSocketAddress target, long nowNanos) {
        var length = packet.remaining();
        if (taps != null) {
            tapSpoken(packet, length, nowNanos);
        }
        if (encryption.protect(packet) && rtp.send(packet, target)) {
            packetsSent++;
            bytesSent += length - RtpPacket.HEADER_BYTES;
            lastSentNanos = nowNanos;
        }
    }

    private void tapSpoken(ByteBuffer packet, int length, long nowNanos) {
        var b = packet.array();
        var off = packet.arrayOffset() + packet.position();
        var kind = sentKindOf[RtpPacket.payloadType(b, off)];
        if (kind >= 0 && taps != null) {
            taps.spoken(CODECS[kind], b, off, length, nowNanos);
        }
    }

    // ---- digits in

    private void eventReceived(byte[] b, int off, int length, long nowNanos) {
        var to = hearer;
        var passes = to != null && passDigits && to.eventType >= 0 && to.maySend && mayReceive;
        var payload = RtpPacket.payloadOffset(b, off);
        var payloadLength = RtpPacket.payloadLength(b, off, length);
        var timestamp = RtpPacket.timestamp(b, off);
        var marker = RtpPacket.marker(b, off);
        if (passes && to != null && TelephoneEvent.isValid(payloadLength)) {
            var clocks = new PassedEvents.Clocks(receivedEventClock, to.eventClock);
            to.passedEvents.pass(to, b, payload, timestamp, marker, clocks, nowNanos);
        }
        eventPassed = passes;
        eventReceiver.receive(b, payload, payloadLength, timestamp, marker, nowNanos);
    }

    /** What the telephone-events of this stream mean. */
    private final class Events implements TelephoneEventReceiver.Listener {

        @Override
        public void eventBegan(int event) {
            var digit = TelephoneEvent.digit(event);
            if (digit != 0) {
                digitBegan(digit);
            }
        }

        @Override
        public void eventEnded(int event, long durationUnits) {
            var digit = TelephoneEvent.digit(event);
            if (digit != 0) {
                digitEnded(digit, (int) (durationUnits * 1000 / receivedEventClock), eventPassed);
            }
        }
    }

    private boolean takesDigits() {
        return media != null && (media.dtmf() == DtmfMode.RFC4733 || media.dtmf() == DtmfMode.INBAND);
    }

    private void listenForDigits(@Nullable InbandDigits listening) {
        if (inband != null) {
            inband.close();
        }
        inband = listening;
    }

    void listenForTalk(@Nullable HeardTalk listening) {
        if (talk != null) {
            talk.close();
        }
        talk = listening;
    }

    void digitBegan(char digit) {
        tell(new MediaEvent.DigitBegan(id, digit));
    }

    /** A digit was heard in the sound: whoever hears the sound has heard it too, unless he is to get events. */
    void inbandDigitEnded(char digit, int durationMs) {
        var to = hearer;
        digitEnded(digit, durationMs, to != null && to.eventType < 0);
    }

    /** Tells a digit here and at each Local channel it comes through. */
    void digitEnded(char digit, int durationMs, boolean passed) {
        var done = passed;
        var to = hearer;
        if (!done && passDigits && to != null && to.takesDigits()) {
            to.sendDigits(String.valueOf(digit), durationMs, 0, lastReceivedNanos);
            done = true;
        }
        tell(new MediaEvent.DigitEnded(id, digit, durationMs, done));
        var at = partner;
        for (var i = 0; i < WirePort.CHAIN_LIMIT && at instanceof WirePort wire && wire.peer != null; i++) {
            wire.peer.tell(new MediaEvent.DigitEnded(wire.peer.id, digit, durationMs, done));
            at = wire.peer.partner;
        }
    }

    /** Sends another port's telephone-event on, under this stream's numbers. */
    void sendEvent(boolean first, int timestamp, int length, long nowNanos) {
        sendOwn(first, eventType, timestamp, length, nowNanos);
        mutedUntilNanos = nowNanos + 60_000_000L;
    }

    /** Sends the payload that stands in the shared packet behind the header's place. */
    void sendOwn(boolean marker, int type, int timestamp, int payloadLength, long nowNanos) {
        var target = latch.target();
        if (target == null) {
            return;
        }
        var buffers = graph.buffers();
        RtpPacket.writeHeader(
                buffers.packet, 0, marker, type, out.nextSequence(timestamp, nowNanos), timestamp, out.ssrc());
        buffers.out.clear().limit(RtpPacket.HEADER_BYTES + payloadLength);
        send(buffers.out, target, nowNanos);
    }

    // ---- sound of our own making

    @Override
    int frameMs() {
        return spoken == null ? 20 : spoken.frameMs();
    }

    @Override
    void sendDigits(String wanted, int durationMs, int gapMs, long nowNanos) {
        var mode = media == null ? DtmfMode.NONE : media.dtmf();
        if (spoken == null || !maySend || endToEnd.isOn() || mode != DtmfMode.RFC4733 && mode != DtmfMode.INBAND) {
            tell(new MediaEvent.DigitsSent(id));
            return;
        }
        spoken.digits(wanted, durationMs, gapMs, mode == DtmfMode.RFC4733 && eventType >= 0 ? eventClock : 0);
        startTicking(nowNanos);
    }

    boolean isSendingDigits() {
        return spoken != null && spoken.isSendingDigits();
    }

    @Override
    boolean tick(long nowNanos) {
        var speak = spoken;
        if (speak == null || !maySend) {
            return silentTick();
        }
        if (encryption.awaitsKeys()) {
            return true; // nothing of a prompt is lost to the handshake
        }
        if (isSendingDigits()) {
            speak.digitFrame(this, eventType, out, nowNanos);
            if (!speak.isSendingDigits()) {
                tell(new MediaEvent.DigitsSent(id));
            }
            return true;
        }
        var from = LocalChain.speaker(this);
        var music = from == null || from.player == null ? null : from.player.music();
        if (music != null) {
            music.send(this, speak, out, nowNanos);
            return true;
        }
        if (from != null && from.player != null) {
            var frame = graph.buffers().pcm;
            var got = from.player.produce(
                    frame, speak.at(from.player.sourceRate()).frameSamples(), speak.sampleRate());
            if (got < speak.frameSamples()) {
                Arrays.fill(frame, got, speak.frameSamples(), (short) 0);
                from.endPlay(true);
                graph.replanned(this, nowNanos);
            }
            if (got > 0) {
                speak.send(this, frame, out, nowNanos);
            }
            return true;
        }
        var hears = source == null ? null : source.heard;
        if (hears == null || nowNanos < mutedUntilNanos) {
            return hears != null;
        }
        if (hears.frame(graph.buffers(), speak.at(hears.sourceRate()).frameSamples(), speak.sampleRate())) {
            speak.send(this, graph.buffers().pcm, out, nowNanos);
        } else {
            out.pauseEnded();
        }
        return !hears.isDry();
    }

    /** While nothing may be sent (held by the far side), time passes for a playback. */
    private boolean silentTick() {
        var from = LocalChain.speaker(this);
        if (from == null || from.player == null) {
            return false;
        }
        if (from.player.produce(graph.buffers().pcm, 160, 8_000) < 160) {
            from.endPlay(true);
        }
        return true;
    }

    // ---- now and then

    /** RTCP, timeouts, keep-alives; returns when it is to be called again. */
    long slowTick(long nowNanos) {
        if (media == null) {
            return Long.MAX_VALUE;
        }
        if (!endToEnd.isOn()) {
            reception.report(out, sendClock, packetsSent, bytesSent, latch, nowNanos);
        }
        if (spoken != null) {
            spoken.expectLoss(reception.remoteLossPercent);
        }
        eventReceiver.onTime(nowNanos);
        var onHold = media.held() || !mayReceive;
        var limitMs = onHold ? settings.holdTimeoutMs() : settings.timeoutMs();
        var silentMs = (nowNanos - lastReceivedNanos) / 1_000_000;
        if (limitMs > 0 && silentMs >= limitMs && !timeoutTold) {
            timeoutTold = true;
            tell(new MediaEvent.TimedOut(id, silentMs));
        }
        if (!endToEnd.isOn()
                && settings.keepAliveMs() > 0
                && (nowNanos - lastSentNanos) / 1_000_000 >= settings.keepAliveMs()) {
            sendOwn(false, 13, out.timestampAt(nowNanos, 8_000), 1, nowNanos);
        }
        return nowNanos + (eventReceiver.isSounding() ? SOUNDING_NANOS : SLOW_NANOS);
    }

    void close(long nowNanos) {
        reception.bye(out, sendClock, packetsSent, bytesSent, latch, nowNanos);
        security.close();
        giveBack();
        whenClosed.run();
        tell(new MediaEvent.Closed(id, reception.total(packetsSent, refused, encryption.unauthenticated())));
    }

    /** Codecs can hold memory beside the heap. */
    private void giveBack() {
        speak(null);
        listenForTalk(null);
        listenForDigits(null);
        if (heard != null) {
            heard.close();
            heard = null;
        }
    }
}
