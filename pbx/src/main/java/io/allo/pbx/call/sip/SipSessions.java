package io.allo.pbx.call.sip;

import io.allo.sip.agent.SessionId;
import io.allo.sip.agent.UserAgentEvent;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which channel a session of the user agent belongs to. A board: channels come from calls, events from the SIP loop. */
public final class SipSessions {

    private final AtomicLong nextPlaced = new AtomicLong();

    private final ConcurrentHashMap<SessionId, SipChannel> channels = new ConcurrentHashMap<>();

    /** A new id for a call we place. */
    SessionId newId() {
        return new SessionId(nextPlaced.incrementAndGet());
    }

    void put(SessionId session, SipChannel channel) {
        channels.put(session, channel);
    }

    /** Posts what happened in a session to its channel; a session whose channel is gone has nobody to tell. */
    public void tell(UserAgentEvent.SessionEvent event) {
        if (event instanceof UserAgentEvent.SessionEnded ended) {
            channels.remove(ended.session());
            return;
        }
        var channel = channels.get(event.session());
        if (channel != null) {
            channel.post(new SipHappened(event));
        }
    }

    /** Sessions that have a channel, for leak checks and metrics. */
    public int count() {
        return channels.size();
    }
}
