package io.allo.pbx.call.ring;

import io.allo.pbx.call.Channel;
import java.util.List;

/** A kind of channel that can be dialed: PJSIP, Local. One object serves all calls; any thread. */
public interface ChannelTechnology {

    /** What stands before the first slash of a dial string, in any case; the first is the proper name. */
    List<String> names();

    /**
     * Makes the channels that a resource names, not yet dialed: one for each contact that is to ring.
     *
     * @param resource what stands behind the technology's slash
     * @param caller who calls: his identity, inherited variables and log
     * @param payer the endpoint that the call counts for: who set it up, forwarded or transferred it
     * @throws DialException if there is nothing to ring; the message says why
     */
    List<Channel> create(String resource, Channel caller, String payer);
}
