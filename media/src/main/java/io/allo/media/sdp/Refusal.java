package io.allo.media.sdp;

import io.allo.media.sdes.MediaEncryption;

/**
 * Why a description can't be agreed upon, in words a person at the phone system understands. Becomes 488 with a
 * Warning header (RFC 3261 20.43), and a line in the log. Immutable.
 */
public record Refusal(Kind kind, String english, String french) implements Negotiation {

    /** What does not fit; the number is the warn-code of RFC 3261 20.43. */
    public enum Kind {
        NO_AUDIO(304),
        NO_COMMON_CODEC(305),
        NO_CODEC_ALLOWED(305),
        ENCRYPTION(302),
        PROTOCOL(302),
        NO_ADDRESS(399),
        ADDRESS_FAMILY(301),
        MULTICAST(330),
        REFUSED_BY_PEER(399),
        MEDIA_COUNT(399);

        private final int warnCode;

        Kind(int warnCode) {
            this.warnCode = warnCode;
        }

        /** The code of the Warning header that goes with the 488, RFC 3261 20.43; 399 where none of them says it. */
        public int warnCode() {
            return warnCode;
        }
    }

    static Refusal noAudio() {
        return new Refusal(
                Kind.NO_AUDIO,
                "the phone offered no audio, and audio is all that is supported",
                "le téléphone ne propose pas d'audio, et seul l'audio est pris en charge");
    }

    static Refusal noCommonCodec(String offered, CodecList allowed) {
        return new Refusal(
                Kind.NO_COMMON_CODEC,
                "the phone offered only " + offered + ", this endpoint allows " + allowed.names(),
                "le téléphone ne propose que " + offered + ", ce poste autorise " + allowed.names());
    }

    static Refusal noCodecAllowed() {
        return new Refusal(
                Kind.NO_CODEC_ALLOWED,
                "this endpoint allows no codec: its allow= is empty",
                "ce poste n'autorise aucun codec : son allow= est vide");
    }

    static Refusal encryption(String protocol, MediaEncryption setting) {
        return new Refusal(
                Kind.ENCRYPTION,
                "the phone wants encrypted sound (" + protocol + "), this endpoint does not take that kind ("
                        + setting.setting()
                        + "): keys in SDP need TLS or WSS, or media_encryption=sdes; handshakes need"
                        + " media_encryption=dtls or none written",
                "le téléphone exige un son chiffré (" + protocol + "), ce poste n'accepte pas cette forme ("
                        + setting.setting()
                        + ") : les clés dans le SDP exigent TLS ou WSS, ou media_encryption=sdes ; les"
                        + " négociations, media_encryption=dtls ou rien d'écrit");
    }

    static Refusal noFingerprint(String protocol) {
        return new Refusal(
                Kind.ENCRYPTION,
                "the phone wants encrypted sound (" + protocol + ") but names no certificate that can be checked"
                        + " (a=fingerprint), or no handshake now (a=setup)",
                "le téléphone exige un son chiffré (" + protocol + ") mais n'indique aucun certificat vérifiable"
                        + " (a=fingerprint), ou pas de négociation maintenant (a=setup)");
    }

    static Refusal noKey(String protocol, String offered) {
        return new Refusal(
                Kind.ENCRYPTION,
                "the phone wants encrypted sound (" + protocol + ") but names no key that can be used: " + offered,
                "le téléphone exige un son chiffré (" + protocol + ") mais n'indique aucune clé utilisable : "
                        + offered);
    }

    static Refusal notEncrypted(MediaEncryption setting) {
        var english = setting == MediaEncryption.DTLS ? "DTLS-SRTP" : "SRTP";
        return new Refusal(
                Kind.ENCRYPTION,
                "this endpoint requires encrypted sound (" + setting.setting() + "), the phone does not offer it:"
                        + " switch " + english + " on in the phone",
                "ce poste exige un son chiffré (" + setting.setting() + "), le téléphone ne le propose pas :"
                        + " activez " + english + " dans le téléphone");
    }

    static Refusal keyNotTaken() {
        return new Refusal(
                Kind.ENCRYPTION,
                "the phone answered an encrypted offer without a key or certificate of the offered kinds",
                "le téléphone a répondu à une offre chiffrée sans clé ni certificat de l'un des types proposés");
    }

    static Refusal protocol(String protocol) {
        return new Refusal(
                Kind.PROTOCOL,
                "the phone offered sound over " + protocol + ", which is not supported",
                "le téléphone propose le son par " + protocol + ", qui n'est pas pris en charge");
    }

    static Refusal noAddress() {
        return new Refusal(
                Kind.NO_ADDRESS,
                "the phone did not say where to send sound: no c= line",
                "le téléphone ne dit pas où envoyer le son : pas de ligne c=");
    }

    static Refusal addressFamily(String remote, String local) {
        return new Refusal(
                Kind.ADDRESS_FAMILY,
                "the phone receives sound at " + remote + ", which can't be reached from " + local
                        + ": one is IPv6, the other IPv4",
                "le téléphone reçoit le son à " + remote + ", injoignable depuis " + local
                        + " : l'un est en IPv6, l'autre en IPv4");
    }

    static Refusal multicast(String address) {
        return new Refusal(
                Kind.MULTICAST,
                "the phone offered the multicast address " + address + ", which a call can't use",
                "le téléphone propose l'adresse multicast " + address + ", inutilisable pour un appel");
    }

    static Refusal refusedByPeer() {
        return new Refusal(
                Kind.REFUSED_BY_PEER,
                "the phone answered without accepting the sound offered",
                "le téléphone a répondu sans accepter le son proposé");
    }

    static Refusal mediaCount(int offered, int answered) {
        return new Refusal(
                Kind.MEDIA_COUNT,
                "the phone answered " + answered + " media lines to " + offered,
                "le téléphone a répondu " + answered + " lignes de média pour " + offered);
    }
}
