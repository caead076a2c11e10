package io.allo.media.sdp;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.Fingerprint;
import io.allo.media.sdes.CryptoAttribute;
import io.allo.media.sdes.SdesExchange;
import io.allo.media.sdes.StreamKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one audio line is encrypted: by keys that stand in SDP (RFC 4568), by a handshake (RFC 5763), or not at all. What to offer,
 * what to take of an offer, what an answer means. Made for one exchange.
 *
 * @param lines what our answer says of it
 * @param refusal why the line can't be taken; then there is nothing else
 */
record StreamSecurity(
        Optional<StreamKeys> keys, Optional<DtlsAgreement> dtls, List<Attribute> lines, Optional<Refusal> refusal) {

    private static final StreamSecurity PLAIN =
            new StreamSecurity(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    private static StreamSecurity refused(Refusal refusal) {
        return new StreamSecurity(Optional.empty(), Optional.empty(), List.of(), Optional.of(refusal));
    }

    /** The protocol of our first offer. */
    static String firstProtocol(Capabilities capabilities, LocalMedia local) {
        var encryption = capabilities.encryption();
        if (encryption.offersDtls() && encryption.isRequired() && local.dtls().isPossible()) {
            return Capabilities.DTLS_RTP.getFirst();
        }
        return encryption.isOfferedSecure()
                ? Capabilities.SECURE_RTP.getFirst()
                : capabilities.protocols().getFirst();
    }

    /** The line keeps its protocol, unless it was to be encrypted and is not: then a plain line says what is. */
    static String keptProtocol(String before, Capabilities capabilities) {
        return Capabilities.isSecure(before) && !capabilities.encryption().offersAny()
                ? capabilities.protocols().getFirst()
                : before;
    }

    /** The lines of our offer. */
    static List<Attribute> offered(Capabilities capabilities, LocalMedia local, SdpHistory history) {
        var lines = new ArrayList<Attribute>();
        if (capabilities.encryption().hasKeys()) {
            offeredKeys(local, history).forEach(key -> lines.add(new Attribute(CryptoAttribute.NAME, key.value())));
        }
        if (capabilities.encryption().offersDtls() && local.dtls().isPossible()) {
            lines.addAll(handshakeLines(local, local.dtls().offered()));
        }
        return lines;
    }

    /** Our keys; after an answer of ours that took one, that one alone, so that nothing changes without need. */
    private static List<CryptoAttribute> offeredKeys(LocalMedia local, SdpHistory history) {
        List<CryptoAttribute> all = local.keys().offer();
        int audio = history.audioIndex();
        List<String> before = audio < 0
                ? List.of()
                : history.local().orElseThrow().media().get(audio).attributes().all(CryptoAttribute.NAME);
        Optional<CryptoAttribute> kept =
                before.size() == 1 ? CryptoAttribute.parse(before.getFirst()) : Optional.empty();
        return kept.isPresent() && kept.get().key().isPresent() ? List.of(kept.get()) : all;
    }

    private static List<Attribute> handshakeLines(LocalMedia local, DtlsSetup setup) {
        var lines = new ArrayList<Attribute>();
        for (var fingerprint : local.dtls().fingerprints()) {
            lines.add(new Attribute(Fingerprint.NAME, fingerprint.toString()));
        }
        lines.add(new Attribute(DtlsSetup.NAME, setup.word()));
        return lines;
    }

    /** What we take of an offered line: keys that stand there before a handshake, since they hold at once. */
    static StreamSecurity answer(
            SessionDescription offer, MediaDescription line, Capabilities capabilities, LocalMedia local) {
        var encryption = capabilities.encryption();
        var protocol = line.protocol();
        if (!capabilities.accepts(protocol)) {
            return refused(protocolRefusal(protocol, capabilities));
        }
        List<String> crypto = line.attributes().all(CryptoAttribute.NAME);
        if (encryption.hasKeys() && !Capabilities.isDtls(protocol)) {
            var choice = SdesExchange.choose(crypto, local.keys());
            if (choice.isPresent()) {
                var ours =
                        new Attribute(CryptoAttribute.NAME, choice.get().line().value());
                return new StreamSecurity(
                        Optional.of(choice.get().keys()), Optional.empty(), List.of(ours), Optional.empty());
            }
        }
        if (encryption.takesDtls() && local.dtls().isPossible()) {
            var agreement = offer.dtlsOf(line).answered(local.dtls());
            if (agreement.isPresent()) {
                return new StreamSecurity(
                        Optional.empty(),
                        agreement,
                        handshakeLines(local, agreement.get().role()),
                        Optional.empty());
            }
        }
        if (Capabilities.isDtls(protocol)) {
            return refused(Refusal.noFingerprint(protocol));
        }
        if (Capabilities.isSecure(protocol)) {
            return refused(
                    Refusal.noKey(protocol, crypto.isEmpty() ? "-" : String.join(", ", SdesExchange.names(crypto))));
        }
        return encryption.isRequired() ? refused(Refusal.notEncrypted(encryption)) : PLAIN;
    }

    /** What their answer to our line means. */
    static StreamSecurity accept(
            MediaDescription ours, SessionDescription answer, MediaDescription theirs, Capabilities capabilities) {
        if (!theirs.protocol().equalsIgnoreCase(ours.protocol()) && !capabilities.accepts(theirs.protocol())) {
            return refused(protocolRefusal(theirs.protocol(), capabilities));
        }
        List<String> offeredKeys = ours.attributes().all(CryptoAttribute.NAME);
        List<String> takenKeys = theirs.attributes().all(CryptoAttribute.NAME);
        Optional<StreamKeys> keys = SdesExchange.accept(offeredKeys, takenKeys);
        if (keys.isPresent()) {
            return new StreamSecurity(keys, Optional.empty(), List.of(), Optional.empty());
        }
        var offeredSetup = ours.attributes().has(Fingerprint.NAME)
                ? ours.attributes().first(DtlsSetup.NAME).flatMap(DtlsSetup::parse)
                : Optional.<DtlsSetup>empty();
        Optional<DtlsAgreement> dtls = offeredSetup.flatMap(setup ->
                ourFingerprint(ours).flatMap(our -> answer.dtlsOf(theirs).agreed(setup, our)));
        if (dtls.isPresent()) {
            return new StreamSecurity(Optional.empty(), dtls, List.of(), Optional.empty());
        }
        boolean sealed = !takenKeys.isEmpty() && !offeredKeys.isEmpty() || Capabilities.isSecure(theirs.protocol());
        return sealed || capabilities.encryption().isRequired() ? refused(Refusal.keyNotTaken()) : PLAIN;
    }

    private static Optional<Fingerprint> ourFingerprint(MediaDescription ours) {
        return ours.attributes().first(Fingerprint.NAME).flatMap(Fingerprint::parse);
    }

    private static Refusal protocolRefusal(String protocol, Capabilities capabilities) {
        return protocol.toUpperCase(Locale.ROOT).contains("SAVP")
                ? Refusal.encryption(protocol, capabilities.encryption())
                : Refusal.protocol(protocol);
    }
}
