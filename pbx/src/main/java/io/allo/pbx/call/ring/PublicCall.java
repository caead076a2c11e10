package io.allo.pbx.call.ring;

import io.allo.pbx.call.Channel;
import io.allo.sip.address.SipUri;
import java.util.Locale;

/**
 * One channel that is about to be called. Immutable.
 *
 * @param caller for whom; told of a refusal, on the thread that owns it
 * @param payer the endpoint that set the call up: the caller's, or who forwarded or transferred it
 * @param endpoint whose settings are used
 * @param number what is asked for there: the user part of the address called
 * @param place where it goes, as {@link #place} gives it
 * @param named how the dial string chose number and host
 * @param channelId the unique id that the channel will have
 */
public record PublicCall(
        Channel caller, String payer, String endpoint, String number, String place, Named named, String channelId) {

    /** Host and port that an address means, port and all: "sip.example.com:5060". */
    public static String place(SipUri uri) {
        var port = uri.hostPort().port();
        return uri.host().toLowerCase(Locale.ROOT) + ":" + (port > 0 ? port : uri.secure() ? 5061 : 5060);
    }

    /** How a dial string chose whom to call. */
    public enum Named {
        /** The endpoint alone: its contact, as the file or its registration has it. */
        CONTACT,
        /** A number at an endpoint. */
        NUMBER,
        /** A whole address: that of a registered contact of the endpoint. */
        CONTACT_ADDRESS,
        /** A whole address anywhere. */
        ADDRESS
    }
}
